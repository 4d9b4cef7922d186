//! People who are not of the desk, and buttons where they do not belong: a clear no, and nothing happens.

use annaka_concierge::emulator::{Aim, Fault, Membership, Method};
use insta::assert_snapshot;
use serde_json::json;

use crate::{
    harness::{ELSEWHERE, Town, town},
    mover::done,
};

const TAKE: &str = "d1:t";

/// Nobody has the case, and Anna has heard nothing.
async fn nothing_happened(t: &Town) {
    assert_eq!(t.title(), "⏳ アンナ");
    assert_eq!(t.anna().hears().await, "");
    assert_eq!(t.desk_reads().await, "");
}

#[tokio::test]
async fn who_is_not_in_the_group_cannot_tap() {
    town(async |t| {
        let _case = t.anna_waits().await;
        let stranger = t.staff(t.emulator.add_person("他人", "ja").id());
        assert_eq!(stranger.taps_card(TAKE).await, "相談デスクの人だけが使えます。");
        nothing_happened(t).await;
    })
    .await;
}

#[tokio::test]
async fn a_mover_cannot_tap_for_the_staff() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        let as_staff = t.staff(anna.id());
        assert_eq!(as_staff.taps_card(TAKE).await, "相談デスクの人だけが使えます。");
        assert_eq!(t.title(), "⏳ アンナ");
        let _own_note = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn a_card_sent_on_into_another_group_is_about_nobody() {
    town(async |t| {
        let (_anna, mio) = t.anna_waits().await;
        let card = t.card_in(t.topic()).unwrap().id;
        assert_eq!(
            mio.forges_tap(ELSEWHERE, card, TAKE).await,
            "このボタンは、ここでは使えません。"
        );
        nothing_happened(t).await;
    })
    .await;
}

#[tokio::test]
async fn a_card_sent_on_into_a_private_chat_is_an_old_button() {
    town(async |t| {
        let (_anna, mio) = t.anna_waits().await;
        let ben = t.ben();
        let _ = ben.asks("/help").await;
        let message = ben.last().id;
        done(t.emulator.forge_tap(ben.id(), ben.id(), message, TAKE));
        let heard = ben.hears().await;
        assert!(heard.starts_with("(This button is"), "{heard}");
        nothing_happened(t).await;
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        let _ = t.anna().hears().await;
    })
    .await;
}

#[tokio::test]
async fn buttons_outside_the_movers_topics_are_about_nobody() {
    town(async |t| {
        let _case = t.anna_waits().await;
        let mio = t.mio();
        let general = mio.says_in_general("/cases");
        t.idle().await;
        assert_eq!(
            mio.forges_tap(t.group(), general, TAKE).await,
            "このトピックには相談がありません。古いボタンのときは、/take などのコマンドを使ってください。"
        );
        mio.says_in_general("/take");
        t.idle().await;
        assert_eq!(
            t.general().last().unwrap(),
            "このトピックには相談がありません。古いボタンのときは、/take などのコマンドを使ってください。"
        );
        let own = done(mio.person.opens_topic("お知らせ"));
        mio.at(own).says("明日は休みです");
        mio.at(own).says("/close 解決した");
        t.idle().await;
        assert_eq!(t.title_of(t.topic_of("アンナ")), "⏳ アンナ");
        assert_eq!(t.anna().hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn forged_buttons_do_nothing() {
    town(async |t| {
        let (_anna, mio) = t.anna_waits().await;
        for data in [
            "d1:h:999",
            "d1:s:1",
            "d1:x",
            "d0:t",
            "d1:t:1",
            "",
            "d1:c:9",
            "d1:g:no-such-entry",
        ] {
            let noted = mio.taps_card(data).await;
            assert_ne!(noted, "引き受けました。", "{data}");
            if data != "d1:g:no-such-entry" {
                assert_eq!(t.title(), "⏳ アンナ", "{data}");
            }
        }
        let _ = t.anna().hears().await;
    })
    .await;
}

#[tokio::test]
async fn a_bot_in_another_group_keeps_quiet() {
    town(async |t| {
        t.inject(json!({ "message": {
            "message_id": 5, "date": 1_790_000_000,
            "from": { "id": 77, "is_bot": false, "first_name": "他人" },
            "chat": { "id": ELSEWHERE, "type": "supergroup", "title": "よその町" },
            "text": "/cases",
        }}));
        t.idle().await;
        assert_eq!(t.calls("sendMessage"), 0);
    })
    .await;
}

#[tokio::test]
async fn when_telegram_cannot_be_asked_those_who_were_seen_may_tap() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        mio.says_in_general("おはようございます");
        t.idle().await;
        t.emulator
            .disturb(Fault::CutBefore, Aim::Only(Method::GetChatMember), None);
        assert_eq!(t.ken().taps("引き受ける").await, "相談デスクの人だけが使えます。");
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
        t.emulator.heal();
    })
    .await;
}

#[tokio::test]
async fn who_was_removed_or_left_is_no_longer_of_the_desk() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let ken = t.ken();
        ken.says_in_general("おはようございます");
        t.idle().await;
        done(ken.person.leaves_group());
        assert_eq!(ken.taps_card("d1:r").await, "相談デスクの人だけが使えます。");
        mio.says("/transfer @ken");
        assert_snapshot!(t.desk_reads().await, @"その人は、このグループでまだ見かけていません。一度何か書いてもらってください。");
        done(t.emulator.set_membership(ken.id(), Membership::Member));
        ken.says_in_general("戻りました");
        t.idle().await;
        mio.says("/transfer @ken");
        t.idle().await;
        assert_eq!(t.title(), "💬 アンナ（けん）");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}
