//! What happened in a group, read from Telegram's update without side effects. The handler checks whether it is the
//! concierge group.

use teloxide::types::{
    CallbackQuery, ChatMemberKind, ChatMemberStatus, ChatMemberUpdated, MediaKind, Message,
    MessageEntityKind, MessageKind,
};

use crate::{
    bot::{
        input::{Heard, Ignored, user_id},
        message::{face_of, said},
        operation::{self, OperationDid},
        publishing::{FileRef, PublishDid, file_of},
        signups::{SignUpsDid, read_tap as read_sign_up_tap},
        statistics::{Asked, read_tap as read_figures_tap},
    },
    handover::{CaseFilter, DeskButton, Face, Mentioned, Said, Staff, StaffDid, TopicCommand},
    outgoing::{ChatId, MessageId, ThreadId, UserId},
    publishing::PublishButton,
};

/// Something in a group.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FromGroup {
    pub(super) chat: ChatId,
    pub(super) thread: Option<ThreadId>,
    pub(super) who: Staff,
    pub(super) face: Face,
    pub(super) did: GroupDid,
    /// The tap that waits for an answer.
    pub(super) callback: Option<String>,
    /// A file that was sent.
    pub(super) file: Option<FileRef>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum GroupDid {
    /// About the case of the topic it happened in.
    Case(StaffDid),
    /// A page of the list of cases, in place of the message below which it was asked for.
    Cases {
        filter: CaseFilter,
        page: u16,
        over: Option<MessageId>,
    },
    /// A page of the unanswered questions.
    Unanswered {
        page: u16,
        over: Option<MessageId>,
    },
    /// About what staff publish, wherever in the group.
    Publishing(PublishDid),
    /// About who takes part in events.
    SignUps(SignUpsDid),
    /// The figures of a week or month.
    Statistics(Asked),
    /// About running the bot.
    Operation(OperationDid),
    UnknownCommand,
    /// Not a button of the desk, or one that is gone.
    StaleTap,
    /// Somebody left the group, or was removed.
    Left(UserId),
    /// The bot's rights have changed.
    BotChanged {
        may_manage_topics: bool,
    },
    /// The group has another id.
    MovedTo(ChatId),
}

pub(super) fn read_message(message: &Message, edited: bool) -> Heard {
    let (who, face) = match sender(message) {
        Some(sender) => sender,
        None => return Heard::nothing(Ignored::Sender),
    };
    let did = match &message.kind {
        // A live location is edited again and again.
        _ if edited && (message.location().is_some() || message.venue().is_some()) => {
            return Heard::nothing(Ignored::Service);
        }
        MessageKind::Common(common) => match &common.media_kind {
            MediaKind::Migration(_) => return migration(message, who, face),
            _ => words(message, edited),
        },
        MessageKind::Dice(_)
        | MessageKind::Giveaway(_)
        | MessageKind::GiveawayWinners(_)
        | MessageKind::Invoice(_) => words(message, edited),
        // What teloxide does not know gets a second look (`plain.rs`).
        MessageKind::Empty {} => return Heard::nothing(Ignored::Unknown),
        MessageKind::LeftChatMember(left) => GroupDid::Left(user_id(&left.left_chat_member)),
        _ => return Heard::nothing(Ignored::Service),
    };
    Heard::Group(FromGroup {
        chat: ChatId(message.chat.id.0),
        thread: thread_of(message),
        who,
        face,
        did,
        callback: None,
        file: file_of(message).filter(|_| !edited),
    })
}

/// In General, a reply carries a thread id that belongs to no topic.
fn thread_of(message: &Message) -> Option<ThreadId> {
    let thread = message.thread_id.filter(|_| message.is_topic_message);
    thread.map(|thread| ThreadId(thread.0.0))
}

/// Who wrote it; other bots are ignored. Anonymous administrators write as the group itself; whoever writes as another
/// chat, such as a channel, does not belong to the desk.
fn sender(message: &Message) -> Option<(Staff, Face)> {
    if let Some(chat) = &message.sender_chat {
        let is_group = chat.id == message.chat.id;
        return is_group.then(|| (Staff::Anonymous, Face::default()));
    }
    let from = message.from.as_ref().filter(|from| !from.is_bot)?;
    Some((Staff::Known(user_id(from)), face_of(from)))
}

fn migration(message: &Message, who: Staff, face: Face) -> Heard {
    match message.migrate_to_chat_id() {
        Some(to) => Heard::Group(FromGroup {
            chat: ChatId(message.chat.id.0),
            thread: None,
            who,
            face,
            did: GroupDid::MovedTo(ChatId(to.0)),
            callback: None,
            file: None,
        }),
        None => Heard::nothing(Ignored::Service),
    }
}

fn words(message: &Message, edited: bool) -> GroupDid {
    let said = said(message, edited);
    // An edited command is not carried out a second time.
    match command(message, &said).filter(|_| !edited) {
        Some(did) => did,
        None => GroupDid::Case(StaffDid::Said(said)),
    }
}

/// The command of a message that begins with one; a line that begins with two slashes is a note.
fn command(message: &Message, said: &Said) -> Option<GroupDid> {
    let line = said
        .text
        .strip_prefix('/')
        .filter(|rest| !rest.starts_with('/'))?;
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let name = word.split('@').next().unwrap_or(word).to_ascii_lowercase();
    let rest = rest.trim();
    let given = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
    let on_case = |command| GroupDid::Case(StaffDid::Commanded(command));
    Some(match name.as_str() {
        "cases" => GroupDid::Cases {
            filter: CaseFilter::Live,
            page: 0,
            over: None,
        },
        "unanswered" => GroupDid::Unanswered { page: 0, over: None },
        "stats" => GroupDid::Statistics(Asked::default()),
        "broadcast" => GroupDid::Publishing(PublishDid::Broadcast),
        "event" => GroupDid::Publishing(PublishDid::Events),
        "signups" => GroupDid::SignUps(SignUpsDid::Listed),
        "take" => on_case(TopicCommand::Take),
        "release" => on_case(TopicCommand::Release),
        "close" => on_case(TopicCommand::Close(given)),
        "transfer" => on_case(TopicCommand::Transfer(mentioned(message, rest))),
        "snooze" => on_case(TopicCommand::Snooze(given)),
        name => operation::command(name, rest).map_or(GroupDid::UnknownCommand, GroupDid::Operation),
    })
}

/// The first person named in a message.
fn mentioned(message: &Message, rest: &str) -> Option<Mentioned> {
    let by_number = message
        .entities()
        .into_iter()
        .flatten()
        .find_map(|entity| match &entity.kind {
            MessageEntityKind::TextMention { user } => Some(Mentioned::Person(user_id(user))),
            _ => None,
        });
    let by_name = || {
        rest.split_whitespace()
            .find_map(|word| word.strip_prefix('@'))
            .map(|name| Mentioned::Username(name.to_owned()))
    };
    by_number.or_else(by_name)
}

pub(super) fn read_tap(tap: &CallbackQuery) -> Heard {
    let Some(message) = &tap.message else {
        return Heard::nothing(Ignored::Kind);
    };
    let over = Some(MessageId(message.id().0));
    let data = tap.data.as_deref();
    let did = match data.map(DeskButton::decode) {
        Some(Ok(DeskButton::Cases(filter, page))) => GroupDid::Cases { filter, page, over },
        Some(Ok(DeskButton::Unanswered(page))) => GroupDid::Unanswered { page, over },
        Some(Ok(button)) => GroupDid::Case(StaffDid::Tapped {
            button,
            message: over,
        }),
        Some(Err(_)) | None => match data.map(PublishButton::decode) {
            Some(Ok(button)) => GroupDid::Publishing(PublishDid::Tapped {
                button,
                message: over,
            }),
            Some(Err(_)) | None => data
                .and_then(|data| {
                    let sign_ups = read_sign_up_tap(data, over).map(GroupDid::SignUps);
                    sign_ups
                        .or_else(|| read_figures_tap(data, over).map(GroupDid::Statistics))
                        .or_else(|| operation::read_tap(data, over).map(GroupDid::Operation))
                })
                .unwrap_or(GroupDid::StaleTap),
        },
    };
    let thread = message.regular_message().and_then(thread_of);
    Heard::Group(FromGroup {
        chat: ChatId(message.chat().id.0),
        thread,
        who: Staff::Known(user_id(&tap.from)),
        face: face_of(&tap.from),
        did,
        callback: Some(tap.id.0.clone()),
        file: None,
    })
}

/// Somebody else's standing in a group.
pub(super) fn read_member(change: &ChatMemberUpdated) -> Heard {
    let gone = matches!(
        change.new_chat_member.status(),
        ChatMemberStatus::Left | ChatMemberStatus::Banned
    );
    if change.chat.is_private() || !gone {
        return Heard::nothing(Ignored::Kind);
    }
    let left = &change.new_chat_member.user;
    Heard::Group(FromGroup {
        chat: ChatId(change.chat.id.0),
        thread: None,
        who: Staff::Known(user_id(&change.from)),
        face: face_of(&change.from),
        did: GroupDid::Left(user_id(left)),
        callback: None,
        file: None,
    })
}

/// The bot's own standing in a group.
pub(super) fn read_own_membership(change: &ChatMemberUpdated) -> Heard {
    Heard::Group(FromGroup {
        chat: ChatId(change.chat.id.0),
        thread: None,
        who: Staff::Known(user_id(&change.from)),
        face: face_of(&change.from),
        did: GroupDid::BotChanged {
            may_manage_topics: matches!(
                &change.new_chat_member.kind,
                ChatMemberKind::Administrator(rights) if rights.can_manage_topics
            ),
        },
        callback: None,
        file: None,
    })
}
