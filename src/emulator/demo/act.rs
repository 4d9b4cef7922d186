//! What the page can trigger: everything people do, and everything that can go wrong.

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    deeds::{Album, Block, Choose, Delete, Edit, Inline, NewPerson, React, Say, Send, Tap},
    desk::{BotStanding, Member, Pin, TopicClose, TopicOpen, TopicRename, move_group},
};
use crate::emulator::{ActError, Aim, Emulator, Fault};

/// How far the page can move the clock at once.
const LONGEST_ADVANCE: i64 = 366 * 24 * 3600;

#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Act {
    Say(Say),
    Edit(Edit),
    Tap(Tap),
    Send(Send),
    Album(Album),
    Delete(Delete),
    React(React),
    Inline(Inline),
    Choose(Choose),
    Block(Block),
    NewPerson(NewPerson),
    TopicOpen(TopicOpen),
    TopicRename(TopicRename),
    TopicClose(TopicClose),
    TopicDelete { thread: i32 },
    Pin(Pin),
    Member(Member),
    BotStanding(BotStanding),
    Forum { on: bool },
    Flood { calls: u32, seconds: u64 },
    Cut { calls: u32, after: bool },
    // Braces, so that unknown fields are refused here too.
    MoveGroup {},
    Heal {},
    Clock { advance_seconds: i64 },
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error(transparent)]
    Act(#[from] ActError),
    #[error("there is nothing to say")]
    Empty,
    #[error("a person needs a name")]
    Nameless,
    #[error("a topic needs a title")]
    Untitled,
    #[error("this clock cannot be moved")]
    ClockFixed,
    #[error("the clock only moves forward, and by at most {LONGEST_ADVANCE} seconds")]
    AdvanceOutOfRange,
}

impl Act {
    /// Carries it out; what is returned besides `ok` depends on the act.
    pub(crate) async fn carry_out(self, emulator: &Emulator) -> Result<Value, Refusal> {
        match self {
            Self::Say(say) => say.carry_out(emulator)?,
            Self::Edit(edit) => edit.carry_out(emulator)?,
            Self::Tap(tap) => return Ok(json!({ "ok": true, "note": tap.carry_out(emulator).await? })),
            Self::Send(send) => send.carry_out(emulator)?,
            Self::Album(album) => album.carry_out(emulator)?,
            Self::Delete(delete) => delete.carry_out(emulator)?,
            Self::React(react) => react.carry_out(emulator)?,
            Self::Inline(inline) => {
                return Ok(json!({ "ok": true, "results": inline.carry_out(emulator).await? }));
            }
            Self::Choose(choose) => choose.carry_out(emulator)?,
            Self::Block(block) => block.carry_out(emulator)?,
            Self::NewPerson(person) => {
                return Ok(json!({ "ok": true, "person": person.carry_out(emulator)? }));
            }
            Self::TopicOpen(topic) => {
                return Ok(json!({ "ok": true, "thread": topic.carry_out(emulator)? }));
            }
            Self::TopicRename(topic) => topic.carry_out(emulator)?,
            Self::TopicClose(topic) => topic.carry_out(emulator)?,
            Self::TopicDelete { thread } => drop(emulator.delete_topic(thread)?),
            Self::Pin(pin) => pin.carry_out(emulator)?,
            Self::Member(member) => member.carry_out(emulator)?,
            Self::BotStanding(standing) => standing.carry_out(emulator)?,
            Self::Forum { on } => emulator.set_forum(on)?,
            Self::MoveGroup {} => move_group(emulator)?,
            Self::Flood { calls, seconds } => disturb(emulator, Fault::Flood { seconds }, calls),
            Self::Cut { calls, after: true } => disturb(emulator, Fault::CutAfter, calls),
            Self::Cut { calls, after: false } => disturb(emulator, Fault::CutBefore, calls),
            Self::Heal {} => emulator.heal(),
            Self::Clock { advance_seconds } => advance(emulator, advance_seconds)?,
        }
        Ok(json!({ "ok": true }))
    }
}

fn disturb(emulator: &Emulator, fault: Fault, calls: u32) {
    emulator.disturb(fault, Aim::AllButPolling, Some(calls));
}

fn advance(emulator: &Emulator, seconds: i64) -> Result<(), Refusal> {
    if !(0..=LONGEST_ADVANCE).contains(&seconds) {
        return Err(Refusal::AdvanceOutOfRange);
    }
    let move_clock = emulator.0.move_clock.as_ref().ok_or(Refusal::ClockFixed)?;
    move_clock(SignedDuration::from_secs(seconds));
    emulator.change(|_| ());
    Ok(())
}
