//! Actions that are impossible in Telegram's apps.

/// Why a person could not do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    #[error("no person {0}")]
    NoSuchPerson(i64),
    #[error("no chat {0} for this person")]
    NoSuchChat(i64),
    #[error("there is a chat {0} already")]
    ChatExists(i64),
    #[error("there is no group")]
    NoGroup,
    #[error("the group has no topics")]
    NoTopics,
    #[error("no topic {0}")]
    NoSuchTopic(i32),
    #[error("topic {0} is closed")]
    TopicClosed(i32),
    #[error("no message {0} in this chat")]
    NoSuchMessage(i32),
    #[error("message {message} does not say \"{quote}\"")]
    NoSuchQuote { message: i32, quote: String },
    #[error("message {message} has no callback button \"{button}\"")]
    NoSuchButton { message: i32, button: String },
    #[error("no inline result \"{0}\" was offered to this person")]
    NoSuchResult(String),
    #[error("person {person} did not write message {message}")]
    NotTheirs { person: i64, message: i32 },
    #[error("message {0} has no text that could be edited")]
    NotEditable(i32),
    #[error("an album has 2 to 10 pictures and videos, or documents, or pieces of music")]
    NoAlbum,
    #[error("no app could mark a text like this: {0}")]
    Unreadable(String),
    #[error("person {0} has blocked the bot and would have to unblock it first")]
    Blocked(i64),
    #[error("person {0} is not a member of the group")]
    NotMember(i64),
    #[error("person {0} is not an administrator of the group")]
    NotAdministrator(i64),
    #[error("the bot did not answer in time")]
    NoAnswer,
}
