//! Building uses both hands: two pieces of work at the same time.

use std::{panic::resume_unwind, thread};

/// Does `aside` on a thread of its own and `here` on this one.
pub fn both<A: Send, B>(aside: impl FnOnce() -> A + Send, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let aside = scope.spawn(aside);
        let here = here();
        (aside.join().unwrap_or_else(|panic| resume_unwind(panic)), here)
    })
}

/// Turns all items into others, in their order, half of them aside.
pub fn map<T: Sync, R: Send>(items: &[T], turn: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (first, second) = items.split_at(items.len() / 2);
    let turn_all = |items: &[T]| items.iter().map(&turn).collect::<Vec<R>>();
    let (second, mut all) = both(|| turn_all(second), || turn_all(first));
    all.extend(second);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_turned_in_its_order() {
        assert_eq!(map(&[1, 2, 3], |n| n * 2), [2, 4, 6]);
        assert_eq!(map(&[1], |n| n * 2), [2]);
    }
}
