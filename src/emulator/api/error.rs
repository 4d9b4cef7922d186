//! Everything a call can be refused with, in Telegram's own words.
//!
//! The last group has no words of Telegram's: there Telegram would let something pass that is surely a mistake.

use axum::http::StatusCode;
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ApiError {
    Unauthorized,
    UnknownMethod(String),
    ChatNotFound,
    UserNotFound,
    BotBlocked,
    CannotInitiate,
    BotKicked,
    BotNotMember,
    TooManyRequests { retry_after: u64 },
    Migrated { to: i64 },
    ServerError(u16),

    TextEmpty,
    TextTooLong,
    EditedTextTooLong,
    CaptionTooLong,
    EntitiesUnparsable(String),
    UnknownParseMode,
    EntityOutOfText,

    ThreadNotFound,
    TopicClosed,
    TopicInvalid,
    TopicNotModified,
    TopicNameInvalid,
    NotAForum,
    TopicRightsMissing,
    PinRightsMissing,

    NotModified,
    EditTargetMissing,
    CannotEdit,
    DeleteTargetMissing,
    CannotDelete,
    CopyTargetMissing,
    ForwardTargetMissing,
    ReplyTargetMissing,
    PinTargetMissing,
    ReactionTargetMissing,
    ReactionInvalid,
    MessageIdMissing,

    ButtonDataInvalid,
    ButtonUrlInvalid,
    TextButtonsUnallowed,
    QueryTooOld,
    AnswerTooLong,
    TooManyResults,
    ResultIdInvalid,
    ResultIdDuplicate,

    FileMissing(&'static str),
    FileIdWrong,
    AlbumSizeWrong,
    AlbumKindsMixed,

    PollTakenOver,
    PollEndedByWebhook,
    WebhookActive,
    WebhookUrlInvalid,
    WebhookSecretInvalid,

    CommandInvalid,
    CommandDescriptionInvalid,
    ProfileTextTooLong(&'static str),

    Unreadable(String),
    UnknownField(String),
    OutOfRange(&'static str),
}

impl ApiError {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::UnknownMethod(_) => StatusCode::NOT_FOUND,
            Self::BotBlocked | Self::CannotInitiate | Self::BotKicked | Self::BotNotMember => {
                StatusCode::FORBIDDEN
            }
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::PollTakenOver | Self::PollEndedByWebhook | Self::WebhookActive => StatusCode::CONFLICT,
            Self::ServerError(status) => {
                StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The `description` of the answer.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Unauthorized => "Unauthorized".to_owned(),
            Self::UnknownMethod(name) => format!("Not Found: method {name} not found"),
            Self::TooManyRequests { retry_after } => format!("Too Many Requests: retry after {retry_after}"),
            Self::ServerError(_) => "Internal Server Error".to_owned(),
            Self::PollTakenOver => {
                "Conflict: terminated by other getUpdates request; make sure that only one \
                bot instance is running"
                    .to_owned()
            }
            Self::PollEndedByWebhook => "Conflict: terminated by setWebhook request".to_owned(),
            Self::WebhookActive => "Conflict: can't use getUpdates method while webhook is active; use \
                deleteWebhook to delete the webhook first"
                .to_owned(),
            Self::BotBlocked => "Forbidden: bot was blocked by the user".to_owned(),
            Self::CannotInitiate => "Forbidden: bot can't initiate conversation with a user".to_owned(),
            Self::BotKicked => "Forbidden: bot was kicked from the supergroup chat".to_owned(),
            Self::BotNotMember => "Forbidden: bot is not a member of the supergroup chat".to_owned(),
            refused => format!("Bad Request: {}", refused.reason()),
        }
    }

    /// What comes after "Bad Request: ".
    fn reason(&self) -> String {
        match self {
            Self::EntitiesUnparsable(why) => format!("can't parse entities: {why}"),
            Self::FileMissing(kind) => format!("there is no {kind} in the request"),
            Self::ProfileTextTooLong(what) => format!("{what} is too long"),
            Self::Unreadable(why) => format!("can't parse the request: {why}"),
            Self::UnknownField(name) => format!("unknown field `{name}`"),
            Self::OutOfRange(name) => format!("`{name}` is out of range"),
            fixed => fixed.fixed_reason().to_owned(),
        }
    }

    fn fixed_reason(&self) -> &'static str {
        match self {
            Self::ChatNotFound => "chat not found",
            Self::UserNotFound => "user not found",
            Self::Migrated { .. } => "group chat was upgraded to a supergroup chat",
            Self::TextEmpty => "message text is empty",
            Self::TextTooLong => "message is too long",
            Self::EditedTextTooLong => "MESSAGE_TOO_LONG",
            Self::CaptionTooLong => "message caption is too long",
            Self::UnknownParseMode => "unsupported parse_mode",
            Self::EntityOutOfText => "ENTITY_BOUNDS_INVALID",
            Self::ThreadNotFound => "message thread not found",
            Self::TopicClosed => "TOPIC_CLOSED",
            Self::TopicInvalid => "TOPIC_ID_INVALID",
            Self::TopicNotModified => "TOPIC_NOT_MODIFIED",
            Self::TopicNameInvalid => "TOPIC_TITLE_EMPTY",
            Self::NotAForum => "the chat is not a forum",
            Self::TopicRightsMissing => "not enough rights to create a topic",
            Self::PinRightsMissing => "not enough rights to manage pinned messages in the chat",
            Self::NotModified => {
                "message is not modified: specified new message content and reply markup are exactly the same as \
                 a current content and reply markup of the message"
            }
            Self::EditTargetMissing => "message to edit not found",
            Self::CannotEdit => "message can't be edited",
            Self::DeleteTargetMissing => "message to delete not found",
            Self::CannotDelete => "message can't be deleted",
            Self::CopyTargetMissing => "message to copy not found",
            Self::ForwardTargetMissing => "message to forward not found",
            Self::ReplyTargetMissing => "message to be replied not found",
            Self::PinTargetMissing => "message to pin not found",
            Self::ReactionTargetMissing => "message to react not found",
            Self::ReactionInvalid => "REACTION_INVALID",
            Self::MessageIdMissing => "message identifier is not specified",
            Self::ButtonDataInvalid => "BUTTON_DATA_INVALID",
            Self::ButtonUrlInvalid => "BUTTON_URL_INVALID",
            Self::TextButtonsUnallowed => {
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            }
            Self::QueryTooOld => "query is too old and response timeout expired or query ID is invalid",
            Self::AnswerTooLong => "MESSAGE_TOO_LONG",
            Self::TooManyResults => "RESULTS_TOO_MUCH",
            Self::ResultIdInvalid => "RESULT_ID_INVALID",
            Self::ResultIdDuplicate => "RESULT_ID_DUPLICATE",
            Self::FileIdWrong => "wrong file identifier/HTTP URL specified",
            Self::AlbumSizeWrong => "Too much messages to send as an album",
            Self::AlbumKindsMixed => "MEDIA_INVALID",
            Self::WebhookUrlInvalid => "bad webhook: invalid URL",
            Self::WebhookSecretInvalid => "bad webhook: secret token contains unallowed characters",
            Self::CommandInvalid => "BOT_COMMAND_INVALID",
            Self::CommandDescriptionInvalid => "BOT_COMMAND_DESCRIPTION_INVALID",
            _ => "Bad Request",
        }
    }

    /// The answer's whole body.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({
            "ok": false,
            "error_code": self.status().as_u16(),
            "description": self.describe(),
        });
        match self {
            Self::TooManyRequests { retry_after } => {
                body["parameters"] = json!({ "retry_after": retry_after })
            }
            Self::Migrated { to } => body["parameters"] = json!({ "migrate_to_chat_id": to }),
            _ => {}
        }
        body
    }
}
