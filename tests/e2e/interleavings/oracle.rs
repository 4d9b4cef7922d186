//! What has to be true whenever the town has come to rest.

use std::collections::BTreeMap;

use annaka_concierge::{
    emulator::{Shown, town as ids},
    handover::Case,
};

use super::{Kind, Play, Round, Word};

const DELIVERED: &str = "👌";
const NOTED: &str = "✍";
const FAILED: &str = "💔";
/// So many held words are remembered.
const MOST_HELD: usize = 30;
/// What the bot may say to somebody who is with a person.
const ABOUT_DESK: [&str; 8] = [
    "担当者がこのチャットを見ています",
    "担当者がお話を伺います",
    "担当者からのメッセージを1通",
    "このメッセージは、担当者にお渡しできませんでした",
    "reading this chat",
    "with you now",
    "could not be delivered",
    "could not be passed on",
];
/// How a line about the talk stands in the topic.
const LINE_ABOUT_TALK: &str = "相手の一言：";

/// What staff are told of what did not arrive.
const GIVEN_UP: &str = "相手が送ったものを、ここに写せませんでした";

/// One mover's talk, from both sides.
struct Talk<'c> {
    mover: i64,
    /// The mover's chat with the bot.
    chat: Vec<Shown>,
    /// The topic there is now.
    topic: Vec<Shown>,
    /// Those that are no more, and then that one.
    topics: Vec<Shown>,
    case: Option<&'c Case>,
}

impl Talk<'_> {
    fn said_by_bot(&self) -> impl Iterator<Item = &Shown> {
        self.chat.iter().filter(|shown| shown.from.bot)
    }

    /// Where a mover's words stand first for staff: message, and line in it.
    fn place_for_staff(&self, word: &Word) -> Option<(usize, usize)> {
        let mut all = self.topics.iter().enumerate();
        all.find_map(|(at, shown)| word.line_in(shown).map(|(line, _)| (at, line)))
    }

    /// What stands, or stood, in the mover's topics.
    fn stood_in_topics(&self) -> Vec<(i32, &str)> {
        let all = self.topics.iter();
        all.map(|shown| (shown.id, shown.text.as_str())).collect()
    }

    /// Whether staff were told of it as what the mover thinks of the talk.
    fn is_told_about(&self, word: &Word) -> bool {
        let line = format!("{LINE_ABOUT_TALK}{}", word.sign);
        self.topics.iter().any(|shown| shown.text.contains(&line))
    }

    /// What stands on words of staff; none if they are gone. Telegram puts what is meant for one picture of an album on
    /// the first.
    fn marks_of(&self, word: &Word) -> Option<String> {
        let own = |shown: &&Shown| !shown.from.bot && word.messages.contains(&shown.id);
        let mut marks = self
            .topic
            .iter()
            .filter(own)
            .map(|shown| shown.reactions.concat());
        let first = marks.next()?;
        Some(marks.fold(first, |first, next| if first.is_empty() { next } else { first }))
    }

    fn holds(&self, word: &Word) -> bool {
        let held = self.case.map(|case| case.held.as_slice()).unwrap_or_default();
        held.len() >= MOST_HELD || held.iter().any(|held| word.messages.contains(&held.message.0))
    }
}

impl Play<'_> {
    pub(super) fn look(&mut self, first_new: usize, round: &Round, cases: &BTreeMap<i64, Case>) {
        self.one_topic_each();
        for word in &mut self.words[first_new..] {
            // In a topic that was dropped with everything else.
            word.excused |= !word.kind.is_movers() && round.forgotten.contains(&word.mover);
            // Whoever loses the case between two pictures of an album has it for the first of them only.
            word.excused |= word.is_album() && round.may_have_passed(word);
        }
        for mover in self.movers {
            let topic = self.topic_of(mover).map(|topic| self.t.in_topic(topic));
            let topic = topic.unwrap_or_default();
            let past = self.past.get(&mover).into_iter().flatten();
            let talk = Talk {
                mover,
                chat: self.t.emulator.look(|world| world.chat(mover)),
                topics: past.chain(&topic).cloned().collect(),
                topic,
                case: cases.get(&mover),
            };
            self.one_owner(&talk);
            self.nothing_leaks(&talk);
            self.staff_are_heard(&talk, round);
            self.movers_are_heard(&talk, round, first_new);
            self.order_is_kept(&talk);
            self.the_bot_keeps_silent(&talk, round);
        }
        let (repeated, unseen) = (self.repeated(), self.unseen_so_far());
        assert!(
            repeated.len() as u64 <= unseen,
            "these were repeated, and nobody saw the result of {unseen}: {repeated:?}"
        );
    }

    fn one_topic_each(&self) {
        let topics = if self.unseen_so_far() > 0 {
            self.used_topics()
        } else {
            self.t.topics().into_iter().map(|(id, _)| id).collect()
        };
        assert!(topics.len() <= self.movers.len(), "one topic a mover: {topics:?}");
    }

    /// Whoever has a case is in the group, and its title says who.
    fn one_owner(&self, talk: &Talk<'_>) {
        let Some((case, owner)) = talk.case.and_then(|case| case.owner().map(|owner| (case, owner))) else {
            return;
        };
        assert!(self.is_inside(owner.0), "{} has a case and has left", owner.0);
        let by_hand = self.tally.deeds.contains_key("topic closed");
        let Some(topic) = self.topic_of(talk.mover).filter(|_| !by_hand) else {
            return;
        };
        let name = match owner.0 {
            ids::MIO => "みお",
            ids::KEN => "けん",
            _ => "さき",
        };
        let title = self.t.title_of(topic);
        let rests = case.is_snoozed(self.t.clock.now());
        assert!(rests || title.contains(name), "{name} has the case of “{title}”");
    }

    /// Words of one mover's talk are in no other, and notes reach nobody.
    fn nothing_leaks(&self, talk: &Talk<'_>) {
        for word in &self.words {
            let sign = &word.sign;
            let heard = talk.said_by_bot().any(|shown| shown.text.contains(sign));
            if word.mover != talk.mover {
                let by_bot = |shown: &Shown| shown.from.bot && shown.text.contains(sign);
                assert!(!heard, "{sign} leaked to another mover");
                assert!(
                    !talk.topics.iter().any(by_bot),
                    "{sign} stands in another mover's topic"
                );
            }
            assert!(word.kind != Kind::Note || !heard, "the note {sign} was relayed");
        }
        let note = talk.said_by_bot().find(|shown| shown.text.starts_with("//"));
        assert!(note.is_none(), "a note was relayed: {note:?}");
        let group = self.t.group();
        let albums = self
            .words
            .iter()
            .filter(|word| word.mover == talk.mover && word.kind == Kind::Staff);
        let may_show = albums.filter(|word| word.is_album()).filter(|word| {
            let marks = talk.marks_of(word).filter(|_| word.chat == group);
            marks.is_none_or(|marks| marks == DELIVERED)
        });
        let may_show: usize = may_show.map(|word| word.messages.len()).sum();
        let pictures = talk.said_by_bot().filter(|shown| shown.media.is_some()).count();
        assert!(
            pictures as u64 <= may_show as u64 + 3 * self.unseen_so_far(),
            "{pictures} pictures reached {}, of {may_show}",
            talk.mover
        );
    }

    /// Only the owner's words reach the mover, each once, and staff see which.
    fn staff_are_heard(&mut self, talk: &Talk<'_>, round: &Round) {
        let (group, unseen) = (self.t.group(), self.unseen_so_far());
        let own = |word: &&mut Word| word.kind == Kind::Staff && word.mover == talk.mover;
        for word in self.words.iter_mut().filter(own) {
            let sign = &word.sign;
            let mut heard = talk
                .said_by_bot()
                .filter_map(|shown| Some((shown, word.line_in(shown)?.1)));
            let heard = heard.next();
            let said = heard.map(|(_, line)| line.to_owned());
            if said.is_some() && said != word.read {
                assert!(
                    round.may_speak(word.by, talk.mover),
                    "{sign} reached {} from {}, who did not have the case",
                    talk.mover,
                    word.by
                );
                assert!(
                    word.read.is_none() || !word.noted,
                    "{sign} was changed into a note"
                );
            }
            if let (Some((shown, _)), None) = (heard, &word.read) {
                let under = shown.reply_to;
                let right = under.is_none_or(|to| word.answers.contains(&to));
                assert!(right, "{sign} stands under another message");
                let could = unseen == 0 && round.uprooted.is_empty() && !word.was_held(&talk.topics);
                assert!(
                    under.is_some() || word.answers.is_empty() || !could,
                    "{sign} does not stand under what it answers"
                );
            }
            word.read = said.or(word.read.take());
            word.arrived |= heard.is_some();
            if word.excused || word.chat != group {
                continue;
            }
            let Some(marks) = talk.marks_of(word) else {
                continue;
            };
            assert!(
                marks != DELIVERED || heard.is_some(),
                "{sign} is marked as sent, and was not"
            );
            let gone = unseen > 0 && marks == FAILED;
            assert!(
                heard.is_none() || marks == DELIVERED || gone,
                "{sign} was sent, and is marked “{marks}”"
            );
            let known = [DELIVERED, NOTED, FAILED].contains(&marks.as_str());
            assert!(
                known || word.noted || talk.holds(word),
                "{sign} is neither sent, noted nor held: “{marks}”"
            );
        }
    }

    /// Every word of a mover's is with staff, or was answered, or was said not to have arrived.
    fn movers_are_heard(&mut self, talk: &Talk<'_>, round: &Round, first_new: usize) {
        let calm = !round.died && !round.faulty && !round.blocked.contains(&talk.mover);
        let unseen = self.unseen_so_far();
        let words = self.words.iter_mut().enumerate();
        let own =
            words.filter(|(_, word)| word.kind.is_movers() && word.mover == talk.mover && !word.excused);
        for (at, word) in own {
            let sign = &word.sign;
            let there = talk.place_for_staff(word);
            word.arrived |= there.is_some();
            let own = talk.chat.iter().filter(|shown| word.messages.contains(&shown.id));
            let mark: String = own.map(|shown| shown.reactions.concat()).collect();
            assert!(
                !mark.contains(DELIVERED) || there.is_some(),
                "{sign} is marked as with staff, and is not: {:?}",
                talk.stood_in_topics()
            );
            let now = talk
                .topic
                .iter()
                .filter_map(|shown| Some((shown, word.line_in(shown)?.1)));
            let now: Vec<(&Shown, &str)> = now.collect();
            let last = word.texts.last().unwrap();
            assert!(
                now.is_empty() || now.iter().any(|(_, line)| line == last),
                "{sign} was changed, and staff read {:?}",
                now[0].1
            );
            if at < first_new {
                continue;
            }
            if let ([(shown, _)], false) = (&now[..], round.uprooted.contains(&talk.mover)) {
                let under = shown.reply_to.is_some_and(|to| word.answers.contains(&to));
                let told = |shown: &Shown| !shown.from.bot && word.answers.contains(&shown.id);
                let stands = talk.topic.iter().any(told);
                assert!(
                    under || !stands || unseen > 0,
                    "{sign} does not stand under what it answers"
                );
            }
            let about_talk = talk.is_told_about(word);
            // A picture of somebody who cannot be reached cannot be copied.
            let given_up = |shown: &Shown| shown.text.starts_with(GIVEN_UP);
            let gone = round.blocked.contains(&talk.mover);
            if gone && word.is_album() && talk.topic.iter().any(given_up) {
                continue;
            }
            if word.kind == Kind::ForDesk {
                assert!(there.is_some() || about_talk, "{sign} was lost");
                assert!(
                    mark.contains(DELIVERED) || about_talk || !calm,
                    "{sign} is not marked"
                );
            } else {
                let answered = talk.said_by_bot().any(|shown| shown.id > word.message());
                assert!(
                    there.is_some() || about_talk || answered || gone,
                    "{sign} was neither passed on nor answered"
                );
            }
        }
    }

    /// A word never passes an earlier one of the same writer's.
    fn order_is_kept(&self, talk: &Talk<'_>) {
        let own = |word: &&Word| word.mover == talk.mover && !word.excused;
        let for_desk = self
            .words
            .iter()
            .filter(own)
            // A line about the talk that was changed later comes as a question of its own.
            .filter(|word| word.kind == Kind::ForDesk && !talk.is_told_about(word));
        let places: Vec<_> = for_desk
            .filter_map(|word| Some((talk.place_for_staff(word)?, &word.sign)))
            .collect();
        for pair in places.windows(2) {
            assert!(pair[0].0 <= pair[1].0, "{} passed {}", pair[1].1, pair[0].1);
        }
        for who in self.staff {
            let by = self
                .words
                .iter()
                .filter(own)
                .filter(|word| word.by == who && word.kind == Kind::Staff);
            let at_once = by.filter(|word| !word.was_held(&talk.topics));
            let place = |word: &Word| talk.said_by_bot().position(|shown| word.line_in(shown).is_some());
            let places: Vec<_> = at_once
                .filter_map(|word| Some((place(word)?, &word.sign)))
                .collect();
            for pair in places.windows(2) {
                assert!(pair[0].0 <= pair[1].0, "{} passed {}", pair[1].1, pair[0].1);
            }
        }
    }

    /// Who is with a person hears only persons.
    fn the_bot_keeps_silent(&mut self, talk: &Talk<'_>, round: &Round) {
        let all: Vec<&Shown> = talk.said_by_bot().collect();
        let seen = self.seen.insert(talk.mover, all.len()).unwrap_or_default();
        if !round.was_owned(talk.mover) || round.loosened.contains(&talk.mover) || round.died {
            return;
        }
        for shown in all.into_iter().skip(seen) {
            let by_staff = |word: &Word| word.kind == Kind::Staff && word.line_in(shown).is_some();
            let about_desk = ABOUT_DESK.iter().any(|text| shown.text.contains(text));
            assert!(
                shown.media.is_some() || about_desk || self.words.iter().any(by_staff),
                "the bot spoke while a person had the case: {}",
                shown.text
            );
        }
    }

    /// What went out more than once: one sign for each message that is one too many.
    pub(super) fn repeated(&self) -> Vec<&str> {
        let mut repeated = Vec::new();
        for mover in self.movers {
            let topic = self.topic_of(mover).map(|topic| self.t.in_topic(topic));
            let past = self.past.get(&mover).into_iter().flatten().cloned();
            let topics: Vec<Shown> = past.chain(topic.into_iter().flatten()).collect();
            let chat = self.t.emulator.look(|world| world.chat(mover));
            // A question that was changed may be handed over anew.
            let own = |word: &&Word| word.mover == mover && !word.excused && word.texts.len() == 1;
            let (movers, staff): (Vec<&Word>, Vec<&Word>) = self
                .words
                .iter()
                .filter(own)
                .partition(|word| word.kind.is_movers());
            repeated.extend(twice(&movers, &topics).into_iter().chain(twice(&staff, &chat)));
        }
        repeated
    }
}

/// The messages that say what an earlier one has said: what that is.
fn twice<'w>(words: &[&'w Word], messages: &[Shown]) -> Vec<&'w str> {
    let mut said = vec![false; words.len()];
    let mut again = Vec::new();
    for shown in messages {
        let here = (0..words.len()).filter(|at| words[*at].line_in(shown).is_some());
        let twice: Vec<usize> = here
            .filter(|at| std::mem::replace(&mut said[*at], true))
            .collect();
        again.extend(twice.first().map(|at| words[*at].sign.as_str()));
    }
    again
}
