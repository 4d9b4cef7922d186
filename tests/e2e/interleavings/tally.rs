//! What happened in the towns, so that a quiet one does not pass for a safe one; and which of them went wrong.

use std::{collections::BTreeMap, fmt};

use super::{Kind, Play};

#[derive(Default)]
pub(super) struct Tally {
    pub(super) deeds: BTreeMap<&'static str, usize>,
    passed_on: usize,
    sent: usize,
    kept: usize,
    notes: usize,
    repeated: usize,
    unseen: u64,
}

impl Tally {
    /// Something was done.
    pub(super) fn did(&mut self, deed: &'static str) {
        *self.deeds.entry(deed).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (deed, count) in &other.deeds {
            *self.deeds.entry(deed).or_default() += count;
        }
        self.passed_on += other.passed_on;
        self.sent += other.sent;
        self.kept += other.kept;
        self.notes += other.notes;
        self.repeated += other.repeated;
        self.unseen += other.unseen;
    }
}

impl Play<'_> {
    pub(super) fn counted(&mut self) -> Tally {
        let mut tally = std::mem::take(&mut self.tally);
        let count = |is: &dyn Fn(&super::Word) -> bool| self.words.iter().filter(|word| is(word)).count();
        tally.passed_on = count(&|word| word.kind.is_movers() && word.arrived);
        tally.sent = count(&|word| word.kind == Kind::Staff && word.arrived);
        tally.kept = count(&|word| word.kind == Kind::Staff && !word.arrived);
        tally.notes = count(&|word| word.kind == Kind::Note);
        tally.repeated = self.repeated().len();
        tally.unseen = self.unseen_so_far();
        tally
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            deeds,
            passed_on,
            sent,
            kept,
            notes,
            repeated,
            unseen,
        } = self;
        write!(
            f,
            "{passed_on} words of movers passed on, {sent} of staff sent, {kept} kept among staff, {notes} notes kept, \
             {repeated} repeated of {unseen} unseen; {} deeds:",
            deeds.values().sum::<usize>()
        )?;
        for (deed, count) in deeds {
            write!(f, " {deed} {count},")?;
        }
        Ok(())
    }
}

/// Says which town went wrong.
pub(super) struct Announce(pub(super) u64);

impl Drop for Announce {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("play it again with CONCIERGE_SEED={}", self.0);
        }
    }
}
