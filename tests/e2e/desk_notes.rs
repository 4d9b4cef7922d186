//! What staff write and no mover may read: notes, asides, words without a known sender, words nobody has decided about.

use annaka_concierge::{
    emulator::{Fault, Kind, Method},
    outgoing::UserId,
};
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::harness::town;

#[tokio::test]
async fn a_note_stays_a_note_even_when_it_is_edited_into_a_reply() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let note = mio.says("// 予算は三百万");
        assert_eq!(mio.reactions(note).await, ["✍"]);
        mio.edits(note, "こんにちは。");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.desk_reads().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_sent_reply_edited_into_a_note_does_not_show_the_note() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let said = mio.says("こんにちは。");
        assert_eq!(anna.hears().await, "こんにちは。");
        mio.edits(said, "// 予算は三百万");
        assert_eq!(anna.hears().await, "");
        assert_eq!(anna.last().text, "こんにちは。");
    })
    .await;
}

#[tokio::test]
async fn a_note_is_one_in_every_state_of_a_case_and_for_everybody() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let ken = t.ken();
        let mut notes = vec![mio.says("// 誰か知っていますか"), ken.says("  // 先週の方です")];
        let _ = mio.taps("引き受ける").await;
        let _ = anna.hears().await;
        notes.push(mio.says("//予算を聞く"));
        notes.push(mio.replies_to(notes[0], "// 分かりました"));
        mio.says("/close 解決した");
        let _ = anna.hears().await;
        notes.push(mio.says("// また来るかも"));
        for note in notes {
            assert_eq!(mio.reactions(note).await, ["✍"]);
        }
        assert_eq!(t.times_in_group("送っていません"), 0);
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_picture_with_a_note_below_is_a_note() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let note = mio.sends_with(Kind::Photo, "// 内部の地図");
        assert_eq!(mio.reactions(note).await, ["✍"]);
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn an_album_with_a_note_below_any_of_its_pictures_is_a_note() {
    for at in 0..3 {
        town(async |t| {
            let (anna, mio) = t.mio_has_anna().await;
            mio.sends_pictures(3, Some((at, "// 内部の地図")));
            t.idle().await;
            t.advance(SignedDuration::from_secs(2));
            assert_eq!(anna.hears().await, "", "caption on {at}");
            mio.sends_pictures(2, Some((0, "候補の家です")));
            t.idle().await;
            t.advance(SignedDuration::from_secs(2));
            assert_eq!(anna.hears().await, "候補の家です\n----\n", "the next is none");
        })
        .await;
    }
}

#[tokio::test]
async fn an_album_with_a_note_is_not_offered_for_sending_either() {
    for at in 0..2 {
        town(async |t| {
            let (anna, mio) = t.anna_waits().await;
            mio.sends_pictures(2, Some((at, "// 内部の地図")));
            t.idle().await;
            t.advance(SignedDuration::from_secs(2));
            t.idle().await;
            if t.times_in_group("送っていません") > 0 {
                let _ = mio.taps("引き受けて送る").await;
            }
            t.advance(SignedDuration::from_secs(2));
            let heard = anna.hears().await;
            assert!(
                anna.chat().iter().all(|shown| shown.media.is_none()),
                "caption on {at}: {heard}"
            );
        })
        .await;
    }
}

#[tokio::test]
async fn an_album_that_becomes_a_note_while_it_waits_is_not_sent() {
    for at in 0..2 {
        town(async |t| {
            let (anna, mio) = t.mio_has_anna().await;
            t.next(Method::CopyMessages, Fault::Flood { seconds: 10 });
            let album = mio.sends_pictures(2, Some((at, "候補の家です")));
            t.idle().await;
            t.advance(SignedDuration::from_secs(1));
            t.idle().await;
            mio.edits(album[at], "// 内部の地図");
            t.idle().await;
            t.advance(SignedDuration::from_secs(10));
            assert_eq!(anna.hears().await, "", "caption on {at}");
            assert_eq!(
                t.desk_reads().await,
                "メモにしました。まだ届いていなかったので、相手には送りません。"
            );
        })
        .await;
    }
}

#[tokio::test]
async fn a_held_album_that_becomes_a_note_is_decided() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let album = mio.sends_pictures(2, Some((0, "候補の家です")));
        t.idle().await;
        mio.edits(album[0], "// 内部の地図");
        t.idle().await;
        let case = t.app().store().case(UserId(anna.id())).await.unwrap().unwrap();
        assert_eq!(case.held, []);
        let _note = mio.taps("引き受けて送る").await;
        t.advance(SignedDuration::from_secs(2));
        assert_eq!(anna.hears().await, "");
        let _asked = t.desk_reads().await;
    })
    .await;
}

#[tokio::test]
async fn an_anonymous_administrators_words_are_not_sent_and_their_taps_count() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let veiled = mio.anonymously();
        let said = veiled.says("こんにちは。");
        assert_eq!(anna.hears().await, "");
        assert_eq!(mio.reactions(said).await, ["✍"]);
        assert_snapshot!(t.desk_reads().await, @"匿名では、誰が担当か分かりません。匿名をやめるか、別の人が送ってください。");
        assert_eq!(t.desk_last().await.reply_to, Some(said));
        veiled.says("/release");
        assert_snapshot!(t.desk_reads().await, @"匿名では、誰が担当か分かりません。匿名をやめるか、別の人が送ってください。");
        assert_eq!(veiled.taps("手放す").await, "手放しました。");
        assert_eq!(t.title(), "⏳ アンナ");
    })
    .await;
}

#[tokio::test]
async fn anonymous_words_in_an_open_case_are_sent_by_whoever_takes_it() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        mio.anonymously().says("明日お電話します。");
        let asked = t.desk_reads().await;
        assert_snapshot!(asked, @r"
        まだ誰も引き受けていないため、送っていません。
        [引き受けて送る] [メモにする]
        ");
        assert_eq!(t.ken().taps("引き受けて送る").await, "引き受けて、送りました。");
        assert_eq!(t.title(), "💬 アンナ（けん）");
        let heard = anna.hears().await;
        assert!(heard.ends_with("----\n明日お電話します。"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_reply_to_the_bots_card_is_a_reply_to_the_mover_only_from_the_owner() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let card = t.card_in(t.topic()).unwrap().id;
        let aside = t.ken().replies_to(card, "この方、前にも来ました");
        assert_eq!(t.ken().reactions(aside).await, ["✍"]);
        assert_eq!(anna.hears().await, "");
        mio.replies_to(card, "こんにちは。");
        assert_eq!(anna.hears().await, "こんにちは。");
        assert_eq!(anna.last().reply_to, None);
    })
    .await;
}

#[tokio::test]
async fn commands_never_reach_the_mover() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        for command in ["/cases", "/whatever", "/transfer", "/snooze soon"] {
            mio.says(command);
            assert_ne!(t.desk_reads().await, "", "{command}");
        }
        let command = mio.says("/cases");
        mio.edits(command, "/close");
        t.idle().await;
        assert_eq!(anna.hears().await, "");
        assert_eq!(
            t.title(),
            "💬 アンナ（みお）",
            "an edited command is not carried out"
        );
    })
    .await;
}

#[tokio::test]
async fn held_words_become_a_note() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let said = mio.says("前にも来た方です");
        let _ = t.desk_reads().await;
        assert_eq!(
            t.ken().taps("メモにする").await,
            "メモにしました。相手には送りません。"
        );
        assert_snapshot!(t.desk_reads().await, @"edited: メモにしました。相手には送りません。");
        assert_eq!(mio.reactions(said).await, ["✍"]);
        let _ = mio.taps("引き受ける").await;
        let heard = anna.hears().await;
        assert!(!heard.contains("前にも"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn held_words_are_sent_as_they_stand_when_they_are_sent() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let said = mio.says("月曜に電話します。");
        t.idle().await;
        mio.edits(said, "火曜に電話します。");
        assert_eq!(mio.taps("引き受けて送る").await, "引き受けて、送りました。");
        let heard = anna.hears().await;
        assert!(heard.ends_with("----\n火曜に電話します。"), "{heard}");
        assert!(!heard.contains("月曜"), "{heard}");
        assert_eq!(mio.reactions(said).await, ["👌"]);
    })
    .await;
}

#[tokio::test]
async fn held_words_stay_when_somebody_else_has_taken_the_case_meanwhile() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        mio.says("明日お電話します。");
        t.idle().await;
        let _ = t.ken().taps("引き受ける").await;
        let _ = anna.hears().await;
        assert_eq!(mio.taps("引き受けて送る").await, "けんさんが引き受けています。");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.ken().taps("引き受けて送る").await, "引き受けて、送りました。");
        assert_eq!(anna.hears().await, "明日お電話します。");
        assert_eq!(t.title(), "💬 アンナ（けん）");
    })
    .await;
}

#[tokio::test]
async fn held_words_are_sent_once_however_often_the_button_is_tapped() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        mio.says("明日お電話します。");
        t.idle().await;
        mio.taps_now("引き受けて送る");
        mio.taps_now("引き受けて送る");
        let heard = anna.hears().await;
        assert_eq!(heard.matches("明日お電話します。").count(), 1, "{heard}");
    })
    .await;
}

#[tokio::test]
async fn held_words_of_a_case_the_mover_has_ended_meanwhile_are_not_sent() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let _ = mio.taps("引き受ける").await;
        let _ = anna.hears().await;
        let _ = mio.taps("手放す").await;
        mio.says("明日お電話します。");
        t.idle().await;
        let _ = anna.chooses("相談を終える").await;
        let noted = mio.taps("引き受けて送る").await;
        assert_eq!(noted, "この相談は終わっています。");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.title(), "✅ アンナ");
        let _ = mio.taps("再開して送る").await;
        assert!(
            anna.hears().await.ends_with("明日お電話します。"),
            "they are not lost either"
        );
    })
    .await;
}
