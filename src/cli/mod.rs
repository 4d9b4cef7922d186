//! The program's commands, one file each.

pub mod ask;
mod backup;
#[cfg(feature = "demo")]
pub mod demo;
#[cfg(feature = "demo")]
mod demo_event;
mod drafts;
pub mod eval;
pub mod kb;
pub mod knowledge;
mod located;
mod logging;
mod proposed;
mod revisions;
mod run;
pub mod serve;
mod store;

use std::process::ExitCode;

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
    /// Try the whole bot in a browser, without a token: a built-in emulator plays Telegram
    #[cfg(feature = "demo")]
    Demo(demo::DemoArgs),
    /// Run the bot against Telegram
    Run(run::RunArgs),
    /// Answer one question, or each line of standard input, as the bot would
    Ask(ask::AskArgs),
    /// Check or list the knowledge and its revisions, or write out the drafts of new entries
    #[command(subcommand)]
    Kb(kb::KbCommand),
    /// Score the bot on labelled questions
    Eval(eval::EvalArgs),
    /// Copy everything the bot keeps into one file, also while it runs
    Backup(backup::BackupArgs),
    /// Bring a backup back into a new data folder
    Restore(backup::RestoreArgs),
    /// Look whether what the bot keeps holds together
    #[command(subcommand)]
    Store(store::StoreCommand),
}

impl Cli {
    /// Carries out the command.
    ///
    /// # Errors
    /// What happened, where, and what to do, for the person at the terminal.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            #[cfg(feature = "demo")]
            Command::Demo(args) => demo::run(args).await?,
            Command::Run(args) => run::run(args).await?,
            Command::Ask(args) => ask::run(&args)?,
            Command::Kb(command) => {
                if !kb::run(&command).await? {
                    return Ok(ExitCode::FAILURE);
                }
            }
            Command::Eval(args) => eval::run(&args)?,
            Command::Backup(args) => backup::backup(args).await?,
            Command::Restore(args) => return backup::restore(args).await,
            Command::Store(command) => {
                if !store::run(command).await? {
                    return Ok(ExitCode::FAILURE);
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
