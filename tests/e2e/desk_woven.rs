//! What only shows when several things happen to a case at once, each as a story of its own.

use annaka_concierge::emulator::{Fault, Kind, Method};
use jiff::SignedDuration;

use crate::{
    harness::{Plan, Town, town, town_with},
    mover::done,
    staff::Staff,
};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// What the group is called by after it has moved.
const ELSEWHERE: i64 = -1_009_000_000_001;

/// Staff talk about this and that until a message has this number.
fn small_talk(t: &Town, until: i32) {
    while t.ken().says_in_general("昼は何にしますか。") < until {}
}

/// The next message of the group has this number.
fn small_talk_before(t: &Town, number: i32) {
    let said = t.ken().says_in_general("昼は何にしますか。");
    assert!(said < number, "{said} is too late for {number}");
    if said + 1 < number {
        small_talk(t, number - 1);
    }
}

/// Somebody has said so much that the numbers of the group's messages are high.
fn much_was_said(mio: &Staff<'_>) {
    for _ in 0..20 {
        mio.says("// まだ調べている");
    }
}

#[tokio::test]
async fn what_has_the_same_number_in_the_groups_new_place_is_not_taken_for_words_to_a_mover() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 30 });
        let said = mio.says("こんにちは。");
        t.idle().await;
        done(t.emulator.migrate_group(ELSEWHERE));
        t.idle().await;
        small_talk(t, said);
        t.advance(MINUTE);
        assert_eq!(anna.hears().await, "");
        assert!(t.desk_reads().await.starts_with("届きませんでした。"));
    })
    .await;
}

#[tokio::test]
async fn a_note_from_before_the_group_moved_silences_nobody_after() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        much_was_said(&mio);
        let said = mio.says("こんにちは。");
        assert_eq!(anna.hears().await, "こんにちは。");
        mio.edits(said, "// こんにちは。");
        t.idle().await;
        done(t.emulator.migrate_group(ELSEWHERE));
        anna.says("まだいますか");
        let _read = t.desk_reads().await;
        small_talk_before(t, said);
        assert_eq!(mio.says("はい、います。"), said);
        assert_eq!(anna.hears().await, "はい、います。");
    })
    .await;
}

#[tokio::test]
async fn words_held_before_the_group_moved_are_not_mixed_up_with_those_after() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        much_was_said(&mio);
        let said = mio.says("こんにちは。");
        t.idle().await;
        done(t.emulator.migrate_group(ELSEWHERE));
        anna.says("まだいますか");
        let read = t.desk_reads().await;
        assert!(read.contains("グループが移る前"), "{read}");
        let _heard = anna.hears().await;
        small_talk_before(t, said);
        assert_eq!(mio.says("はい、います。"), said);
        assert_eq!(mio.taps("引き受けて送る").await, "引き受けて、送りました。");
        let heard = anna.hears().await;
        assert_eq!(heard.matches("はい、います。").count(), 1, "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_case_whose_owner_put_it_off_and_left_is_waited_for() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, _mio) = t.anna_waits().await;
        let ken = t.ken();
        let _ = ken.taps("引き受ける").await;
        let _ = anna.hears().await;
        let _ = ken.taps("後回し").await;
        let _ = ken.taps("3開庁日あとの朝").await;
        done(ken.person.leaves_group());
        let _left = t.desk_reads().await;
        t.advance(SignedDuration::from_mins(12));
        let told = t.desk_reads().await;
        assert!(told.contains("返事をお待たせして"), "{told}");
        assert_eq!(t.title(), "⏳ アンナ");
    })
    .await;
}

#[tokio::test]
async fn held_words_stand_under_what_they_answer() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let asked = anna.says("駅に近い家を探しています");
        let in_topic = t.desk_last().await;
        let _heard = anna.hears().await;
        mio.replies_to(in_topic.id, "三軒あります。");
        let _held = t.desk_reads().await;
        assert_eq!(mio.taps("引き受けて送る").await, "引き受けて、送りました。");
        let heard = anna.hears().await;
        assert!(heard.ends_with("三軒あります。"), "{heard}");
        assert_eq!(anna.last().reply_to, Some(asked));
    })
    .await;
}

#[tokio::test]
async fn settings_that_follow_the_group_leave_its_topics_as_they_are() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        done(t.emulator.migrate_group(ELSEWHERE));
        anna.says("まだいますか");
        t.idle().await;
        let topic = t.topic();
        t.stop().await;
        t.names_the_group_as_it_is();
        t.start();
        anna.says("急ぎではありません");
        t.idle().await;
        assert_eq!(t.topic(), topic, "it is the same");
        mio.says("はい、います。");
        assert_eq!(anna.hears().await, "はい、います。");
    })
    .await;
}

#[tokio::test]
async fn who_sends_a_picture_and_blocks_the_bot_stops_nobody_else() {
    town_with(Plan::owned(), async |t| {
        let yuki = t.yuki();
        let _greeted = yuki.asks("こんにちは").await;
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 30 });
        anna.sends(Kind::Photo);
        t.idle().await;
        anna.blocks_bot();
        t.advance(MINUTE);
        let told = t.desk_reads().await;
        assert!(told.contains("ここに写せませんでした"), "{told}");
        let _ = t.ben().asks("/human").await;
        assert!(t.card_in(t.topic_of("Ben")).is_some());
        assert_eq!(yuki.hears().await, "", "nothing troubles the group");

        anna.unblocks_bot();
        anna.says("すみません、もう一度送ります");
        t.idle().await;
        let anna_s = t.topic_of("アンナ");
        assert!(t.reads_in(anna_s).contains("もう一度送ります"));
        mio.at(anna_s).says("はい、どうぞ。");
        assert!(anna.hears().await.ends_with("はい、どうぞ。"));
        t.expects_dead_letters(2);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_decide_about_words_at_once_the_first_has_decided() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let said = mio.says("こんにちは。");
        let _held = t.desk_reads().await;
        t.stop().await;
        mio.taps_now("引き受けて送る");
        t.ken().taps_now("メモにする");
        t.start();
        t.idle().await;
        assert_eq!(mio.noted(), "引き受けて、送りました。");
        assert!(t.ken().noted().contains("古い"), "{}", t.ken().noted());
        assert!(anna.hears().await.ends_with("こんにちは。"));
        assert_eq!(mio.reactions(said).await, ["👌"]);
        let told = t.desk_reads().await;
        assert!(
            told.contains("引き受けて、送りました。") && !told.contains("メモにしました"),
            "{told}"
        );
    })
    .await;
}
