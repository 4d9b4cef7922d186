//! Edited questions edit their answers.

use annaka_concierge::emulator::{Fault, Method};
use jiff::SignedDuration;

use crate::harness::town;

#[tokio::test]
async fn an_edited_question_edits_its_answer() {
    town(async |t| {
        let question = t.anna().says("安中市移住支援金はだれが対象ですか");
        let _ = t.anna().hears().await;
        t.anna().edits(question, "マイホーム取得支援金の金額と対象は");
        let heard = t.anna().hears().await;
        assert!(
            heard.starts_with("edited: 安中市マイホーム取得支援金は"),
            "{heard}"
        );
        assert_eq!(t.anna().answers(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_edit_that_changes_no_word_changes_nothing() {
    town(async |t| {
        let question = t.anna().says("安中市移住支援金はだれが対象ですか");
        let _ = t.anna().hears().await;
        t.anna().edits(question, "安中市移住支援金はだれが対象ですか");
        assert_eq!(t.anna().hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_question_edited_before_its_first_answer_arrived_still_has_one_answer() {
    town(async |t| {
        t.next(Method::SendMessage, Fault::Flood { seconds: 30 });
        let question = t.anna().says("安中市移住支援金はだれが対象ですか");
        assert_eq!(t.anna().hears().await, "");
        t.anna().edits(question, "マイホーム取得支援金の金額と対象は");
        assert_eq!(t.anna().hears().await, "");
        t.advance(SignedDuration::from_secs(30));
        let heard = t.anna().hears().await;
        assert!(heard.starts_with("安中市マイホーム取得支援金は"), "{heard}");
        assert_eq!(t.anna().answers(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_edit_to_another_question_of_long_ago_edits_that_answer() {
    town(async |t| {
        let first = t.anna().says("安中市移住支援金はだれが対象ですか");
        let _ = t.anna().hears().await;
        let _ = t.anna().asks("人と話したい").await;
        t.anna().edits(first, "マイホーム取得支援金の金額と対象は");
        let heard = t.anna().hears().await;
        assert!(
            heard.starts_with("edited: 安中市マイホーム取得支援金は"),
            "{heard}"
        );
    })
    .await;
}
