//! A small world for the tests of this room: some entries, someone who understands by keywords, and a chat.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::Timestamp;

use crate::{
    conversation::{
        button::Button,
        desk::Desk,
        input::Input,
        privacy::Keeping,
        state::Conversation,
        step::{Senses, Step, step},
    },
    events::{Calendar, Kind, Texts, of_entry},
    knowledge::{
        AsOf, Citation, Entry, EntryId, Event, HandoverOffer, Holidays, Reliability, Revision, RevisionId,
        RuleKind, Source, SourceRef, Status, event::When,
    },
    lang::Lang,
    outgoing::{Act, ButtonDoes, ButtonFace, Buttons, MessageId, UserId},
    phrases::Phrases,
    reminders::Subscriber,
    understanding::{Candidate, Handover, Outcome, Setting, Trace, Verdict},
};

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::load().unwrap());
static REVISION: LazyLock<Revision> = LazyLock::new(revision);
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let events = REVISION
        .entries
        .values()
        .filter_map(|entry| of_entry(entry).unwrap());
    Calendar::new(events.collect())
});

pub(super) fn phrases() -> &'static Phrases {
    &PHRASES
}

pub(crate) fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

pub(crate) fn id(text: &str) -> EntryId {
    text.parse().unwrap()
}

/// A current entry of Annaka in Japanese and English.
fn entry(name: &str, category: &str, label: [&str; 2], body: [&str; 2]) -> Entry {
    let in_both = [Lang::Ja, Lang::En].into_iter();
    let labels = label.map(|label| vec![label.to_owned()]);
    Entry {
        id: id(name),
        category: category.to_owned(),
        municipality: "annaka".to_owned(),
        status: Status::Current,
        as_of: AsOf::Year(2026),
        valid_until: None,
        review_by: None,
        sources: vec![],
        related: vec![],
        needs: vec![],
        handover: HandoverOffer::Offer,
        questions: in_both.clone().zip(labels).collect(),
        event: None,
        body: in_both.zip(body.map(str::to_owned)).collect(),
    }
}

fn myhome() -> Entry {
    let cite = |name: &str, at: &str| Citation {
        source: SourceRef(name.to_owned()),
        at: Some(at.to_owned()),
    };
    Entry {
        valid_until: Some("2027-03-31".parse().unwrap()),
        sources: vec![cite("page", "1"), cite("page", "2"), cite("list", "I")],
        related: vec![id("subsidy-iju-shienkin"), id("gone"), id("farm-tour")],
        ..entry(
            "subsidy-myhome-shienkin",
            "subsidy",
            ["家を買うとお金が出ますか", "Is there money for buying a house?"],
            [
                "家を初めて買う人が対象です。\n\n申請の期限は確認できていません。",
                "It is for first-time buyers.\n\nThe deadline is not confirmed.",
            ],
        )
    }
}

fn consultation() -> Entry {
    Entry {
        event: Some(Event {
            kind: Some(Kind::VacantHome),
            title: Texts::only(Lang::Ja, "空き家相談会").ok(),
            confirmed: true,
            ..Event::at(
                When::timed(
                    at("2027-02-19T09:30:00+09:00"),
                    Some(at("2027-02-19T11:30:00+09:00")),
                )
                .unwrap(),
            )
        }),
        ..entry(
            "event-consultation",
            "vacant-home",
            ["空き家相談会はいつですか", "When is the vacant-home session?"],
            [
                "2027年2月19日(金)に開かれます。",
                "It is on Friday 19 February 2027.",
            ],
        )
    }
}

/// A proposal that is written in Japanese only.
fn tour() -> Entry {
    let mut tour = Entry {
        status: Status::Draft,
        ..entry(
            "farm-tour",
            "farming",
            ["農体験ツアーはいつですか", ""],
            ["企画案の段階です。", ""],
        )
    };
    tour.questions.remove(&Lang::En);
    tour.body.remove(&Lang::En);
    tour
}

fn entries() -> Vec<Entry> {
    let mut all = vec![
        myhome(),
        consultation(),
        tour(),
        entry(
            "event-festival",
            "event",
            ["祭りはいつですか", "When is the festival?"],
            ["2026年の祭りは終わりました。", "The festival of 2026 is over."],
        ),
        entry(
            "subsidy-iju-shienkin",
            "subsidy",
            ["移住支援金の対象は", "Who can get the relocation grant?"],
            [
                "東京圏からの移住が対象です。",
                "It is for moves from the Tokyo area.",
            ],
        ),
        Entry {
            municipality: "nasushiobara".to_owned(),
            status: Status::Unknown,
            ..entry(
                "other-city-plan",
                "other-municipality",
                ["那須塩原市の計画は", "Nasushiobara's plan?"],
                ["那須塩原市の計画です。", "It is Nasushiobara's plan."],
            )
        },
        Entry {
            status: Status::Unknown,
            related: vec![id("subsidy-myhome-shienkin")],
            handover: HandoverOffer::Always,
            ..entry(
                "gap-prices",
                "gap",
                ["家賃はいくらですか", "How much is the rent?"],
                ["家賃の水準は確認できていません。", "Rents are not confirmed."],
            )
        },
    ];
    all.extend((1..=8).map(|number| {
        let label = format!("仕事{number}は");
        Entry {
            status: if number == 8 {
                Status::Current
            } else {
                Status::Planned
            },
            ..entry(
                &format!("work-{number}"),
                "work",
                [&label, "Work?"],
                ["仕事です。", "Work."],
            )
        }
    }));
    all
}

pub(super) fn revision() -> Revision {
    let page = Source {
        title: BTreeMap::from([
            (Lang::Ja, "安中市のページ「移住」".to_owned()),
            (Lang::En, "Annaka City page".to_owned()),
        ]),
        publisher: "安中市".to_owned(),
        url: Some("https://example.org/?a=1&b=2".to_owned()),
        as_of: AsOf::Year(2026),
        undated: true,
        reliability: Reliability::A,
    };
    let list = Source {
        title: BTreeMap::from([(Lang::Ja, "再起動プロジェクト一覧".to_owned())]),
        url: None,
        as_of: "2023-10-31".parse().unwrap(),
        undated: false,
        ..page.clone()
    };
    Revision {
        id: RevisionId("sample".to_owned()),
        entries: entries()
            .into_iter()
            .map(|entry| (entry.id.clone(), entry))
            .collect(),
        sources: BTreeMap::from([
            (SourceRef("page".to_owned()), page),
            (SourceRef("list".to_owned()), list),
        ]),
        rules: vec![],
        concepts: vec![],
        phrasings: vec![],
        decision: None,
        holidays: Holidays::default(),
    }
}

/// What each keyword means.
fn outcome(question: &str) -> Outcome {
    let rule = |kind| Outcome::Handover(Handover::Rule(kind));
    let choices = ["subsidy-myhome-shienkin", "subsidy-iju-shienkin", "gone"];
    let known = [
        ("家を買う", Outcome::Answer(id("subsidy-myhome-shienkin"))),
        ("house", Outcome::Answer(id("subsidy-myhome-shienkin"))),
        ("ツアー", Outcome::Answer(id("farm-tour"))),
        ("消えた", Outcome::Answer(id("gone"))),
        ("補助金", Outcome::Clarify(choices.map(id).to_vec())),
        ("家賃", Outcome::Handover(Handover::Gap(id("gap-prices")))),
        ("人と話", rule(RuleKind::Human)),
        ("火事", rule(RuleKind::CrisisEmergency)),
        ("死にたい", rule(RuleKind::CrisisDespair)),
        ("殴られ", rule(RuleKind::CrisisViolence)),
        ("虐待", rule(RuleKind::CrisisChild)),
        ("苦情", rule(RuleKind::Complaint)),
        ("私の場合", rule(RuleKind::Individual)),
        ("命令", rule(RuleKind::Hostile)),
        ("こんにちは", Outcome::Smalltalk),
        ("ばか", Outcome::Refuse),
        ("通知", Outcome::Setting(Setting::Reminders)),
        ("language", Outcome::Setting(Setting::Language)),
    ];
    known
        .into_iter()
        .find(|(word, _)| question.contains(word))
        .map_or(Outcome::Handover(Handover::NotUnderstood), |(_, outcome)| outcome)
}

/// What may be meant although it is handed over.
fn near(question: &str) -> Vec<EntryId> {
    let is_near = question.contains("支援金");
    is_near
        .then(|| id("subsidy-myhome-shienkin"))
        .into_iter()
        .collect()
}

pub(super) fn understand(question: &str, _: Option<&EntryId>) -> Verdict {
    let lang = match question {
        latin if latin.is_ascii() => Lang::En,
        spaced if spaced.contains(' ') => Lang::JaSimple,
        _ => Lang::Ja,
    };
    let scored = [
        "subsidy-myhome-shienkin",
        "gap-prices",
        "subsidy-iju-shienkin",
        "farm-tour",
    ];
    Verdict {
        lang,
        outcome: outcome(question),
        confidence: 0.5,
        candidates: scored
            .map(|entry| Candidate {
                entry: id(entry),
                score: 0.5,
            })
            .to_vec(),
        near: near(question),
        doubt: question.contains("階段から").then_some(RuleKind::CrisisEmergency),
        trace: Trace::default(),
    }
}

pub(crate) fn senses() -> Senses<'static> {
    Senses {
        revision: &REVISION,
        calendar: &CALENDAR,
        subscriber: None,
        sign_ups: None,
        phrases: &PHRASES,
        bot_name: "annaka_bot",
        desk: Desk::default(),
        keeping: Keeping::default(),
        understand: &understand,
    }
}

/// A mover's chat: each call returns what the mover sees because of it.
pub(super) struct Chat {
    pub(super) now: Timestamp,
    pub(super) last: Step,
    subscriber: Option<Subscriber>,
    messages: i32,
}

impl Chat {
    pub(super) fn open(language_tag: &str) -> Self {
        let now = at("2026-11-21T10:00:00+09:00");
        Self {
            now,
            last: Step {
                conversation: Conversation::with_newcomer(UserId(7), Some(language_tag), now),
                outgoing: vec![],
                tap_note: None,
                notes: vec![],
                for_desk: None,
                is_goodbye: false,
                wanted: None,
                subscriber: None,
                sign_ups: None,
                privately: None,
            },
            subscriber: None,
            messages: 0,
        }
    }

    pub(super) fn does(&mut self, input: &Input) -> String {
        let senses = Senses {
            subscriber: self.subscriber.as_ref(),
            ..senses()
        };
        self.last = step(self.last.conversation.clone(), input, &senses, self.now);
        if let Some(subscriber) = &self.last.subscriber {
            self.subscriber = Some(subscriber.clone());
        }
        seen(&self.last)
    }

    pub(super) fn says(&mut self, text: &str) -> String {
        self.messages += 1;
        self.writes(text, self.messages, false)
    }

    /// Edits the message said last.
    pub(super) fn edits(&mut self, text: &str) -> String {
        self.writes(text, self.messages, true)
    }

    fn writes(&mut self, text: &str, message: i32, edited: bool) -> String {
        self.does(&Input::Question {
            text: text.to_owned(),
            message: MessageId(message),
            edited,
        })
    }

    /// Taps a button under the message 70.
    pub(super) fn taps(&mut self, button: Button) -> String {
        self.does(&Input::Tap {
            button: Ok(button),
            message: Some(MessageId(70)),
        })
    }

    pub(super) fn conversation(&self) -> &Conversation {
        &self.last.conversation
    }
}

/// A step as the mover sees it.
fn seen(step: &Step) -> String {
    let note = step.tap_note.iter().map(|note| format!("({note})"));
    let messages = step.outgoing.iter().map(|outgoing| match &outgoing.act {
        Act::Send { html, buttons, .. } => format!("{}{}", html.plain(), drawn(buttons)),
        Act::EditAnswer {
            answers,
            html,
            buttons,
        } => format!("answer to {}: {}{}", answers.0, html.plain(), drawn(buttons)),
        Act::Edit {
            message,
            html,
            buttons,
        } => format!("edit {}: {}{}", message.0, html.plain(), drawn(buttons)),
        other => panic!("a conversation does not do this: {other:?}"),
    });
    note.chain(messages).collect::<Vec<_>>().join("\n----\n")
}

fn drawn(buttons: &Buttons) -> String {
    let row = |row: &Vec<ButtonFace>| {
        let faces = row.iter().map(|face| match &face.does {
            ButtonDoes::Callback(_) => format!("[{}]", face.label),
            ButtonDoes::Url(_) | ButtonDoes::Share(_) => format!("[{} ↗]", face.label),
        });
        format!("\n{}", faces.collect::<Vec<_>>().join(" "))
    };
    buttons.0.iter().map(row).collect()
}
