//! What can go wrong with the store, worded for the person who has to act: what happened, where, what to do.

use std::{io, path::PathBuf};

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("Another process holds the store in {}: stop it first, or choose another folder with CONCIERGE_DATA", dir.display())]
    Locked { dir: PathBuf },
    #[error(
        "The store in {} has schema {found}, this program knows up to {known}: run the newer version of the program again", dir.display()
    )]
    NewerSchema { dir: PathBuf, found: u32, known: u32 },
    #[error(
        "A {what} in the store has version {found}, this program knows up to {known}: run the newer version of the program again"
    )]
    NewerRecord {
        what: &'static str,
        found: u8,
        known: u8,
    },
    #[error(
        "A {what} in the store has version {found}, this program reads {oldest} and later: run a program in between first (CHANGELOG.md), or bring back a later backup"
    )]
    OlderRecord {
        what: &'static str,
        found: u8,
        oldest: u8,
    },
    #[error(
        "The store in {} is damaged ({detail}): move that folder away and bring back the last backup with `concierge restore FILE`", dir.display()
    )]
    Corrupt { dir: PathBuf, detail: String },
    #[error(
        "A {what} in the store cannot be read ({detail}): bring back the last backup with `concierge restore FILE`"
    )]
    BadRecord { what: &'static str, detail: String },
    #[error(
        "The store could not write to its disk ({0}): free space or mend the disk, then start again; nothing that was confirmed is lost"
    )]
    Disk(String),
    #[error(
        "The disk did not take what was written to it ({0}): look at the disk and the kernel's log (`dmesg`), then start again; nothing that was confirmed is lost"
    )]
    Sync(String),
    #[error(
        "The disk under {} failed while the store was last open, and does not take the store's copy either ({source}): free space, or move the data folder to a sound disk, then start again; nothing that was confirmed is lost", dir.display()
    )]
    StillFailing { dir: PathBuf, source: io::Error },
    #[error("Cannot {doing} {}: {source}", path.display())]
    File {
        doing: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("The store in {} is not empty: restore only into a new folder (CONCIERGE_DATA)", dir.display())]
    NotEmpty { dir: PathBuf },
    #[error("{} is not a usable backup, line {line}: {reason}", path.display())]
    BadBackup {
        path: PathBuf,
        line: usize,
        reason: String,
    },
    #[error("There is no revision {0} in the store: `/reload back` in the chat shows those that are kept")]
    NoSuchRevision(String),
}

impl From<sled::Error> for StoreError {
    fn from(error: sled::Error) -> Self {
        Self::Disk(error.to_string())
    }
}

/// Shorthand within the store.
pub(super) type Result<T> = std::result::Result<T, StoreError>;
