//! Following events, and no longer.

use crate::{
    conversation::{
        button::Button,
        events::{card, settings},
        keyboards::said,
        turn::{Place, Turn},
    },
    events::{Event, EventId, Standing},
    outgoing::Buttons,
    phrases::Text,
    reminders::{Subject, Subscriber, moments},
};

/// Follows something more; says when the first words will come.
pub(crate) fn follow(turn: &mut Turn<'_>, subject: &Subject) {
    if let Subject::Event(id) = subject
        && turn.senses.calendar.get(id).is_none()
    {
        return card::gone(turn, Place::New);
    }
    let now = turn.now;
    let followed = turn.subscriber_mut().follow(subject.clone(), now);
    if followed.is_err() {
        return turn.tell(Place::New, &Text::FollowedTooMany, Buttons::default());
    }
    let told = match subject {
        Subject::Event(id) => turn.senses.calendar.get(id).map(|event| when_told(turn, event)),
        Subject::All | Subject::Kind(_) => None,
    };
    let said_now = told.unwrap_or_else(|| turn.say(&Text::Followed));
    let buttons = settings_button(turn);
    turn.tell_plain(Place::New, &said_now, buttons);
}

/// Follows something no more; a single event comes by nothing else either. Says what is still followed.
pub(crate) fn unfollow(turn: &mut Turn<'_>, subject: &Subject) {
    if let Subject::Event(id) = subject {
        return mute(turn, id);
    }
    turn.subscriber_mut().unfollow(subject);
    let subscriber = turn.known_subscriber();
    let mut lines = vec![turn.say(&Text::Unfollowed)];
    lines.extend(settings::followed_line(turn, &subscriber));
    let buttons = settings_button(turn);
    turn.tell_plain(Place::New, &lines.join("\n"), buttons);
}

/// Nothing more of this event, however it was followed.
pub(crate) fn mute(turn: &mut Turn<'_>, id: &EventId) {
    turn.subscriber_mut().mute(id);
    let buttons = settings_button(turn);
    turn.tell(Place::New, &Text::Unfollowed, buttons);
}

/// Somebody goes there: they hear of changes, also if they follow nothing else.
pub(crate) fn going(turn: &mut Turn<'_>, id: &EventId) {
    if turn.senses.calendar.get(id).is_none() {
        return card::gone(turn, Place::New);
    }
    let now = turn.now;
    turn.subscriber_mut().goes_to(id, now);
    turn.tap_note = Some(turn.say(&Text::GoingNoted));
}

fn settings_button(turn: &Turn<'_>) -> Buttons {
    Buttons(vec![vec![said(
        turn,
        &Text::ButtonReminders,
        &Button::reminders(),
    )]])
}

/// When somebody who has just followed an event will be told of it.
fn when_told(turn: &Turn<'_>, event: &Event) -> String {
    let under_way = event.when.has_begun(turn.now) && !event.when.is_over(turn.now);
    match event.standing {
        Standing::Confirmed if under_way => return turn.say(&Text::FollowToldNone),
        _ if !event.is_pushable(turn.now) => return turn.say(&Text::FollowToldUncertain),
        _ => {}
    }
    let fresh = Subscriber::new(turn.conversation.mover);
    let subscriber = turn.subscriber.as_ref().unwrap_or(&fresh);
    let times: Vec<String> = moments(&event.when, subscriber)
        .into_iter()
        .filter(|(_, at)| *at > turn.now)
        .map(|(_, at)| turn.senses.phrases.moment(turn.conversation.lang, at, turn.now))
        .collect();
    if times.is_empty() {
        return turn.say(&Text::FollowToldNone);
    }
    let times = &times.join(&turn.say(&Text::ListComma));
    turn.say(&Text::FollowTold { times })
}
