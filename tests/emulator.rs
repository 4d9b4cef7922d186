//! The emulator against the client the bot really uses, and against plain HTTP where that client is too polite.

#[path = "emulator/stage.rs"]
mod stage;

#[path = "emulator/calls.rs"]
mod calls;
#[path = "emulator/polling.rs"]
mod polling;
