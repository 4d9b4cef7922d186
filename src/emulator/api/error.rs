//! Every reason to refuse a call, in Telegram's own words.
//!
//! The last group is ours: Telegram would accept these calls, but they are surely mistakes.

use axum::http::StatusCode;
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("Unauthorized")]
    Unauthorized,
    #[error("Not Found: method {0} not found")]
    UnknownMethod(String),
    #[error("Forbidden: bot was blocked by the user")]
    BotBlocked,
    #[error("Forbidden: bot can't initiate conversation with a user")]
    CannotInitiate,
    #[error("Forbidden: bot was kicked from the supergroup chat")]
    BotKicked,
    #[error("Forbidden: bot is not a member of the supergroup chat")]
    BotNotMember,
    #[error("Too Many Requests: retry after {retry_after}")]
    TooManyRequests { retry_after: u64 },
    #[error(
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )]
    PollTakenOver,
    #[error("Conflict: terminated by setWebhook request")]
    PollEndedByWebhook,
    #[error(
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook \
         first"
    )]
    WebhookActive,
    #[error("Internal Server Error")]
    ServerError { status: u16 },

    #[error("Bad Request: chat not found")]
    ChatNotFound,
    #[error("Bad Request: user not found")]
    UserNotFound,
    #[error("Bad Request: group chat was upgraded to a supergroup chat")]
    Migrated { to: i64 },

    #[error("Bad Request: message text is empty")]
    TextEmpty,
    #[error("Bad Request: message is too long")]
    TextTooLong,
    #[error("Bad Request: MESSAGE_TOO_LONG")]
    EditedTextTooLong,
    #[error("Bad Request: message caption is too long")]
    CaptionTooLong,
    #[error("Bad Request: can't parse entities: {0}")]
    EntitiesUnparsable(String),
    #[error("Bad Request: unsupported parse_mode")]
    UnknownParseMode,
    #[error("Bad Request: ENTITY_BOUNDS_INVALID")]
    EntityOutOfText,

    #[error("Bad Request: message thread not found")]
    ThreadNotFound,
    #[error("Bad Request: TOPIC_CLOSED")]
    TopicClosed,
    #[error("Bad Request: TOPIC_ID_INVALID")]
    TopicInvalid,
    #[error("Bad Request: TOPIC_NOT_MODIFIED")]
    TopicNotModified,
    #[error("Bad Request: TOPIC_TITLE_EMPTY")]
    TopicNameInvalid,
    #[error("Bad Request: the chat is not a forum")]
    NotAForum,
    #[error("Bad Request: not enough rights to create a topic")]
    TopicRightsMissing,
    #[error("Bad Request: not enough rights to edit the topic")]
    TopicEditRightsMissing,
    #[error("Bad Request: not enough rights to close or open the topic")]
    TopicCloseRightsMissing,
    #[error("Bad Request: not enough rights to delete the topic")]
    TopicDeleteRightsMissing,
    #[error("Bad Request: not enough rights to manage pinned messages in the chat")]
    PinRightsMissing,

    #[error(
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the \
         same as a current content and reply markup of the message"
    )]
    NotModified,
    #[error("Bad Request: message to edit not found")]
    EditTargetMissing,
    #[error("Bad Request: message can't be edited")]
    CannotEdit,
    #[error("Bad Request: message to delete not found")]
    DeleteTargetMissing,
    #[error("Bad Request: message can't be deleted")]
    CannotDelete,
    #[error("Bad Request: message to copy not found")]
    CopyTargetMissing,
    #[error("Bad Request: the message can't be copied")]
    CannotCopy,
    #[error("Bad Request: CHAT_FORWARDS_RESTRICTED")]
    ForwardsRestricted,
    #[error("Bad Request: message to forward not found")]
    ForwardTargetMissing,
    #[error("Bad Request: the message can't be forwarded")]
    CannotForward,
    #[error("Bad Request: there are no messages to forward")]
    NothingToForward,
    #[error("Bad Request: message identifiers must be in a strictly increasing order")]
    MessagesUnordered,
    #[error("Bad Request: message to be replied not found")]
    ReplyTargetMissing,
    #[error("Bad Request: QUOTE_TEXT_INVALID")]
    QuoteInvalid,
    #[error("Bad Request: message to pin not found")]
    PinTargetMissing,
    #[error("Bad Request: message to react not found")]
    ReactionTargetMissing,
    #[error("Bad Request: REACTION_INVALID")]
    ReactionInvalid,
    #[error("Bad Request: message identifier is not specified")]
    MessageIdMissing,

    #[error("Bad Request: BUTTON_DATA_INVALID")]
    ButtonDataInvalid,
    #[error("Bad Request: BUTTON_URL_INVALID")]
    ButtonUrlInvalid,
    #[error(
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    )]
    TextButtonsUnallowed,
    #[error("Bad Request: query is too old and response timeout expired or query ID is invalid")]
    QueryTooOld,
    #[error("Bad Request: MESSAGE_TOO_LONG")]
    NoteTooLong,
    #[error("Bad Request: RESULTS_TOO_MUCH")]
    TooManyResults,
    #[error("Bad Request: RESULT_ID_INVALID")]
    ResultIdInvalid,
    #[error("Bad Request: RESULT_ID_DUPLICATE")]
    ResultIdDuplicate,

    #[error("Bad Request: there is no {0} in the request")]
    FileMissing(&'static str),
    #[error("Bad Request: wrong file identifier/HTTP URL specified")]
    FileIdWrong,
    #[error("Bad Request: Too much messages to send as an album")]
    AlbumSizeWrong,
    #[error("Bad Request: MEDIA_INVALID")]
    AlbumKindsMixed,

    #[error("Bad Request: bad webhook: invalid URL")]
    WebhookUrlInvalid,
    #[error("Bad Request: bad webhook: secret token contains unallowed characters")]
    WebhookSecretInvalid,
    #[error("Bad Request: BOT_COMMAND_INVALID")]
    CommandInvalid,
    #[error("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")]
    CommandDescriptionInvalid,

    #[error("Bad Request: can't parse the request: {0}")]
    Unreadable(String),
    #[error("Bad Request: unknown field `{0}`")]
    UnknownField(String),
    #[error("Bad Request: `{0}` is out of range")]
    OutOfRange(&'static str),
    /// For the log only: the bot's connection is gone.
    #[error("Connection cut before the call was carried out")]
    LineCut,
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
            Self::LineCut => StatusCode::BAD_GATEWAY,
            Self::ServerError { status } => {
                StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The answer's whole body.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({
            "ok": false,
            "error_code": self.status().as_u16(),
            "description": self.to_string(),
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
