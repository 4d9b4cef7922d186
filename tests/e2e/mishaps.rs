//! What goes wrong in a town at a chosen moment.

use annaka_concierge::emulator::{Aim, Fault, Method, World};

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
