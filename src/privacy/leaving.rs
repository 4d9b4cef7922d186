//! Somebody wishes to be forgotten: what they are told last, what staff are told, and the lists without them.

use jiff::Timestamp;

use super::record::PersonalRecord;
use crate::{
    handover::{Case, DeskSenses, signups},
    lang::Lang,
    outgoing::{Act, Buttons, Html, MessageId, Outgoing, Voice},
    phrases::Text,
    signups::SignUpList,
};

/// What goes out when somebody is forgotten, and what is kept without them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    pub outgoing: Vec<Outgoing>,
    /// The lists they were on, as they are without them.
    pub sign_ups: Vec<SignUpList>,
}

/// Tells staff once, without a name, and the mover last of all.
#[must_use]
pub fn leave(
    record: &PersonalRecord,
    over: Option<MessageId>,
    lang: Lang,
    senses: &DeskSenses<'_>,
    now: Timestamp,
) -> Leaving {
    let (mut outgoing, mut sign_ups) = (Vec::new(), Vec::new());
    if let Some((thread, _)) = &record.topic {
        outgoing.push(Outgoing::to_group(Act::DropTopic(*thread)));
    }
    outgoing.extend(record.case.as_ref().and_then(|case| told_staff(case, senses)));
    for list in &record.sign_ups {
        let mut list = list.clone();
        let Some(before) = list.forget(record.who, now) else {
            continue;
        };
        outgoing.extend(signups::forgotten(&before, &list, senses, now));
        sign_ups.push(list);
    }
    let html = Html::text(&senses.talk.phrases.say(lang, &Text::ForgetDone));
    let act = Act::show(html, Buttons::default(), over);
    outgoing.push(Outgoing::to_person(record.who, Voice::Farewell, act));
    Leaving { outgoing, sign_ups }
}

/// Whoever had the case wonders where it is; nobody else does. Where no group is set there is nobody to tell.
fn told_staff(case: &Case, senses: &DeskSenses<'_>) -> Option<Outgoing> {
    if !senses.connected || !case.is_live() {
        return None;
    }
    let html = match case.owner() {
        Some(owner) => {
            let name = &senses.name_of(owner);
            senses.html(&Text::DeskForgottenOf { name })
        }
        None => senses.html(&Text::DeskForgotten),
    };
    Some(Outgoing::to_group(Act::say(html)))
}
