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
            eprintln!("concierge: {}", told(&error));
            ExitCode::FAILURE
        }
    }
}

/// The error with its causes; many name theirs already.
fn told(error: &anyhow::Error) -> String {
    error.chain().skip(1).fold(error.to_string(), |told, cause| {
        let cause = cause.to_string();
        if told.contains(&cause) {
            told
        } else {
            format!("{told}: {cause}")
        }
    })
}
