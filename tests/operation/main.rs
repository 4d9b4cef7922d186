//! What whoever runs the bot relies on: the papers in `docs/`, and a log without anybody in it.

#![expect(
    clippy::unwrap_used,
    reason = "a story that cannot be set up must stop the test"
)]

mod docs;
mod logs;
#[path = "../shared/program.rs"]
mod program;
