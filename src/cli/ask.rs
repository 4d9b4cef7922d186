//! `concierge ask`: one question, or a line each from standard input, answered as in the chat.

use std::{
    borrow::Cow,
    io::{BufRead, Write},
    path::PathBuf,
};

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cli::knowledge::knowledge_at,
    clock::Clock,
    conversation::{self, Button, Cited, Conversation, Input, Notice, Senses, compose, step},
    events::{Calendar, of_entry},
    knowledge::{EntryId, Revision},
    lang::Lang,
    outgoing::{Act, ButtonDoes, MessageId, Outgoing, UserId},
    phrases::Phrases,
    understanding::{Candidate, Handover, Outcome, Setting, Understanding, Verdict, denial},
};

/// Answers a question as the bot would.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The question; without one, each line of standard input is a question.
    question: Option<String>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
    /// Show how the answer came about.
    #[arg(long)]
    explain: bool,
    /// Answer in this language (ja, ja-simple, en) instead of the question's.
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Answer as if it were this moment (RFC 3339).
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// Name this many candidates, whatever the outcome.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// The lines are the turns of one conversation.
    #[arg(long)]
    session: bool,
    /// The knowledge: a folder, or a `.jsonl` list of questions and answers.
    #[arg(long, env = "CONCIERGE_KNOWLEDGE", default_value = "knowledge")]
    knowledge: PathBuf,
}

/// Everything needed to answer on the command line.
pub struct Answerer {
    revision: Revision,
    /// The events of the knowledge; those of a running bot's store are not looked at.
    calendar: Calendar,
    understanding: Understanding,
    phrases: Phrases,
}

/// What was asked and what the mover reads.
pub struct Reply {
    pub verdict: Verdict,
    pub text: String,
}

/// The line `--json` prints; the form is fixed (see the README).
#[derive(Debug, Serialize)]
struct Line<'a> {
    question: &'a str,
    lang: Lang,
    outcome: &'static str,
    entry: Option<&'a EntryId>,
    confidence: f32,
    candidates: Cow<'a, [Candidate]>,
    text: &'a str,
    notices: Vec<Notice>,
    sources: Vec<Cited>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<&'a [String]>,
}

impl Answerer {
    /// # Errors
    /// When the revision cannot be understood with, or the locales are broken.
    pub fn open(revision: Revision) -> anyhow::Result<Self> {
        let understanding = Understanding::build(&revision).context("Cannot build the index")?;
        let phrases = Phrases::load().context("Cannot read the locales")?;
        let events = revision
            .entries
            .values()
            .filter_map(|entry| of_entry(entry).ok().flatten());
        Ok(Self {
            calendar: Calendar::new(events.collect()),
            revision,
            understanding,
            phrases,
        })
    }

    /// Answers one message of a conversation and moves the conversation on.
    #[must_use]
    pub fn answer(&self, conversation: &mut Conversation, question: &str, now: Timestamp) -> Reply {
        let verdict = self
            .understanding
            .understand(question, conversation.last_entry.as_ref());
        let understand =
            |question: &str, last: Option<&EntryId>| self.understanding.understand(question, last);
        let senses = Senses {
            revision: &self.revision,
            calendar: &self.calendar,
            subscriber: None,
            sign_ups: None,
            phrases: &self.phrases,
            bot_name: "annaka_concierge_bot",
            desk: conversation::Desk::default(),
            keeping: conversation::Keeping::default(),
            understand: &understand,
        };
        let input = Input::Question {
            text: question.to_owned(),
            message: MessageId(1),
            edited: false,
        };
        let done = step(conversation.clone(), &input, &senses, now);
        let verdict = if !conversation.trail.is_empty() && denial::is_all(question) {
            as_met(verdict, &done.outgoing)
        } else {
            verdict
        };
        *conversation = done.conversation;
        let texts: Vec<String> = done
            .outgoing
            .iter()
            .map(|outgoing| match &outgoing.act {
                Act::Send { html, .. } | Act::EditAnswer { html, .. } | Act::Edit { html, .. } => {
                    html.plain()
                }
                _ => String::new(),
            })
            .collect();
        Reply {
            verdict,
            text: texts.join("\n\n"),
        }
    }
}

/// 「それじゃない」 alone is met by what the answer before leads to: other choices, then a person.
fn as_met(verdict: Verdict, outgoing: &[Outgoing]) -> Verdict {
    let faces = outgoing.iter().flat_map(|outgoing| match &outgoing.act {
        Act::Send { buttons, .. } => buttons.0.as_slice(),
        _ => &[],
    });
    let choices = faces.flatten().filter_map(|face| match &face.does {
        ButtonDoes::Callback(data) => match Button::decode(data) {
            Ok(Button::Choose(id)) => Some(id),
            _ => None,
        },
        _ => None,
    });
    let choices: Vec<EntryId> = choices.collect();
    let outcome = if choices.is_empty() {
        Outcome::Handover(Handover::NotUnderstood)
    } else {
        Outcome::Clarify(choices)
    };
    Verdict { outcome, ..verdict }
}

/// Runs the command.
///
/// # Errors
/// When the knowledge, the language or standard input cannot be read.
pub fn run(args: &AskArgs) -> anyhow::Result<()> {
    let lang = args
        .lang
        .as_deref()
        .map(|tag| {
            Lang::from_tag(tag)
                .with_context(|| format!("“{tag}” is no language the bot speaks: use ja, ja-simple or en"))
        })
        .transpose()?;
    let answerer = Answerer::open(knowledge_at(&args.knowledge)?)?;
    let mut conversation = beginning(lang, now(args));
    let mut out = std::io::stdout().lock();
    let mut one = |question: &str| -> anyhow::Result<()> {
        if !args.session {
            conversation = beginning(lang, now(args));
        }
        let depth = args.top.unwrap_or(0);
        print(&mut out, args, &answerer, &mut conversation, question, depth)
    };
    match &args.question {
        Some(question) => one(question),
        None => {
            for line in std::io::stdin().lock().lines() {
                let line = line.context("Cannot read standard input (it has to be UTF-8)")?;
                if !line.trim().is_empty() {
                    one(&line)?;
                }
            }
            Ok(())
        }
    }
}

fn beginning(lang: Option<Lang>, now: Timestamp) -> Conversation {
    let mut conversation = Conversation::new(UserId(1), lang.unwrap_or(Lang::Ja), now);
    conversation.lang_chosen = lang.is_some();
    conversation
}

fn now(args: &AskArgs) -> Timestamp {
    args.at.unwrap_or_else(|| Clock::system().now())
}

fn print(
    out: &mut impl Write,
    args: &AskArgs,
    answerer: &Answerer,
    conversation: &mut Conversation,
    question: &str,
    depth: usize,
) -> anyhow::Result<()> {
    let last = conversation.last_entry.clone();
    let reply = answerer.answer(conversation, question, now(args));
    let deep = (depth > 0).then(|| {
        answerer
            .understanding
            .understand_to_depth(question, last.as_ref(), depth)
            .candidates
    });
    if args.json {
        let line = line_of(
            args,
            answerer,
            conversation.lang,
            question,
            &reply,
            deep.as_deref(),
        );
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
        return Ok(());
    }
    if args.explain {
        for step in &reply.verdict.trace.0 {
            writeln!(out, "  | {step}")?;
        }
    }
    writeln!(out, "{}", reply.text)?;
    let offered = match &reply.verdict.outcome {
        Outcome::Clarify(choices) => choices,
        _ => &reply.verdict.near,
    };
    for entry in offered.iter().filter_map(|id| answerer.revision.entries.get(id)) {
        writeln!(out, "  [{}]", entry.label_in(conversation.lang))?;
    }
    writeln!(out)?;
    for candidate in deep.iter().flatten() {
        writeln!(out, "  {:8.3}  {}", candidate.score, candidate.entry)?;
    }
    Ok(())
}

fn line_of<'a>(
    args: &AskArgs,
    answerer: &Answerer,
    lang: Lang,
    question: &'a str,
    reply: &'a Reply,
    deep: Option<&'a [Candidate]>,
) -> Line<'a> {
    let verdict = &reply.verdict;
    let (outcome, entry) = named(&verdict.outcome);
    let shown: Vec<Candidate> = match &verdict.outcome {
        Outcome::Answer(_) => verdict.candidates.iter().take(3).cloned().collect(),
        Outcome::Clarify(choices) => named_among(verdict, choices),
        _ => named_among(verdict, &verdict.near),
    };
    let answer = entry
        .and_then(|id| answerer.revision.entries.get(id))
        .map(|entry| compose(entry, &answerer.revision, &answerer.phrases, lang, now(args)));
    let (notices, sources) = answer.map_or_else(Default::default, |answer| (answer.notices, answer.sources));
    Line {
        question,
        lang,
        outcome,
        entry,
        confidence: verdict.confidence,
        candidates: deep.map_or(Cow::Owned(shown), Cow::Borrowed),
        text: &reply.text,
        notices,
        sources,
        explain: args.explain.then_some(verdict.trace.0.as_slice()),
    }
}

/// The candidates that are offered.
fn named_among(verdict: &Verdict, offered: &[EntryId]) -> Vec<Candidate> {
    let scores = &verdict.candidates;
    let known = |id: &EntryId| scores.iter().find(|candidate| candidate.entry == *id).cloned();
    // What is offered from further behind is as near as the last candidate at most.
    let least = scores.last().map_or(0.0, |candidate| candidate.score);
    let candidate = |id: &EntryId| Candidate {
        entry: id.clone(),
        score: least,
    };
    offered
        .iter()
        .map(|id| known(id).unwrap_or_else(|| candidate(id)))
        .collect()
}

/// The outcome's name in JSON, and the entry it rests on.
fn named(outcome: &Outcome) -> (&'static str, Option<&EntryId>) {
    match outcome {
        Outcome::Answer(entry) => ("answer", Some(entry)),
        Outcome::Clarify(_) => ("clarify", None),
        Outcome::Handover(Handover::Gap(entry)) => ("handover", Some(entry)),
        Outcome::Handover(_) => ("handover", None),
        Outcome::Setting(Setting::Calendar) => ("answer", None),
        Outcome::Smalltalk | Outcome::Setting(Setting::Reminders | Setting::Language) => ("smalltalk", None),
        Outcome::Refuse => ("refuse", None),
    }
}
