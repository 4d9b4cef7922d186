//! What whoever runs the bot does from the chat: dead letters, the knowledge taken anew, and back.

pub mod button;
pub mod letters;
pub mod reload;

pub use button::OperationButton;
