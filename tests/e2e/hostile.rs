//! Inputs that mean no good, from `tests/hostile/`, one after the other: each is answered, refused or passed over, the
//! bot lives on, and nothing happens to anybody but whoever sent it.
//!
//! Each line of those files is one input and what has to come of it. The bot meets them while one of the staff speaks
//! with Anna, in a town where one colleague has left.

use std::{collections::BTreeMap, fs, path::Path};

use annaka_concierge::{
    emulator::{Call, PrivateAccess, World, town as ids},
    metrics::Count,
    outgoing::{UserId, html::MESSAGE_LIMIT},
    store::DeadReason,
};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    harness::{ELSEWHERE, Plan, Town, town, town_with},
    life::SECRET,
    mover::done,
};

const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";
/// Nobody gets more messages for one of theirs.
const MOST_ANSWERS: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    kind: String,
    expect: Outcome,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    times: Option<usize>,
    #[serde(default)]
    repeat: Option<String>,
    #[serde(default)]
    tap: Option<String>,
    #[serde(default)]
    r#where: Option<Place>,
    #[serde(default)]
    who: Option<Role>,
    #[serde(default)]
    update: Option<Value>,
    #[serde(default)]
    nest: usize,
    #[serde(default)]
    fill: usize,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    hex: Option<String>,
    #[serde(default)]
    status: u16,
    /// What the delivery shows instead of the secret; null for nothing.
    #[serde(default, deserialize_with = "given")]
    secret: Option<Option<String>>,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    content: Option<String>,
}

/// Tells null from nothing.
fn given<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(value).map(Some)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    /// The bot wrote to whoever sent it.
    Answered,
    /// A tap got a note, a delivery a status that says why.
    Refused,
    /// Nobody hears anything; it is counted as handled.
    Ignored,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Own,
    Card,
    Elsewhere,
    Anna,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    Staff,
    Ex,
}

fn inputs(file: &str) -> Vec<(String, Input)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/hostile")
        .join(format!("{file}.jsonl"));
    let lines = fs::read_to_string(path).unwrap();
    let read = |(at, line): (usize, &str)| {
        let place = format!("{file}:{}", at + 1);
        let input = serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
        (place, input)
    };
    lines.lines().enumerate().map(read).collect()
}

/// A town under siege.
struct Siege<'t> {
    t: &'t Town,
    strangers: Vec<i64>,
    card: i32,
    topic: i32,
}

impl Siege<'_> {
    fn stranger(&self, at: usize) -> i64 {
        self.strangers[at]
    }

    /// Everything that is none of the strangers' business, as text.
    async fn guarded(&self) -> String {
        let app = self.t.app();
        let store = app.store();
        let (anna, mio, ken) = (UserId(ids::ANNA), UserId(ids::MIO), UserId(ids::KEN));
        let mut writings = vec![store.writing(ken).await.unwrap()];
        for stranger in &self.strangers {
            writings.extend(store.writing(UserId(*stranger)).await.unwrap().map(Some));
        }
        let (events, courses) = (store.events().await.unwrap(), store.courses().await.unwrap());
        let mine = (store.case(mio).await.unwrap(), store.case(anna).await.unwrap());
        let annas = (
            store.conversation(anna).await.unwrap(),
            store.subscriber(anna).await.unwrap(),
        );
        let staff = store.staff().await.unwrap();
        let asked = store.announcements().await.unwrap();
        let in_topic = self.t.in_topic(self.topic).len();
        format!("{writings:?}{events:?}{courses:?}{mine:?}{annas:?}{staff:?}{asked:?}{in_topic}")
    }

    /// Does it; what came of it, but for what the bot writes.
    async fn send(&self, at: usize, input: &Input) -> Option<Outcome> {
        let who = self.stranger(at);
        if let Some(text) = &input.text {
            let text = text.repeat(input.times.unwrap_or(1));
            if !text.is_empty() && text.encode_utf16().count() <= MESSAGE_LIMIT {
                let _message = done(self.t.emulator.person(who).says(&text));
                return None;
            }
            self.t.inject(json!({"message": {
                "message_id": 5, "date": 1_790_000_000, "text": text,
                "from": {"id": who, "is_bot": false, "first_name": "X", "language_code": "ja"},
                "chat": {"id": who, "type": "private", "first_name": "X"},
            }}));
        } else if let Some(data) = &input.tap {
            return Some(self.tap(who, data, input).await);
        } else if let Some(update) = &input.update {
            self.t.inject(self.filled(update, who, input));
        } else if let Some(name) = &input.file {
            let _message = self.t.mio().sends_file_in_general(name, &input.bytes());
        } else {
            return Some(self.deliver(input).await);
        }
        None
    }

    /// What came of an input; only whoever sent it may have heard of it.
    fn outcome(
        &self,
        at: usize,
        place: &str,
        input: &Input,
        calls: &[Call],
        came: Option<Outcome>,
    ) -> Outcome {
        let (writer, written) = (self.stranger(at), written_to(calls));
        let to_others = written.iter().find(|chat| **chat > 0 && **chat != writer);
        assert_eq!(to_others, None, "{place}: somebody else heard of it");
        let to_writer = written.iter().filter(|chat| **chat == writer).count();
        assert!(to_writer <= MOST_ANSWERS, "{place}: {to_writer} answers");
        if to_writer > 0 || (input.file.is_some() && !written.is_empty()) {
            Outcome::Answered
        } else {
            came.unwrap_or(Outcome::Ignored)
        }
    }

    /// Nothing fell over, and what is guarded is as it was.
    async fn stands(&self, place: &str, guarded: &str) {
        assert_eq!(self.t.count(Count::UpdateQuarantined), 0, "{place}: set aside");
        assert_eq!(self.t.count(Count::HandlerPanic), 0, "{place}: a step panicked");
        let now = self.guarded().await;
        assert!(now == guarded, "{place}: what is guarded has changed");
    }

    async fn tap(&self, who: i64, data: &str, input: &Input) -> Outcome {
        let (chat, message) = match input.r#where.expect("a tap is somewhere") {
            Place::Own => (who, 1),
            Place::Card => (self.t.group(), self.card),
            Place::Elsewhere => (ELSEWHERE, self.card),
            Place::Anna => (ids::ANNA, 1),
        };
        let who = match input.who {
            None => who,
            Some(Role::Staff) => ids::MIO,
            Some(Role::Ex) => ids::KEN,
        };
        let query = done(self.t.emulator.forge_tap(who, chat, message, data));
        self.t.idle().await;
        let answer = self
            .t
            .emulator
            .look(|world| world.tap(&query).and_then(|tap| tap.answer.clone()));
        match answer.expect("every tap is answered").text {
            Some(_) => Outcome::Refused,
            None => Outcome::Ignored,
        }
    }

    async fn deliver(&self, input: &Input) -> Outcome {
        let mut request = reqwest::Client::new()
            .post(self.t.http("/hook"))
            .body(input.bytes());
        let secret = match &input.secret {
            None => Some(SECRET),
            Some(shown) => shown.as_deref(),
        };
        if let Some(secret) = secret {
            request = request.header(SECRET_HEADER, secret);
        }
        let status = request.send().await.unwrap().status().as_u16();
        assert_eq!(status, input.status);
        if status == 200 {
            Outcome::Answered
        } else {
            Outcome::Refused
        }
    }

    /// An update with the town's own numbers in it.
    fn filled(&self, update: &Value, who: i64, input: &Input) -> Value {
        match update {
            Value::String(name) => match name.as_str() {
                "$WHO" => json!(who),
                "$GROUP" => json!(self.t.group()),
                "$ELSEWHERE" => json!(ELSEWHERE),
                "$TOPIC" => json!(self.topic),
                "$CARD" => json!(self.card),
                "$ANNA" => json!(ids::ANNA),
                "$MIO" => json!(ids::MIO),
                "$FILL" => json!("x".repeat(input.fill)),
                "$NEST" => (0..input.nest).fold(json!(0), |inner, _| json!([inner])),
                _ => update.clone(),
            },
            Value::Array(all) => all.iter().map(|one| self.filled(one, who, input)).collect(),
            Value::Object(all) => {
                let all = all.iter();
                let all = all.map(|(name, value)| (name.clone(), self.filled(value, who, input)));
                Value::Object(all.collect::<Map<_, _>>())
            }
            other => other.clone(),
        }
    }
}

impl Input {
    fn bytes(&self) -> Vec<u8> {
        if let Some(hex) = &self.hex {
            let pairs = (0..hex.len()).step_by(2);
            return pairs
                .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
                .collect();
        }
        let begins = self.body.as_ref().or(self.content.as_ref());
        let mut text = begins.cloned().unwrap_or_default();
        if let Some(unit) = &self.repeat {
            text.push_str(&unit.repeat(self.times.unwrap_or(1)));
        }
        text.into_bytes()
    }
}

/// The chats the bot wrote to, one for each call that writes.
fn written_to(calls: &[Call]) -> Vec<i64> {
    let writes = |call: &&Call| {
        let verbs = ["send", "edit", "copy", "forward", "delete", "pin"];
        call.method != "sendChatAction" && verbs.iter().any(|verb| call.method.starts_with(verb))
    };
    calls.iter().filter(writes).filter_map(|call| call.chat).collect()
}

/// What the emulator's people cannot send is put into its updates alone; of that nothing can be copied.
async fn forgives_what_cannot_be_copied(t: &Town) {
    let dead = t.app().store().dead_letters(99).await.unwrap();
    let cannot_be_copied = DeadReason::Refused("Bad Request: message to copy not found".to_owned());
    assert!(
        dead.iter().all(|(_, letter)| letter.reason == cannot_be_copied),
        "{dead:#?}"
    );
    t.expects_dead_letters(dead.len());
}

/// Sends all inputs of these files, and tells kind by kind what came of them.
async fn withstand(files: &[&str], fewest: usize) {
    let plan = Plan {
        webhook: true,
        calls_kept: 500_000,
        ..Plan::default()
    };
    town_with(plan, async |t| {
        let _talk = t.mio_has_anna().await;
        let ken = t.ken();
        ken.says_in_general("おはようございます");
        t.idle().await;
        done(ken.person.leaves_group());
        t.idle().await;
        let inputs: Vec<(String, Input)> = files.iter().flat_map(|file| inputs(file)).collect();
        assert!(inputs.len() >= fewest, "{}", inputs.len());
        let topic = t.topic();
        let siege = Siege {
            t,
            strangers: t.emulator.add_people(inputs.len(), PrivateAccess::Open),
            card: t.card_in(topic).unwrap().id,
            topic,
        };
        let guarded = siege.guarded().await;
        let mut table: BTreeMap<&str, BTreeMap<Outcome, usize>> = BTreeMap::new();
        let mut wrong = Vec::new();
        let mut calls_before = t.emulator.look(|world| world.calls().count());
        for (at, (place, input)) in inputs.iter().enumerate() {
            let handled = t.count(Count::UpdateHandled);
            let came = siege.send(at, input).await;
            t.idle().await;
            let calls = |world: &World| world.calls().skip(calls_before).cloned().collect::<Vec<_>>();
            let calls = t.emulator.look(calls);
            calls_before += calls.len();
            let outcome = siege.outcome(at, place, input, &calls, came);
            let is_handled = input.status != 0 || t.count(Count::UpdateHandled) > handled;
            assert!(is_handled, "{place}: not handled");
            siege.stands(place, &guarded).await;
            if outcome != input.expect {
                wrong.push(format!(
                    "{place} {}: {outcome:?}, not {:?}",
                    input.kind, input.expect
                ));
            }
            *table.entry(&input.kind).or_default().entry(outcome).or_default() += 1;
            t.advance(SignedDuration::from_secs(if input.file.is_some() {
                4
            } else {
                1
            }));
        }
        println!("{}", drawn(&table));
        assert!(wrong.is_empty(), "not as expected:\n{}", wrong.join("\n"));
        forgives_what_cannot_be_copied(t).await;
        let cases = t.app().store().cases().await.unwrap();
        let own = |mover: UserId| mover.0 == ids::ANNA || siege.strangers.contains(&mover.0);
        assert!(cases.iter().all(|case| own(case.mover)));
    })
    .await;
}

fn drawn(table: &BTreeMap<&str, BTreeMap<Outcome, usize>>) -> String {
    let line = |(kind, came): (&&str, &BTreeMap<Outcome, usize>)| {
        let of = |outcome| came.get(&outcome).copied().unwrap_or_default();
        format!(
            "{kind:48} {:4} {:9} {:8} {:8}",
            came.values().sum::<usize>(),
            of(Outcome::Answered),
            of(Outcome::Refused),
            of(Outcome::Ignored)
        )
    };
    let head = format!(
        "{:48} {:>4} {:>9} {:>8} {:>8}",
        "kind", "all", "answered", "refused", "ignored"
    );
    let lines: Vec<String> = std::iter::once(head).chain(table.iter().map(line)).collect();
    lines.join("\n")
}

#[tokio::test]
async fn hostile_texts_are_met_like_any_other() {
    withstand(&["texts"], 150).await;
}

#[tokio::test]
async fn hostile_commands_and_links_lead_nowhere() {
    withstand(&["commands", "links"], 70).await;
}

#[tokio::test]
async fn hostile_taps_do_nothing() {
    withstand(&["buttons"], 100).await;
}

#[tokio::test]
async fn hostile_updates_and_deliveries_are_passed_over() {
    withstand(&["updates", "bodies"], 150).await;
}

#[tokio::test]
async fn hostile_files_publish_nothing() {
    withstand(&["files"], 60).await;
}

#[tokio::test]
async fn strangers_and_the_open_port_learn_nothing_of_anybody() {
    town(async |t| {
        let secret = "猫のタマのことは秘密です";
        let _answer = t.anna().asks(secret).await;
        let _told = t.anna().asks("/human").await;
        let stranger = t.emulator.add_person("他人", "ja");
        for query in ["猫", "タマ", "アンナ", "秘密", secret, "相談"] {
            for offered in stranger.inline(query).await.unwrap() {
                let shown = format!("{offered:?}");
                assert!(!shown.contains("タマ") && !shown.contains("アンナ"), "{shown}");
            }
        }
        for path in [
            "/metrics",
            "/health",
            "/ready",
            "/calendar.ics",
            "/",
            "/admin",
            "/admin/backup",
        ] {
            let shown = reqwest::get(t.http(path)).await.unwrap().text().await.unwrap();
            for word in ["タマ", "アンナ", "1001", ids::TOKEN] {
                assert!(!shown.contains(word), "{path}: {shown}");
            }
        }
        let backup = reqwest::Client::new().post(t.http("/admin/backup"));
        let body = r#"{"file":"stolen.jsonl"}"#;
        for key in ["", "0", "null", SECRET] {
            let asked = backup
                .try_clone()
                .unwrap()
                .header("x-concierge-key", key)
                .body(body);
            assert_eq!(asked.send().await.unwrap().status().as_u16(), 401, "{key}");
        }
    })
    .await;
}
