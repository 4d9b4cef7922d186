//! The first words: the greeting and deep links.

use insta::assert_snapshot;

use crate::harness::town;

#[tokio::test]
async fn a_newcomer_is_greeted_with_what_to_do_next() {
    town(async |t| {
        t.anna().starts("");
        assert_snapshot!(t.anna().hears().await, @r"
        安中市への移住についての質問に、市などの資料をもとにお答えします。
        自動で答えるボットです。担当者に相談したいときは、いつでもお知らせください。
        答えには出典と日付を付けます。
        [メニューを開く]
        [マイホーム取得支援金の金額と対象は]
        [安中市移住支援金はだれが対象ですか]
        [空き家の改修に補助は出ますか]
        [言葉を変える] [担当者に聞く]
        ");
        let answer = t.anna().chooses("安中市移住支援金はだれが対象ですか").await;
        assert!(
            answer.contains("出典：安中市公式ページ「安中市移住支援金」"),
            "{answer}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_link_leads_straight_to_its_answer() {
    town(async |t| {
        t.ben().starts("subsidy-iju-shienkin");
        let heard = t.ben().hears().await;
        let (who, answer) = heard.split_once("\n----\n").unwrap();
        assert_snapshot!(who, @"I am a bot that answers questions about moving to Annaka, using documents from the city and others.");
        assert!(answer.starts_with("The Relocation Grant"), "{answer}");
        assert!(answer.contains("\nSource: "), "{answer}");

        t.ben().starts("subsidy-iju-shienkin");
        let again = t.ben().hears().await;
        assert!(again.starts_with("The Relocation Grant"), "greeted twice: {again}");
    })
    .await;
}

#[tokio::test]
async fn a_link_to_nothing_is_said_so_after_the_greeting() {
    town(async |t| {
        t.anna().starts("../../etc/passwd");
        let heard = t.anna().hears().await;
        let (_, said) = heard.split_once("\n----\n").unwrap();
        assert_snapshot!(said, @r"
        このリンクが示す内容は、今は見つかりません。知りたいことを書くか、メニューから選んでください。
        [メニューを開く]
        ");
    })
    .await;
}

#[tokio::test]
async fn telegram_shows_the_commands_to_movers_in_both_languages_and_to_staff() {
    town(async |t| {
        t.idle().await;
        let registered = t.emulator.wait(crate::harness::PATIENCE, |world| {
            let lists = world.bot().command_lists();
            let names = |list: &annaka_concierge::emulator::CommandList| {
                format!("{:?} {}", list.language, list.commands[0].description)
            };
            (lists.len() == 4).then(|| lists.iter().map(names).collect::<Vec<_>>().join("\n"))
        });
        assert_snapshot!(registered.await.unwrap(), @r#"
        "" See the introduction
        "en" See the introduction
        "ja" はじめの案内を見る
        "" 相談の一覧を見る
        "#);
    })
    .await;
}
