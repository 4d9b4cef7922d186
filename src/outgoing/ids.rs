//! Telegram's numbers, told apart by type.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub $inner);
    };
}

id!(
    /// A chat; positive for private chats (then equal to the person's [`UserId`]), negative for groups.
    ChatId(i64)
);
id!(
    /// A person or bot.
    UserId(i64)
);
id!(
    /// A message, unique within its chat.
    MessageId(i32)
);
id!(
    /// A topic of a forum: the id of the message that opened it.
    ThreadId(i32)
);
id!(
    /// An update; rises with time.
    UpdateId(u32)
);

id!(
    /// Something staff tell many; a later one has a higher number.
    BroadcastId(u64)
);

impl UserId {
    /// The private chat with this person.
    #[must_use]
    pub fn private_chat(self) -> ChatId {
        ChatId(self.0)
    }
}

impl ChatId {
    /// The person of a private chat; groups have none.
    #[must_use]
    pub fn person(self) -> Option<UserId> {
        (self.0 > 0).then_some(UserId(self.0))
    }
}
