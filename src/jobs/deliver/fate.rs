//! What Telegram's answer says about a send.

use jiff::SignedDuration;
use teloxide::{ApiError, RequestError};

use crate::{
    app::fault,
    outgoing::{ChatId, MessageId, Outgoing},
    store::DeskTrouble,
};

/// How one try ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The messages it created; none if there was nothing to do.
    Done(Vec<MessageId>),
    /// It can no longer be done; this goes out in its place.
    Instead(Box<Outgoing>),
    /// A push that had become pointless for this person.
    Outdated,
    /// A prerequisite was created; the item itself still has to be carried out.
    Prepared,
    /// Telegram says: too fast.
    Wait(SignedDuration),
    /// The chat has blocked the bot, or is gone.
    Blocked,
    /// The group has another id.
    Moved(ChatId),
    /// The concierge group cannot be written to as it is.
    Trouble(DeskTrouble),
    /// Telegram will never accept it, for this reason.
    Refused(String),
    /// It may succeed later.
    Failed {
        /// The request went out but no answer came: it may have been carried out.
        unseen: bool,
    },
}

/// What an error says about an edit of one of our messages.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum EditFate {
    Changed,
    /// It says already what it should say.
    Unchanged,
    /// It is gone, or too old to be edited.
    Gone,
    Other(Fate),
}

pub(super) fn of_error(error: &RequestError) -> Fate {
    match error {
        RequestError::RetryAfter(wait) => Fate::Wait(SignedDuration::from_secs(wait.seconds().max(1).into())),
        RequestError::Api(error) => of_api_error(error),
        RequestError::MigrateToChatId(to) => Fate::Moved(ChatId(to.0)),
        RequestError::Network(error) => Fate::Failed {
            unseen: !error.is_connect(),
        },
        // It says it worked, though the rest cannot be read; other unreadable answers are not Telegram's (a proxy's
        // page).
        RequestError::InvalidJson { raw, .. } if raw.contains("\"ok\":true") => Fate::Done(Vec::new()),
        RequestError::InvalidJson { .. } => Fate::Failed { unseen: true },
        RequestError::Io(_) => Fate::Failed { unseen: false },
    }
}

/// In a private chat, "chat not found" means a person who never started the bot or is gone for good.
pub(super) fn of_private_error(error: &RequestError) -> Fate {
    match of_error(error) {
        Fate::Refused(_) if is_about_a_chat(error) => Fate::Blocked,
        fate => fate,
    }
}

pub(super) fn of_edit_error(error: &RequestError) -> EditFate {
    match error {
        RequestError::Api(ApiError::MessageNotModified) => EditFate::Unchanged,
        RequestError::Api(
            ApiError::MessageToEditNotFound | ApiError::MessageIdInvalid | ApiError::MessageCantBeEdited,
        ) => EditFate::Gone,
        RequestError::Api(ApiError::Unknown(words)) if words.contains("message is not modified") => {
            EditFate::Unchanged
        }
        RequestError::Api(ApiError::Unknown(words)) if words.contains("message to edit not found") => {
            EditFate::Gone
        }
        error => EditFate::Other(of_error(error)),
    }
}

/// What an error says about a call that concerns a topic of the concierge group.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TopicFate {
    /// The topic is gone.
    Gone,
    /// Somebody closed it by hand.
    Closed,
    /// It already is as it should be.
    Unchanged,
    Other(Fate),
}

pub(super) fn of_topic_error(error: &RequestError) -> TopicFate {
    let words = error.to_string().to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if says(&["message thread not found", "topic_deleted", "topic_id_invalid"]) {
        TopicFate::Gone
    } else if says(&["topic_closed"]) {
        TopicFate::Closed
    } else if says(&["topic_not_modified"]) {
        TopicFate::Unchanged
    } else if says(&["not a forum"]) {
        TopicFate::Other(Fate::Trouble(DeskTrouble::NoTopics))
    } else if says(&[
        "not enough rights",
        "chat_admin_required",
        "need administrator rights",
    ]) {
        TopicFate::Other(Fate::Trouble(DeskTrouble::NoRights))
    } else if says(&["chat not found", "bot was kicked", "not a member"]) {
        TopicFate::Other(Fate::Trouble(DeskTrouble::NotInside))
    } else {
        TopicFate::Other(of_error(error))
    }
}

/// Whether Telegram refuses to copy a message of this kind.
pub(super) fn is_not_copied(words: &str) -> bool {
    let words = words.to_lowercase();
    [
        "can't be copied",
        "can't be forwarded",
        "no messages to copy",
        "no messages to forward",
    ]
    .iter()
    .any(|part| words.contains(part))
}

/// Whether the chat of the message to copy forbids copying.
pub(super) fn is_protected(words: &str) -> bool {
    let words = words.to_lowercase();
    words.contains("forwards_restricted") || words.contains("copying is restricted")
}

/// Whether the message to copy is gone.
pub(super) fn is_deleted(words: &str) -> bool {
    words.to_lowercase().contains("message to copy not found")
}

/// Whether a person cannot be reached; for a copy into the group, whoever wrote the message.
pub(super) fn is_about_a_person(error: &RequestError) -> bool {
    matches!(
        error,
        RequestError::Api(ApiError::BotBlocked | ApiError::UserDeactivated)
    )
}

/// Whether a chat is gone; for a copy, its source or its target.
pub(super) fn is_about_a_chat(error: &RequestError) -> bool {
    error.to_string().to_lowercase().contains("chat not found")
}

/// Whether Telegram rejects the formatting, or a quote that is not in the message.
pub(super) fn is_about_markup(error: &RequestError) -> bool {
    let words = error.to_string().to_lowercase();
    words.contains("can't parse entities") || words.contains("quote_text_invalid")
}

/// Whether the bot is no longer in the group it should read from.
pub(super) fn is_about_group(error: &RequestError) -> bool {
    let words = error.to_string().to_lowercase();
    words.contains("group chat") && (words.contains("kicked") || words.contains("not a member"))
}

fn of_api_error(error: &ApiError) -> Fate {
    match error {
        ApiError::BotBlocked
        | ApiError::UserDeactivated
        | ApiError::CantInitiateConversation
        | ApiError::CantTalkWithBots
        | ApiError::BotKicked
        | ApiError::BotKickedFromSupergroup
        | ApiError::BotKickedFromChannel => Fate::Blocked,
        ApiError::Unknown(words) if words.starts_with("Forbidden") => Fate::Blocked,
        // The token was revoked: nothing is wrong with the message.
        ApiError::InvalidToken => Fate::Failed { unseen: false },
        ApiError::Unknown(words) if fault::is_servers(words) => Fate::Failed { unseen: true },
        error => Fate::Refused(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use teloxide::types::Seconds;

    use super::*;

    #[test]
    fn every_answer_has_its_consequence() {
        let api = |error| of_error(&RequestError::Api(error));
        let unknown = |words: &str| api(ApiError::Unknown(words.to_owned()));
        assert_eq!(
            of_error(&RequestError::RetryAfter(Seconds::from_seconds(7))),
            Fate::Wait(SignedDuration::from_secs(7))
        );
        assert_eq!(api(ApiError::BotBlocked), Fate::Blocked);
        assert_eq!(
            unknown("Forbidden: bot can't initiate conversation with a user"),
            Fate::Blocked
        );
        assert_eq!(unknown("Bad Gateway"), Fate::Failed { unseen: true });
        assert!(matches!(
            unknown("Bad Request: message thread not found"),
            Fate::Refused(_)
        ));
        assert!(matches!(api(ApiError::MessageIsTooLong), Fate::Refused(_)));
        assert_eq!(api(ApiError::InvalidToken), Fate::Failed { unseen: false });
    }

    #[test]
    fn an_edit_can_be_needless_or_too_late() {
        let edit = |error| of_edit_error(&RequestError::Api(error));
        assert_eq!(edit(ApiError::MessageNotModified), EditFate::Unchanged);
        assert_eq!(edit(ApiError::MessageToEditNotFound), EditFate::Gone);
        assert_eq!(edit(ApiError::BotBlocked), EditFate::Other(Fate::Blocked));
    }
}
