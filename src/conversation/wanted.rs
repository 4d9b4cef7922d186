//! A question whose answer the mover wants to hear when it is known.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{answer::compose, note::Came, step::Senses, turn::Turn},
    knowledge::{Entry, EntryId},
    lang::Lang,
    outgoing::{
        Act, Html, Outgoing, Priority, UserId, Voice,
        html::{MESSAGE_LIMIT, split},
    },
    phrases::{Text, shortened},
    understanding::Outcome,
};

/// How much of the question is shown back, in characters.
const SHOWN_QUESTION: usize = 200;

/// Kept until it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub mover: UserId,
    pub question: String,
    /// The language the mover was answered in.
    pub lang: Lang,
    pub at: Timestamp,
}

/// The mover wants to hear when more is known than this entry, which only says that nothing is.
pub(super) fn tell_me(turn: &mut Turn<'_>, gap: &Entry) {
    let conversation = &turn.conversation;
    let mut asked = conversation.trail.iter().rev();
    let asked = asked.find(|tried| tried.came == Came::Gap && tried.entry.as_ref() == Some(&gap.id));
    // Of an answer further up only the topic is known any more.
    let question = asked.map_or_else(
        || gap.label_in(conversation.lang).to_owned(),
        |tried| tried.question.clone(),
    );
    turn.wanted = Some(Wanted {
        mover: conversation.mover,
        question,
        lang: conversation.lang,
        at: turn.now,
    });
    turn.tap_note = Some(turn.say(&Text::WantedKept));
}

/// What the mover is told if the question can be answered now: which one it was, and the answer.
#[must_use]
pub fn answer_wanted(
    wanted: &Wanted,
    lang: Lang,
    senses: &Senses<'_>,
    now: Timestamp,
) -> Option<Vec<Outgoing>> {
    let entry = answering(&(senses.understand)(&wanted.question, None).outcome, senses)?;
    let question = &shortened(&wanted.question, SHOWN_QUESTION);
    let opening = senses.phrases.say(lang, &Text::WantedAnswered { question });
    let answer = compose(entry, senses.revision, senses.phrases, lang, now);
    let whole = Html::text(&opening).paragraph(&answer.html);
    let pieces = if whole.plain().encode_utf16().count() <= MESSAGE_LIMIT {
        vec![whole]
    } else {
        let plain = format!("{opening}\n\n{}", answer.text);
        split(&plain, MESSAGE_LIMIT)
            .iter()
            .map(|piece| Html::text(piece))
            .collect()
    };
    let told = pieces.into_iter().map(|html| {
        Outgoing::to_person(wanted.mover, Voice::Needed, Act::say(html)).with_priority(Priority::Reminder)
    });
    Some(told.collect())
}

fn answering<'a>(outcome: &Outcome, senses: &Senses<'a>) -> Option<&'a Entry> {
    let id: &EntryId = match outcome {
        Outcome::Answer(id) if !id.is_gap() => id,
        _ => return None,
    };
    senses.revision.entries.get(id)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::conversation::{
        button::Button,
        sample::{Chat, id, senses},
    };

    fn wanted(question: &str) -> Wanted {
        Wanted {
            mover: UserId(7),
            question: question.to_owned(),
            lang: Lang::Ja,
            at: Chat::open("ja").now,
        }
    }

    #[test]
    fn what_was_asked_under_the_gap_is_wanted_also_after_other_questions() {
        let mut chat = Chat::open("ja");
        let _ = chat.says("家賃はいくら");
        let _ = chat.says("家を買う");
        let noted = chat.taps(Button::TellMe(id("gap-prices")));
        assert_eq!(noted, "(分かったらお知らせします。)");
        assert_eq!(chat.last.wanted, Some(wanted("家賃はいくら")));
    }

    #[test]
    fn under_an_answer_further_up_the_topic_is_wanted() {
        let mut chat = Chat::open("en");
        let _ = chat.taps(Button::TellMe(id("gap-prices")));
        let wanted = chat.last.wanted.unwrap();
        assert_eq!(
            (wanted.question.as_str(), wanted.lang),
            ("How much is the rent?", Lang::En)
        );
    }

    #[test]
    fn only_an_answer_is_told() {
        let now = Chat::open("ja").now;
        for open in ["家賃はいくら", "補助金", "ぬるぽ", "消えた話"] {
            assert_eq!(
                answer_wanted(&wanted(open), Lang::Ja, &senses(), now),
                None,
                "{open}"
            );
        }
        let told = answer_wanted(&wanted("家を買うと"), Lang::Ja, &senses(), now).unwrap();
        let [one] = &told[..] else { panic!("{told:?}") };
        assert_eq!((one.priority, one.voice), (Priority::Reminder, Voice::Needed));
        let Act::Send { html, .. } = &one.act else {
            panic!("{one:?}")
        };
        assert_snapshot!(html.plain().lines().next().unwrap(), @"前にお尋ねの「家を買うと」に、お答えできるようになりました。");
        assert!(html.plain().contains("家を初めて買う人が対象です。"));
    }
}
