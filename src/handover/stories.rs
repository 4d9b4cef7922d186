//! Whatever movers, staff and time do to a case, in whatever order: one owner or none, nobody else heard, no note
//! passed on, nobody waiting where nobody answers, and every change shown to those it concerns.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, test_runner::TestCaseResult};

use crate::{
    conversation::{Button, Command, Conversation, Input, sample},
    handover::{
        Case, Content, DeskButton, DeskHours, DeskSenses, DeskStep, Face, FromMover, InTopic, Mentioned,
        Reached, Reason, Said, Staff, StaffDid, Stage, TopicCommand, button::Rest, from_mover, from_staff,
        from_time, owner_left, timer,
    },
    knowledge::Holidays,
    outgoing::{Act, Emoji, Html, MessageId, Outgoing, To, UserId, Voice},
};

const MOVER: UserId = UserId(1);
const CARD: MessageId = MessageId(1);
const IN_TOPIC: InTopic = InTopic {
    card: Some(CARD),
    reached: Reached::Nobody,
};

static HOLIDAYS: LazyLock<Holidays> = LazyLock::new(Holidays::default);
static COLLEAGUES: LazyLock<Vec<(UserId, Face)>> = LazyLock::new(|| {
    let face = |name: &str| Face {
        name: name.to_owned(),
        username: Some(name.to_owned()),
    };
    [(10, "mio"), (11, "ken"), (12, "saki")]
        .map(|(id, name)| (UserId(id), face(name)))
        .to_vec()
});

fn senses() -> DeskSenses<'static> {
    DeskSenses {
        talk: sample::senses(),
        hours: DeskHours { holidays: &HOLIDAYS },
        colleagues: &COLLEAGUES,
        connected: true,
        in_reach: true,
    }
}

/// What anybody may do.
#[derive(Debug, Clone)]
enum Deed {
    MoverSays(&'static str),
    MoverShows,
    MoverEdits,
    MoverTaps(Button),
    MoverGoes,
    MoverReturns,
    StaffSays(Staff, &'static str),
    /// An album of two pictures; these words stand below the second.
    StaffShows(Staff, &'static str),
    /// The last words of theirs.
    StaffEdits(Staff, &'static str),
    StaffTaps(Staff, DeskButton),
    /// About the oldest held words, or about the newest words, held or not.
    Decides(Staff, bool, bool),
    StaffCommands(Staff, TopicCommand),
    OwnerLeaves,
    MinutesPass(i64),
}

fn staff() -> impl Strategy<Value = Staff> {
    prop_oneof![
        9 => (10_i64..13).prop_map(|who| Staff::Known(UserId(who))),
        1 => Just(Staff::Anonymous),
    ]
}

fn colleague() -> impl Strategy<Value = UserId> {
    (10_i64..14).prop_map(UserId)
}

fn of_mover() -> impl Strategy<Value = Deed> {
    let words = [
        "ほにゃらら",
        "家を買うとお金は出ますか",
        "人と話したい",
        "死にたい",
        "こんにちは",
    ];
    prop_oneof![
        8 => proptest::sample::select(words.to_vec()).prop_map(Deed::MoverSays),
        1 => Just(Deed::MoverShows),
        1 => Just(Deed::MoverEdits),
        2 => prop_oneof![
            Just(Button::Human),
            Just(Button::EndCase),
            Just(Button::RatingLine),
            (1_u8..=5).prop_map(Button::Rate),
        ]
        .prop_map(Deed::MoverTaps),
        1 => Just(Deed::MoverGoes),
        1 => Just(Deed::MoverReturns),
    ]
}

fn of_staff() -> impl Strategy<Value = Deed> {
    let words = || proptest::sample::select(vec!["はい、どうぞ。", "// 予算を聞く"]);
    let button = prop_oneof![
        4 => Just(DeskButton::Take),
        1 => Just(DeskButton::TakeOver),
        1 => Just(DeskButton::Release),
        1 => Just(DeskButton::Colleagues),
        1 => colleague().prop_map(DeskButton::HandOn),
        1 => proptest::sample::select(Reason::ALL.to_vec()).prop_map(DeskButton::Close),
        1 => Just(DeskButton::Reopen),
        1 => proptest::sample::select(Rest::ALL.to_vec()).prop_map(DeskButton::Snooze),
        1 => Just(DeskButton::Back),
        1 => Just(DeskButton::Suggest(sample::id("subsidy-myhome-shienkin"))),
    ];
    let command = prop_oneof![
        Just(TopicCommand::Take),
        Just(TopicCommand::Release),
        Just(TopicCommand::Close(None)),
        Just(TopicCommand::Close(Some("解決した".to_owned()))),
        colleague().prop_map(|to| TopicCommand::Transfer(Some(Mentioned::Person(to)))),
        Just(TopicCommand::Transfer(Some(Mentioned::Username(
            "KEN".to_owned()
        )))),
        Just(TopicCommand::Snooze(Some("12:00".to_owned()))),
        Just(TopicCommand::Snooze(Some("2026-01-01 10:00".to_owned()))),
    ];
    prop_oneof![
        6 => (staff(), words()).prop_map(|(who, words)| Deed::StaffSays(who, words)),
        1 => (staff(), words()).prop_map(|(who, words)| Deed::StaffShows(who, words)),
        1 => (staff(), words()).prop_map(|(who, words)| Deed::StaffEdits(who, words)),
        8 => (staff(), button).prop_map(|(who, button)| Deed::StaffTaps(who, button)),
        2 => (staff(), any::<bool>(), any::<bool>()).prop_map(|(who, send, last)| Deed::Decides(who, send, last)),
        3 => (staff(), command).prop_map(|(who, command)| Deed::StaffCommands(who, command)),
        1 => Just(Deed::OwnerLeaves),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let pause = proptest::sample::select(vec![1_i64, 9, 31, 200, 24 * 60, 2 * 24 * 60, 8 * 24 * 60]);
    prop_oneof![
        3 => of_mover(),
        6 => of_staff(),
        2 => pause.prop_map(Deed::MinutesPass),
    ]
}

/// What one of the staff wrote.
#[derive(Debug, Clone)]
struct Words {
    message: MessageId,
    by: Staff,
    /// It is a note, or part of an album that is one.
    note: bool,
    content: Content,
}

/// A mover, their case, and everything that was written.
struct Desk {
    now: Timestamp,
    conversation: Conversation,
    case: Option<Case>,
    messages: i32,
    albums: u32,
    asked: Option<MessageId>,
    words: Vec<Words>,
    /// What came of each message of staff: how often it went to the mover.
    passed_on: BTreeMap<MessageId, usize>,
}

impl Desk {
    fn open() -> Self {
        let now = sample::at("2026-11-24T09:00:00+09:00");
        Self {
            now,
            conversation: Conversation::with_newcomer(MOVER, Some("ja"), now),
            case: None,
            messages: 1,
            albums: 0,
            asked: None,
            words: Vec::new(),
            passed_on: BTreeMap::new(),
        }
    }

    fn said(&mut self, text: &str, content: Content) -> Said {
        self.messages += 1;
        said(MessageId(self.messages), text, content, false)
    }

    fn does(&mut self, deed: &Deed) -> TestCaseResult {
        match deed {
            Deed::MoverSays(_) | Deed::MoverShows | Deed::MoverEdits => self.mover_says(deed),
            Deed::MoverTaps(button) => {
                let input = Input::Tap {
                    button: Ok(button.clone()),
                    message: Some(CARD),
                };
                self.mover(&input, None)
            }
            Deed::MoverGoes => self.mover(&Input::Left, None),
            Deed::MoverReturns => self.mover(&Input::Returned, None),
            Deed::MinutesPass(minutes) => self.waits(*minutes),
            of_staff => self.staff_do(of_staff),
        }
    }

    fn mover_says(&mut self, deed: &Deed) -> TestCaseResult {
        let edited = matches!(deed, Deed::MoverEdits);
        let said = match (deed, self.asked) {
            (Deed::MoverSays(text), _) => self.said(text, Content::Text),
            (Deed::MoverShows, _) => self.said("", Content::Media { album: None }),
            (_, Some(message)) => said(
                message,
                "家を買うとお金は出ますか、直しました",
                Content::Text,
                true,
            ),
            (_, None) => return Ok(()),
        };
        let input = match deed {
            Deed::MoverShows => Input::Unreadable {
                kind: crate::conversation::Unreadable::Photo,
                message: said.message,
            },
            _ => Input::Question {
                text: said.text.clone(),
                message: said.message,
                edited,
            },
        };
        if said.content == Content::Text {
            self.asked = Some(said.message);
        }
        let had_person = self.owner().is_some();
        let was_live = self.case.as_ref().is_some_and(Case::is_live);
        let step = self.mover_step(&input, Some(&said));
        let for_mover = |one: &&Outgoing| one.to == To::Person(MOVER);
        let by_bot = step
            .outgoing
            .iter()
            .filter(for_mover)
            .filter(|one| one.voice == Voice::Bot);
        prop_assert!(
            !had_person || by_bot.count() == 0,
            "the bot answers where a person does"
        );
        let told = step.outgoing.iter().any(|one| for_mover(&one)) || step.tap_note.is_some();
        let passed = step.outgoing.iter().any(|one| one.to == To::Topic(MOVER));
        prop_assert!(told || passed, "nothing comes of a mover's words");
        prop_assert!(passed || !was_live, "words in a live case are passed on");
        self.keep(step, Who::Mover)
    }

    fn mover(&mut self, input: &Input, said: Option<&Said>) -> TestCaseResult {
        let step = self.mover_step(input, said);
        self.keep(step, Who::Mover)
    }

    fn mover_step(&self, input: &Input, said: Option<&Said>) -> DeskStep {
        let did = FromMover {
            conversation: self.conversation.clone(),
            case: self.case.clone(),
            input,
            said,
            earlier: &[],
            face: &Face::default(),
            to_person: false,
            of_last_question: false,
            was_for_person: false,
            subscriber: None,
            sign_ups: None,
        };
        from_mover(did, &senses(), self.now)
    }

    fn owner(&self) -> Option<UserId> {
        self.case.as_ref().and_then(Case::owner)
    }

    fn staff_do(&mut self, deed: &Deed) -> TestCaseResult {
        match deed {
            Deed::StaffSays(who, text) => {
                let said = self.said(text, Content::Text);
                self.staff_say(*who, said, text.starts_with("//"))
            }
            Deed::StaffShows(who, text) => {
                self.albums += 1;
                let album = Some(self.albums.to_string());
                let content = Content::Media { album };
                let (first, second) = (self.said("", content.clone()), self.said(text, content));
                // Only the second picture shows that it is a note; what waits to be sent is checked again then.
                self.staff_say(*who, first, false)?;
                self.staff_say(*who, second, text.starts_with("//"))
            }
            Deed::StaffEdits(who, text) => {
                let own = self.words.iter().rfind(|words| words.by == *who && !words.note);
                let Some(words) = own.cloned() else { return Ok(()) };
                let said = said(words.message, text, words.content, true);
                self.staff(*who, &StaffDid::Said(said))
            }
            Deed::StaffTaps(who, button) => self.staff_tap(*who, button.clone()),
            Deed::Decides(who, send, last) => {
                let held = self
                    .case
                    .as_ref()
                    .map(|case| case.held.clone())
                    .unwrap_or_default();
                let newest = self.words.last().map(|words| words.message);
                let oldest = held.first().map(|held| held.message);
                let Some(message) = (if *last { newest } else { oldest }) else {
                    return Ok(());
                };
                let button = if *send {
                    DeskButton::TakeAndSend(message)
                } else {
                    DeskButton::KeepAsNote(message)
                };
                self.staff_tap(*who, button)
            }
            Deed::StaffCommands(who, command) => self.staff(*who, &StaffDid::Commanded(command.clone())),
            _ => {
                let Some(case) = self.case.clone() else {
                    return Ok(());
                };
                let step = owner_left(case, &senses(), self.now);
                self.keep(step, Who::Leaving)
            }
        }
    }

    fn staff_say(&mut self, by: Staff, said: Said, note: bool) -> TestCaseResult {
        self.words.push(Words {
            message: said.message,
            by,
            note,
            content: said.content.clone(),
        });
        self.staff(by, &StaffDid::Said(said))
    }

    fn staff_tap(&mut self, who: Staff, button: DeskButton) -> TestCaseResult {
        let message = Some(MessageId(self.messages));
        self.staff(who, &StaffDid::Tapped { button, message })
    }

    fn staff(&mut self, who: Staff, did: &StaffDid) -> TestCaseResult {
        let Some(case) = self.case.clone() else {
            return Ok(());
        };
        let step = from_staff(case, IN_TOPIC, who, did, &senses(), self.now);
        match did {
            StaffDid::Tapped { .. } => {
                let answered = step.tap_note.is_some() || !step.outgoing.is_empty();
                prop_assert!(answered, "a tap is answered");
            }
            StaffDid::Commanded(_) => prop_assert!(!step.outgoing.is_empty(), "a command is answered"),
            StaffDid::Said(_) => {}
        }
        self.keep(step, Who::Staff(who))
    }

    /// Time passes, and what is due is done, each thing once.
    fn waits(&mut self, minutes: i64) -> TestCaseResult {
        self.now += SignedDuration::from_mins(minutes);
        while let Some(case) = self
            .case
            .clone()
            .filter(|case| case.due.is_some_and(|due| due <= self.now))
        {
            let waited = case.waiting_since.is_some();
            let step = from_time(case, &senses(), self.now);
            let after = step.case.clone();
            let due = after.as_ref().and_then(|case| case.due);
            prop_assert!(due.is_none_or(|due| due > self.now), "what is due is done once");
            let live = after.is_some_and(|case| case.is_live());
            prop_assert!(live || !waited, "a case is closed though the mover waits");
            self.keep(step, Who::Time)?;
        }
        Ok(())
    }

    /// What the store does with a step, and a look at it.
    fn keep(&mut self, step: DeskStep, by: Who) -> TestCaseResult {
        let before = self.case.clone();
        if let Some(conversation) = step.conversation.clone() {
            self.conversation = conversation;
        }
        if let Some(case) = step.case.clone() {
            let version = before.as_ref().map_or(0, |case| case.version);
            prop_assert_eq!(case.version, version, "a change is made from what is kept");
            self.case = Some(Case {
                version: version + 1,
                ..case
            });
        }
        self.look(before.as_ref(), &step, by)
    }
}

/// Who a step comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Mover,
    Staff(Staff),
    Leaving,
    Time,
}

/// What has to be true after every step.
impl Desk {
    fn look(&mut self, before: Option<&Case>, step: &DeskStep, by: Who) -> TestCaseResult {
        for outgoing in &step.outgoing {
            let about = outgoing.to.person().or(outgoing.to.topic_of()).or(outgoing.about);
            prop_assert!(about == Some(MOVER), "somebody else hears {:?}", outgoing);
            self.only_the_owner_is_heard(before, outgoing, by)?;
        }
        let Some(case) = &self.case else { return Ok(()) };
        makes_sense(case, self.now)?;
        all_are_told(before, case, step)?;
        ownership_is_kept(before, case, by)
    }

    fn only_the_owner_is_heard(
        &mut self,
        before: Option<&Case>,
        outgoing: &Outgoing,
        by: Who,
    ) -> TestCaseResult {
        let owner = self.owner();
        match (&outgoing.act, outgoing.to) {
            (Act::Relay(relay), To::Person(_)) => {
                let words = self.words.iter().find(|words| words.message == relay.from);
                let held = before.is_some_and(|case| case.held.iter().any(|held| held.message == relay.from));
                prop_assert!(owner.is_some(), "words go out in nobody's case");
                prop_assert!(
                    by == Who::Staff(Staff::Known(owner.unwrap_or(MOVER))),
                    "not the owner's doing"
                );
                let own = words.is_some_and(|words| Who::Staff(words.by) == by);
                prop_assert!(own || held, "{:?} is not the owner's", relay);
                prop_assert!(words.is_some_and(|words| !words.note), "a note is passed on");
                let times = self.passed_on.entry(relay.from).or_default();
                *times += 1;
                prop_assert_eq!(*times, 1, "once");
            }
            (Act::RelayEdit(_), To::Person(_)) => {
                prop_assert!(
                    by == Who::Staff(Staff::Known(owner.unwrap_or(MOVER))),
                    "not the owner's change"
                );
            }
            (Act::Relay(_) | Act::RelayEdit(_), To::Topic(_)) => prop_assert_eq!(by, Who::Mover),
            (Act::Relay(_) | Act::RelayEdit(_), _) => prop_assert!(false, "{:?} goes nowhere", outgoing),
            (Act::React { on, emoji }, To::TopicAside(_)) => {
                let sent = self.passed_on.contains_key(on);
                prop_assert!(
                    *emoji != Emoji::Noted || !sent,
                    "what was sent is marked as a note"
                );
            }
            (Act::Send { html, .. }, To::Person(_)) => {
                prop_assert!(!html.plain().contains("予算"), "a note in other words");
            }
            _ => {}
        }
        Ok(())
    }
}

fn makes_sense(case: &Case, now: Timestamp) -> TestCaseResult {
    let hours = senses().hours;
    prop_assert_eq!(case.due, timer::due(case, &hours), "time has the right moment");
    prop_assert!(case.waiting_since.is_none_or(|since| since <= now));
    prop_assert!(case.last_words <= now);
    match case.stage {
        Stage::Open => prop_assert!(case.waiting_since.is_some(), "nobody waits in an open case"),
        Stage::Claimed { by, since } => {
            prop_assert!(
                since <= now && (10..13).contains(&by.0),
                "{:?} is none of the staff",
                by
            );
        }
        Stage::Closed { .. } => {
            let quiet = (case.waiting_since, case.snoozed_until, case.warned_at, case.due);
            prop_assert_eq!(quiet, (None, None, None, None), "a closed case waits for nothing");
            prop_assert_eq!(case.alerts, 0);
        }
    }
    if case.is_live() && case.waiting_since.is_none() && case.snoozed_until.is_none() {
        let due = case.due;
        prop_assert!(
            due.is_some_and(|due| hours.is_open(due)),
            "nobody is sent away at night: {:?}",
            due
        );
    }
    let mut held: Vec<i32> = case.held.iter().map(|held| held.message.0).collect();
    held.sort_unstable();
    held.dedup();
    prop_assert_eq!(held.len(), case.held.len(), "words are held once");
    prop_assert!(
        case.held.iter().all(|held| !case.noted.contains(&held.message)),
        "a note is held"
    );
    prop_assert!(
        case.rating
            .as_ref()
            .is_none_or(|rating| (1..=5).contains(&rating.stars))
    );
    Ok(())
}

/// Who takes part in a change sees it: title and card for staff, words for the mover.
fn all_are_told(before: Option<&Case>, case: &Case, step: &DeskStep) -> TestCaseResult {
    let place = |case: &Case| (case.is_live(), case.owner());
    let was = before.map(place);
    if was == Some(place(case)) {
        return Ok(());
    }
    let has = |is: &dyn Fn(&Outgoing) -> bool| step.outgoing.iter().any(is);
    prop_assert!(has(&|one| one.act == Act::Card), "the card shows it");
    prop_assert!(has(&|one| one.act == Act::Title), "the title shows it");
    let told = has(&|one| one.to == To::Person(MOVER) && one.voice != Voice::Person);
    let was_live = was.is_some_and(|(live, _)| live);
    let (had, has_now) = (was.and_then(|(_, owner)| owner), case.owner());
    let concerns = was_live != case.is_live() || had.is_none() && has_now.is_some();
    prop_assert!(told || !concerns, "the mover is not told");
    Ok(())
}

/// An ownership ends by the owner's own deed, by somebody who takes over, by the mover or by time.
fn ownership_is_kept(before: Option<&Case>, case: &Case, by: Who) -> TestCaseResult {
    let number = before.map_or(0, |before| before.number);
    let grown = case.number - number;
    prop_assert!(
        grown == 0 || grown == 1 && by == Who::Mover,
        "only a mover has another case"
    );
    let Some((owner, now)) = before.and_then(Case::owner).map(|owner| (owner, case.owner())) else {
        return Ok(());
    };
    if now == Some(owner) {
        return Ok(());
    }
    let fair = match by {
        Who::Staff(Staff::Known(who)) => who == owner || now == Some(who),
        Who::Staff(Staff::Anonymous) => false,
        Who::Leaving => case.is_live(),
        Who::Mover | Who::Time => !case.is_live(),
    };
    prop_assert!(fair, "{:?} lost the case by {:?}", owner, by);
    Ok(())
}

fn said(message: MessageId, text: &str, content: Content, edited: bool) -> Said {
    Said {
        message,
        html: Html::text(text),
        text: text.to_owned(),
        content,
        edited,
        reply: None,
        answers_bot: false,
    }
}

proptest! {
    #[test]
    fn a_desk_never_does_nonsense(deeds in proptest::collection::vec(deed(), 1..50)) {
        let mut desk = Desk::open();
        desk.mover(&Input::Command(Command::Human), None)?;
        for deed in &deeds {
            desk.does(deed).map_err(|error| TestCaseError::fail(format!("{deed:?}: {error}")))?;
        }
    }
}
