//! `concierge eval`: how good the bot is, in numbers, with every miss, and compared with an earlier run.

pub mod against;
pub mod confusion;
pub mod curve;
pub mod draw;
pub mod figure;
pub mod fit;
pub mod holdout;
pub mod judge;
pub mod kept;
mod labelled;
mod logistic;
pub mod miss;
pub mod questions;
pub mod ranking;
pub mod report;
pub mod score;
pub mod scored;
pub mod stats;
pub mod tables;
pub mod without;

use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use clap::Args;

use crate::cli::{
    eval::{score::Asker, without::Part},
    knowledge::knowledge_at,
};

/// Scores the bot on labelled questions, or on its own ways of asking with one hand left out at a time.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Labelled questions, one JSON object a line; of several files each is told by itself.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Leave each hand of `knowledge/phrasings/` out in turn and ask its lines.
    #[arg(long)]
    holdout: bool,
    /// With --holdout: fit the decision on the hands left out and write it to this file.
    #[arg(long, value_name = "FILE", requires = "holdout")]
    fit: Option<PathBuf>,
    /// With --holdout: tell which topics are taken for which.
    #[arg(long, requires = "holdout")]
    confusion: bool,
    /// With --holdout: leave out a part of the understanding, to see what it is worth.
    #[arg(long, value_enum, requires = "holdout", conflicts_with = "fit")]
    without: Option<Part>,
    /// Fail when a figure falls below: precision, direct, one-tap, mrr (of the files, or of NAME.jsonl), first, three,
    /// topics-first, topics-three, gaps (of --holdout).
    #[arg(long, value_name = "[NAME:]FIGURE=LEAST")]
    floor: Vec<Floor>,
    /// Show how each miss came about.
    #[arg(long)]
    explain: bool,
    /// Write the run to this file, for a later one to be compared with.
    #[arg(long, value_name = "FILE", requires = "files")]
    json: Option<PathBuf>,
    /// Compare with a run that --json wrote.
    #[arg(long, value_name = "FILE", requires = "files")]
    against: Option<PathBuf>,
    /// Draw how much would be answered, and how much of that wrong, at every threshold.
    #[arg(long, value_name = "FILE.svg", value_parser = drawing)]
    curve: Option<PathBuf>,
    /// The knowledge: a folder, or a `.jsonl` list of questions and answers.
    #[arg(long, env = "CONCIERGE_KNOWLEDGE", default_value = "knowledge")]
    knowledge: PathBuf,
}

/// The name of a drawing.
fn drawing(name: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(name);
    if path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("svg"))
    {
        Ok(path)
    } else {
        Err("it is drawn as SVG: let its name end in .svg".to_owned())
    }
}

/// The least a figure may be.
#[derive(Debug, Clone)]
pub struct Floor {
    /// The one file it is for; that of all, or of none, has no name.
    file: Option<String>,
    figure: String,
    least: f64,
}

impl FromStr for Floor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (figure, least) = text
            .split_once('=')
            .ok_or("write FIGURE=LEAST, such as precision=0.97")?;
        let (file, figure) = match figure.split_once(':') {
            Some((file, figure)) => (Some(file.to_owned()), figure),
            None => (None, figure),
        };
        let known = [
            "precision",
            "direct",
            "one-tap",
            "mrr",
            "first",
            "three",
            "topics-first",
            "topics-three",
            "gaps",
        ];
        if !known.contains(&figure) {
            return Err(format!(
                "there is no figure `{figure}`: use one of {}",
                known.join(", ")
            ));
        }
        let least = least.parse().map_err(|_| format!("“{least}” is no number"))?;
        Ok(Self {
            file,
            figure: figure.to_owned(),
            least,
        })
    }
}

/// A measured figure, by the name its floor has.
type Measured = (&'static str, f64);

impl Floor {
    /// Whether it is for what was measured of a file, or of no file.
    fn is_for(&self, file: Option<&Path>) -> bool {
        let name = file.and_then(Path::file_stem);
        let named = self.file.as_deref();
        named.is_none_or(|named| name.is_some_and(|name| name == named))
    }

    /// Holds what was measured to it; tells whether it was measured.
    fn hold(&self, measured: &[Measured], file: Option<&Path>) -> anyhow::Result<bool> {
        let found = measured.iter().find(|(name, _)| *name == self.figure);
        let Some((name, value)) = found.filter(|_| self.is_for(file)) else {
            return Ok(false);
        };
        let of = match (&self.file, file) {
            (Some(_), Some(file)) => format!(" of {}", file.display()),
            _ => String::new(),
        };
        anyhow::ensure!(
            *value >= self.least,
            "{name}{of} is {value:.3}, below its floor of {}",
            self.least
        );
        Ok(true)
    }
}

/// Runs the command.
///
/// # Errors
/// When the knowledge or a file cannot be read or written, or a figure is below its floor.
pub fn run(args: &EvalArgs) -> anyhow::Result<()> {
    anyhow::ensure!(
        !(args.holdout && !args.files.is_empty() && args.curve.is_some()),
        "--curve draws one curve: ask for that of the file, or of --holdout"
    );
    anyhow::ensure!(
        args.holdout || !args.files.is_empty(),
        "Name a file of labelled questions, or use --holdout"
    );
    let is_of_one = args.json.is_some() || args.against.is_some() || args.curve.is_some();
    anyhow::ensure!(
        args.files.len() < 2 || !is_of_one,
        "--json, --against and --curve are for one file: name only that"
    );
    let revision = knowledge_at(&args.knowledge)?;
    let mut figures: Vec<(Option<&Path>, Vec<Measured>)> = Vec::new();
    if args.holdout {
        figures.push((None, report::hold_out(&revision, &holding_out(args))?));
    }
    if !args.files.is_empty() {
        let asker = Asker::open(revision, args.curve.is_some())?;
        for file in &args.files {
            if args.files.len() > 1 {
                println!("\n== {}", file.display());
            }
            figures.push((Some(file), labelled::run(&asker, file, &wishes(args))?));
        }
    }
    for floor in &args.floor {
        let mut is_measured = false;
        for (file, measured) in &figures {
            is_measured |= floor.hold(measured, *file)?;
        }
        let of = floor
            .file
            .as_ref()
            .map_or_else(String::new, |file| format!(" of {file}.jsonl"));
        anyhow::ensure!(is_measured, "{}{of} was not measured in this run", floor.figure);
    }
    Ok(())
}

/// What is wished for besides the figures of the hands left out.
struct HoldingOut<'a> {
    fit_to: Option<&'a Path>,
    curve_to: Option<&'a Path>,
    confusion: bool,
    without: Option<Part>,
}

fn holding_out(args: &EvalArgs) -> HoldingOut<'_> {
    HoldingOut {
        fit_to: args.fit.as_deref(),
        curve_to: args.curve.as_deref(),
        confusion: args.confusion,
        without: args.without,
    }
}

/// What is wished for besides the figures of a file.
struct Wishes<'a> {
    explain: bool,
    json: Option<&'a Path>,
    against: Option<&'a Path>,
    curve: Option<&'a Path>,
}

fn wishes(args: &EvalArgs) -> Wishes<'_> {
    Wishes {
        explain: args.explain,
        json: args.json.as_deref(),
        against: args.against.as_deref(),
        curve: args.curve.as_deref(),
    }
}
