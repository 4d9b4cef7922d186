//! All requests for an event as a table that opens in a spreadsheet as what it is: text, not formulas.

use crate::{
    clock::in_city,
    lang::Lang,
    outgoing::File,
    phrases::{Phrases, Text, language_name},
    signups::list::{SignUp, SignUpList, State},
};

/// Tells Excel that the file is UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The table in this language, one row a request, in the order of asking. Of who stays away it holds nothing but that.
#[must_use]
pub fn table(list: &SignUpList, phrases: &Phrases, lang: Lang) -> File {
    let say = |text: Text<'_>| phrases.say(lang, &text);
    let mut text = String::from(BYTE_ORDER_MARK);
    let head = [
        Text::TableState,
        Text::TableAsked,
        Text::TableName,
        Text::TablePeople,
        Text::TableDay,
        Text::TableNote,
        Text::TableLanguage,
    ];
    push_row(&mut text, &head.map(say));
    for one in list.all() {
        push_row(&mut text, &row(one, phrases, lang));
    }
    File {
        name: format!("{}.csv", list.event),
        text,
    }
}

fn row(one: &SignUp, phrases: &Phrases, lang: Lang) -> [String; 7] {
    let state = phrases.say(lang, &state_name(one.state));
    if !one.state.is_live() {
        return std::array::from_fn(|cell| if cell == 0 { state.clone() } else { String::new() });
    }
    let note = one.filled.note.as_ref().map(|note| note.as_str().to_owned());
    [
        state,
        in_city(one.asked).strftime("%Y-%m-%d %H:%M").to_string(),
        one.filled.name().to_owned(),
        one.filled.people.count().to_string(),
        one.filled.day.map(|day| day.to_string()).unwrap_or_default(),
        note.unwrap_or_default(),
        phrases.say(lang, &language_name(one.lang)),
    ]
}

/// What staff call a state.
#[must_use]
pub fn state_name(state: State) -> Text<'static> {
    match state {
        State::Asked => Text::StateAsked,
        State::Confirmed(_) => Text::StateConfirmed,
        State::Waiting(_) => Text::StateWaiting,
        State::Declined(_) => Text::StateDeclined,
        State::Withdrawn => Text::StateWithdrawn,
    }
}

fn push_row(text: &mut String, cells: &[String; 7]) {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(&defused(cell))).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// A spreadsheet takes what begins so for a formula; an apostrophe makes it text.
fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        outgoing::UserId,
        signups::{
            CallName, Filled, Remark,
            sample::{filled, list, now},
        },
    };

    #[test]
    fn formulas_are_text_and_commas_stay_in_their_cells() {
        for (cell, wanted) in [
            ("=1+1", "'=1+1"),
            ("+81", "'+81"),
            ("-", "'-"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(defused(cell), wanted);
        }
        assert_eq!(quoted("a,\"b\"\n"), "\"a,\"\"b\"\"\n\"");
    }

    proptest! {
        #[test]
        fn whatever_was_written_comes_back_cell_by_cell(
            name in "\\PC{0,30}[a-zあ-ん]", note in "(\\PC|[,\"\n=+@]){1,60}"
        ) {
            let mut list = list();
            let (Ok(name), Ok(note)) = (CallName::read(&name), Remark::read(&note)) else { return Ok(()) };
            let filled = Filled { name: Some(name), note: Some(note), ..filled("x", 2) };
            prop_assert!(list.ask(UserId(1), Lang::Ja, filled.clone(), now()).is_ok());
            let file = table(&list, &Phrases::load().unwrap(), Lang::Ja);
            let text = file.text.strip_prefix(BYTE_ORDER_MARK).unwrap();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
            prop_assert_eq!(rows.len(), 1);
            prop_assert_eq!(&rows[0][2], defused(filled.name()));
            prop_assert_eq!(&rows[0][5], defused(filled.note.unwrap().as_str()));
            for cell in &rows[0] {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{}", cell);
            }
        }
    }
}
