//! The real program, ended by force: killed again and again while people write, stopped by its disk, and met by a
//! second one on its token. The emulator plays Telegram in this process and knows exactly what was carried out.

#![expect(
    clippy::unwrap_used,
    reason = "a town that cannot be set up must stop the test"
)]

mod disk;
mod house;
mod network;
#[path = "../shared/program.rs"]
mod program;
mod rivals;
mod soak;
mod storm;
mod talk;
