//! Words somebody wrote, by a sign that stands in no other message, and where they are found.

use annaka_concierge::emulator::Shown;

/// What the bot puts before a mover's words in a topic.
const MOVERS_MARK: &str = "👤 ";
/// What it puts before words that were changed and could not be changed where they stood.
const ANEW: [&str; 3] = ["変更：", "訂正：", "Corrected: "];
/// What it tells staff about words nobody may send yet, or what became of them.
const HELD: [&str; 4] = [
    "まだ誰も引き受けていないため",
    "相談は終わっているため",
    "引き受けて、送りました",
    "メモにしました",
];

/// What stands under every card: there they are told, and not passed on.
const CARD_ENDS: &str = "//で始まる行はメモです。";

pub(super) struct Word {
    /// Who wrote it; nobody knows who writes in the group's name.
    pub(super) by: i64,
    pub(super) mover: i64,
    /// Where it was written.
    pub(super) chat: i64,
    /// Several, if it was an album.
    pub(super) messages: Vec<i32>,
    /// Which of them has the words.
    pub(super) at: usize,
    pub(super) sign: String,
    /// As it was written, and as it was changed to since.
    pub(super) texts: Vec<String>,
    pub(super) kind: Kind,
    /// The message of the other side's, on its own side, that it answers; one of these.
    pub(super) answers: Vec<i32>,
    /// Changed into a note.
    pub(super) noted: bool,
    /// It need not be anywhere: its writer was forgotten.
    pub(super) excused: bool,
    /// It was found on the other side.
    pub(super) arrived: bool,
    /// As the other side saw it last.
    pub(super) read: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A mover's, written while a case was live all the time: has to be in the topic.
    ForDesk,
    /// A mover's, at a time when the bot may have had the conversation.
    ForEither,
    /// By one of the staff: reaches the mover if they own the case.
    Staff,
    Note,
}

impl Kind {
    pub(super) fn is_movers(self) -> bool {
        matches!(self, Self::ForDesk | Self::ForEither)
    }
}

impl Word {
    /// The message that has the words.
    pub(super) fn message(&self) -> i32 {
        self.messages[self.at]
    }

    /// The line of a message in which the bot passed this on, and what it says.
    pub(super) fn line_in<'s>(&self, shown: &'s Shown) -> Option<(usize, &'s str)> {
        if !shown.from.bot || shown.text.contains(CARD_ENDS) {
            return None;
        }
        let lines = shown.text.lines().enumerate();
        let mut own = lines.map(|(at, line)| (at, bare(line)));
        own.find(|(_, line)| self.texts.iter().any(|text| text == line))
    }

    /// Whether staff were asked what is to become of it.
    pub(super) fn was_held(&self, topic: &[Shown]) -> bool {
        topic.iter().any(|shown| {
            let about = shown.reply_to.is_some_and(|to| self.messages.contains(&to));
            about && shown.from.bot && HELD.iter().any(|text| shown.text.starts_with(text))
        })
    }

    pub(super) fn is_album(&self) -> bool {
        self.messages.len() > 1
    }
}

/// A line without what the bot puts before it.
fn bare(line: &str) -> &str {
    let heads = ANEW.iter().find_map(|head| line.strip_prefix(head));
    let line = heads.unwrap_or(line);
    line.strip_prefix(MOVERS_MARK).unwrap_or(line)
}
