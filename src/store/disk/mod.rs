//! Gets everything written onto the disk itself: sled's log, the large values it keeps in files of their own, and the
//! names of all of these.
//!
//! sled's own flush leaves the last step to the kernel (`sync_file_range`), and never syncs the files of large values
//! or the folder. This is the one place that does, so tests can make it fail or watch it.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::store::error::{Result, StoreError};

/// Marks that the disk failed; lies beside sled's files until they are rewritten.
const FAILED: &str = "disk-failed";
/// Where sled keeps its log, and its large values.
const LOG: &str = "db";
const LARGE: &str = "blobs";

type Sync = dyn Fn(&File) -> io::Result<()> + Send + std::marker::Sync;

/// The disk below the store.
#[derive(Clone, Default)]
pub struct Disk(Option<Arc<Sync>>);

impl Disk {
    /// One that calls this instead of syncing a file; for tests, and to measure what syncing costs.
    #[must_use]
    pub fn that(syncs: impl Fn(&File) -> io::Result<()> + Send + std::marker::Sync + 'static) -> Self {
        Self(Some(Arc::new(syncs)))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        match &self.0 {
            Some(syncs) => syncs(file),
            None => file.sync_data(),
        }
    }
}

/// Sled's files, as far as they have to be synced.
pub(super) struct Files {
    dir: PathBuf,
    log: File,
    disk: Disk,
    /// Large values that are on the disk.
    kept: BTreeSet<OsString>,
}

impl Files {
    /// Sled's files in this folder. Their names are on the disk when this returns.
    pub(super) fn open(dir: &Path, disk: Disk) -> Result<Self> {
        let path = dir.join(LOG);
        let log = File::open(&path).map_err(failed("open", &path))?;
        sync_dir(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            log,
            disk,
            kept: BTreeSet::new(),
        })
    }

    /// Syncs everything written so far. A disk that fails once is marked, since the kernel forgets what it could not
    /// write and reports it only once.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        let synced = self.sync_large().and_then(|()| self.disk.sync(&self.log));
        if synced.is_err() {
            self.distrust();
        }
        synced
    }

    /// Makes the next start rewrite the log before it is read.
    pub(super) fn distrust(&self) {
        // If even this cannot be written, the disk takes nothing that could mislead anybody.
        let _marked = fs::write(self.dir.join(FAILED), b"");
    }

    fn sync_large(&mut self) -> io::Result<()> {
        let folder = self.dir.join(LARGE);
        let Ok(there) = fs::read_dir(&folder) else {
            return Ok(());
        };
        let there: BTreeSet<OsString> = there.filter_map(|one| Some(one.ok()?.file_name())).collect();
        let mut new = false;
        for name in there.difference(&self.kept) {
            match File::open(folder.join(name)) {
                Ok(file) => file.sync_all()?,
                // The value has been removed meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            new = true;
        }
        if new {
            File::open(&folder)?.sync_all()?;
        }
        self.kept = there;
        Ok(())
    }
}

/// Whether a write failed for lack of room or permission, which says nothing against earlier writes.
pub(super) fn is_room(kind: io::ErrorKind) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        kind,
        Kind::StorageFull
            | Kind::FileTooLarge
            | Kind::QuotaExceeded
            | Kind::ReadOnlyFilesystem
            | Kind::PermissionDenied
    )
}

/// Syncs a folder's names.
pub(super) fn sync_dir(dir: &Path) -> Result<()> {
    let synced = File::open(dir).and_then(|dir| dir.sync_all());
    synced.map_err(failed("sync", dir))
}

/// Rewrites the log if the disk failed while it was last open: what the kernel still shows of it may not be on the
/// disk, and everything later would depend on that.
pub(super) fn mend(dir: &Path) -> Result<()> {
    let mark = dir.join(FAILED);
    if !mark.exists() {
        return Ok(());
    }
    let still_failing = |source| StoreError::StillFailing {
        dir: dir.to_owned(),
        source,
    };
    let (log, copy) = (dir.join(LOG), dir.join("db.copy"));
    if log.exists() {
        let copied = fs::copy(&log, &copy).and_then(|_| File::open(&copy)?.sync_all());
        copied.map_err(still_failing)?;
        fs::rename(&copy, &log).map_err(failed("replace", &log))?;
        sync_dir(dir)?;
    }
    fs::remove_file(&mark).map_err(failed("remove", &mark))?;
    tracing::warn!("the disk had failed: the store was written anew, and holds all that was confirmed");
    Ok(())
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::File { doing, path, source }
}

#[cfg(test)]
mod stories;
