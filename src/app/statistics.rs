//! The figures of a time, read from the store.

use std::{future, panic::resume_unwind};

use jiff::Timestamp;

use crate::{
    app::App,
    clock::in_city,
    conversation::Note,
    handover::unanswered::{self, Unanswered},
    statistics::{Miss, Period, Told, count},
    store::StoreError,
};

/// At most this many records are counted, the newest.
const MOST: usize = 50_000;

/// What is told of a time, and what it was counted from.
#[derive(Debug)]
pub struct Counted {
    pub told: Told,
    /// Those of this time and the one before, newest first.
    pub notes: Vec<Note>,
}

impl App {
    /// Counts a time and the one before it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn counted(&self, period: Period) -> Result<Counted, StoreError> {
        let (before, end) = (period.before(), period.end());
        let within = |at: Timestamp| in_city(at).date() < end;
        let mut notes = self.store().notes_since(before.starts(), MOST).await?;
        notes.retain(|note| within(note.at()));
        let happened = self.store().happened_since(before.first(), MOST).await?;
        let told = Told {
            period,
            figures: count(&notes, &happened, period),
            before: count(&notes, &happened, before),
            misses: self.misses(&notes, period).await,
            movers: self
                .store()
                .count_movers(|at| period.contains(in_city(at).date()))?,
        };
        Ok(Counted { told, notes })
    }

    /// What was not answered, like questions together, the most frequent first.
    async fn misses(&self, notes: &[Note], period: Period) -> Vec<Miss> {
        let within = |note: &&Note| period.contains(in_city(note.at()).date());
        let open = unanswered::of_notes(notes.iter().filter(within).cloned().collect());
        let (open, mut groups) = self.alike(open).await;
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        let newest = groups.iter().filter_map(|group| {
            let question = open.get(*group.first()?)?.question.clone();
            let count = group.len();
            Some(Miss { question, count })
        });
        newest.collect()
    }

    /// Questions, and which of them are alike as places in that list.
    pub async fn alike(&self, questions: Vec<Unanswered>) -> (Vec<Unanswered>, Vec<Vec<usize>>) {
        let knowledge = self.knowledge();
        // Thousands of questions take their time: not for an async task's thread.
        let grouped = tokio::task::spawn_blocking(move || {
            let said: Vec<&str> = questions.iter().map(|one| one.question.as_str()).collect();
            let groups = knowledge.understanding.alike(&said);
            (questions, groups)
        });
        match grouped.await {
            Ok(grouped) => grouped,
            Err(failed) => match failed.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                // The runtime goes down before the work began, and this task with it.
                Err(_) => future::pending().await,
            },
        }
    }
}
