//! `concierge store check`: whether what the bot keeps holds together.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::{
    clock::Clock,
    config::{Config, Settings},
    store::{self, Examination, Store},
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
    /// The settings file [default: concierge.toml, if it is there]
    #[arg(long, env = "CONCIERGE_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

/// Says what was found; false if something does not hold together.
pub(super) async fn run(command: StoreCommand) -> anyhow::Result<bool> {
    let StoreCommand::Check(args) = command;
    let config = Config::resolve(args.settings, args.config.as_deref())?;
    let found = match args.backup {
        Some(file) => {
            let beside = tempdir_beside(&config.data)?;
            let examined = async {
                store::restore(&file, &beside)?;
                anyhow::Ok(Store::open(&beside, Clock::system())?.examine().await?)
            };
            let examined = examined.await;
            std::fs::remove_dir_all(&beside)
                .with_context(|| format!("Cannot remove {}", beside.display()))?;
            examined?
        }
        None if !Store::exists(&config.data) => bail!(
            "There is no store in {}: name its folder with CONCIERGE_DATA or --data",
            config.data.display()
        ),
        None => Store::open(&config.data, Clock::system())?.examine().await?,
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

/// A new folder on the same disk, where there is room for what is kept.
pub(super) fn tempdir_beside(data: &std::path::Path) -> anyhow::Result<PathBuf> {
    let name = format!(".check-{}", std::process::id());
    let folder = data.parent().unwrap_or(data).join(name);
    std::fs::create_dir_all(&folder).with_context(|| format!("Cannot create {}", folder.display()))?;
    Ok(folder)
}
