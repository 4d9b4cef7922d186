//! What is sent at once and not stored; a failure is only worth a debug line.

use teloxide::{
    Bot,
    payloads::AnswerCallbackQuerySetters,
    requests::Requester,
    types::{self as telegram, CallbackQueryId, ChatAction},
};

use crate::{app::logged, outgoing::Passing};

pub(super) async fn send(bot: Bot, passing: Passing) {
    let sent = match passing {
        Passing::AnswerTap { callback, note } => {
            let request = bot.answer_callback_query(CallbackQueryId(callback));
            match note {
                Some(note) => request.text(note).await,
                None => request.await,
            }
        }
        Passing::Typing { chat } => {
            bot.send_chat_action(telegram::ChatId(chat.0), ChatAction::Typing)
                .await
        }
    };
    if let Err(error) = sent {
        tracing::debug!(error = %logged::told(&error), "something that does not last could not be sent");
    }
}
