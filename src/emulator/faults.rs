//! Faults on purpose.

use super::api::Method;

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Refused with 429; nothing is carried out.
    Flood { seconds: u64 },
    /// The connection is dropped before the call is carried out.
    CutBefore,
    /// The call is carried out, but its answer is lost.
    CutAfter,
    /// The call is carried out, but its answer is late.
    Late { millis: u64 },
    /// An answer with this HTTP status; nothing is carried out.
    ServerError { status: u16 },
    /// A proxy's page instead of an answer; nothing is carried out.
    Page { status: u16 },
    /// Refused because of its content; nothing is carried out.
    Refused,
    /// The group has moved to another chat.
    Migrated { to: i64 },
    /// The topic cannot be found although everybody sees it, as happens with very old ones.
    ThreadLost,
}

/// Which calls are hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    Every,
    /// Every call except `getUpdates`, which a polling bot makes all the time.
    AllButPolling,
    Only(Method),
    /// Every call that concerns this chat.
    Chat(i64),
}

#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    fault: Fault,
    aim: Aim,
    calls_left: Option<u32>,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault, aim: Aim, calls: Option<u32>) {
        self.0.push(Rule {
            fault,
            aim,
            calls_left: calls,
        });
        self.drop_spent();
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault that hits this call; uses it up once.
    pub(crate) fn strike(&mut self, method: Method, chat: Option<i64>) -> Option<Fault> {
        let rule = self.0.iter_mut().find(|rule| rule.aim.hits(method, chat))?;
        let fault = rule.fault;
        rule.calls_left = rule.calls_left.map(|left| left.saturating_sub(1));
        if rule.calls_left == Some(0) {
            self.drop_spent();
        }
        Some(fault)
    }

    /// The faults still to come, with how many calls each will hit; `None` means all.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = (Fault, Option<u32>)> {
        self.0.iter().map(|rule| (rule.fault, rule.calls_left))
    }

    fn drop_spent(&mut self) {
        self.0.retain(|rule| rule.calls_left != Some(0));
    }
}

impl Fault {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Flood { .. } => "flood",
            Self::CutBefore => "cut_before",
            Self::CutAfter => "cut_after",
            Self::Late { .. } => "late",
            Self::ServerError { .. } => "server_error",
            Self::Page { .. } => "page",
            Self::Refused => "refused",
            Self::Migrated { .. } => "migrated",
            Self::ThreadLost => "thread_lost",
        }
    }
}

impl Aim {
    fn hits(self, method: Method, chat: Option<i64>) -> bool {
        match self {
            Self::Every => true,
            Self::AllButPolling => method != Method::GetUpdates,
            Self::Only(only) => method == only,
            Self::Chat(only) => chat == Some(only),
        }
    }
}
