//! Scores the bot on a file of labelled questions, or of conversations whose turns are labelled.

use std::{fs, path::Path};

use anyhow::Context;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::{
    cli::{
        ask::{Desk, Reply},
        eval::Figure,
    },
    clock::Clock,
    conversation::Conversation,
    knowledge::EntryId,
    lang::Lang,
    outgoing::UserId,
    understanding::{Outcome, Verdict},
};

/// A line of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Line {
    /// `lang` may be no single language: then each turn is answered in its own.
    Dialogue {
        id: String,
        lang: String,
        turns: Vec<Labelled>,
    },
    Single {
        lang: String,
        #[serde(flatten)]
        question: Labelled,
    },
}

/// A labelled question. `must` holds what the answer's text has to say, alternatives separated by `|`.
#[derive(Debug, Clone, Deserialize)]
pub struct Labelled {
    #[serde(default)]
    pub id: String,
    #[serde(alias = "user")]
    pub q: String,
    #[serde(default)]
    pub accept: Vec<EntryId>,
    pub expect: Expect,
    #[serde(default)]
    pub must: Vec<String>,
    #[serde(default)]
    pub must_not: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expect {
    Answer,
    AnswerOrHandover,
    Handover,
    Smalltalk,
    Refuse,
}

/// How one question went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// What was wanted, at once.
    Right,
    /// Choices, and a right one is among them.
    OneTap,
    /// Neither right nor wrong: choices without the right one, or a needless handover.
    Unhelped,
    /// An answer with the wrong entry or a wrong text.
    WrongAnswer,
    /// An answer where only a person could help.
    FalseAnswer,
}

/// Asks everything in a file and prints each miss and the sums.
///
/// # Errors
/// When the file cannot be read, or a line is no labelled question; names the line.
pub fn run(desk: &Desk, path: &Path, explain: bool) -> anyhow::Result<[Figure; 3]> {
    let now = Clock::system().now();
    let mut tally = Tally::default();
    for line in read(path)? {
        let (id, lang, turns) = match line {
            Line::Dialogue { id, lang, turns } => (id, lang, turns),
            Line::Single { lang, question } => (question.id.clone(), lang, vec![question]),
        };
        let lang = Lang::from_tag(&lang);
        let mut conversation = Conversation::new(UserId(1), lang.unwrap_or(Lang::Ja), now);
        conversation.lang_chosen = lang.is_some();
        for question in turns {
            let Reply { verdict, text } = desk.answer(&mut conversation, &question.q, now);
            let mark = judge(&question, &verdict, &text);
            tally.add(question.expect, &verdict.outcome, mark);
            if mark != Mark::Right {
                print_miss(&id, &question, &verdict, mark, explain);
            }
        }
    }
    println!("{}", tally.line());
    Ok(tally.figures())
}

fn read(path: &Path) -> anyhow::Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| format!("Cannot read {}", path.display()))?;
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| serde_json::from_str(line).with_context(|| format!("{}:{at}", path.display())))
        .collect()
}

fn print_miss(id: &str, question: &Labelled, verdict: &Verdict, mark: Mark, explain: bool) {
    let wanted: Vec<&str> = question.accept.iter().map(EntryId::as_str).collect();
    println!(
        "{mark:?}\t{id}\t{}\twanted {}\tgot {:?}\tp {:.2}",
        question.q,
        wanted.join(" "),
        verdict.outcome,
        verdict.confidence
    );
    if explain {
        verdict.trace.0.iter().for_each(|line| println!("    {line}"));
    }
}

/// The sums the bot is held to.
#[derive(Debug, Default)]
struct Tally {
    questions: usize,
    /// Questions an entry answers.
    answerable: usize,
    direct: usize,
    one_tap: usize,
    answered: usize,
    answered_right: usize,
    /// Questions only a person may answer, and how many the bot answered all the same.
    for_people: usize,
    false_answers: usize,
    /// Handover, small talk and refusals that came out so.
    others_right: usize,
}

impl Tally {
    fn add(&mut self, expect: Expect, outcome: &Outcome, mark: Mark) {
        let count = |hit: bool| usize::from(hit);
        let answerable = matches!(expect, Expect::Answer | Expect::AnswerOrHandover);
        let answered = matches!(outcome, Outcome::Answer(_));
        let right = mark == Mark::Right;
        self.questions += 1;
        self.answerable += count(answerable);
        self.direct += count(answerable && right);
        self.one_tap += count(answerable && (right || mark == Mark::OneTap));
        self.answered += count(answered);
        self.answered_right += count(answered && right);
        self.for_people += count(matches!(expect, Expect::Handover | Expect::Refuse));
        self.false_answers += count(mark == Mark::FalseAnswer);
        self.others_right += count(!answerable && right);
    }

    fn figures(&self) -> [Figure; 3] {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        [
            ("precision", share(self.answered_right, self.answered)),
            ("direct", share(self.direct, self.answerable)),
            ("one-tap", share(self.one_tap, self.answerable)),
        ]
    }

    fn line(&self) -> String {
        let [(_, precision), (_, direct), (_, one_tap)] = self.figures();
        format!(
            "{} questions: precision {precision:.3} of {}, direct {direct:.3}, within one tap {one_tap:.3}, false answers {} of {}, other outcomes right {} of {}",
            self.questions,
            self.answered,
            self.false_answers,
            self.for_people,
            self.others_right,
            self.questions - self.answerable,
        )
    }
}

/// Judges one verdict with the text a mover would have read.
#[must_use]
pub fn judge(question: &Labelled, verdict: &Verdict, text: &str) -> Mark {
    let handed_over = matches!(verdict.outcome, Outcome::Handover(_));
    match (&verdict.outcome, question.expect) {
        (Outcome::Answer(entry), Expect::Answer | Expect::AnswerOrHandover) => {
            let fits = question.accept.contains(entry) && text_fits(question, text);
            if fits { Mark::Right } else { Mark::WrongAnswer }
        }
        (Outcome::Answer(_), _) => Mark::FalseAnswer,
        (Outcome::Clarify(choices), Expect::Answer | Expect::AnswerOrHandover)
            if choices.iter().any(|choice| question.accept.contains(choice)) =>
        {
            Mark::OneTap
        }
        (_, Expect::Handover | Expect::AnswerOrHandover) if handed_over => Mark::Right,
        (Outcome::Smalltalk, Expect::Smalltalk) | (Outcome::Refuse, Expect::Refuse) => Mark::Right,
        _ => Mark::Unhelped,
    }
}

/// Whether the text says what it must and nothing it must not, compared after NFKC.
fn text_fits(question: &Labelled, text: &str) -> bool {
    let plain = |text: &str| text.nfkc().collect::<String>();
    let text = plain(text);
    let says = |wanted: &String| wanted.split('|').any(|one| text.contains(&plain(one)));
    question.must.iter().all(says) && !question.must_not.iter().any(|bad| text.contains(&plain(bad)))
}
