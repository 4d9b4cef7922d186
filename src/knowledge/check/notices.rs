//! What is no fault of the knowledge yet, but should be seen to.

use jiff::{ToSpan, civil::Date};

use crate::knowledge::{holidays, problem::Problem, revision::Revision};

/// The table of holidays should reach at least this many days ahead.
const DAYS_AHEAD: i64 = 60;

/// Everything to be seen to as of a day of the city's calendar. None of it keeps the revision from being used.
#[must_use]
pub fn notices(revision: &Revision, today: Date) -> Vec<Problem> {
    let holidays = holidays_run_out(revision, today);
    holidays.into_iter().chain(unreviewed(revision, today)).collect()
}

/// Entries that were to be looked at again before this day.
fn unreviewed(revision: &Revision, today: Date) -> impl Iterator<Item = Problem> {
    revision.entries.values().filter_map(move |entry| {
        let day = entry.review_by.filter(|day| *day < today)?;
        let file = format!("{}/{}.md", entry.category, entry.id.as_str());
        let what =
            format!("it was to be looked at again by {day}: set review_by anew, or put the entry right");
        Some(Problem::new(&file, 0, what))
    })
}

fn holidays_run_out(revision: &Revision, today: Date) -> Option<Problem> {
    let what = match revision.holidays.last() {
        None => "no public holiday is known, so the desk counts as open on all of them".to_owned(),
        Some(last) if last >= today.saturating_add(DAYS_AHEAD.days()) => return None,
        Some(last) => format!("the table ends on {last}; the desk counts as open on every holiday after it"),
    };
    let what = format!("{what}: put the Cabinet Office's present syukujitsu.csv here");
    Some(Problem::new(holidays::FILE, 0, what))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::knowledge::{Holidays, load_jsonl};

    #[test]
    fn a_table_that_ends_within_sixty_days_is_pointed_out() {
        let list = "{\"id\":\"a\",\"lang\":\"ja\",\"question\":\"q\",\"answer\":\"a\"}\n";
        let mut revision = load_jsonl("list.jsonl", list).unwrap();
        let check = |revision: &Revision, today, wanted: &[&str]| {
            let said: Vec<String> = notices(revision, today).iter().map(ToString::to_string).collect();
            assert_eq!(said, wanted);
        };
        check(
            &revision,
            date(2026, 1, 1),
            &[
                "holidays.csv: no public holiday is known, so the desk counts as open on all of them: put the Cabinet Office's present syukujitsu.csv here",
            ],
        );
        revision.holidays = Holidays([(date(2027, 11, 23), "勤労感謝の日".to_owned())].into());
        check(&revision, date(2027, 9, 24), &[]);
        check(
            &revision,
            date(2027, 9, 25),
            &[
                "holidays.csv: the table ends on 2027-11-23; the desk counts as open on every holiday after it: put the Cabinet Office's present syukujitsu.csv here",
            ],
        );
    }

    #[test]
    fn an_entry_that_was_to_be_looked_at_again_is_pointed_out_from_the_next_day_on() {
        let list = "{\"id\":\"a\",\"lang\":\"ja\",\"question\":\"q\",\"answer\":\"a\"}\n";
        let mut revision = load_jsonl("list.jsonl", list).unwrap();
        revision.holidays = Holidays([(date(2030, 1, 1), "元日".to_owned())].into());
        for entry in revision.entries.values_mut() {
            entry.review_by = Some(date(2026, 11, 24));
        }
        assert_eq!(notices(&revision, date(2026, 11, 24)), []);
        let told = notices(&revision, date(2026, 11, 25));
        assert_eq!(told.len(), 1);
        assert!(
            told[0]
                .to_string()
                .contains("a.md: it was to be looked at again by 2026-11-24"),
            "{told:?}"
        );
    }
}
