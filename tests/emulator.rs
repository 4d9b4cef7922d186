//! The emulator against the client the bot really uses, and against plain HTTP where that client is too polite.

#[path = "emulator/stage.rs"]
mod stage;

#[path = "emulator/calls.rs"]
mod calls;
#[path = "emulator/copies.rs"]
mod copies;
#[path = "emulator/forum.rs"]
mod forum;
#[path = "emulator/group.rs"]
mod group;
#[path = "emulator/media.rs"]
mod media;
#[path = "emulator/page.rs"]
mod page;
#[path = "emulator/people.rs"]
mod people;
#[path = "emulator/polling.rs"]
mod polling;
#[path = "emulator/trouble.rs"]
mod trouble;
#[path = "emulator/webhook.rs"]
mod webhook;
