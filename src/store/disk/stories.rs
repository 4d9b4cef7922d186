//! Disks that fail, and power that goes: what was confirmed is there, what could not be kept was never confirmed.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use super::*;
use crate::{
    clock::Clock,
    crashpoints::Crashpoints,
    outgoing::UpdateId,
    store::{RawUpdate, Step, Store, fixtures::*, open::database_dir},
};

/// What `EIO` is called by the kernel.
const EIO: i32 = 5;

fn open_on(disk: Disk, data: &Path) -> Store {
    Store::open_on(disk, data, Clock::standing_at(now()), Crashpoints::default()).unwrap()
}

/// A disk that fails from the moment it is told to.
fn failing() -> (Disk, Arc<AtomicBool>) {
    let fails = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&fails);
    let disk = Disk::that(move |file| match told.load(Ordering::SeqCst) {
        true => Err(io::Error::from_raw_os_error(EIO)),
        false => file.sync_data(),
    });
    (disk, fails)
}

#[tokio::test]
async fn what_the_disk_did_not_take_is_never_confirmed_and_the_bot_is_told_to_stop() {
    let data = tempfile::tempdir().unwrap();
    let (disk, fails) = failing();
    let store = open_on(disk, data.path());
    store.accept(vec![update(1)]).await.unwrap();
    fails.store(true, Ordering::SeqCst);
    let refused = store.accept(vec![update(2)]).await.unwrap_err();
    let said = refused.to_string();
    assert!(said.contains("Input/output error"), "{said}");
    assert!(said.contains("look at the disk and the kernel's log"), "{said}");
    // The kernel reports a failure once; a disk that seems well again is not believed.
    fails.store(false, Ordering::SeqCst);
    assert!(store.commit_step(Step::handling(UpdateId(1))).await.is_err());
    assert!(matches!(store.failure().await, StoreError::Sync(_)));
    assert!(database_dir(data.path()).join(FAILED).exists());
}

#[tokio::test]
async fn after_a_failure_the_log_is_written_anew_before_anything_stands_on_it() {
    use std::os::unix::fs::MetadataExt;

    let data = tempfile::tempdir().unwrap();
    let (disk, fails) = failing();
    let store = open_on(disk, data.path());
    store.accept(vec![update(1)]).await.unwrap();
    fails.store(true, Ordering::SeqCst);
    store.accept(vec![update(2)]).await.unwrap_err();
    drop(store);

    let dir = database_dir(data.path());
    let log = || fs::metadata(dir.join(LOG)).unwrap().ino();
    let before = log();
    let copy = dir.join("db.copy");
    fs::create_dir(&copy).unwrap();
    let refused = Store::open(data.path(), Clock::standing_at(now())).err().unwrap();
    let said = refused.to_string();
    assert!(said.contains("does not take the store's copy either"), "{said}");
    assert_eq!(log(), before);

    fs::remove_dir(&copy).unwrap();
    let store = open(data.path());
    assert_ne!(log(), before);
    assert!(!dir.join(FAILED).exists() && !copy.exists());
    let kept = store.pending(9).await.unwrap();
    assert!(kept.contains(&update(1)), "what was confirmed is there");
    store.accept(vec![update(3)]).await.unwrap();
}

/// What the disk holds when the power goes, as far as it can be known: at each sync, everything that was written.
struct Cuts {
    folder: tempfile::TempDir,
    syncs: AtomicUsize,
}

impl Cuts {
    fn at(&self, sync: usize) -> PathBuf {
        self.folder.path().join(sync.to_string())
    }
}

/// A disk that keeps how it stood at each sync.
fn remembering(data: &Path) -> (Disk, Arc<Cuts>) {
    let cuts = Arc::new(Cuts {
        folder: tempfile::tempdir().unwrap(),
        syncs: AtomicUsize::new(0),
    });
    let (kept, dir) = (Arc::clone(&cuts), database_dir(data));
    let disk = Disk::that(move |_| {
        let sync = kept.syncs.load(Ordering::SeqCst) + 1;
        copy_dir(&dir, &database_dir(&kept.at(sync)));
        kept.syncs.store(sync, Ordering::SeqCst);
        Ok(())
    });
    (disk, cuts)
}

/// An update of this many bytes.
fn long(id: u32, bytes: usize) -> RawUpdate {
    RawUpdate {
        id: UpdateId(id),
        json: "あ".repeat(bytes / 3),
    }
}

/// What was confirmed, and after how many syncs at the latest.
#[derive(Default)]
struct Confirmed(Mutex<Vec<(u32, usize)>>);

impl Confirmed {
    fn note(&self, id: u32, cuts: &Cuts) {
        let syncs = cuts.syncs.load(Ordering::SeqCst);
        self.0.lock().unwrap().push((id, syncs));
    }

    fn by(&self, sync: usize) -> Vec<u32> {
        let all = self.0.lock().unwrap();
        all.iter()
            .filter(|(_, by)| *by <= sync)
            .map(|(id, _)| *id)
            .collect()
    }
}

const UPDATES: u32 = 42;
/// Large enough that sled begins several segments, and keeps some values in files of their own.
const SIZES: [usize; 4] = [300, 40_000, 90_000, 200_000];

/// One after the other, so that the files stand still while they are copied: sled does not promise to read a log again of
/// which a power cut left some later pages and not others (see `docs/operations.md`).
async fn much_is_written(store: &Store, cuts: &Cuts, confirmed: &Confirmed) {
    for id in 0..UPDATES {
        let size = SIZES[(id % 4) as usize];
        store.accept(vec![long(id, size)]).await.unwrap();
        confirmed.note(id, cuts);
    }
}

/// The updates that are there.
async fn updates_of(store: &Store) -> BTreeSet<u32> {
    let pending = store.pending(999).await.unwrap();
    pending.iter().map(|one| one.id.0).collect()
}

async fn holds(data: &Path, confirmed: &[u32]) {
    let store = open(data);
    let there = updates_of(&store).await;
    let lost: Vec<&u32> = confirmed.iter().filter(|id| !there.contains(id)).collect();
    assert!(lost.is_empty(), "{lost:?} were confirmed and are lost");
    let found = store.examine().await.unwrap();
    assert!(found.faults.is_empty(), "{:?}", found.faults);
}

#[tokio::test]
async fn when_the_power_goes_everything_confirmed_is_there() {
    let data = tempfile::tempdir().unwrap();
    let (disk, cuts) = remembering(data.path());
    let store = open_on(disk, data.path());
    let confirmed = Confirmed::default();
    much_is_written(&store, &cuts, &confirmed).await;
    let syncs = cuts.syncs.load(Ordering::SeqCst);
    assert!(syncs >= UPDATES as usize, "{syncs}");
    assert!(
        confirmed.by(1).len() < confirmed.by(syncs).len(),
        "the first cut is early"
    );
    for sync in 1..=syncs {
        holds(&cuts.at(sync), &confirmed.by(sync)).await;
    }
}
