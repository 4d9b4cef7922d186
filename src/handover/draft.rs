//! An answer of the desk that may become an entry, and the file to start that entry from.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    clock::in_city, knowledge::EntryId, lang::Lang, outgoing::UserId, understanding::language::detect,
};

/// What one of the staff answered, kept for whoever writes the entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The question it most likely answers, in the mover's words but without anything that points to them; `None` if
    /// they sent no words.
    pub question: Option<String>,
    /// The language the mover is answered in.
    pub lang: Lang,
    pub text: String,
    /// The entry it would change, if it is about one.
    pub entry: Option<EntryId>,
    /// Who asked; never leaves the store. `None` once they are forgotten.
    pub asked_by: Option<UserId>,
    /// Which colleague kept it; never leaves the store.
    pub by: UserId,
    /// When it was answered.
    pub at: Timestamp,
}

impl Draft {
    /// The draft as the file of an entry, complete except for what only a person can add, which comments in it point
    /// out. It contains no names or ids except those in the words themselves.
    #[must_use]
    pub fn file(&self) -> String {
        let (asked, answered) = (self.question.as_deref(), self.text.trim());
        let mut file = String::from("+++\n");
        let day = in_city(self.at).date();
        let question = asked.map(|text| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (detect(&text).unwrap_or(self.lang), quoted(&text))
        });
        let question = match question {
            Some((lang, text)) => format!("{lang} = [{text}]"),
            None => "# the mover sent no words: write the question here".to_owned(),
        };
        // Writing to a string cannot fail.
        let _infallible = write!(
            file,
            "# take out what is about one person only: names, addresses, dates of theirs\n\
             municipality = \"annaka\"\n\
             # \"current\" once the city confirms it\n\
             status = \"draft\"\n\
             as_of = \"{day}\"\n\
             # fill in the source before moving this file into knowledge/<category>/\n\
             sources = []\n\
             handover = \"offer\"\n\n\
             # the first question of each language stands on a button: make it short, and add the other languages\n\
             [questions]\n\
             {question}\n\
             +++\n\
             ## {}\n\
             {}\n",
            detect(answered).unwrap_or(self.lang),
            body(answered),
        );
        file
    }
}

/// A string of TOML on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// No line of an answer begins a section.
fn body(text: &str) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix("##") {
        Some(rest) => rest.trim_start_matches('#').trim_start(),
        None => line.trim_end(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::knowledge::{Status, parse::parse_entry};

    fn draft(question: Option<&str>, text: &str) -> Draft {
        Draft {
            question: question.map(str::to_owned),
            lang: Lang::Ja,
            text: text.to_owned(),
            entry: None,
            asked_by: Some(UserId(4_711_001)),
            by: UserId(4_711_002),
            at: "2026-11-24T15:30:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_draft_is_the_file_of_an_entry_without_its_source() {
        let file = draft(
            Some("家賃の\n相場は"),
            "1人用は、月に4万円ほどです。\n## 広さで変わります。",
        )
        .file();
        assert_snapshot!(file, @r#"
        +++
        # take out what is about one person only: names, addresses, dates of theirs
        municipality = "annaka"
        # "current" once the city confirms it
        status = "draft"
        as_of = "2026-11-25"
        # fill in the source before moving this file into knowledge/<category>/
        sources = []
        handover = "offer"

        # the first question of each language stands on a button: make it short, and add the other languages
        [questions]
        ja = ["家賃の 相場は"]
        +++
        ## ja
        1人用は、月に4万円ほどです。
        広さで変わります。
        "#);
    }

    #[test]
    fn question_and_answer_stand_under_the_languages_they_are_written_in() {
        let file = draft(Some("What is the rent?"), "月に4万円ほどです。").file();
        let (entry, problems) = parse_entry("housing/draft-1.md", &file);
        assert_eq!(problems, []);
        let entry = entry.unwrap();
        assert_eq!(entry.questions[&Lang::En], ["What is the rent?"]);
        assert_eq!(entry.body[&Lang::Ja], "月に4万円ほどです。");
        assert_eq!(entry.status, Status::Draft);
    }

    proptest! {
        #[test]
        fn whatever_was_written_the_file_can_be_read(
            question in proptest::option::of("(\\PC|[\"\\\\\n+#]){1,60}"),
            text in "(\\PC|\n|\n## ja\n|\n\\+\\+\\+\n){1,60}",
        ) {
            let file = draft(question.as_deref(), &text).file();
            let (entry, problems) = parse_entry("housing/draft-1.md", &file);
            prop_assert_eq!(problems, vec![], "{}", file);
            prop_assert!(entry.is_some(), "{}", file);
            prop_assert!(!file.contains("4711"), "{}", file);
        }
    }
}
