//! Questions in the movers' own words.

use insta::assert_snapshot;

use crate::harness::town;

#[tokio::test]
async fn a_question_is_answered_with_its_source_and_what_to_do_next() {
    town(async |t| {
        let answer = t.anna().asks("安中市移住支援金はだれが対象ですか").await;
        assert!(
            answer.starts_with("安中市移住支援金は、東京圏から移住した人のうち"),
            "{answer}"
        );
        let end = answer.find("出典：").expect("no source");
        assert_snapshot!(&answer[end..], @r"
        出典：安中市公式ページ「安中市移住支援金」(日付なし、2026年に確認)
        [マイホーム取得支援金の金額と対象は]
        [オンライン移住相談は無料ですか]
        [役に立った] [ほかの答えを見る]
        [担当者に聞く] [家族に送る ↗]
        ");
    })
    .await;
}

#[tokio::test]
async fn of_two_questions_the_first_is_answered_and_the_other_is_a_tap_away() {
    town(async |t| {
        let answer = t
            .anna()
            .asks("オンライン移住相談は無料ですか。あと空き家の改修に補助は出ますか")
            .await;
        let (said, buttons) = answer.split_once("出典：").unwrap();
        assert!(said.contains("オンライン"), "{answer}");
        let other = "空き家の改修に補助は出ますか";
        assert_eq!(
            buttons.lines().nth(1),
            Some(format!("[{other}]").as_str()),
            "{answer}"
        );
        let other = t.anna().chooses(other).await;
        assert!(other.contains("改修") && other.contains("出典："), "{other}");
    })
    .await;
}

#[tokio::test]
async fn the_source_is_a_link_to_the_citys_page() {
    town(async |t| {
        let _ = t.anna().asks("安中市移住支援金はだれが対象ですか").await;
        let html = t.anna().chat().pop().unwrap().html;
        assert!(
            html.contains("<i>出典：<a href=\"https://www.city.annaka"),
            "{html}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_unclear_question_leads_to_choices_and_a_choice_to_its_answer() {
    town(async |t| {
        let asked = t.anna().asks("補助金").await;
        let lines: Vec<&str> = asked.lines().collect();
        assert_eq!(lines.len(), 5, "{asked}");
        assert_eq!(lines[0], "知りたいことに近いものを選んでください。");
        assert_eq!(lines[4], "[どれでもない]");

        let label = lines[1].trim_matches(['[', ']']);
        let heard = t.anna().chooses(label).await;
        let (put_away, answer) = heard.split_once("\n----\n").unwrap();
        assert_eq!(
            put_away,
            format!("edited: 知りたいことに近いものを選んでください。\n\n選んだもの：{label}")
        );
        assert!(answer.contains("出典："), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn none_of_these_leads_to_a_person() {
    town(async |t| {
        let _ = t.anna().asks("補助金").await;
        assert_snapshot!(t.anna().chooses("どれでもない").await, @r"
        edited: 知りたいことに近いものを選んでください。

        選んだもの：どれでもない
        ----
        担当者に聞くことができます。別の言い方で書いてみることもできます。
        [担当者に聞く]
        [メニューを開く]
        ");
        let kept = t.anna().chooses("担当者に聞く").await;
        assert!(kept.starts_with("担当者にお伝えしました。"), "{kept}");
        assert!(kept.ends_with("記録した内容：補助金"), "{kept}");
    })
    .await;
}

#[tokio::test]
async fn not_this_offers_others_and_the_second_time_a_person() {
    town(async |t| {
        let _ = t.anna().asks("安中市移住支援金はだれが対象ですか").await;
        let heard = t.anna().chooses("ほかの答えを見る").await;
        let (rated, others) = heard.split_once("\n----\n").unwrap();
        assert!(rated.starts_with("edited: 安中市移住支援金は"), "{rated}");
        assert!(!rated.contains("[役に立った]"), "{rated}");
        assert!(
            others.starts_with("知りたいことに近いものを選んでください。"),
            "{others}"
        );
        assert!(
            !others.contains("[安中市移住支援金はだれが対象ですか]"),
            "{others}"
        );

        let _ = t.anna().asks("マイホーム取得支援金の金額と対象は").await;
        let heard = t.anna().chooses("ほかの答えを見る").await;
        let (_, second) = heard.split_once("\n----\n").unwrap();
        assert_snapshot!(second, @r"
        お役に立てず、申し訳ありません。

        担当者にお伝えしました。11月24日(火)9:30までに、このチャットでお返事します。
        ");
    })
    .await;
}

#[tokio::test]
async fn whoever_says_it_helped_is_thanked() {
    town(async |t| {
        let _ = t.anna().asks("安中市移住支援金はだれが対象ですか").await;
        let heard = t.anna().chooses("役に立った").await;
        let (thanks, answer) = heard.split_once("\n----\n").unwrap();
        assert_eq!(thanks, "(ありがとうございます。)");
        assert!(answer.starts_with("edited: 安中市移住支援金は"), "{answer}");
        assert!(!answer.contains("[役に立った]"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn how_much_is_read_against_what_was_shown_last() {
    town(async |t| {
        let alone = t.ben().asks("いくら?").await;
        let _ = t.anna().asks("安中市移住支援金はだれが対象ですか").await;
        let after = t.anna().asks("いくら?").await;
        assert!(after.contains("移住支援金"), "{after}");
        assert!(!alone.contains("移住支援金"), "{alone}");
    })
    .await;
}

#[tokio::test]
async fn what_the_papers_do_not_say_is_said_and_a_person_offered() {
    town(async |t| {
        let heard = t.anna().asks("家賃の相場はどのくらいですか").await;
        assert!(heard.contains("確認できていません"), "{heard}");
        assert!(heard.contains("[担当者に聞く]"), "{heard}");
        assert!(!heard.contains("[役に立った]"), "{heard}");
    })
    .await;
}
