//! Which language the bot speaks to whom.

use insta::assert_snapshot;

use crate::harness::town;

#[tokio::test]
async fn an_english_newcomer_is_greeted_in_english() {
    town(async |t| {
        t.ben().starts("");
        let heard = t.ben().hears().await;
        assert!(
            heard.starts_with("I answer questions about moving to Annaka"),
            "{heard}"
        );
        assert!(heard.ends_with("[Change language] [Ask our staff]"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_language_nobody_here_speaks_is_mentioned_once_and_english_spoken() {
    town(async |t| {
        let joao = t.newcomer("João", "pt-br");
        let heard = joao.asks("/help").await;
        let (first, help) = heard.split_once("\n----\n").unwrap();
        assert_snapshot!(first, @r"
        I do not speak the language your Telegram is set to, so I will answer in English.
        [Change language]
        ");
        assert!(help.starts_with("Write what you would like to know"), "{help}");
        let again = joao.asks("/help").await;
        assert!(again.starts_with("Write what you would like to know"), "{again}");
    })
    .await;
}

#[tokio::test]
async fn the_answer_comes_in_the_language_of_the_question() {
    town(async |t| {
        let english = t.anna().asks("Who can get the Relocation Grant?").await;
        assert!(english.starts_with("The Relocation Grant"), "{english}");
        let plain = t.anna().asks("安中市で 家を 買うと お金を もらえますか").await;
        assert!(
            plain.contains("もとの 資料") || plain.contains("市が 出す お金です"),
            "{plain}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_chosen_language_stays_whatever_the_questions_are_written_in() {
    town(async |t| {
        assert_snapshot!(t.ben().asks("/language").await, @r"
        Which language would you like?
        [日本語]
        [やさしい日本語]
        [English]
        ");
        assert_snapshot!(t.ben().chooses("日本語").await, @r"
        edited: これからは日本語でお答えします。
        [メニューを開く]
        ");
        let answer = t.ben().asks("Who can get the Relocation Grant?").await;
        assert!(answer.starts_with("安中市移住支援金は"), "{answer}");
    })
    .await;
}
