//! People who send more than anybody could answer: no word of theirs is lost, few answers come, nobody else waits.

use annaka_concierge::{conversation::Note, emulator::Kind, store::NoteId};
use jiff::SignedDuration;

use crate::{
    harness::{Town, town},
    mover::done,
};

/// Lets time pass until the bot has read everything.
async fn read_all(t: &Town) {
    t.idle().await;
    while t.app().store().pending_count() > 0 {
        t.advance(SignedDuration::from_secs(3));
        t.idle().await;
    }
    // What Telegram takes no faster than one a second.
    t.advance(SignedDuration::from_secs(60));
    t.idle().await;
}

/// The questions kept, one after the other.
async fn questions(t: &Town) -> String {
    let notes = t.app().store().notes(NoteId(0), 10_000).await.unwrap();
    let asked = notes.into_iter().filter_map(|(_, note)| match note {
        Note::Asked { question, .. } => Some(question),
        _ => None,
    });
    asked.collect::<Vec<_>>().join("\n")
}

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("空き家その{n}は")).collect()
}

#[tokio::test]
async fn two_hundred_messages_at_once_are_read_together_and_nobody_else_waits() {
    town(async |t| {
        let _hello = (t.anna().asks("/help").await, t.ben().asks("/help").await);
        let sent = numbered(200);
        for text in &sent {
            t.anna().says(text);
        }
        t.ben().says("/menu");
        t.idle().await;
        assert_eq!(t.ben().answers(), 2, "Ben did not wait");
        read_all(t).await;
        assert_eq!(questions(t).await, sent.join("\n"), "every word, once, in order");
        let answers = t.anna().answers() - 1;
        assert!((1..=12).contains(&answers), "{answers} answers");
        let _heard = (t.anna().hears().await, t.ben().hears().await);
    })
    .await;
}

#[tokio::test]
async fn the_same_command_and_the_same_tap_are_answered_once() {
    town(async |t| {
        let anna = t.anna();
        let _menu = anna.asks("/menu").await;
        let menu = anna.last().id;
        t.advance(SignedDuration::from_secs(120));
        t.idle().await;
        let before = anna.answers();
        for _ in 0..50 {
            anna.says("/help");
        }
        read_all(t).await;
        let helped = anna.answers() - before;
        assert!((1..=4).contains(&helped), "{helped} answers");
        let _heard = anna.hears().await;
        t.advance(SignedDuration::from_secs(120));
        let edited = t.calls("editMessageText");
        for _ in 0..90 {
            done(t.emulator.forge_tap(anna.id(), anna.id(), menu, "1:m:0:subsidy"));
        }
        read_all(t).await;
        let edits = t.calls("editMessageText") - edited;
        assert!((1..=25).contains(&edits), "{edits} edits");
        let _heard = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_waits_for_a_person_may_flood_and_the_desk_gets_every_word() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        t.advance(SignedDuration::from_secs(120));
        let before = anna.answers();
        let sent = numbered(60);
        for text in &sent {
            anna.says(text);
        }
        read_all(t).await;
        let told = anna.answers() - before;
        assert!(told <= 6, "{told} answers");
        assert_in_order(t, &sent);
        let _heard = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn a_changed_word_and_a_picture_keep_their_place_in_a_flood() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        t.advance(SignedDuration::from_secs(120));
        let first = anna.says("築2020年の家です");
        anna.edits(first, "築2021年の家です");
        let sent = numbered(12);
        for (n, text) in sent.iter().enumerate() {
            if n == 5 {
                anna.sends_with(Kind::Photo, "間取り");
            }
            anna.says(text);
        }
        read_all(t).await;
        let shown = t.in_topic(t.topic());
        let all: Vec<&str> = shown.iter().map(|shown| shown.text.as_str()).collect();
        let all = all.join("\n");
        assert!(all.contains("築2021年") && !all.contains("築2020年"), "{all}");
        let place = |text: &str| all.find(text).unwrap_or_else(|| panic!("{text}: {all}"));
        assert!(
            place(&sent[4]) < place("間取り") && place("間取り") < place(&sent[5]),
            "{all}"
        );
        let _heard = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_speaks_with_a_person_may_flood_and_the_person_gets_every_word() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        t.advance(SignedDuration::from_secs(120));
        let sent = numbered(60);
        for text in &sent {
            anna.says(text);
        }
        t.idle().await;
        assert_eq!(
            t.app().store().pending_count(),
            0,
            "nothing rests while a person listens"
        );
        read_all(t).await;
        assert_in_order(t, &sent);
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_cry_for_help_is_heard_amid_a_flood() {
    town(async |t| {
        let _hello = t.anna().asks("/help").await;
        let mut sent = numbered(80);
        sent[50] = "死にたい".to_owned();
        for text in &sent {
            t.anna().says(text);
        }
        t.idle().await;
        read_all(t).await;
        let heard = t.anna().hears().await;
        assert!(heard.contains("0120-279-338"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_flood_cut_short_by_a_crash_is_read_once() {
    town(async |t| {
        let _hello = t.anna().asks("/help").await;
        let sent = numbered(120);
        for text in &sent {
            t.anna().says(text);
        }
        t.crash().await;
        t.start();
        read_all(t).await;
        assert_eq!(questions(t).await, sent.join("\n"));
        let _heard = t.anna().hears().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_types_fast_after_the_bots_name_gets_the_last_answer() {
    town(async |t| {
        let _hello = t.anna().asks("/help").await;
        for length in 1..40 {
            let query = "補助金".repeat(length);
            t.inject(
                serde_json::json!({"inline_query": {"id": length.to_string(), "query": query, "offset": "",
                "from": {"id": 1001, "is_bot": false, "first_name": "アンナ"}}}),
            );
        }
        t.idle().await;
        let found = t.anna().person.inline("補助金").await.unwrap();
        assert!(!found.is_empty());
    })
    .await;
}

/// All of it stands in the only topic, in its order and once.
#[track_caller]
fn assert_in_order(t: &Town, sent: &[String]) {
    let shown = t.in_topic(t.topic());
    let bots = shown
        .iter()
        .filter(|shown| shown.from.bot && shown.system.is_none());
    let all: Vec<&str> = bots.flat_map(|shown| shown.text.lines()).collect();
    let places: Vec<usize> = sent
        .iter()
        .map(|text| {
            let has = |line: &&str| line.trim_start_matches("👤 ") == text;
            assert_eq!(
                all.iter().copied().filter(|line| has(line)).count(),
                1,
                "{text}\n{}",
                t.group_transcript()
            );
            all.iter().position(has).unwrap()
        })
        .collect();
    assert!(places.is_sorted(), "{}", t.group_transcript());
}
