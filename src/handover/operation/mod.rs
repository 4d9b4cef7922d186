//! Running the bot from the chat: dead letters, reloading the knowledge, and going back.

pub mod button;
pub mod letters;
pub mod reload;

pub use button::OperationButton;
