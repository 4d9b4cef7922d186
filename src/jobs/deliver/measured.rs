//! Counts what becomes of reminders.

use crate::{
    app::App,
    conversation::is_late,
    metrics::Count,
    outgoing::{Act, Push},
};

/// A reminder went out.
pub(super) fn reminded(app: &App, act: &Act) {
    let late = match act {
        Act::Push(Push::Reminder { due, .. }) => is_late(*due, app.clock().now()),
        Act::Push(Push::Week) => false,
        _ => return,
    };
    app.metrics().count(if late {
        Count::ReminderLate
    } else {
        Count::ReminderInTime
    });
}

/// A reminder did not go out: it had become pointless, or nobody could get it.
pub(super) fn left_out(app: &App, act: &Act) {
    if let Act::Push(Push::Reminder { .. } | Push::Week) = act {
        app.metrics().count(Count::ReminderDropped);
    }
}
