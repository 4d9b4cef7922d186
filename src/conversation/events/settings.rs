//! What somebody chose to be told, when, and how that is changed.

use std::collections::BTreeSet;

use crate::{
    conversation::{
        button::{Button, EventsPage, ReminderTap},
        events::{asks, listing::kind_name},
        keyboards::{self, said},
        state::AskedFor,
        turn::{Place, Turn},
    },
    outgoing::{ButtonFace, Buttons},
    phrases::Text,
    reminders::{Lead, Subject, Subscriber, subscriber::LeadRefused},
};

/// So many followed things can be let go one by one.
const FOLLOWS_SHOWN: usize = 8;

/// Everything chosen, and a button for each change.
pub(crate) fn show(turn: &mut Turn<'_>, place: Place) {
    let subscriber = turn.known_subscriber();
    let text = text(turn, &subscriber);
    let buttons = buttons(turn, &subscriber);
    turn.tell_plain(place, &text, buttons);
}

/// A change by a button; the settings stand as they are now, where they stood.
pub(crate) fn tapped(turn: &mut Turn<'_>, place: Place, tap: ReminderTap) {
    let place = if tap == ReminderTap::Leave {
        Place::New
    } else {
        place
    };
    let note = match tap {
        ReminderTap::Show => return show(turn, Place::New),
        ReminderTap::OwnLead => return asks::ask(turn, AskedFor::Lead),
        ReminderTap::Quiet => return asks::ask(turn, AskedFor::Quiet),
        ReminderTap::Zone => return asks::ask(turn, AskedFor::Zone),
        ReminderTap::Lead(lead) => match turn.chooser_mut().toggle_lead(lead) {
            Ok(()) => Text::Changed,
            Err(refused) => lead_refused(refused),
        },
        ReminderTap::NoQuiet => {
            turn.chooser_mut().quiet = None;
            Text::Changed
        }
        ReminderTap::Weekly(on) => {
            turn.chooser_mut().weekly = on;
            Text::Changed
        }
        ReminderTap::Pause(on) => {
            turn.chooser_mut().paused = on;
            Text::Changed
        }
        ReminderTap::StopAll | ReminderTap::Leave => {
            turn.subscriber_mut().stop();
            Text::StoppedAll
        }
    };
    turn.tap_note = Some(turn.say(&note));
    show(turn, place);
}

pub(super) fn lead_refused(refused: LeadRefused) -> Text<'static> {
    match refused {
        LeadRefused::TooMany => Text::LeadTooMany,
        LeadRefused::Last => Text::LeadLast,
    }
}

fn text(turn: &Turn<'_>, subscriber: &Subscriber) -> String {
    let mut lines = Vec::new();
    if subscriber.paused {
        lines.push(turn.say(&Text::RemindersPaused));
    }
    lines.push(followed_line(turn, subscriber).unwrap_or_else(|| turn.say(&Text::RemindersNone)));
    let leads: Vec<String> = subscriber
        .leads
        .iter()
        .rev()
        .map(|lead| lead_name(turn, *lead))
        .collect();
    let list = &leads.join(&turn.say(&Text::ListComma));
    lines.push(turn.say(&Text::RemindersLeads { list }));
    lines.push(match subscriber.quiet {
        Some(quiet) => {
            let lang = turn.conversation.lang;
            let from = &turn.senses.phrases.clock_time(lang, quiet.from());
            let until = &turn.senses.phrases.clock_time(lang, quiet.until());
            turn.say(&Text::RemindersQuiet { from, until })
        }
        None => turn.say(&Text::RemindersNoQuiet),
    });
    if !subscriber.zone.is_city() {
        let zone = subscriber.zone.name();
        lines.push(turn.say(&Text::RemindersZone { zone }));
    }
    if subscriber.weekly {
        lines.push(turn.say(&Text::RemindersWeekly));
    }
    lines.join("\n")
}

/// What is followed, in one line; none if nothing is.
pub(super) fn followed_line(turn: &Turn<'_>, subscriber: &Subscriber) -> Option<String> {
    let followed = followed(turn, subscriber);
    let names: Vec<String> = followed.into_iter().map(|(_, name)| name).collect();
    let list = &names.join(&turn.say(&Text::ListComma));
    (!names.is_empty()).then(|| turn.say(&Text::RemindersFollows { list }))
}

/// What is followed, by name; single events that are over are not shown.
fn followed(turn: &Turn<'_>, subscriber: &Subscriber) -> Vec<(Subject, String)> {
    let lang = turn.conversation.lang;
    let going = subscriber.going.iter().cloned().map(Subject::Event);
    let subjects: BTreeSet<Subject> = subscriber.follows.keys().cloned().chain(going).collect();
    let named = subjects.into_iter().filter_map(|subject| {
        let name = match &subject {
            Subject::All => turn.say(&Text::RemindersAll),
            Subject::Kind(kind) => turn.say(&kind_name(*kind)),
            Subject::Event(id) => {
                let event = turn.senses.calendar.get(id)?;
                let over = event.when.is_over(turn.now) && event.rule.is_none();
                let (_, title) = event.title.in_lang(lang).filter(|_| !over)?;
                title.to_owned()
            }
        };
        Some((subject, name))
    });
    named.collect()
}

pub(super) fn lead_name(turn: &Turn<'_>, lead: Lead) -> String {
    match lead.days() {
        Some(days) => turn.say(&Text::LeadDays { days: days.into() }),
        None => turn.say(&Text::LeadHours {
            hours: lead.hours().into(),
        }),
    }
}

fn buttons(turn: &Turn<'_>, subscriber: &Subscriber) -> Buttons {
    let tap = |text: &Text<'_>, tap: ReminderTap| said(turn, text, &Button::Reminders(tap));
    let mut rows: Vec<Vec<ButtonFace>> = Vec::new();
    for (subject, name) in followed(turn, subscriber).into_iter().take(FOLLOWS_SHOWN) {
        let kind = &name;
        rows.push(vec![said(
            turn,
            &Text::ButtonUnfollowKind { kind },
            &Button::Unfollow(subject),
        )]);
    }
    let mut leads: Vec<Lead> = Lead::OFFERED.to_vec();
    leads.extend(
        subscriber
            .leads
            .iter()
            .filter(|lead| !Lead::OFFERED.contains(lead)),
    );
    let leads: Vec<ButtonFace> = leads
        .into_iter()
        .map(|lead| {
            let name = lead_name(turn, lead);
            let label = if subscriber.leads.contains(&lead) {
                turn.say(&Text::LeadChosen { lead: &name })
            } else {
                name
            };
            Button::Reminders(ReminderTap::Lead(lead)).face(label)
        })
        .collect();
    rows.extend(leads.chunks(3).map(<[_]>::to_vec));
    rows.push(vec![tap(&Text::ButtonOwnLead, ReminderTap::OwnLead)]);
    let mut quiet = vec![tap(&Text::ButtonQuiet, ReminderTap::Quiet)];
    if subscriber.quiet.is_some() {
        quiet.push(tap(&Text::ButtonNoQuiet, ReminderTap::NoQuiet));
    }
    rows.push(quiet);
    rows.push(vec![tap(&Text::ButtonZone, ReminderTap::Zone)]);
    rows.push(vec![if subscriber.weekly {
        tap(&Text::ButtonNoWeekly, ReminderTap::Weekly(false))
    } else {
        tap(&Text::ButtonWeekly, ReminderTap::Weekly(true))
    }]);
    if subscriber.paused {
        rows.push(vec![tap(&Text::ButtonResume, ReminderTap::Pause(false))]);
    } else if subscriber.hears_anything() {
        rows.push(vec![
            tap(&Text::ButtonPause, ReminderTap::Pause(true)),
            tap(&Text::ButtonStopAll, ReminderTap::StopAll),
        ]);
    }
    rows.push(vec![
        said(turn, &Text::ButtonEvents, &Button::Events(EventsPage::default())),
        keyboards::menu(turn),
    ]);
    Buttons(rows)
}
