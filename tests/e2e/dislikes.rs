//! A thumb down under an answer is an objection like any other.

use insta::assert_snapshot;

use crate::harness::{QUESTION, town};

#[tokio::test]
async fn a_thumb_down_offers_other_answers_and_the_second_one_a_person() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks(QUESTION).await;
        anna.reacts(anna.last().id, "👎");
        let heard = anna.hears().await;
        assert!(heard.contains("どれでもない"), "{heard}");
        let _ = anna.asks("マイホーム取得支援金の金額と対象は").await;
        anna.reacts(anna.last().id, "👎");
        let heard = anna.hears().await;
        assert!(heard.contains("担当者にお伝えしました"), "{heard}");
        assert!(t.card().await.contains("理由：ボットで解決せず"));
    })
    .await;
}

#[tokio::test]
async fn words_that_only_say_no_are_an_objection_too() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks(QUESTION).await;
        let heard = anna.asks("それじゃないです").await;
        assert!(
            heard.starts_with("知りたいことに近いものを選んでください。"),
            "{heard}"
        );
        assert!(
            !heard.contains("移住支援金はだれが対象"),
            "that one was meant by nobody: {heard}"
        );
        let heard = anna.asks("うーん、それも違うなあ").await;
        assert!(heard.contains("担当者にお伝えしました"), "{heard}");
        assert!(t.card().await.contains("理由：ボットで解決せず"));
    })
    .await;
}

#[tokio::test]
async fn other_reactions_and_one_taken_back_say_nothing() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks(QUESTION).await;
        let answer = anna.last().id;
        anna.reacts(answer, "👍");
        assert_eq!(anna.hears().await, "");
        anna.reacts(answer, "👎");
        assert_ne!(anna.hears().await, "");
        anna.reacts(answer, "");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_thumb_down_on_the_choices_means_none_of_them() {
    town(async |t| {
        let anna = t.anna();
        let heard = anna.asks("補助金").await;
        assert!(heard.contains("どれでもない"), "{heard}");
        anna.reacts(anna.last().id, "👎");
        assert_snapshot!(anna.hears().await, @r"
        担当者に聞くことができます。別の言い方で書いてみることもできます。
        [担当者に聞く]
        [メニューを開く]
        ");
    })
    .await;
}

#[tokio::test]
async fn a_thumb_down_on_something_old_or_on_a_persons_words_is_no_affair_of_the_bots() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks(QUESTION).await;
        let old = anna.last().id;
        let _ = anna.asks("/help").await;
        anna.reacts(anna.last().id, "👎");
        assert_eq!(anna.hears().await, "", "nobody had asked");
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("月曜に電話します。");
        let _ = anna.hears().await;
        anna.reacts(anna.last().id, "👎");
        anna.reacts(old, "👎");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}
