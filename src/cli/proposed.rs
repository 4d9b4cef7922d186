//! Ways of asking that movers' taps propose: who chose an entry, or said that it was right, told what their words
//! meant.

use std::{cmp::Reverse, collections::BTreeMap, fmt::Write};

use crate::{
    conversation::{masking::MASK, note::Note},
    knowledge::EntryId,
    lang::Lang,
    understanding::{language::detect, normalize::normalize},
};

/// A question and the entry it was tapped to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proposed {
    pub(super) entry: EntryId,
    pub(super) question: String,
    /// How many taps more said so than said no.
    pub(super) taps: usize,
}

/// What the taps of the notes propose, the most often tapped first. A question that was tapped away as often as chosen
/// proposes nothing, nor does one in which something was masked: as a way of asking it is torn.
pub(super) fn of_notes(notes: impl IntoIterator<Item = Note>) -> Vec<Proposed> {
    let mut tapped: BTreeMap<(EntryId, String), (String, isize)> = BTreeMap::new();
    for note in notes {
        let Note::Tapped {
            question,
            entry,
            right,
            ..
        } = note
        else {
            continue;
        };
        let (_, taps) = tapped
            .entry((entry, normalize(&question)))
            .or_insert_with(|| (one_line(&question), 0));
        *taps += if right { 1 } else { -1 };
    }
    let mut proposed: Vec<Proposed> = tapped
        .into_iter()
        .filter_map(|((entry, _), (question, taps))| {
            let taps = usize::try_from(taps).ok().filter(|&taps| taps > 0)?;
            (!question.contains(MASK)).then_some(Proposed {
                entry,
                question,
                taps,
            })
        })
        .collect();
    proposed.sort_by_key(|proposed| Reverse(proposed.taps));
    proposed
}

/// As a hand of `knowledge/phrasings/`, to be read and pruned first.
pub(super) fn file(proposed: &[Proposed]) -> String {
    let mut text = String::from(
        "# What movers tapped their words to mean, most often first. Read every line: a line that fits two entries harms\n\
         # both, and none may tell who asked. Then keep the file as knowledge/phrasings/<name>.tsv.\n",
    );
    let mut last = 0;
    for Proposed {
        entry,
        question,
        taps,
    } in proposed
    {
        if *taps != last {
            let _ = writeln!(text, "# tapped {taps} time(s)");
            last = *taps;
        }
        let lang = detect(question).unwrap_or(Lang::Ja);
        let _ = writeln!(text, "{entry}\t{lang}\t{question}");
    }
    text
}

fn one_line(question: &str) -> String {
    question.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{conversation::masked, knowledge::tables::parse_phrasings};

    fn tap(question: &str, entry: &str, right: bool) -> Note {
        Note::Tapped {
            question: question.to_owned(),
            entry: entry.parse().unwrap(),
            right,
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn taps_become_lines_the_knowledge_can_read() {
        let proposed = of_notes([
            tap("屋根を\n直したい", "repair-grant", true),
            tap("屋根を直したい", "repair-grant", true),
            tap("Any money for a roof?", "repair-grant", true),
        ]);
        let mut problems = Vec::new();
        let file = file(&proposed);
        let lines = parse_phrasings("phrasings/taps.tsv", &file, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        let read: Vec<(Lang, &str)> = lines.iter().map(|line| (line.lang, line.text.as_str())).collect();
        assert_eq!(
            read,
            [(Lang::Ja, "屋根を 直したい"), (Lang::En, "Any money for a roof?")]
        );
        assert!(file.contains("# tapped 2 time(s)"), "{file}");
    }

    #[test]
    fn what_was_tapped_away_or_masked_is_not_proposed() {
        let proposed = of_notes([
            tap("屋根", "repair-grant", true),
            tap("屋根", "repair-grant", false),
            tap(&masked("027-000-1234に電話して屋根の件を"), "repair-grant", true),
            tap(
                &masked("mail me at a@example.com about roofs"),
                "repair-grant",
                true,
            ),
            tap("2026年に250000円", "repair-grant", true),
        ]);
        let questions: Vec<&str> = proposed.iter().map(|one| one.question.as_str()).collect();
        assert_eq!(questions, ["2026年に250000円"]);
    }
}
