//! How far a broadcast is, as staff see it in one message.

use crate::{
    events::Calendar,
    outgoing::{BroadcastId, Buttons, Html},
    phrases::{Phrases, Text},
    publishing::{
        PublishButton,
        broadcast::{
            Broadcast, Change, Course, State, Why,
            preview::{Words, grouped},
        },
    },
};

/// Sent in a minute, when nothing else is.
const A_MINUTE: usize = 30 * 60;
/// How much of Telegram's reason is shown.
const REASON: usize = 200;

/// The message that shows how far it is, with what can be done about it. Where the words of all languages did not fit
/// one message, the others stand above it.
#[must_use]
pub fn progress(
    id: BroadcastId,
    broadcast: &Broadcast,
    course: &Course,
    phrases: &Phrases,
    calendar: &Calendar,
) -> (Html, Buttons) {
    let words = Words { phrases, calendar };
    let html = words
        .preview(&broadcast.notice)
        .pop()
        .unwrap_or_default()
        .paragraph(&addressed(words, broadcast))
        .line(&Html::bold(&status(words, course)));
    let button = |text: &Text<'_>, change| PublishButton::Broadcast { id, change }.face(words.say(text));
    let row = match course.state {
        // What cannot be taken back is not beside what can.
        State::Sending => vec![button(&Text::ButtonBroadcastPause, Change::Pause)],
        State::Paused(_) => vec![
            button(&Text::ButtonBroadcastResume, Change::Resume),
            button(&Text::ButtonBroadcastCancel, Change::Cancel),
        ],
        State::Cancelled | State::Done => Vec::new(),
    };
    (html, Buttons(vec![row]))
}

/// What is said when a broadcast has stopped by itself.
#[must_use]
pub fn stopped_by_itself(reason: &str, phrases: &Phrases, calendar: &Calendar) -> Html {
    let reason = &shortened(reason);
    Words { phrases, calendar }.html(&Text::BroadcastStopped { reason })
}

fn addressed(words: Words<'_>, broadcast: &Broadcast) -> Html {
    let segment = &words.segment(&broadcast.segment);
    words.html(&Text::BroadcastTo { segment })
}

fn status(words: Words<'_>, course: &Course) -> String {
    let tally = course.tally;
    let (told, sent) = (&grouped(tally.told()), &grouped(tally.sent));
    let all = &grouped(course.expected.max(course.taken));
    let mut parts = vec![words.say(&match &course.state {
        State::Sending => Text::BroadcastSending { told, all },
        State::Paused(Why::Staff) => Text::BroadcastPaused { told, all },
        State::Paused(Why::Refused(_)) => Text::BroadcastPausedRefused { told, all },
        State::Cancelled => Text::BroadcastCancelled { sent },
        State::Done => Text::BroadcastDone { sent },
    })];
    let [unreachable, failed, skipped] = &[tally.unreachable, tally.failed, tally.skipped].map(grouped);
    let more = [
        (
            tally.unreachable,
            Text::BroadcastUnreachable { count: unreachable },
        ),
        (tally.failed, Text::BroadcastFailed { count: failed }),
        (tally.skipped, Text::BroadcastSkipped { count: skipped }),
    ];
    parts.extend(
        more.iter()
            .filter(|(count, _)| *count > 0)
            .map(|(_, text)| words.say(text)),
    );
    if course.state == State::Sending {
        let left = course.expected.max(course.taken).saturating_sub(tally.told());
        let minutes = left.div_ceil(A_MINUTE).max(1);
        parts.push(words.say(&Text::BroadcastLeft { minutes }));
    }
    parts.join(&words.say(&Text::ListComma))
}

fn shortened(reason: &str) -> String {
    reason.chars().take(REASON).collect()
}
