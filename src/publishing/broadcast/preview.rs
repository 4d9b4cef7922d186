//! A broadcast as it will be read, in every language.

use crate::{
    conversation::events::kind_name,
    events::Calendar,
    handover::DESK_LANG,
    lang::Lang,
    outgoing::{Html, html::MESSAGE_LIMIT},
    phrases::{Phrases, Text},
    publishing::broadcast::{Notice, Segment},
};

/// Leaves room for what is said below it.
const ROOM: usize = MESSAGE_LIMIT - 900;

/// Puts a broadcast into the words of staff.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) phrases: &'a Phrases,
    pub(super) calendar: &'a Calendar,
}

impl Words<'_> {
    pub(super) fn say(self, text: &Text<'_>) -> String {
        self.phrases.say(DESK_LANG, text)
    }

    pub(super) fn html(self, text: &Text<'_>) -> Html {
        Html::text(&self.say(text))
    }

    /// The words in every language, and the page: in one message if they fit, else in one for each language.
    pub(super) fn preview(self, notice: &Notice) -> Vec<Html> {
        let mut pieces: Vec<Html> = Lang::ALL
            .into_iter()
            .map(|lang| self.section(notice, lang))
            .collect();
        let page = notice.link.as_ref().map(|link| {
            let address = link.as_str();
            self.html(&Text::BroadcastPage { address })
        });
        if let (Some(last), Some(page)) = (pieces.last_mut(), page) {
            *last = std::mem::take(last).paragraph(&page);
        }
        let whole = pieces
            .iter()
            .fold(Html::default(), |whole, piece| whole.paragraph(piece));
        if whole.plain().encode_utf16().count() <= ROOM {
            vec![whole]
        } else {
            pieces
        }
    }

    fn section(self, notice: &Notice, lang: Lang) -> Html {
        let head = self.html(&match lang {
            Lang::Ja => Text::PreviewJa,
            Lang::JaSimple => Text::PreviewJaSimple,
            Lang::En => Text::PreviewEn,
        });
        let (found, words) = notice.words.in_lang(lang);
        if found == lang {
            return head.line(words);
        }
        let instead = self.html(&match found {
            Lang::Ja => Text::BroadcastInsteadJa,
            Lang::JaSimple => Text::BroadcastInsteadJaSimple,
            Lang::En => Text::BroadcastInsteadEn,
        });
        head.line(&instead.in_italics())
    }

    /// Who is told, by name.
    pub(super) fn segment(self, segment: &Segment) -> String {
        match segment {
            Segment::Everybody => self.say(&Text::BroadcastToEverybody),
            Segment::Kind(kind) => {
                let kind = &self.say(&kind_name(*kind));
                self.say(&Text::BroadcastToKind { kind })
            }
            Segment::Event(id) => match self.calendar.get(id) {
                Some(event) => {
                    let title = event.title.in_lang(DESK_LANG).map_or("", |(_, title)| title);
                    self.say(&Text::BroadcastToEvent { title })
                }
                None => self.say(&Text::EventNoLonger),
            },
        }
    }
}

/// 1,200
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_people_read_them() {
        let shown = [0, 12, 999, 1200, 20_000, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "12", "999", "1,200", "20,000", "1,234,567"]);
    }
}
