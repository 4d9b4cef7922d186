//! The table of events that Japanese municipalities publish (イベント一覧, 自治体標準オープンデータセット).

mod columns;
mod decoding;
mod read;
mod row;
mod taking;

pub use read::read;

#[cfg(test)]
mod stories;
