//! `concierge store check`: whether what the bot keeps holds together.

use std::path::PathBuf;

use crate::{
    cli::located::{Located, expect_store, with_copy},
    clock::Clock,
    store::{Examination, Store},
};

#[derive(Debug, clap::Subcommand)]
pub(super) enum StoreCommand {
    /// Read every record and look whether they fit together; the bot has to be stopped, or name a backup
    Check(CheckArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Look at this backup instead of the store
    #[arg(long, value_name = "FILE")]
    backup: Option<PathBuf>,
    #[command(flatten)]
    located: Located,
}

/// Says what was found; false if something does not hold together.
pub(super) async fn run(command: StoreCommand) -> anyhow::Result<bool> {
    let StoreCommand::Check(args) = command;
    let config = args.located.config()?;
    let found = match args.backup {
        Some(file) => with_copy(&config.data, &file, async |store| store.examine().await).await?,
        None => {
            expect_store(&config.data)?;
            Store::open(&config.data, Clock::system())?.examine().await?
        }
    };
    tell(&found);
    Ok(found.faults.is_empty())
}

/// Tells what is there and what is wrong.
pub(super) fn tell(found: &Examination) {
    for (tree, records) in found.records.iter().filter(|(_, records)| **records > 0) {
        println!("{records:>9}  {tree}");
    }
    for fault in &found.faults {
        println!("problem: {fault}");
    }
    match found.faults.len() {
        0 => println!("{} records, no problem", found.total()),
        faults => println!(
            "{} records, {faults} problems: keep a copy of the data folder, then bring back the last backup with `concierge restore FILE`",
            found.total()
        ),
    }
}
