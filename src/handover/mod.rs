//! A mover is handed to a person of the city's desk: what both sides see, and when somebody is there.

pub mod hours;

pub use hours::DeskHours;
