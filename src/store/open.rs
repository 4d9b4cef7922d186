//! Opens the store: for one process at a time, in known versions only, and with sled 0.34's one start-up fault
//! repaired.
//!
//! sled writes a snapshot at every open, first as `snap.*.generating`; killed in that moment it leaves a torn file
//! that every later open takes for the newest snapshot. The file is never needed, so it is removed first, which is
//! safe only while no other process has the store open: hence our own lock, taken before.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    time::Duration,
};

use crate::store::{
    disk,
    error::{Result, StoreError},
};

/// Raised when the trees' meaning changes; a change needs a migration from every earlier one.
pub(super) const SCHEMA: u32 = 1;
const SCHEMA_KEY: &str = "schema";
const CACHE_BYTES: u64 = 64 * 1024 * 1024;
const LINGERING_TRIES: u32 = 400;
const LINGERING_PAUSE: Duration = Duration::from_millis(5);

/// An open database; dropping it releases the lock.
pub(super) struct Opened {
    pub(super) db: sled::Db,
    /// Where sled's files lie.
    pub(super) dir: PathBuf,
    pub(super) lock: Lock,
}

/// Held while the store is open.
pub(super) struct Lock(#[expect(dead_code, reason = "held for its lock, which ends with it")] File);

/// Where sled's files lie below the data folder.
pub(super) fn database_dir(data: &Path) -> PathBuf {
    data.join("store")
}

pub(super) fn open(data: &Path) -> Result<Opened> {
    let lock = lock(data)?;
    let dir = database_dir(data);
    let db = open_database(&dir)?;
    disk::sync_dir(data)?;
    Ok(Opened { db, dir, lock })
}

/// Creates a folder that only its owner can enter; an existing one keeps its permissions.
fn create_private_dir(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes the store's folder private, whatever the data folder allows: it contains what movers wrote.
fn make_private(dir: &Path) -> io::Result<()> {
    create_private_dir(dir)?;
    #[cfg(unix)]
    fs::set_permissions(dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Opens sled's files; the caller has locked the data folder.
pub(super) fn open_database(dir: &Path) -> Result<sled::Db> {
    make_private(dir).map_err(|source| StoreError::File {
        doing: "create",
        path: dir.to_owned(),
        source,
    })?;
    remove_torn_snapshots(dir)?;
    disk::mend(dir)?;
    let db = open_sled(dir)?;
    check_schema(&db, dir)?;
    Ok(db)
}

/// Locks the data folder for this process.
pub(super) fn lock(data: &Path) -> Result<Lock> {
    let failed = |doing, path: &Path, source| StoreError::File {
        doing,
        path: path.to_owned(),
        source,
    };
    create_private_dir(data).map_err(|source| failed("create", data, source))?;
    let path = data.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|source| failed("open", &path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked { dir: data.to_owned() }),
        Err(TryLockError::Error(source)) => Err(failed("lock", &path, source)),
    }
}

fn remove_torn_snapshots(dir: &Path) -> Result<()> {
    let Ok(files) = fs::read_dir(dir) else {
        return Ok(());
    };
    for path in files.filter_map(|file| file.ok().map(|file| file.path())) {
        let name = path.file_name().map(|name| name.to_string_lossy());
        if name.is_some_and(|name| name.starts_with("snap.") && name.ends_with(".generating")) {
            fs::remove_file(&path).map_err(|source| StoreError::File {
                doing: "remove",
                path: path.clone(),
                source,
            })?;
            tracing::warn!(file = %path.display(), "removed a snapshot that was cut short; it is never needed");
        }
    }
    Ok(())
}

/// Waits for a store that this process has just closed: sled's last background write may still hold its file for some
/// milliseconds. No other process can, since we hold our own lock.
fn open_sled(dir: &Path) -> Result<sled::Db> {
    for _ in 0..LINGERING_TRIES {
        match try_open_sled(dir) {
            Err(StoreError::Locked { .. }) => std::thread::park_timeout(LINGERING_PAUSE),
            opened => return opened,
        }
    }
    try_open_sled(dir)
}

/// sled reports some damage by a panic, which is turned into an error here.
fn try_open_sled(dir: &Path) -> Result<sled::Db> {
    let corrupt = |detail: String| StoreError::Corrupt {
        dir: dir.to_owned(),
        detail,
    };
    let config = sled::Config::new()
        .path(dir)
        .cache_capacity(CACHE_BYTES)
        .flush_every_ms(None);
    match catch_unwind(AssertUnwindSafe(|| config.open())) {
        Ok(Ok(db)) => Ok(db),
        Ok(Err(sled::Error::Io(source))) if source.to_string().contains("could not acquire lock") => {
            Err(StoreError::Locked { dir: dir.to_owned() })
        }
        Ok(Err(sled::Error::Io(source))) => Err(StoreError::File {
            doing: "open",
            path: dir.to_owned(),
            source,
        }),
        Ok(Err(error)) => Err(corrupt(error.to_string())),
        Err(_) => Err(corrupt("sled gave up reading it".to_owned())),
    }
}

fn check_schema(db: &sled::Db, dir: &Path) -> Result<()> {
    let corrupt = |detail: &str| StoreError::Corrupt {
        dir: dir.to_owned(),
        detail: detail.to_owned(),
    };
    let Some(stored) = db.get(SCHEMA_KEY)? else {
        db.insert(SCHEMA_KEY, &SCHEMA.to_be_bytes())?;
        return Ok(());
    };
    let found =
        <[u8; 4]>::try_from(stored.as_ref()).map_err(|_| corrupt("its schema number is unreadable"))?;
    match u32::from_be_bytes(found) {
        SCHEMA => Ok(()),
        found if found > SCHEMA => Err(StoreError::NewerSchema {
            dir: dir.to_owned(),
            found,
            known: SCHEMA,
        }),
        _ => Err(corrupt("its schema number never existed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_enter_the_data_folder() {
        use std::os::unix::fs::PermissionsExt;

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let parent = tempfile::tempdir().unwrap();
        let data = parent.path().join("new/data");
        drop(open(&data).unwrap());
        assert_eq!([mode(&data), mode(&database_dir(&data))], [0o700; 2]);
        let shared = parent.path().join("shared");
        fs::create_dir_all(database_dir(&shared)).unwrap();
        fs::set_permissions(&shared, PermissionsExt::from_mode(0o755)).unwrap();
        fs::set_permissions(database_dir(&shared), PermissionsExt::from_mode(0o755)).unwrap();
        drop(open(&shared).unwrap());
        assert_eq!([mode(&shared), mode(&database_dir(&shared))], [0o755, 0o700]);
    }

    #[test]
    fn a_torn_snapshot_is_survived() {
        let data = tempfile::tempdir().unwrap();
        let opened = open(data.path()).unwrap();
        opened.db.insert("kept", "yes").unwrap();
        opened.db.flush().unwrap();
        drop(opened);
        let torn = database_dir(data.path()).join("snap.FFFFFFFFFFFFFFF0.generating");
        fs::write(&torn, [7; 64]).unwrap();

        let opened = open(data.path()).unwrap();
        assert_eq!(opened.db.get("kept").unwrap().unwrap(), "yes");
        assert!(!torn.exists());
    }

    #[test]
    fn a_second_opener_is_refused_and_the_first_keeps_its_files() {
        let data = tempfile::tempdir().unwrap();
        let first = open(data.path()).unwrap();
        let generating = database_dir(data.path()).join("snap.1.generating");
        fs::write(&generating, b"being written").unwrap();
        let message = open(data.path()).err().unwrap().to_string();
        assert!(message.contains("Another process holds the store"), "{message}");
        assert!(generating.exists());
        drop(first);
        assert!(open(data.path()).is_ok());
    }

    #[test]
    fn a_newer_schema_is_refused_with_what_to_do() {
        let data = tempfile::tempdir().unwrap();
        let opened = open(data.path()).unwrap();
        opened.db.insert(SCHEMA_KEY, &9_u32.to_be_bytes()).unwrap();
        drop(opened);
        let message = open(data.path()).err().unwrap().to_string();
        assert!(
            message.contains("has schema 9, this program knows up to 1"),
            "{message}"
        );
    }

    #[test]
    fn a_damaged_store_names_backup_and_restore() {
        let data = tempfile::tempdir().unwrap();
        // The second open is the one that writes a snapshot.
        drop(open(data.path()).unwrap());
        drop(open(data.path()).unwrap());
        for file in fs::read_dir(database_dir(data.path())).unwrap() {
            let path = file.unwrap().path();
            if path.file_name().unwrap().to_string_lossy().starts_with("snap.") {
                fs::write(path, [7; 64]).unwrap();
            }
        }
        let message = open(data.path()).err().unwrap().to_string();
        assert!(message.contains("`concierge restore FILE`"), "{message}");
    }
}
