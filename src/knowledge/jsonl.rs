//! Knowledge of another kind: any list of questions and answers, one JSON object a line.
//!
//! `{"id": …, "lang": "ja", "question": "…", "answer": "…"}`. Such a list has no sources, rules or fitted decision: the
//! bot ranks it, and offers choices instead of answering.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{
    knowledge::{
        as_of::AsOf,
        entry::{Entry, EntryId, HandoverOffer, Status},
        holidays::Holidays,
        problem::Problem,
        revision::{Revision, RevisionId},
    },
    lang::Lang,
};

#[derive(Deserialize)]
struct Line {
    id: Id,
    #[serde(default)]
    lang: Option<String>,
    question: String,
    #[serde(default)]
    answer: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    Text(String),
}

/// Reads a list.
///
/// # Errors
/// Every line that is no question and answer.
pub fn load_jsonl(file: &str, text: &str) -> Result<Revision, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut entries = BTreeMap::new();
    for (at, line) in (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
    {
        match entry(line) {
            Ok(entry) => {
                if let Some(double) = entries.insert(entry.id.clone(), entry) {
                    problems.push(Problem::new(
                        file,
                        at,
                        format!("the id `{}` stands twice", double.id),
                    ));
                }
            }
            Err(what) => problems.push(Problem::new(file, at, what)),
        }
    }
    if entries.is_empty() {
        problems.push(Problem::new(
            file,
            0,
            "there is no question and answer in this file",
        ));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let hash = Sha256::digest(text.as_bytes());
    Ok(Revision {
        id: RevisionId(format!("{hash:.16x}")),
        entries,
        sources: BTreeMap::new(),
        rules: Vec::new(),
        concepts: Vec::new(),
        phrasings: Vec::new(),
        decision: None,
        holidays: Holidays::default(),
    })
}

fn entry(line: &str) -> Result<Entry, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let id = match line.id {
        Id::Number(number) => number.to_string(),
        Id::Text(text) => text,
    };
    let id: EntryId = id.parse().map_err(|error| format!("{error}"))?;
    let lang = Lang::negotiate(line.lang.as_deref()).lang();
    Ok(Entry {
        id,
        category: "list".to_owned(),
        municipality: "annaka".to_owned(),
        status: Status::Unknown,
        as_of: AsOf::Year(1900),
        valid_until: None,
        review_by: None,
        sources: Vec::new(),
        related: Vec::new(),
        needs: Vec::new(),
        handover: HandoverOffer::Offer,
        questions: BTreeMap::from([(lang, vec![line.question])]),
        event: None,
        body: BTreeMap::from([(lang, line.answer)]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_bad_lines_are_named() {
        let good = "{\"id\":\"Q_1\",\"lang\":\"ja\",\"question\":\"粗大ごみは\",\"answer\":\"…\"}\n\n{\"id\":2,\"question\":\"x\"}\n";
        let revision = load_jsonl("faq.jsonl", good).unwrap();
        assert_eq!(
            revision.entries.keys().map(EntryId::as_str).collect::<Vec<_>>(),
            vec!["2", "Q_1"]
        );
        let problems = load_jsonl(
            "faq.jsonl",
            &format!("{good}nonsense\n{{\"id\":2,\"question\":\"y\"}}"),
        )
        .unwrap_err();
        assert_eq!(
            problems.iter().map(|problem| problem.line).collect::<Vec<_>>(),
            vec![4, 5]
        );
    }
}
