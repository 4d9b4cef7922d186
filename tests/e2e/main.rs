//! The real bot in the emulator's town, story by story.

#![expect(
    clippy::unwrap_used,
    reason = "a town that cannot be set up must stop the story"
)]

mod crowd;
mod group;
mod harness;
mod life;
mod mishaps;
mod mover;
mod staff;

mod asking;
mod boundaries;
mod broadcast;
mod broadcast_course;
mod bulk;
mod bulk_crashes;
mod buttons;
mod calendar;
mod clocks;
mod desk;
mod desk_albums;
mod desk_alerts;
mod desk_claims;
mod desk_crashes;
mod desk_edits;
mod desk_endings;
mod desk_kinds;
mod desk_moves;
mod desk_notes;
mod desk_order;
mod desk_passing;
mod desk_races;
mod desk_silence;
mod desk_strangers;
mod desk_suggestions;
mod desk_topics;
mod desk_traps;
mod desk_words;
mod desk_woven;
mod dislikes;
mod editing;
mod events;
mod first_words;
mod floods;
mod hostile;
mod interleavings;
mod languages;
mod learning;
mod learning_way;
mod left_over;
mod many_boundaries;
mod measure;
mod menu;
mod odd_input;
mod operation;
mod persons;
mod privacy;
mod publishing;
mod reminders;
mod reminders_true;
mod restarts;
mod second_look;
mod sharing;
mod signups;
mod signups_ends;
mod signups_form;
mod statistics;
mod strange_updates;
mod trouble;
mod upkeep;
mod webhook;
