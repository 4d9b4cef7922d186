//! Sharing an answer with the family, by inline mode.

use crate::harness::town;

#[tokio::test]
async fn an_answer_is_found_shared_and_not_taken_for_a_question() {
    town(async |t| {
        t.anna().starts("");
        let _ = t.anna().hears().await;
        let offered = t
            .anna()
            .person
            .inline("安中市移住支援金はだれが対象ですか")
            .await
            .unwrap();
        assert_eq!(offered[0].id, "subsidy-iju-shienkin");
        assert!((2..=5).contains(&offered.len()), "{offered:#?}");

        let shared = t.anna().person.chooses(&offered[0].id).unwrap();
        assert_eq!(t.anna().hears().await, "", "what was shared is no question");
        let shown = t
            .anna()
            .chat()
            .into_iter()
            .find(|shown| shown.id == shared)
            .unwrap();
        assert!(shown.text.starts_with("安中市移住支援金は"), "{}", shown.text);
        assert!(shown.text.contains("出典："), "{}", shown.text);
        assert!(
            shown
                .html
                .contains("https://t.me/annaka_concierge_demo_bot?start=subsidy-iju-shienkin"),
            "{}",
            shown.html
        );
    })
    .await;
}

#[tokio::test]
async fn the_share_button_asks_for_the_answer_it_stands_under() {
    town(async |t| {
        let _ = t.ben().asks("Who can get the Relocation Grant?").await;
        let buttons = t.ben().chat().pop().unwrap().buttons;
        let share = buttons
            .iter()
            .flatten()
            .find(|button| button.label == "Send to family")
            .unwrap();
        let offered = t.ben().person.inline(&share.data).await.unwrap();
        assert_eq!(offered[0].id, "subsidy-iju-shienkin");
        assert!(
            offered[0].text.starts_with("The Relocation Grant"),
            "{}",
            offered[0].text
        );
    })
    .await;
}

#[tokio::test]
async fn nothing_is_offered_for_nothing_or_for_what_is_not_known() {
    town(async |t| {
        for query in ["", "   ", "😀", "死にたい", "家賃の相場はどのくらいですか"] {
            let offered = t.anna().person.inline(query).await.unwrap();
            assert!(offered.is_empty(), "{query:?}: {offered:#?}");
        }
    })
    .await;
}
