//! From Telegram's update to what happened, without side effects.
//!
//! Every kind of update is named here, so a new one in teloxide breaks the build until somebody decides what to do with
//! it.

use jiff::Timestamp;
use teloxide::types::{
    CallbackQuery, Chat, ChatMemberStatus, ChatMemberUpdated, InlineQuery, Message, MessageReactionUpdated,
    ReactionType, Update, UpdateKind, User,
};

use crate::{
    bot::{
        content::content,
        group::{self, FromGroup},
        message::{face_of, said},
        operation::{self, OperationDid},
        plain,
    },
    conversation::{
        button::{Button, StaleButton},
        input::{Input, Unreadable},
    },
    handover::{Face, Said},
    metrics::Count,
    outgoing::{MessageId, UserId},
};

const THUMB_DOWN: &str = "👎";

/// What an update turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Something in a mover's private chat.
    Mover(FromMover),
    /// Something in a group, which may be the concierge group.
    Group(FromGroup),
    /// Somebody typed the bot's name in another chat.
    Inline(InlineAsk),
    /// Nothing for the bot; a tapped button is still answered.
    Nothing { why: Ignored, callback: Option<String> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FromMover {
    pub(super) who: UserId,
    /// When a message was sent, by Telegram's clock.
    pub(super) sent: Option<Timestamp>,
    /// The language of the person's Telegram.
    pub(super) language_tag: Option<String>,
    pub(super) input: Input,
    /// The message itself, for a person to read.
    pub(super) said: Option<Said>,
    pub(super) face: Face,
    /// The tap that waits for an answer.
    pub(super) callback: Option<String>,
    /// What it means if it comes from an owner.
    pub(super) operation: Option<OperationDid>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct InlineAsk {
    pub(super) id: String,
    pub(super) who: UserId,
    pub(super) language_tag: Option<String>,
    pub(super) query: String,
}

/// Why an update is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ignored {
    /// Not in a private chat.
    Group,
    /// A service message ("message pinned").
    Service,
    /// Not sent by a person.
    Sender,
    /// A kind of update the bot has no use for.
    Kind,
    /// Newer than this program, or damaged.
    Unknown,
}

impl Ignored {
    pub(super) fn count(self) -> Count {
        match self {
            Self::Group => Count::IgnoredGroup,
            Self::Service => Count::IgnoredService,
            Self::Sender => Count::IgnoredSender,
            Self::Kind => Count::IgnoredKind,
            Self::Unknown => Count::IgnoredUnknown,
        }
    }
}

impl Heard {
    /// The tap that waits for an answer.
    pub(super) fn callback(&self) -> Option<&str> {
        match self {
            Self::Mover(from) => from.callback.as_deref(),
            Self::Nothing { callback, .. } => callback.as_deref(),
            Self::Group(_) | Self::Inline(_) => None,
        }
    }

    /// Whether teloxide could not make sense of it.
    fn is_puzzling(&self) -> bool {
        match self {
            Self::Mover(from) => matches!(
                from.input,
                Input::Unreadable {
                    kind: Unreadable::Other,
                    ..
                }
            ),
            Self::Nothing { why, .. } => *why == Ignored::Unknown,
            Self::Group(_) | Self::Inline(_) => false,
        }
    }

    pub(super) fn nothing(why: Ignored) -> Self {
        Self::Nothing { why, callback: None }
    }
}

/// Reads an update as it was stored.
pub(super) fn read_json(json: &str) -> Heard {
    let heard = serde_json::from_str::<Update>(json).map_or(Heard::nothing(Ignored::Unknown), read);
    if heard.is_puzzling() {
        return plain::read(json).unwrap_or(heard);
    }
    heard
}

fn read(update: Update) -> Heard {
    match update.kind {
        UpdateKind::Message(message) => read_message(&message, false),
        UpdateKind::EditedMessage(message) => read_message(&message, true),
        UpdateKind::CallbackQuery(tap) => read_tap(tap),
        UpdateKind::InlineQuery(query) => Heard::Inline(read_inline(query)),
        UpdateKind::MyChatMember(change) => read_membership(&change),
        UpdateKind::ChatMember(change) => group::read_member(&change),
        UpdateKind::MessageReaction(change) => read_reaction(&change),
        UpdateKind::Error(_) => Heard::nothing(Ignored::Unknown),
        UpdateKind::ChannelPost(_)
        | UpdateKind::EditedChannelPost(_)
        | UpdateKind::BusinessConnection(_)
        | UpdateKind::BusinessMessage(_)
        | UpdateKind::EditedBusinessMessage(_)
        | UpdateKind::DeletedBusinessMessages(_)
        | UpdateKind::MessageReactionCount(_)
        | UpdateKind::ChosenInlineResult(_)
        | UpdateKind::ShippingQuery(_)
        | UpdateKind::PreCheckoutQuery(_)
        | UpdateKind::PurchasedPaidMedia(_)
        | UpdateKind::Poll(_)
        | UpdateKind::PollAnswer(_)
        | UpdateKind::ChatJoinRequest(_)
        | UpdateKind::ChatBoost(_)
        | UpdateKind::RemovedChatBoost(_) => Heard::nothing(Ignored::Kind),
    }
}

fn read_message(message: &Message, edited: bool) -> Heard {
    if !message.chat.is_private() {
        return group::read_message(message, edited);
    }
    let is_person = |from: &&User| !from.is_bot && is_own_chat(&message.chat, from);
    let Some(sender) = message.from.as_ref().filter(is_person) else {
        return Heard::nothing(Ignored::Sender);
    };
    // Shared through inline mode, even if in our own chat.
    if message.via_bot.is_some() {
        return Heard::Mover(FromMover {
            said: Some(said(message, edited)),
            sent: sent(message),
            ..from_mover(sender, Input::Shared, None)
        });
    }
    match content(message, edited) {
        Some(input) => Heard::Mover(FromMover {
            said: Some(said(message, edited)),
            operation: message
                .text()
                .filter(|_| !edited)
                .and_then(operation::owners_command),
            sent: sent(message),
            ..from_mover(sender, input, None)
        }),
        None if edited && !is_location(message) => Heard::Mover(FromMover {
            said: Some(said(message, edited)),
            sent: sent(message),
            ..from_mover(sender, Input::Corrected, None)
        }),
        None => Heard::nothing(Ignored::Service),
    }
}

fn read_tap(tap: CallbackQuery) -> Heard {
    if tap
        .message
        .as_ref()
        .is_some_and(|message| !message.chat().is_private())
    {
        return group::read_tap(&tap);
    }
    let id = tap.id.0;
    let Some(message) = tap
        .message
        .as_ref()
        .filter(|message| is_own_chat(message.chat(), &tap.from))
    else {
        return Heard::Nothing {
            why: Ignored::Group,
            callback: Some(id),
        };
    };
    let input = Input::Tap {
        button: tap.data.as_deref().map_or(Err(StaleButton), Button::decode),
        message: Some(MessageId(message.id().0)),
    };
    let data = tap.data.as_deref();
    Heard::Mover(FromMover {
        operation: data.and_then(|data| operation::read_tap(data, Some(MessageId(message.id().0)))),
        ..from_mover(&tap.from, input, Some(id))
    })
}

fn read_inline(query: InlineQuery) -> InlineAsk {
    InlineAsk {
        id: query.id.0,
        who: user_id(&query.from),
        language_tag: query.from.language_code,
        query: query.query,
    }
}

fn read_membership(change: &ChatMemberUpdated) -> Heard {
    if !is_own_chat(&change.chat, &change.from) {
        return group::read_own_membership(change);
    }
    let input = match change.new_chat_member.status() {
        ChatMemberStatus::Banned | ChatMemberStatus::Left => Input::Left,
        ChatMemberStatus::Member
        | ChatMemberStatus::Owner
        | ChatMemberStatus::Administrator
        | ChatMemberStatus::Restricted => Input::Returned,
    };
    Heard::Mover(from_mover(&change.from, input, None))
}

/// A thumb down that a mover puts on a message in their own chat; other reactions say nothing.
fn read_reaction(change: &MessageReactionUpdated) -> Heard {
    let has = |reactions: &[ReactionType]| {
        reactions
            .iter()
            .any(|one| one.emoji().is_some_and(|emoji| emoji == THUMB_DOWN))
    };
    let person = change.user().filter(|person| is_own_chat(&change.chat, person));
    let newly = has(&change.new_reaction) && !has(&change.old_reaction);
    match person.filter(|_| newly) {
        Some(person) => {
            let message = MessageId(change.message_id.0);
            Heard::Mover(from_mover(person, Input::Disliked { message }, None))
        }
        None => Heard::nothing(Ignored::Kind),
    }
}

/// For an edited message, the time of the edit.
fn sent(message: &Message) -> Option<Timestamp> {
    let at = message.edit_date().unwrap_or(&message.date);
    Timestamp::from_second(at.timestamp()).ok()
}

fn is_own_chat(chat: &Chat, person: &User) -> bool {
    chat.is_private() && chat.id.0 > 0 && UserId(chat.id.0) == user_id(person)
}

fn from_mover(sender: &User, input: Input, callback: Option<String>) -> FromMover {
    FromMover {
        who: user_id(sender),
        sent: None,
        language_tag: sender.language_code.clone(),
        input,
        said: None,
        face: face_of(sender),
        callback,
        operation: None,
    }
}

/// Live locations are edited again and again.
fn is_location(message: &Message) -> bool {
    message.location().is_some() || message.venue().is_some()
}

pub(super) fn user_id(user: &User) -> UserId {
    UserId(user.id.0.cast_signed())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::outgoing::ThreadId;
    use crate::{
        bot::group::GroupDid,
        conversation::input::Command,
        handover::{DeskButton, Mentioned, StaffDid, TopicCommand},
    };

    fn anna() -> Value {
        json!({"id": 7, "is_bot": false, "first_name": "Anna", "language_code": "en"})
    }

    fn message(content: Value) -> Value {
        let mut message = json!({"message_id": 5, "date": 1_700_000_000, "from": anna(),
            "chat": {"id": 7, "type": "private", "first_name": "Anna"}});
        message
            .as_object_mut()
            .unwrap()
            .extend(content.as_object().unwrap().clone());
        message
    }

    fn heard(kind: &str, content: Value) -> Heard {
        read_json(&json!({"update_id": 1, kind: content}).to_string())
    }

    fn input(kind: &str, content: Value) -> Input {
        match heard(kind, content) {
            Heard::Mover(from) => {
                assert_eq!((from.who, from.language_tag.as_deref()), (UserId(7), Some("en")));
                from.input
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn texts_are_questions_or_commands() {
        let said = |text: &str| input("message", message(json!({"text": text})));
        assert_eq!(
            said("いくらですか"),
            Input::Question {
                text: "いくらですか".to_owned(),
                message: MessageId(5),
                edited: false
            }
        );
        let check = |text, command| assert_eq!(said(text), Input::Command(command), "{text}");
        check("/start", Command::Start(None));
        check(
            "/start subsidy-iju",
            Command::Start(Some("subsidy-iju".to_owned())),
        );
        check("/Menu@the_bot", Command::Menu);
        check("/mydata  ", Command::MyData);
        check("/", Command::Unknown(String::new()));
        check("/dance now", Command::Unknown("dance".to_owned()));
        let edited = input(
            "edited_message",
            message(json!({"text": "x", "edit_date": 1_700_000_001})),
        );
        assert!(matches!(edited, Input::Question { edited: true, .. }));
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        let check = |content: Value, kind| {
            let expected = Input::Unreadable {
                kind,
                message: MessageId(5),
            };
            assert_eq!(input("message", message(content.clone())), expected, "{content}");
        };
        let file = json!({"file_id": "f", "file_unique_id": "u", "file_size": 1});
        let with = |extra: Value| {
            let mut file = file.clone();
            file.as_object_mut()
                .unwrap()
                .extend(extra.as_object().unwrap().clone());
            file
        };
        check(
            json!({"voice": with(json!({"duration": 1, "mime_type": "audio/ogg"}))}),
            Unreadable::Voice,
        );
        check(
            json!({"photo": [with(json!({"width": 1, "height": 1}))], "caption": "これは"}),
            Unreadable::Photo,
        );
        check(
            json!({"location": {"latitude": 36.3, "longitude": 138.9}}),
            Unreadable::Location,
        );
        check(
            json!({"contact": {"phone_number": "1", "first_name": "A"}}),
            Unreadable::Contact,
        );
        check(json!({"document": file}), Unreadable::Document);
        check(json!({"dice": {"emoji": "🎲", "value": 3}}), Unreadable::Other);
    }

    #[test]
    fn taps_are_decoded_and_old_ones_are_stale() {
        let tap = |data: &str, chat: Value| {
            json!({"id": "q1", "from": anna(), "chat_instance": "c", "data": data,
                "message": {"message_id": 4, "date": 1_700_000_000, "chat": chat, "text": "t"}})
        };
        let own = json!({"id": 7, "type": "private", "first_name": "Anna"});
        let expected = |button| Input::Tap {
            button,
            message: Some(MessageId(4)),
        };
        assert_eq!(
            input("callback_query", tap(&Button::Human.encode(), own.clone())),
            expected(Ok(Button::Human))
        );
        assert_eq!(
            input("callback_query", tap("junk", own)),
            expected(Err(StaleButton))
        );
        let group = json!({"id": -1001, "type": "supergroup", "title": "g"});
        let Heard::Group(from) = heard("callback_query", tap("1:h", group.clone())) else {
            panic!("a tap in a group")
        };
        assert_eq!(
            from.did,
            GroupDid::StaleTap,
            "a mover's button is none of the desk's"
        );
        let Heard::Group(from) = heard("callback_query", tap(&DeskButton::Take.encode(), group)) else {
            panic!("a tap in a group")
        };
        assert_eq!(from.callback.as_deref(), Some("q1"));
        assert!(matches!(from.did, GroupDid::Case(StaffDid::Tapped { .. })));
    }

    #[test]
    fn leaving_and_returning_is_noticed() {
        let change = |new: Value| {
            json!({"chat": {"id": 7, "type": "private", "first_name": "Anna"}, "from": anna(), "date": 1_700_000_000,
                "old_chat_member": {"status": "member", "user": anna()}, "new_chat_member": new})
        };
        let banned = json!({"status": "kicked", "user": anna(), "until_date": 0});
        assert_eq!(input("my_chat_member", change(banned)), Input::Left);
        let back = json!({"status": "member", "user": anna()});
        assert_eq!(input("my_chat_member", change(back)), Input::Returned);
    }

    #[test]
    fn the_rest_is_ignored_for_a_reason() {
        let why = |heard: Heard| match heard {
            Heard::Nothing { why, .. } => why,
            other => panic!("{other:?}"),
        };
        let mut robot = message(json!({"text": "x"}));
        robot["from"]["is_bot"] = json!(true);
        assert_eq!(why(heard("message", robot)), Ignored::Sender);
        assert_eq!(
            why(heard("message", message(json!({"group_chat_created": true})))),
            Ignored::Service
        );
        assert_eq!(why(heard("something_new", json!({"id": 1}))), Ignored::Unknown);
        assert_eq!(why(read_json("no json")), Ignored::Unknown);
    }

    #[test]
    fn what_staff_write_is_a_note_a_command_or_words() {
        let in_topic = |text: &str| {
            let mut written =
                message(json!({"text": text, "message_thread_id": 9, "is_topic_message": true}));
            written["chat"] = json!({"id": -100, "type": "supergroup", "title": "g", "is_forum": true});
            match heard("message", written) {
                Heard::Group(from) => (from.thread, from.did),
                other => panic!("{other:?}"),
            }
        };
        let (thread, did) = in_topic("こんにちは");
        assert_eq!(thread, Some(ThreadId(9)));
        assert!(matches!(did, GroupDid::Case(StaffDid::Said(_))));
        let (_, did) = in_topic("// メモ");
        assert!(
            matches!(did, GroupDid::Case(StaffDid::Said(_))),
            "a note is no command"
        );
        let (_, did) = in_topic("/transfer@the_bot @ken");
        let to = Some(Mentioned::Username("ken".to_owned()));
        assert_eq!(
            did,
            GroupDid::Case(StaffDid::Commanded(TopicCommand::Transfer(to)))
        );
        let (_, did) = in_topic("/whatever");
        assert_eq!(did, GroupDid::UnknownCommand);
    }

    #[test]
    fn in_general_an_answer_carries_no_topic() {
        let mut written = message(json!({"text": "x", "message_thread_id": 9}));
        written["chat"] = json!({"id": -100, "type": "supergroup", "title": "g", "is_forum": true});
        let Heard::Group(from) = heard("message", written) else {
            panic!("words in a group")
        };
        assert_eq!(from.thread, None);
    }

    #[test]
    fn an_inline_query_is_heard() {
        let query = json!({"id": "i1", "from": anna(), "query": "空き家", "offset": ""});
        let Heard::Inline(ask) = heard("inline_query", query) else {
            panic!("not heard")
        };
        assert_eq!((ask.query.as_str(), ask.who), ("空き家", UserId(7)));
    }
}
