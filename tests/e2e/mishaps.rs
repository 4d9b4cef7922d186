//! What goes wrong in a town at a chosen moment.

use std::path::Path;

use annaka_concierge::{
    crashpoints::Boundary,
    emulator::{Aim, Fault, Method, World},
};

use jiff::SignedDuration;

use crate::harness::{PATIENCE, Town};

impl Town {
    /// Lets so many things happen in the town, or all that will.
    pub(crate) async fn happenings(&self, count: u64) {
        let until = self.emulator.revision() + count;
        let reached = |_: &World| (self.emulator.revision() >= until).then_some(());
        tokio::select! {
            _ = self.emulator.wait(PATIENCE, reached) => {}
            () = self.idle() => {}
        }
    }

    /// The next call of this method goes wrong.
    pub(crate) fn next(&self, method: Method, fault: Fault) {
        self.emulator.disturb(fault, Aim::Only(method), Some(1));
    }

    /// Has the process die when something comes to this boundary after so many others have passed it; false if nothing
    /// does. What is not on disk then is lost, as in a power cut.
    pub(crate) async fn dies_at(&self, boundary: Boundary, passes: u32, deed: impl FnOnce()) -> bool {
        let points = self.crashpoints();
        points.arm(boundary, passes);
        deed();
        tokio::select! {
            () = points.sprung() => {}
            () = self.idle() => {
                points.release();
                return false;
            }
        }
        self.dies_there(boundary).await;
        true
    }

    /// The same while the clock runs on, until nothing waits any more.
    pub(crate) async fn dies_at_last(
        &self,
        boundary: Boundary,
        passes: u32,
        deed: impl AsyncFnOnce(),
    ) -> bool {
        let points = self.crashpoints();
        points.arm(boundary, passes);
        deed().await;
        loop {
            tokio::select! {
                biased;
                () = points.sprung() => break,
                () = self.idle() => {
                    if self.app().store().depth() == 0 {
                        points.release();
                        return false;
                    }
                    self.skips(self.clock.now() + SignedDuration::from_hours(1));
                }
            }
        }
        self.dies_there(boundary).await;
        true
    }

    async fn dies_there(&self, boundary: Boundary) {
        let points = self.crashpoints();
        // An open store is closed, and with it written out, by whoever lets go of it last: not before it was copied.
        let kept = self.app();
        self.crash().await;
        let left = tempfile::tempdir().unwrap();
        let loses = matches!(boundary, Boundary::Applied | Boundary::Flushed);
        if loses {
            // The thread that writes is held, so the files stand still.
            copy(self.data(), left.path());
        }
        points.release();
        drop(kept);
        if loses {
            std::fs::remove_dir_all(self.data()).unwrap();
            copy(left.path(), self.data());
        }
    }

    /// Has the process die as soon as a call of this method was carried out, before the bot heard of it.
    pub(crate) async fn crash_after<T>(&self, method: Method, deed: impl FnOnce() -> T) {
        let name = format!("{method:?}");
        let count = |world: &World| {
            let of = |method: &str| method.eq_ignore_ascii_case(&name);
            world.calls().filter(|call| of(&call.method)).count()
        };
        let before = self.emulator.look(count);
        self.next(method, Fault::CutAfter);
        let _done = deed();
        let happened = |world: &World| (count(world) > before).then_some(());
        let happened = self.emulator.wait(PATIENCE, happened).await;
        assert!(happened.is_some(), "no call of {name}\n{}", self.transcript());
        self.crash().await;
    }
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let target = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copy(&file.path(), &target);
        } else {
            std::fs::copy(file.path(), target).unwrap();
        }
    }
}
