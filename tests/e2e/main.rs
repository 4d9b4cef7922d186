//! The real bot in the emulator's town, story by story.

#![expect(
    clippy::unwrap_used,
    reason = "a town that cannot be set up must stop the story"
)]

mod harness;
mod life;
mod mover;

mod asking;
mod buttons;
mod desk;
mod editing;
mod first_words;
mod interleavings;
mod languages;
mod learning;
mod measure;
mod menu;
mod odd_input;
mod persons;
mod restarts;
mod sharing;
mod staff;
mod strange_updates;
mod trouble;
mod upkeep;
mod webhook;
