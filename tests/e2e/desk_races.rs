//! Many at once: ten who reach for one case, and more words than the group has room for.

use annaka_concierge::emulator::{Call, Kind, Shown};
use jiff::{SignedDuration, Timestamp};

use crate::{
    harness::{Town, town},
    staff::Staff,
};

/// Mio, Ken and eight more.
fn ten_of_the_staff(t: &Town) -> Vec<Staff<'_>> {
    let more = ["はな", "さき", "りん", "ゆう", "なお", "あお", "そら", "れい"];
    let more = more.map(|name| t.colleague(name));
    [t.mio(), t.ken()].into_iter().chain(more).collect()
}

/// One of them has the case; everybody else was told who.
fn one_has_it(t: &Town, staff: &[Staff<'_>]) -> String {
    let title = t.title();
    let owner = title
        .trim_start_matches("💬 アンナ（")
        .trim_end_matches('）')
        .to_owned();
    let told: Vec<String> = staff.iter().map(Staff::noted).collect();
    let won = told.iter().filter(|note| *note == "引き受けました。").count();
    let lost = format!("{owner}さんが引き受けています。");
    let refused = told.iter().filter(|note| **note == lost).count();
    assert_eq!((won, refused), (1, 9), "{title}: {told:?}");
    owner
}

#[tokio::test]
async fn of_ten_who_tap_at_the_same_moment_one_has_the_case_and_nine_hear_who() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        let staff = ten_of_the_staff(t);
        t.idle().await;
        for one in &staff {
            one.taps_now("引き受ける");
        }
        t.idle().await;
        let first = one_has_it(t, &staff);
        let told = anna.hears().await;
        assert_eq!(told.matches("担当者がお話を伺います").count(), 1, "{told}");

        let owner = staff
            .iter()
            .find(|one| one.noted() == "引き受けました。")
            .unwrap();
        let _ = owner.taps("手放す").await;
        t.stop().await;
        for one in staff.iter().rev() {
            one.taps_now("引き受ける");
        }
        t.start();
        t.idle().await;
        let second = one_has_it(t, &staff);
        assert_ne!(first, second, "who came first");
        let told = anna.hears().await;
        assert_eq!(told.matches("担当者がお話を伺います").count(), 1, "{told}");
        for one in &staff {
            one.says(&format!("{}です。", one.id()));
        }
        let heard = anna.hears().await;
        assert_eq!(heard.lines().count(), 1, "only one speaks: {heard}");
    })
    .await;
}

/// What stands below the pictures of a topic.
fn captions(t: &Town, name: &str) -> Vec<String> {
    let all = t.in_topic(t.topic_of(name)).into_iter();
    let pictures = all.filter(|shown: &Shown| shown.from.bot && shown.media.is_some());
    pictures.map(|shown| shown.text).collect()
}

/// The most messages the group got within any minute.
fn fullest_minute(t: &Town) -> usize {
    let group = t.group();
    let sent = |call: &&Call| {
        let sends = call.method.to_lowercase();
        call.ok && call.chat == Some(group) && (sends.starts_with("send") || sends.starts_with("copy"))
    };
    let at: Vec<Timestamp> = t
        .emulator
        .look(|world| world.calls().filter(sent).map(|call| call.at).collect());
    let minute = SignedDuration::from_mins(1);
    let within = |from: &Timestamp| {
        at.iter()
            .filter(|one| (*from..*from + minute).contains(*one))
            .count()
    };
    at.iter().map(within).max().unwrap_or_default()
}

#[tokio::test]
async fn a_full_group_drains_in_order_cards_first_and_keeps_nobody_else_waiting() {
    const PICTURES: usize = 30;
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        let ben = t.ben();
        let _told = ben.asks("/human").await;
        for number in 1..=PICTURES {
            anna.sends_with(Kind::Photo, &format!("甲{number}"));
            ben.sends_with(Kind::Photo, &format!("乙{number}"));
            t.idle().await;
        }
        let waiting = |t: &Town| 2 * PICTURES - captions(t, "アンナ").len() - captions(t, "Ben").len();
        let left = waiting(t);
        assert!(left >= 2 * PICTURES - 20, "the group has no room: {left} wait");

        let answered = t
            .newcomer("Chie", "en")
            .asks("What is the relocation support grant?")
            .await;
        assert!(!answered.is_empty(), "a stranger's question is answered at once");
        assert_eq!(waiting(t), left, "without the clock");
        let told = t.newcomer("Dan", "ja").asks("人と話したい").await;
        assert!(told.contains("お伝えしました"), "{told}");

        t.advance(SignedDuration::from_mins(1));
        t.idle().await;
        assert!(t.card_in(t.topic_of("Dan")).is_some(), "a card goes before words");
        assert!(waiting(t) > 0);
        let mut minutes = 1;
        while waiting(t) > 0 {
            t.advance(SignedDuration::from_mins(1));
            t.idle().await;
            minutes += 1;
            assert!(minutes <= 5, "{} still wait", waiting(t));
        }
        let wanted =
            |mark: &str| -> Vec<String> { (1..=PICTURES).map(|number| format!("{mark}{number}")).collect() };
        assert_eq!(captions(t, "アンナ"), wanted("甲"));
        assert_eq!(captions(t, "Ben"), wanted("乙"));
        assert!(fullest_minute(t) <= 20, "{} in a minute", fullest_minute(t));
        let refused = |call: &&Call| {
            call.description
                .as_ref()
                .is_some_and(|words| words.starts_with("Too Many"))
        };
        assert_eq!(t.emulator.look(|world| world.calls().filter(refused).count()), 0);
        let (_anna, _ben) = (anna.hears().await, ben.hears().await);
    })
    .await;
}
