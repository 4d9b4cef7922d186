//! `concierge backup` and `concierge restore`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};

use crate::{
    cli::located::{Located, expect_store},
    clock::Clock,
    http::admin,
    store::{self, Store, StoreError},
};

#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// The file to write; it must not be there yet
    file: PathBuf,
    #[command(flatten)]
    located: Located,
}

#[derive(Debug, clap::Args)]
pub(super) struct RestoreArgs {
    /// The file that `concierge backup` wrote
    file: PathBuf,
    #[command(flatten)]
    located: Located,
}

pub(super) async fn backup(args: BackupArgs) -> anyhow::Result<()> {
    let config = args.located.config()?;
    if args.file.exists() {
        bail!("{} is there already: name a new file", args.file.display());
    }
    expect_store(&config.data)?;
    // The running bot may live in another folder.
    let file = std::path::absolute(&args.file).context("Cannot tell where this folder is")?;
    let records = copy(&config.data, &file).await?;
    println!("{records} records written to {}", file.display());
    Ok(())
}

async fn copy(data: &Path, file: &Path) -> anyhow::Result<usize> {
    match Store::open(data, Clock::system()) {
        Ok(store) => Ok(store.backup(file).await?),
        Err(StoreError::Locked { .. }) => Ok(admin::request_backup(data, file).await?),
        Err(error) => Err(error.into()),
    }
}

/// Brings a backup back and looks whether it holds together.
pub(super) async fn restore(args: RestoreArgs) -> anyhow::Result<ExitCode> {
    let config = args.located.config()?;
    let records = store::restore(&args.file, &config.data)?;
    println!("{records} records restored into {}", config.data.display());
    let found = Store::open(&config.data, Clock::system())?.examine().await?;
    for fault in &found.faults {
        println!("problem: {fault}");
    }
    if found.faults.is_empty() {
        println!("looked through: no problem");
        return Ok(ExitCode::SUCCESS);
    }
    println!("The copy is damaged; try an earlier one in another folder");
    Ok(ExitCode::FAILURE)
}
