//! `concierge kb export-drafts`: what staff kept as drafts, and the ways of asking that movers' taps propose, as files
//! for the knowledge folder.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    cli::{
        located::{Located, expect_store},
        proposed,
    },
    clock::Clock,
    store::{NoteId, Store},
};

/// What movers' taps propose.
const PROPOSED: &str = "taps.tsv";

#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// The folder to write into; files that are there already stay as they are
    folder: PathBuf,
    #[command(flatten)]
    located: Located,
}

/// Writes one file a draft, and one of all proposed ways of asking.
///
/// # Errors
/// When the store cannot be opened (it is in use while the bot runs), or a file not be written.
pub(super) async fn export(args: &ExportArgs) -> anyhow::Result<()> {
    let config = args.located.config()?;
    expect_store(&config.data)?;
    let store = Store::open(&config.data, Clock::system())?;
    let drafts = store.drafts().await?;
    let notes = store.notes(NoteId(0), usize::MAX).await?;
    let proposed = proposed::of_notes(notes.into_iter().map(|(_, note)| note));
    if drafts.is_empty() {
        println!("There are no drafts yet: staff make them with the button under their replies");
    }
    if drafts.is_empty() && proposed.is_empty() {
        return Ok(());
    }
    fs::create_dir_all(&args.folder)
        .with_context(|| format!("Cannot make the folder {}", args.folder.display()))?;
    let mut written = 0;
    for (id, draft) in &drafts {
        let path = args.folder.join(format!("draft-{}.md", id.0));
        if write_new(&path, &draft.file()).with_context(|| format!("Cannot write {}", path.display()))? {
            println!("{}", path.display());
            written += 1;
        } else {
            println!("{} is there already and stays as it is", path.display());
        }
    }
    if !drafts.is_empty() {
        println!("{written} of {} draft(s) written", drafts.len());
    }
    if !proposed.is_empty() {
        let path = args.folder.join(PROPOSED);
        if write_new(&path, &proposed::file(&proposed))
            .with_context(|| format!("Cannot write {}", path.display()))?
        {
            println!(
                "{}: {} ways of asking that movers tapped",
                path.display(),
                proposed.len()
            );
        } else {
            println!("{} is there already and stays as it is", path.display());
        }
    }
    Ok(())
}

/// False if there is such a file.
fn write_new(path: &Path, text: &str) -> std::io::Result<bool> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
