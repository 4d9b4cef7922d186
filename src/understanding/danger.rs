//! Danger inside an everyday question: a classifier of its own hears the whole message and each of its clauses.
//!
//! "About the form for the nursery: my nephew has burn marks on his back" is nearest to the nursery as a whole. The rules
//! catch danger in known words; this catches what is said in others.

use std::collections::BTreeSet;

use crate::{
    knowledge::{Asks, Rule, RuleKind},
    understanding::{
        concepts::Concepts,
        features::Features,
        index::Index,
        linear::{Linear, Sample},
        tokens::Token,
    },
};

/// What the classifier tells apart; class 0 is no danger.
const KINDS: [RuleKind; 4] = [
    RuleKind::CrisisEmergency,
    RuleKind::CrisisDespair,
    RuleKind::CrisisViolence,
    RuleKind::CrisisChild,
];
/// How much a dangerous sample counts: there are few of them among many harmless ones.
const WEIGHT: f32 = 2.0;
/// How much the likest known message counts beside the classifier.
const LIKENESS: f32 = 15.0;
/// From here on a line of help stands before the answer. Of 1,220 ordinary questions eight get one for nothing, and on
/// hands left out nine in a hundred who are in danger get help by it who would get none.
const DOUBT: f32 = 1.5;
/// Below these odds no likeness makes an alarm: it would have to be two thirds more like danger than like anything else.
const SILENT: f32 = -7.0;
/// What has fewer letters, numbers not counted, says too little to be alarming by its likeness.
const LEAST: usize = 5;
/// Nor does one letter or two held down on a keyboard.
const LEAST_DIFFERENT: usize = 3;
/// So many clauses of a message are heard one by one; who writes more is heard as a whole.
const MOST: usize = 40;

/// The classifier.
#[derive(Debug)]
pub struct Danger(Linear);

/// How alarming a message is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alarm {
    /// The kind of danger that is likeliest.
    pub kind: RuleKind,
    /// How much speaks for danger; above nought it is likelier than not.
    pub loudness: f32,
}

/// A text with its tokens, and what it asks.
pub(super) type Lesson<'a> = (&'a Asks, &'a [Token]);

impl Alarm {
    /// Whether danger may be meant, so that a line of help is in place.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.loudness >= DOUBT
    }

    /// Whether hardly anything speaks for danger, whatever words stand in the message.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.loudness < SILENT
    }
}

impl Danger {
    pub(super) const CLASSES: usize = KINDS.len() + 1;

    /// Trains on texts and harmless clauses, and on what the rules must not catch; none if nothing speaks of danger.
    pub(super) fn train<'a>(
        lessons: impl Iterator<Item = Lesson<'a>>,
        rules: &[Rule],
        concepts: &Concepts,
    ) -> Option<Self> {
        let rejects = rules.iter().flat_map(|rule| &rule.rejects);
        let rejects: Vec<Vec<Token>> = rejects
            .map(|example| Features::of(&example.text, concepts).tokens)
            .collect();
        let lessons = lessons.map(|(asks, tokens)| (class_of(asks), tokens));
        let rejects = rejects.iter().map(|tokens| (0, tokens.as_slice()));
        let samples: Vec<Sample<'_>> = lessons
            .chain(rejects)
            .map(|(class, tokens)| Sample {
                tokens,
                class: class as u32,
                weight: if class > 0 { WEIGHT } else { 1.0 },
            })
            .collect();
        let any = samples.iter().any(|sample| sample.class > 0);
        any.then(|| Self(Linear::train(&samples, Self::CLASSES)))
    }

    /// The most alarming of the whole message and its clauses. `likeness` says how like a text is to the likest known
    /// message of each class ([`class_of`]), `whole` how like the whole message is.
    #[must_use]
    pub fn alarm(
        &self,
        question: &Features,
        concepts: &Concepts,
        whole: [f32; Self::CLASSES],
        likeness: impl Fn(&[Token]) -> [f32; Self::CLASSES],
    ) -> Alarm {
        let parts = clauses(&question.cleaned);
        let parts = parts
            .into_iter()
            .take(MOST)
            .map(|clause| self.hear(&Features::of(clause, concepts).tokens, &likeness));
        let whole = self.hear(&question.tokens, |_| whole);
        parts.fold(whole, |loudest, alarm| {
            if alarm.loudness > loudest.loudness {
                alarm
            } else {
                loudest
            }
        })
    }

    fn hear(&self, tokens: &[Token], likeness: impl Fn(&[Token]) -> [f32; Self::CLASSES]) -> Alarm {
        let scores = self.0.scores(tokens);
        let (none, dangers) = scores.split_first().unwrap_or((&0.0, &[]));
        let all: f32 = dangers.iter().map(|score| score.exp()).sum();
        let odds = all.max(1e-9).ln() - none;
        // What is so surely harmless need not be compared with every known message.
        let [like_none, like_dangers @ ..] = match odds {
            ..SILENT => [0.0; Self::CLASSES],
            _ => likeness(tokens),
        };
        let speaks_for = dangers
            .iter()
            .zip(like_dangers)
            .map(|(score, like)| score + LIKENESS * like);
        let likelier = |a: (RuleKind, f32), b: (RuleKind, f32)| if b.1 > a.1 { b } else { a };
        let (kind, _) = KINDS
            .into_iter()
            .zip(speaks_for)
            .fold((KINDS[0], f32::NEG_INFINITY), likelier);
        let likest = like_dangers.into_iter().fold(0.0, f32::max);
        Alarm {
            kind,
            loudness: odds + LIKENESS * (likest - like_none),
        }
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    pub(super) fn read(rest: &mut &[u8]) -> Option<Self> {
        Linear::read(rest, Self::CLASSES).map(Self)
    }
}

impl Index {
    /// How much speaks for danger in a message; none where nobody wrote of any. `near` is how like the whole of it the
    /// likest way of asking of each document is.
    #[must_use]
    pub fn alarm(&self, question: &Features, near: &[f32]) -> Option<Alarm> {
        let danger = self
            .danger
            .as_ref()
            .filter(|_| says_something(&question.cleaned))?;
        let by_class = |near: &[f32]| {
            let mut best = [0.0_f32; Danger::CLASSES];
            for (asks, likeness) in self.documents.iter().zip(near) {
                let best = &mut best[class_of(asks)];
                *best = best.max(*likeness);
            }
            best
        };
        let likeness = |tokens: &[Token]| match &self.nearest {
            Some(nearest) => by_class(&nearest.likeness(tokens)),
            None => by_class(&[]),
        };
        Some(danger.alarm(question, &self.concepts, by_class(near), likeness))
    }
}

/// The class of what is asked: 0 without danger, else its kind, counted from 1.
fn class_of(asks: &Asks) -> usize {
    let kind = match asks {
        Asks::Rule(kind) => KINDS.iter().position(|other| other == kind),
        Asks::Entry(_) => None,
    };
    kind.map_or(0, |at| at + 1)
}

fn says_something(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() >= LEAST && letters().collect::<BTreeSet<char>>().len() >= LEAST_DIFFERENT
}

/// The clauses of a cleaned message that has several: at the ends of sentences, and at commas where both sides say
/// something.
pub(super) fn clauses(cleaned: &str) -> Vec<&str> {
    let ends = ['。', '.', '!', '?', '\n', '、', ',', ';', ':', '…', '—'];
    let says = |part: &&str| says_something(part);
    let parts: Vec<&str> = cleaned.split(ends).map(str::trim).filter(says).collect();
    if parts.len() > 1 { parts } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_held_down_says_nothing_and_a_cry_said_twice_does() {
        assert!(!says_something(&"あ".repeat(4093)));
        assert!(!says_something("hahahahaha"));
        assert!(says_something("助けて助けて"));
    }

    #[test]
    fn a_message_is_heard_by_its_clauses() {
        assert_eq!(
            clauses("学童の申込みの件です。はい、甥の背中にやけどの跡があります"),
            ["学童の申込みの件です", "甥の背中にやけどの跡があります"]
        );
        assert!(
            clauses("空き家バンクの登録はどうしますか?").is_empty(),
            "one clause is the whole"
        );
    }
}
