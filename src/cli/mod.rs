//! The program's commands, one file each.

mod backup;
mod logging;
mod run;
pub mod serve;

use clap::{Parser, Subcommand};

pub use logging::start_logging;
pub use serve::serve;

/// A relocation concierge for Annaka (安中市), in Telegram
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot against Telegram
    Run(run::RunArgs),
    /// Copy everything the bot keeps into one file, also while it runs
    Backup(backup::BackupArgs),
    /// Bring a backup back into a new data folder
    Restore(backup::RestoreArgs),
}

impl Cli {
    /// Carries out the command.
    ///
    /// # Errors
    /// What happened, where, and what to do, for the person at the terminal.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Run(args) => run::run(args).await,
            Command::Backup(args) => backup::backup(args).await,
            Command::Restore(args) => backup::restore(args),
        }
    }
}
