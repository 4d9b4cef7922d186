//! Not only words go over the desk; what Telegram does not let a bot copy is explained to both sides.

use annaka_concierge::emulator::{Fault, Kind, Method};
use jiff::SignedDuration;

use crate::{harness::town, mover::done};

const KINDS: [(Kind, &str); 12] = [
    (Kind::Photo, "photo"),
    (Kind::Voice, "voice"),
    (Kind::Sticker, "sticker"),
    (Kind::Document, "document"),
    (Kind::Video, "video"),
    (Kind::VideoNote, "video_note"),
    (Kind::Animation, "animation"),
    (Kind::Audio, "audio"),
    (Kind::Location, "location"),
    (Kind::Contact, "contact"),
    (Kind::Dice, "dice"),
    (Kind::Poll, "poll"),
];

const NOT_COPIED: [Kind; 4] = [Kind::Quiz, Kind::Giveaway, Kind::PaidMedia, Kind::Invoice];

#[tokio::test]
async fn whatever_a_mover_sends_stands_in_the_topic() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        for (kind, name) in KINDS {
            let sent = anna.sends(kind);
            assert_eq!(t.desk_reads().await, format!("<{name}>"));
            assert_eq!(anna.hears().await, "");
            assert_eq!(anna.reactions(sent), ["👌"], "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn whatever_the_owner_sends_reaches_the_mover() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        for (kind, name) in KINDS {
            let sent = mio.sends(kind);
            let _ = anna.hears().await;
            assert_eq!(anna.last().media.unwrap().kind, name);
            assert_eq!(mio.reactions(sent).await, ["👌"], "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn pictures_of_somebody_who_still_waits_are_for_the_staff_and_not_for_the_bot() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        anna.sends_with(Kind::Photo, "この家です");
        assert_eq!(t.desk_reads().await, "<photo>この家です");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_place_that_moves_is_passed_on_once() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        anna.sends(Kind::LiveLocation);
        assert_eq!(t.desk_reads().await, "<location>");
    })
    .await;
}

#[tokio::test]
async fn what_a_mover_sends_and_a_bot_cannot_copy_is_explained_to_both() {
    for kind in NOT_COPIED {
        town(async |t| {
            let (anna, _mio) = t.mio_has_anna().await;
            let sent = anna.sends(kind);
            assert_eq!(
                anna.hears().await,
                "このメッセージは、担当者にお渡しできませんでした。お手数ですが、文章か写真でもう一度お送りください。",
                "{kind:?}"
            );
            assert_eq!(anna.last().reply_to, Some(sent), "{kind:?}");
            assert_eq!(
                t.desk_reads().await,
                "相手が送ったものを、ここに写せませんでした。相手には、送り直しを頼みました。",
                "{kind:?}"
            );
            t.expects_dead_letters(1);
        })
        .await;
    }
}

#[tokio::test]
async fn what_staff_send_and_a_bot_cannot_copy_is_marked_and_explained() {
    for kind in NOT_COPIED {
        town(async |t| {
            let (anna, mio) = t.mio_has_anna().await;
            let sent = mio.sends(kind);
            assert_eq!(
                anna.hears().await,
                "担当者からのメッセージを1通、お届けできませんでした。担当者にも伝えてあります。",
                "{kind:?}"
            );
            assert_eq!(
                t.desk_reads().await,
                "届きませんでした。この種類のものは送れません。文章や写真で送ってください。",
                "{kind:?}"
            );
            assert_eq!(t.desk_last().await.reply_to, Some(sent));
            assert_eq!(mio.reactions(sent).await, ["💔"], "{kind:?}");
            t.expects_dead_letters(1);
        })
        .await;
    }
}

#[tokio::test]
async fn what_was_deleted_before_it_went_out_is_told_to_whoever_sent_it() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 10 });
        let sent = mio.says("間違えました");
        t.idle().await;
        done(mio.here().deletes(sent));
        t.advance(SignedDuration::from_secs(10));
        assert_eq!(anna.hears().await, "");
        assert_eq!(
            t.desk_reads().await,
            "届きませんでした。送る前に消されていました。"
        );
        t.expects_dead_letters(1);
    })
    .await;
}

#[tokio::test]
async fn what_a_mover_deleted_before_it_went_out_is_not_asked_for_again() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 10 });
        let sent = anna.sends(Kind::Photo);
        t.idle().await;
        done(anna.person.deletes(sent));
        t.advance(SignedDuration::from_secs(10));
        assert_eq!(
            t.desk_reads().await,
            "相手が送ったものは、ここに写す前に消されました。"
        );
        assert_eq!(anna.hears().await, "");
        t.expects_dead_letters(1);
    })
    .await;
}
