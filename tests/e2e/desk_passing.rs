//! What cannot be copied, and what cannot be changed any more, reaches the other side in another way, or is said.

use annaka_concierge::emulator::{Fault, Kind, Method};
use jiff::SignedDuration;

use crate::{harness::town, mover::done};

/// So long the bot waits for the rest of an album.
const GATHERED: SignedDuration = SignedDuration::from_secs(1);

#[tokio::test]
async fn words_of_a_group_that_forbids_copying_reach_the_mover_all_the_same() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        done(t.emulator.protect_content(t.group(), true));
        let said = mio.says_formatted("<b>三軒</b>あります。");
        assert_eq!(anna.hears().await, "三軒あります。");
        assert_eq!(anna.last().html, "<b>三軒</b>あります。");
        assert_eq!(mio.reactions(said).await, ["👌"]);
        mio.edits(said, "四軒あります。");
        assert_eq!(anna.hears().await, "edited: 四軒あります。");
        anna.replies_to(anna.last().id, "見たいです");
        assert_eq!(t.desk_last().await.reply_to, Some(said));
    })
    .await;
}

#[tokio::test]
async fn held_words_of_such_a_group_are_sent_too() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        done(t.emulator.protect_content(t.group(), true));
        mio.says("明日お電話します。");
        assert_eq!(mio.taps("引き受けて送る").await, "引き受けて、送りました。");
        assert!(anna.hears().await.ends_with("----\n明日お電話します。"));
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_such_a_group_is_said_to_stay_there_and_why() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        done(t.emulator.protect_content(t.group(), true));
        let sent = mio.sends_with(Kind::Photo, "候補の家です");
        assert_eq!(
            anna.hears().await,
            "担当者からのメッセージを1通、お届けできませんでした。担当者にも伝えてあります。"
        );
        assert_eq!(
            t.desk_reads().await,
            "届きませんでした。このグループは「コンテンツの保存を制限」しているため、文章のほかは送れません。文章で書くか、設定を切って送り直してください。"
        );
        assert_eq!(t.desk_last().await.reply_to, Some(sent));
        assert_eq!(mio.reactions(sent).await, ["💔"]);
        t.expects_dead_letters(1);
    })
    .await;
}

#[tokio::test]
async fn a_mover_whose_chat_forbids_copying_hears_what_to_do() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        done(t.emulator.protect_content(anna.id(), true));
        let sent = anna.sends(Kind::Photo);
        assert_eq!(
            anna.hears().await,
            "これは、コピーを止める設定のため、担当者に渡せませんでした。文章で書くか、設定を変えて、もう一度お送りください。"
        );
        assert_eq!(anna.last().reply_to, Some(sent));
        assert!(t.desk_reads().await.contains("送り直しを頼みました"));
        anna.says("庭のある家です");
        assert_eq!(t.desk_reads().await, "👤 庭のある家です", "words need no copy");
        t.expects_dead_letters(1);
    })
    .await;
}

#[tokio::test]
async fn words_below_any_picture_of_an_album_are_changed_both_ways() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.advance(SignedDuration::from_mins(1));
        let sent = anna.sends_pictures(3, Some((1, "台所です")));
        t.idle().await;
        t.advance(GATHERED);
        assert_eq!(
            t.desk_reads().await,
            "<photo>\n----\n<photo>台所です\n----\n<photo>"
        );
        anna.edits(sent[1], "居間です");
        assert_eq!(t.desk_reads().await, "edited: <photo>居間です");
        anna.edits(sent[2], "庭です");
        assert_eq!(t.desk_reads().await, "edited: <photo>庭です");

        let sent = mio.sends_pictures(2, Some((0, "候補の家です")));
        t.idle().await;
        t.advance(GATHERED);
        assert_eq!(anna.hears().await, "候補の家です\n----\n");
        mio.edits(sent[0], "一軒目です");
        mio.edits(sent[1], "二軒目です");
        assert_eq!(anna.hears().await, "edited: 一軒目です\n----\nedited: 二軒目です");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_words_that_staff_deleted_is_posted_anew_and_from_then_on_changed_there() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let words = anna.says("駅に近い家です");
        assert_eq!(t.desk_reads().await, "👤 駅に近い家です");
        done(mio.here().deletes(t.desk_last().await.id));
        anna.edits(words, "駅から遠い家です");
        assert_eq!(t.desk_reads().await, "変更：👤 駅から遠い家です");
        anna.edits(words, "駅から少し遠い家です");
        assert_eq!(t.desk_reads().await, "edited: 👤 駅から少し遠い家です");
        let answered = mio.replies_to(t.desk_last().await.id, "分かりました。");
        assert_eq!(anna.hears().await, "分かりました。");
        assert_eq!(anna.last().reply_to, Some(words));
        assert_eq!(mio.reactions(answered).await, ["👌"]);
    })
    .await;
}

#[tokio::test]
async fn a_correction_of_words_the_mover_deleted_is_said_as_one() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let said = mio.says("月曜に電話します。");
        assert_eq!(anna.hears().await, "月曜に電話します。");
        done(anna.person.deletes(anna.last().id));
        mio.edits(said, "火曜に電話します。");
        assert_eq!(anna.hears().await, "訂正：火曜に電話します。");
        mio.edits(said, "水曜に電話します。");
        assert_eq!(anna.hears().await, "edited: 水曜に電話します。");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_words_below_a_picture_that_is_gone_is_posted_anew() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let picture = anna.sends_with(Kind::Photo, "台所");
        assert_eq!(t.desk_reads().await, "<photo>台所");
        done(mio.here().deletes(t.desk_last().await.id));
        anna.edits(picture, "台所と居間");
        assert_eq!(t.desk_reads().await, "変更：台所と居間");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_words_left_behind_in_a_group_that_moved_is_posted_in_the_new_one() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        let words = anna.says("駅に近い家です");
        t.idle().await;
        done(t.emulator.migrate_group(-1_001_000_000_777));
        t.idle().await;
        anna.edits(words, "駅から遠い家です");
        assert_eq!(t.desk_reads().await, "変更：👤 駅から遠い家です");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_words_in_a_topic_that_was_deleted_is_posted_in_the_next() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        let words = anna.says("駅に近い家です");
        t.idle().await;
        done(t.emulator.delete_topic(t.topic()));
        anna.edits(words, "駅から遠い家です");
        assert_eq!(t.desk_reads().await, "変更：👤 駅から遠い家です");
        assert_eq!(t.title(), "💬 アンナ（みお）");
    })
    .await;
}

#[tokio::test]
async fn when_the_group_has_no_room_new_cases_and_first_words_go_before_the_rest() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("どんな家ですか。");
        let _ = anna.hears().await;
        let ben = t.ben();
        let _ = ben.asks("/human").await;
        t.advance(SignedDuration::from_mins(2));
        for _ in 0..26 {
            ben.sends(Kind::Photo);
            t.idle().await;
            t.advance(SignedDuration::from_secs(2));
        }
        t.idle().await;
        let pictures = || {
            let of_ben = t.in_topic(t.topic_of("Ben"));
            of_ben.iter().filter(|shown| shown.media.is_some()).count()
        };
        let before = pictures();
        assert!(before < 26, "the group has no room for all");
        anna.says("急ぎになりました");
        t.idle().await;
        let chie = t.newcomer("Chie", "ja");
        chie.says("人と話したい");
        // One place after the other becomes free.
        while t.times_in_group("Chie 相談1回目") + t.times_in_group("急ぎになりました") < 2 {
            t.advance(SignedDuration::from_secs(1));
            t.idle().await;
            assert!(
                pictures() <= before + 1,
                "a picture went first\n{}",
                t.transcript()
            );
        }
        t.advance(SignedDuration::from_mins(2));
        t.idle().await;
        t.advance(SignedDuration::from_mins(2));
        t.idle().await;
        assert_eq!(pictures(), 26, "and then all of them come");
        let told = t.reads_in(t.topic_of("アンナ"));
        assert!(told.contains("👤 急ぎになりました"), "{told}");
        for mover in [&anna, &ben, &chie] {
            let _ = mover.hears().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_that_makes_a_message_too_long_goes_out_as_one_of_its_own() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        t.next(Method::SendMessage, Fault::Flood { seconds: 10 });
        anna.says("一");
        t.idle().await;
        let second = anna.says("二");
        t.idle().await;
        t.advance(SignedDuration::from_secs(10));
        assert_eq!(t.desk_reads().await, "👤 一\n👤 二");
        let long = "駅に近い家を探しています。".repeat(315);
        anna.edits(second, &long);
        assert_eq!(t.desk_reads().await, long);
        assert_eq!(anna.hears().await, "");
    })
    .await;
}
