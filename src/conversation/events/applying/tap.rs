//! The buttons by which a mover signs up, and their callback data.

use jiff::civil::Date;

use crate::{events::EventId, signups::People};

/// A button about a mover's own request for an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplyTap {
    pub event: EventId,
    pub deed: Deed,
}

/// What a mover does about their request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Begins to fill the form in, or begins anew.
    Begin,
    People(People),
    Day(Date),
    /// Has nothing to add.
    Nothing,
    Submit,
    /// Gives the form up.
    Stop,
    /// Wants to cancel the request, and is asked whether they mean it.
    AskWithdraw,
    Withdraw,
}

impl Deed {
    pub(in crate::conversation::events) fn on(self, event: &EventId) -> ApplyTap {
        ApplyTap {
            event: event.clone(),
            deed: self,
        }
    }

    fn encode(self) -> String {
        match self {
            Self::Begin => "a".to_owned(),
            Self::People(people) => format!("p{}", people.count()),
            Self::Day(day) => format!("d{day}"),
            Self::Nothing => "n".to_owned(),
            Self::Submit => "y".to_owned(),
            Self::Stop => "s".to_owned(),
            Self::AskWithdraw => "q".to_owned(),
            Self::Withdraw => "x".to_owned(),
        }
    }

    fn decode(text: &str) -> Option<Self> {
        Some(match text {
            "a" => Self::Begin,
            "n" => Self::Nothing,
            "y" => Self::Submit,
            "s" => Self::Stop,
            "q" => Self::AskWithdraw,
            "x" => Self::Withdraw,
            _ => match (text.strip_prefix('p'), text.strip_prefix('d')) {
                (Some(people), _) => Self::People(People::try_from(people.parse::<u8>().ok()?).ok()?),
                (_, Some(day)) => Self::Day(day.parse().ok()?),
                _ => return None,
            },
        })
    }
}

impl ApplyTap {
    pub(in crate::conversation) fn encode(&self) -> String {
        format!("{}:{}", self.deed.encode(), self.event)
    }

    pub(in crate::conversation) fn decode(deed: &str, event: &str) -> Option<Self> {
        Some(Self {
            event: event.parse().ok()?,
            deed: Deed::decode(deed).filter(|known| known.encode() == deed)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_spelling_we_write_is_ours() {
        for deed in [
            "p02",
            "p0",
            "p21",
            "p+2",
            "d20270214",
            "d2027-2-14",
            "d2027-02-14T00:00",
            "",
            "aa",
        ] {
            assert_eq!(ApplyTap::decode(deed, "s-1"), None, "{deed}");
        }
        assert_eq!(ApplyTap::decode("a", "s_1"), None);
    }
}
