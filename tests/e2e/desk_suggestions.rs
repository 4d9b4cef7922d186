//! An answer that staff send with one tap.

use crate::{harness::town, staff::Staff};

const JAPANESE: &str = "💡 マイホーム取得支援金の金額と対象は";

#[tokio::test]
async fn a_suggestion_takes_the_case_and_reaches_the_mover_at_one_tap() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks("家を買うと補助金は出ますか").await;
        let _ = anna.asks("人と話したい").await;
        let mio = t.mio();
        mio.says_in_general("おはようございます");
        t.idle().await;
        let _card = t.card().await;
        let _ = mio.taps(JAPANESE).await;
        let heard = anna.hears().await;
        assert!(heard.starts_with("担当者がお話を伺います"), "{heard}");
        assert!(
            heard.contains("マイホーム取得支援金") && heard.contains("出典："),
            "{heard}"
        );
        assert_eq!(t.title(), "💬 アンナ（みお）");
        let ken = t.ken();
        refused(&ken).await;
        assert_eq!(anna.hears().await, "", "only the owner sends");
    })
    .await;
}

async fn refused(ken: &Staff<'_>) {
    let noted = ken.taps(JAPANESE).await;
    assert!(noted.contains("みおさんが引き受けています"), "{noted}");
}

#[tokio::test]
async fn a_suggestion_is_sent_in_the_movers_language() {
    town(async |t| {
        let ben = t.ben();
        let _ = ben.asks("Is there money for buying a house?").await;
        let _ = ben.asks("I want to talk to a person").await;
        let mio = t.mio();
        let card = t.card().await;
        assert!(card.contains("言葉：英語"), "{card}");
        let _ = mio.taps(JAPANESE).await;
        let heard = ben.hears().await;
        assert!(
            heard.contains("Home Acquisition Grant") && !heard.contains("出典"),
            "{heard}"
        );
    })
    .await;
}
