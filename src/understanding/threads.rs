//! Lets building do two pieces of work at the same time.

use std::{panic::resume_unwind, thread};

use crate::understanding::rows::Rows;

/// Runs `aside` on a thread of its own and `here` on this one.
pub fn both<A: Send, B>(aside: impl FnOnce() -> A + Send, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let aside = scope.spawn(aside);
        let here = here();
        (aside.join().unwrap_or_else(|panic| resume_unwind(panic)), here)
    })
}

/// Maps all items in order, half of them on another thread.
pub fn map<T: Sync, R: Send>(items: &[T], turn: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (mut all, second) = halves(items, |half| half.iter().map(&turn).collect::<Vec<R>>());
    all.extend(second);
    all
}

/// Like [`map`], for many short lists.
pub fn rows<T: Sync, R: Send>(items: &[T], turn: impl Fn(&T) -> Vec<R> + Sync) -> Rows<R> {
    let (first, second) = halves(items, |half| half.iter().map(&turn).collect::<Rows<R>>());
    first.with(second)
}

fn halves<T: Sync, R: Send>(items: &[T], turn: impl Fn(&[T]) -> R + Sync) -> (R, R) {
    let (first, second) = items.split_at(items.len() / 2);
    let (second, first) = both(|| turn(second), || turn(first));
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_turned_in_its_order() {
        assert_eq!(map(&[1, 2, 3], |n| n * 2), [2, 4, 6]);
        let counted = rows(&[0, 1, 2], |n| vec![*n; *n]);
        assert_eq!((counted.len(), counted.row(2)), (3, &[2, 2][..]));
    }
}
