//! `concierge eval`: how good the bot is, in numbers, and every miss.

pub mod fit;
pub mod holdout;
pub mod report;
pub mod score;

use std::{path::PathBuf, str::FromStr};

use clap::Args;

use crate::cli::{ask::Desk, knowledge::knowledge_at};

/// Scores the bot on labelled questions, or on its own ways of asking with one hand left out at a time.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Labelled questions, one JSON object a line.
    file: Option<PathBuf>,
    /// Leave each hand of `knowledge/phrasings/` out in turn and ask its lines.
    #[arg(long)]
    holdout: bool,
    /// With --holdout: fit the decision on the hands left out and write it to this file.
    #[arg(long, value_name = "FILE", requires = "holdout")]
    fit: Option<PathBuf>,
    /// Fail when a figure falls below: precision, direct, one-tap (of the file), first, three (of --holdout).
    #[arg(long, value_name = "FIGURE=LEAST")]
    floor: Vec<Floor>,
    /// Show how each miss came about.
    #[arg(long)]
    explain: bool,
    /// The knowledge folder.
    #[arg(long, env = "CONCIERGE_KNOWLEDGE", default_value = "knowledge")]
    knowledge: PathBuf,
}

/// The least a figure may be.
#[derive(Debug, Clone)]
pub struct Floor {
    figure: String,
    least: f64,
}

impl FromStr for Floor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (figure, least) = text
            .split_once('=')
            .ok_or("write FIGURE=LEAST, such as precision=0.97")?;
        let known = ["precision", "direct", "one-tap", "first", "three"];
        if !known.contains(&figure) {
            return Err(format!(
                "there is no figure `{figure}`: use one of {}",
                known.join(", ")
            ));
        }
        let least = least.parse().map_err(|_| format!("“{least}” is no number"))?;
        Ok(Self {
            figure: figure.to_owned(),
            least,
        })
    }
}

/// A measured figure, by the name its floor has.
type Figure = (&'static str, f64);

/// Runs the command.
///
/// # Errors
/// When the knowledge or the question file cannot be read, or a figure is below its floor.
pub fn run(args: &EvalArgs) -> anyhow::Result<()> {
    let revision = knowledge_at(&args.knowledge)?;
    let mut figures = Vec::new();
    if args.holdout {
        figures.extend(report::hold_out(&revision, args.fit.as_deref())?);
    }
    match &args.file {
        Some(file) => figures.extend(score::run(&Desk::open(revision)?, file, args.explain)?),
        None if args.holdout => {}
        None => anyhow::bail!("Name a file of labelled questions, or use --holdout"),
    }
    for floor in &args.floor {
        match figures.iter().find(|(name, _)| *name == floor.figure) {
            Some((name, value)) if *value < floor.least => {
                anyhow::bail!("{name} is {value:.3}, below its floor of {}", floor.least)
            }
            Some(_) => {}
            None => anyhow::bail!("{} was not measured in this run", floor.figure),
        }
    }
    Ok(())
}
