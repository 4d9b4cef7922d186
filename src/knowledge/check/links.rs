//! What entries say of each other and of the tables beside them.

use std::collections::BTreeMap;

use crate::{
    knowledge::{
        check::{Finding, Spot},
        entry::EntryId,
        revision::{Asks, Revision},
    },
    lang::Lang,
};

pub(super) fn check(revision: &Revision) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut asked: BTreeMap<(Lang, String), &EntryId> = BTreeMap::new();
    for entry in revision.entries.values() {
        for citation in &entry.sources {
            if !revision.sources.contains_key(&citation.source) {
                let what = format!("`{}` is not in sources.toml", citation.source.0);
                findings.push(Finding::new(entry, Spot::Key("sources"), what));
            }
        }
        for related in &entry.related {
            if *related == entry.id || !revision.entries.contains_key(related) {
                let what = format!("`related`: there is no other entry `{related}`");
                findings.push(Finding::new(entry, Spot::Key("related"), what));
            }
        }
        for (lang, question) in entry
            .questions
            .iter()
            .flat_map(|(lang, all)| all.iter().map(move |one| (*lang, one)))
        {
            if let Some(other) = asked.insert((lang, bare(question)), &entry.id) {
                let what =
                    format!("“{question}” also asks for {other}: a question that fits two topics harms both");
                findings.push(Finding::new(entry, Spot::Key("[questions]"), what));
            }
        }
    }
    findings.extend(stray_phrasings(revision));
    findings
}

/// Ways of asking for entries that are not there, or for two entries at once.
fn stray_phrasings(revision: &Revision) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut asked: BTreeMap<String, &Asks> = BTreeMap::new();
    for phrasing in &revision.phrasings {
        let mut find = |what: String| {
            let file = format!("phrasings/{}.tsv", phrasing.hand);
            findings.push(Finding {
                file,
                spot: Spot::Line(phrasing.line),
                what,
            });
        };
        if let Asks::Entry(id) = &phrasing.asks
            && !revision.entries.contains_key(id)
        {
            find(format!("there is no entry `{id}`"));
        }
        if let Some(other) = asked.insert(bare(&phrasing.text), &phrasing.asks)
            && *other != phrasing.asks
        {
            find(format!(
                "“{}” also stands for {other}: a question that fits two topics harms both",
                phrasing.text
            ));
        }
    }
    findings
}

/// A question without its spaces and closing marks.
fn bare(question: &str) -> String {
    question
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '?' | '？' | '。' | '、' | '.' | ','))
        .flat_map(char::to_lowercase)
        .collect()
}
