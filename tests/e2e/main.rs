//! The real bot in the emulator's town, story by story.

mod harness;
mod life;
mod mover;

mod asking;
mod editing;
mod first_words;
mod languages;
mod menu;
mod persons;
