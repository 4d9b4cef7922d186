//! Where a command finds the bot's store, or the copy of a backup to look into.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use crate::{
    clock::Clock,
    config::{Config, ConfigError, Settings},
    store::{self, Store, StoreError},
};

/// What most commands take: the settings, and the file they may be in.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Located {
    /// The settings file [default: concierge.toml, if it is there]
    #[arg(long, env = "CONCIERGE_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

impl Located {
    pub(super) fn config(&self) -> Result<Config, ConfigError> {
        Config::resolve(self.settings.clone(), self.config.as_deref())
    }
}

/// Refuses a data folder without a store; opening would create one.
pub(super) fn expect_store(data: &Path) -> anyhow::Result<()> {
    if !Store::exists(data) {
        bail!(
            "There is no store in {}: name its folder with CONCIERGE_DATA or --data",
            data.display()
        );
    }
    Ok(())
}

/// Restores a backup beside the data folder, where there is room for it, looks into it, and removes it again.
pub(super) async fn with_copy<T>(
    data: &Path,
    file: &Path,
    look: impl AsyncFnOnce(Store) -> Result<T, StoreError>,
) -> anyhow::Result<T> {
    let name = format!(".check-{}", std::process::id());
    let beside = data.parent().unwrap_or(data).join(name);
    fs::create_dir_all(&beside).with_context(|| format!("Cannot create {}", beside.display()))?;
    let looked = async {
        store::restore(file, &beside)?;
        look(Store::open(&beside, Clock::system())?).await
    };
    let looked = looked.await;
    fs::remove_dir_all(&beside).with_context(|| format!("Cannot remove {}", beside.display()))?;
    Ok(looked?)
}
