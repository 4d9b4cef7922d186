//! The names of reminders: what makes one of them the same as another.

use std::{fmt, str::FromStr};

use jiff::civil::Date;

use crate::{events::EventId, outgoing::UserId, reminders::Lead};

/// One reminder for one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReminderId {
    pub what: Told,
    pub mover: UserId,
}

/// What somebody is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// An event, this long before.
    Event { event: EventId, lead: Lead },
    /// The list of the week that begins on this Monday.
    Week(Date),
}

/// No reminder has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no reminder has this name")]
pub struct BadTold;

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event { event, lead } => write!(f, "ev.{event}.{lead}"),
            Self::Week(monday) => write!(f, "week.{monday}"),
        }
    }
}

impl FromStr for Told {
    type Err = BadTold;

    fn from_str(name: &str) -> Result<Self, BadTold> {
        match name.split_once('.') {
            Some(("ev", rest)) => {
                let (event, lead) = rest.split_once('.').ok_or(BadTold)?;
                Ok(Self::Event {
                    event: event.parse().map_err(|_| BadTold)?,
                    lead: lead.parse().map_err(|_| BadTold)?,
                })
            }
            Some(("week", monday)) => monday.parse().map(Self::Week).map_err(|_| BadTold),
            _ => Err(BadTold),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_is_known_by_its_name() {
        for name in [
            "ev.s-1.24",
            "ev.vacant-home-consultation-toge.168",
            "week.2027-02-15",
        ] {
            assert_eq!(
                name.parse::<Told>().map(|told| told.to_string()),
                Ok(name.to_owned())
            );
        }
        for nonsense in [
            "",
            "ev.s-1",
            "ev.s_1.24",
            "ev.s-1.0",
            "week.2027-02-30",
            "month.2027-02",
        ] {
            assert_eq!(nonsense.parse::<Told>(), Err(BadTold), "{nonsense}");
        }
    }
}
