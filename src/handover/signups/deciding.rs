//! A colleague decides on a sign-up request.

use jiff::Timestamp;

use crate::{
    conversation::events::applying,
    events::{Event, EventId, Standing},
    handover::{
        from_staff::Staff,
        senses::{DeskSenses, DeskStep},
        signups::card,
    },
    lang::Lang,
    outgoing::{Act, Buttons, Html, MessageId, Outgoing, Voice},
    phrases::Text,
    reminders::Subscriber,
    signups::{By, Number, Refused, SignUp, SignUpButton, SignUpList, State, Terms},
};

/// What is decided, with what is remembered of the mover.
pub struct Decision<'a> {
    pub list: SignUpList,
    pub button: &'a SignUpButton,
    /// The card it stands under.
    pub card: Option<MessageId>,
    pub who: Staff,
    /// The language the mover reads now.
    pub lang: Lang,
    /// What the mover chose to hear of, if they ever chose anything.
    pub subscriber: Option<Subscriber>,
}

/// Decides: the card shows it, and the mover hears of it. If the decision is not possible, whoever tapped is told, and
/// the card shows how things stand.
#[must_use]
pub fn decide(decision: Decision<'_>, senses: &DeskSenses<'_>, now: Timestamp) -> DeskStep {
    let mut step = DeskStep::default();
    let Staff::Known(who) = decision.who else {
        step.tap_note = Some(senses.say(&Text::DeskAnonymous));
        return step;
    };
    let mut list = decision.list;
    let number = match decision.button {
        SignUpButton::Confirm(_, number)
        | SignUpButton::Wait(_, number)
        | SignUpButton::Decline(_, number)
        | SignUpButton::Card(_, number) => *number,
        SignUpButton::List | SignUpButton::Event(_) | SignUpButton::Table(_) => return step,
    };
    let before = list.get(number).cloned();
    let by = By { who, at: now };
    let event = senses.talk.calendar.get(&list.event);
    let done = match event {
        Some(event) => change(&mut list, event, decision.button, by),
        None => Err(Text::SignUpNoEvent),
    };
    step.tap_note = Some(senses.say(&done.unwrap_or_else(|why| why)));
    let Some(one) = list.get(number).cloned() else {
        return step;
    };
    if let Some(message) = decision.card {
        // The card still shows whom it was about.
        let filled = before.as_ref().unwrap_or(&one).filled.clone();
        let shown = SignUp {
            filled,
            ..one.clone()
        };
        let (html, buttons) = card::card(None, &shown, &list, senses);
        let shown = Outgoing::to_group(Act::Edit {
            message,
            html,
            buttons,
        });
        step.outgoing.push(shown.about(one.mover));
    }
    let (Some(event), Ok(_)) = (event, done) else {
        return step;
    };
    let before = before.map(|before| before.state);
    let (lang, phrases) = (decision.lang, senses.talk.phrases);
    let told = applying::told(&one, before, event, (lang, phrases), now);
    step.outgoing
        .extend(told.map(|(html, buttons)| to_mover(&one, html, buttons)));
    step.subscriber = heard_from_now_on(&one, &list.event, decision.subscriber, now);
    if before.is_some_and(State::is_confirmed) {
        step.outgoing
            .extend(card::next(&list, one.filled.day, senses, now));
    }
    step.sign_ups = Some(list);
    step
}

/// Whether there is nothing left to take part in.
pub(super) fn is_past(event: &Event, now: Timestamp) -> bool {
    event.standing == Standing::Cancelled || event.when.is_over(now)
}

/// Carries out a decision; returns what was done, or why nothing was.
fn change(
    list: &mut SignUpList,
    event: &Event,
    button: &SignUpButton,
    by: By,
) -> Result<Text<'static>, Text<'static>> {
    let terms = Terms::of(event);
    let may_come = |list: &SignUpList, number: Number| {
        let day = list.get(number).and_then(|one| one.filled.day);
        if is_past(event, by.at) {
            Err(Text::SignUpPast)
        } else if list.get(number).is_some() && !terms.has_day(day) {
            Err(Text::SignUpNotThatDay)
        } else {
            Ok(())
        }
    };
    match button {
        SignUpButton::Confirm(_, number) => {
            may_come(list, *number)?;
            list.confirm(*number, &terms, by).map_err(why)?;
            Ok(Text::SignUpDidConfirm)
        }
        SignUpButton::Wait(_, number) => {
            may_come(list, *number)?;
            list.put_on_waiting(*number, by).map_err(why)?;
            Ok(Text::SignUpDidWait)
        }
        SignUpButton::Decline(_, number) => {
            list.decline(*number, by).map_err(why)?;
            Ok(Text::SignUpDidDecline)
        }
        SignUpButton::Card(..) | SignUpButton::List | SignUpButton::Event(_) | SignUpButton::Table(_) => {
            Err(Text::OldButton)
        }
    }
}

fn why(refused: Refused) -> Text<'static> {
    match refused {
        Refused::Unknown => Text::SignUpUnknown,
        Refused::Withdrawn => Text::SignUpIsWithdrawn,
        Refused::Confirmed => Text::SignUpIsConfirmed,
        Refused::Same => Text::SignUpSame,
        Refused::Full {
            taken,
            capacity,
            people,
        } => Text::SignUpFull {
            taken: card::shown(taken),
            capacity: card::shown(capacity),
            people: card::shown(people),
        },
    }
}

fn to_mover(one: &SignUp, html: Html, buttons: Buttons) -> Outgoing {
    let act = Act::Send {
        html,
        buttons,
        answers: None,
    };
    Outgoing::to_person(one.mover, Voice::Needed, act)
}

/// Those who take part are reminded of the event; the others are not.
fn heard_from_now_on(
    one: &SignUp,
    event: &EventId,
    subscriber: Option<Subscriber>,
    now: Timestamp,
) -> Option<Subscriber> {
    let mut subscriber = subscriber.unwrap_or_else(|| Subscriber::new(one.mover));
    match one.state {
        State::Confirmed(_) => subscriber.takes_part(event, now),
        // One that was declined before hears of moves and cancellations again.
        State::Waiting(_) => subscriber.goes_to(event, now),
        State::Declined(_) => subscriber.stays_away(event),
        State::Asked | State::Withdrawn => return None,
    }
    Some(subscriber)
}
