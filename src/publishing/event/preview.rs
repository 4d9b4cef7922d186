//! An event as movers will see it, in every language.

use crate::{
    conversation::events::card_of,
    events::{Event, Texts},
    lang::Lang,
    outgoing::{Html, html::MESSAGE_LIMIT},
    phrases::Text,
    publishing::step::AtWork,
};

/// Leaves room for what is said below it.
const ROOM: usize = MESSAGE_LIMIT - 600;

/// The event in every language: in one message if it fits, else in one for each.
pub(super) fn preview(at: &AtWork<'_>, event: &Event) -> Vec<Html> {
    let cards: Vec<Html> = Lang::ALL
        .into_iter()
        .map(|lang| section(at, event, lang))
        .collect();
    let whole = cards
        .iter()
        .fold(Html::default(), |whole, card| whole.paragraph(card));
    if whole.plain().encode_utf16().count() <= ROOM {
        vec![whole]
    } else {
        cards
    }
}

fn section(at: &AtWork<'_>, event: &Event, lang: Lang) -> Html {
    let head = at.say(&match lang {
        Lang::Ja => Text::PreviewJa,
        Lang::JaSimple => Text::PreviewJaSimple,
        Lang::En => Text::PreviewEn,
    });
    let mut html = Html::text(&head);
    let missing = missing(at, event, lang);
    if !missing.is_empty() {
        let list = &missing.join(&at.say(&Text::ListComma));
        html = html.line(&Html::text(&at.say(&Text::PreviewInOtherLanguage { list })).in_italics());
    }
    html.line(&card_of(event, at.senses.phrases, lang, at.now))
}

/// The details that are only there in another language. Plain Japanese may be as the Japanese is.
fn missing(at: &AtWork<'_>, event: &Event, lang: Lang) -> Vec<String> {
    if lang != Lang::En {
        return Vec::new();
    }
    let place = event.place.as_ref().map(|place| &place.name);
    let details: [(Text<'static>, Option<&Texts>); 6] = [
        (Text::ButtonFieldTitle, Some(&event.title)),
        (Text::ButtonFieldPlace, place),
        (Text::ButtonFieldAudience, event.audience.as_ref()),
        (Text::ButtonFieldFee, event.fee.as_ref()),
        (Text::ButtonFieldContact, event.contact.as_ref()),
        (Text::ButtonFieldText, event.text.as_ref()),
    ];
    details
        .iter()
        .filter(|(_, texts)| texts.is_some_and(|texts| !texts.has(lang)))
        .map(|(label, _)| at.say(label))
        .collect()
}
