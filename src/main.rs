//! The `concierge` program: reads the command line, starts logging, carries the command out.

use std::process::ExitCode;

use annaka_concierge::cli::{Cli, start_logging};
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    start_logging();
    match cli.run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("concierge: {error:#}");
            ExitCode::FAILURE
        }
    }
}
