//! What follows from a delivery that worked or failed, so that both sides know what reached the other.

use crate::{
    handover::{
        case::Case,
        said::fits,
        senses::{DESK_LANG, DeskSenses},
    },
    lang::Lang,
    outgoing::{Act, Body, Buttons, Emoji, Html, MessageId, Outgoing, Relay, RelayEdit, Reply, To, Voice},
    phrases::Text,
};

/// Why something did not reach the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// The mover cannot be reached.
    Blocked,
    /// Its sender deleted it before it went out.
    Deleted,
    /// Telegram does not copy messages of this kind.
    NotCopied,
    /// Its chat forbids copying.
    Protected,
    /// Telegram refuses it for another reason.
    Refused,
}

/// After messages were passed on: a mark on each original.
pub fn delivered<'r>(to: To, relays: impl Iterator<Item = &'r Relay>) -> Vec<Outgoing> {
    relays
        .filter_map(|relay| mark(to, relay.from, Emoji::Delivered))
        .collect()
}

/// After passing something on was given up. `lang` is the mover's.
#[must_use]
pub fn lost(outgoing: &Outgoing, why: Lost, lang: Lang, senses: &DeskSenses<'_>) -> Vec<Outgoing> {
    let relay = match &outgoing.act {
        Act::Relay(relay) => relay,
        other => return lost_otherwise(outgoing, other, senses),
    };
    let to_mover = |text: &Text<'_>| Html::text(&senses.talk.phrases.say(lang, text));
    let mut told: Vec<Outgoing> = Vec::new();
    match outgoing.to {
        To::Person(mover) => {
            let text = match why {
                Lost::Blocked => Text::DeskLostBlocked,
                Lost::Deleted => Text::DeskLostDeleted,
                Lost::NotCopied => Text::DeskLostNotCopied,
                Lost::Protected => Text::DeskLostProtected,
                Lost::Refused => Text::DeskLostRefused,
            };
            told.extend(mark(outgoing.to, relay.from, Emoji::Failed));
            told.push(Outgoing::to_topic(mover, remark(relay.from, senses.html(&text))));
            if matches!(why, Lost::NotCopied | Lost::Protected | Lost::Refused) {
                let html = to_mover(&Text::CaseStaffLost);
                told.push(Outgoing::to_person(mover, Voice::Needed, Act::say(html)));
            }
        }
        To::Topic(mover) if why == Lost::Deleted => {
            let html = senses.html(&Text::DeskMoverDeleted);
            told.push(Outgoing::to_topic(mover, Act::say(html)));
        }
        To::Topic(mover) => {
            let html = to_mover(match why {
                Lost::Protected => &Text::CaseLostProtected,
                _ => &Text::CaseLost,
            });
            told.push(Outgoing::to_person(
                mover,
                Voice::Needed,
                remark(relay.from, html),
            ));
            told.push(Outgoing::to_topic(
                mover,
                Act::say(senses.html(&Text::DeskLostFromMover)),
            ));
        }
        To::TopicAside(_) | To::Group => {}
    }
    told
}

/// If an edit cannot be made to the copy (it was deleted, or is too old), a new message there says what changed.
#[must_use]
pub fn edited_anew(to: To, edit: &RelayEdit, lang: Lang, senses: &DeskSenses<'_>) -> Option<Outgoing> {
    let said_in = |lang: Lang, text: &Text<'_>| senses.talk.phrases.say(lang, text);
    let (lang, head) = match to {
        To::Topic(_) => (DESK_LANG, Text::DeskEdited),
        To::Person(_) => (lang, Text::CaseEdited),
        To::TopicAside(_) | To::Group => return None,
    };
    let words = if edit.html.plain().is_empty() {
        Html::text(&said_in(lang, &Text::EditedToNothing))
    } else {
        edit.html.clone()
    };
    let headed = Html::text(&said_in(lang, &head)).then(&words);
    let act = Act::Relay(Relay {
        from: edit.of,
        body: Body::Words(if fits(&headed) { headed } else { words }),
        reply: Some(Reply {
            to: edit.of,
            quote: None,
        }),
        buttons: Buttons::default(),
        words: None,
    });
    Some(match to {
        To::Person(mover) => Outgoing::to_person(mover, Voice::Person, act),
        _ => Outgoing::to_topic(to.topic_of()?, act),
    })
}

/// The same for what is not a copied message but was meant for the other side.
fn lost_otherwise(outgoing: &Outgoing, act: &Act, senses: &DeskSenses<'_>) -> Vec<Outgoing> {
    let mover = outgoing.to.person().filter(|_| outgoing.voice == Voice::Person);
    let Some(mover) = mover else { return Vec::new() };
    let act = match act {
        Act::RelayEdit(edit) => remark(edit.of, senses.html(&Text::DeskEditNotSent)),
        _ => Act::say(senses.html(&Text::DeskSuggestionLost)),
    };
    vec![Outgoing::to_topic(mover, act)]
}

/// After only part of an album could be copied: its sender hears of it, since nobody can tell which part.
#[must_use]
pub fn partly_lost(
    outgoing: &Outgoing,
    missing: usize,
    lang: Lang,
    senses: &DeskSenses<'_>,
) -> Option<Outgoing> {
    let Act::Relay(relay) = &outgoing.act else {
        return None;
    };
    match outgoing.to {
        To::Person(mover) => {
            let html = senses.html(&Text::DeskLostPart { missing });
            Some(Outgoing::to_topic(mover, remark(relay.from, html)))
        }
        To::Topic(mover) => {
            let text = senses.talk.phrases.say(lang, &Text::CaseLostPart { missing });
            let act = remark(relay.from, Html::text(&text));
            Some(Outgoing::to_person(mover, Voice::Needed, act))
        }
        To::TopicAside(_) | To::Group => None,
    }
}

/// After everything that waited for a mover was given up because they cannot be reached. Said once, however much it
/// was; every message that did not arrive is marked.
#[must_use]
pub fn all_lost(given_up: &[Outgoing], senses: &DeskSenses<'_>) -> Vec<Outgoing> {
    let mut told: Vec<Outgoing> = Vec::new();
    for outgoing in given_up {
        let more = lost(outgoing, Lost::Blocked, Lang::Ja, senses);
        let first = told.is_empty();
        told.extend(
            more.into_iter()
                .filter(|one| first || matches!(one.act, Act::React { .. })),
        );
    }
    told
}

/// Whether this may not go out any more: a person speaks where the bot was to, or what was to be passed on has turned
/// out to be a note. `relays` is all that goes out with it; nobody speaks where no desk is `connected`.
#[must_use]
pub fn is_silenced<'r>(
    outgoing: &Outgoing,
    mut relays: impl Iterator<Item = &'r Relay>,
    case: Option<&Case>,
    connected: bool,
) -> bool {
    let Some(case) = case else { return false };
    let is_noted = |relay: &Relay| {
        let album = match &relay.body {
            Body::Album(album) => case.has_noted(album),
            Body::Words(_) | Body::Whole => false,
        };
        album || case.noted.contains(&relay.from)
    };
    let is_note = outgoing.to.person().is_some() && relays.any(is_noted);
    is_note || connected && outgoing.voice == Voice::Bot && case.owner().is_some()
}

fn mark(to: To, on: MessageId, emoji: Emoji) -> Option<Outgoing> {
    let act = Act::React { on, emoji };
    match to {
        To::Person(mover) => Some(Outgoing::aside(mover, act)),
        To::Topic(mover) => Some(Outgoing::to_person(mover, Voice::Needed, act)),
        To::TopicAside(_) | To::Group => None,
    }
}

fn remark(on: MessageId, html: Html) -> Act {
    Act::Remark {
        on,
        html,
        buttons: Buttons::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        conversation::{Wish, WishReason},
        handover::Face,
        outgoing::UserId,
    };

    fn taken() -> Case {
        let wish = Wish {
            at: "2026-11-24T00:00:00Z".parse().unwrap(),
            why: WishReason::Asked,
            question: None,
        };
        let mut case = Case::first(UserId(1), Lang::Ja, Face::default(), &wish);
        case.take(UserId(10), wish.at).unwrap();
        case
    }

    #[test]
    fn the_bot_is_silent_only_where_somebody_can_speak_instead() {
        let answer = Outgoing::to_person(UserId(1), Voice::Bot, Act::say(Html::text("Answer")));
        let silenced = |connected| is_silenced(&answer, std::iter::empty(), Some(&taken()), connected);
        assert!(silenced(true));
        assert!(!silenced(false), "the group was taken out of the settings");
    }
}
