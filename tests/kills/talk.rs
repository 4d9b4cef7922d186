//! What people write, and whether everything of it was answered, in order, and how often twice.

use annaka_concierge::emulator::{Person, World, town};

use crate::house::{House, heard};

/// What is asked; each has one answer, and always the same.
const QUESTIONS: [&str; 4] = [
    "/help",
    "/privacy",
    "/start subsidy-iju-shienkin",
    "/start subsidy-myhome-shienkin",
];

/// Chance, from a seed, so that a run can be told again.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }
}

/// One mover, and what they have asked since they are counted.
pub(crate) struct Asker {
    pub(crate) person: Person,
    asked: Vec<usize>,
    /// So much the bot had written before.
    before: usize,
}

/// How the four questions are answered.
pub(crate) struct Answers([String; 4]);

impl Answers {
    /// Asks each calmly, and keeps what the answer is.
    pub(crate) async fn learn(house: &House) -> Self {
        let mut answers = Vec::new();
        let person = house.emulator.add_person("問", "ja");
        says_hello(house, &person).await;
        for question in QUESTIONS {
            let heard = said(house, &person, question).await;
            assert_eq!(heard.len(), 1, "{question}: {heard:?}");
            answers.extend(heard);
        }
        let answers: [String; 4] = answers.try_into().unwrap();
        for (at, answer) in answers.iter().enumerate() {
            assert!(!answers[..at].contains(answer), "each has an answer of its own");
        }
        Self(answers)
    }
}

/// What a calm person hears on some words.
async fn said(house: &House, person: &Person, words: &str) -> Vec<String> {
    let before = house.heard(person.id()).len();
    person.says(words).unwrap();
    let more = |world: &World| heard(world, person.id()).len() > before;
    house.until(words, more).await;
    house.heard(person.id()).split_off(before)
}

/// A newcomer is greeted, once.
async fn says_hello(house: &House, person: &Person) {
    person.says("/start").unwrap();
    let greeted = |world: &World| heard(world, person.id()).len() == 1;
    house.until("hello", greeted).await;
}

impl Asker {
    /// Moves in, and says hello in peace.
    pub(crate) async fn new(house: &House, name: &str) -> Self {
        let person = house.emulator.add_person(name, "ja");
        says_hello(house, &person).await;
        Self {
            before: house.heard(person.id()).len(),
            person,
            asked: Vec::new(),
        }
    }

    /// Asks something else than the last time, so that an answer that comes twice shows.
    pub(crate) fn asks(&mut self, chance: &mut Chance, padding: &str) {
        let last = self.asked.last().copied();
        let next = match last {
            None => chance.below(4),
            Some(last) => (last + 1 + chance.below(3)) % 4,
        };
        let padding = if QUESTIONS[next].starts_with("/start") {
            ""
        } else {
            padding
        };
        self.person
            .says(&format!("{}{padding}", QUESTIONS[next]))
            .unwrap();
        self.asked.push(next);
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.len()
    }

    /// Whether everything is answered by now.
    pub(crate) fn is_served(&self, world: &World, answers: &Answers) -> bool {
        let heard = heard(world, self.person.id()).split_off(self.before);
        follow(&self.asked, &heard, answers).is_some_and(|(answered, _)| answered == self.asked.len())
    }

    /// How many answers came twice. Every question must have its answer, in order.
    pub(crate) fn repeats(&self, house: &House, answers: &Answers) -> usize {
        let heard = house.heard(self.person.id()).split_off(self.before);
        let (followed, kinds) = (follow(&self.asked, &heard, answers), kinds(&heard, answers));
        let (answered, repeated) =
            followed.unwrap_or_else(|| panic!("out of order: asked {:?}, heard {kinds:?}", self.asked));
        assert_eq!(
            answered,
            self.asked.len(),
            "asked {:?}, heard {kinds:?}",
            self.asked
        );
        repeated
    }
}

/// What was heard, as numbers of questions; none for what answers none of them.
fn kinds(heard: &[String], answers: &Answers) -> Vec<Option<usize>> {
    let kind = |text: &String| answers.0.iter().position(|answer| answer == text);
    heard.iter().map(kind).collect()
}

/// How many questions are answered in this order, and how many answers came twice; none if an answer is nobody's.
fn follow(asked: &[usize], heard: &[String], answers: &Answers) -> Option<(usize, usize)> {
    let (mut at, mut repeated) = (0, 0);
    for text in heard {
        let kind = answers.0.iter().position(|answer| answer == text)?;
        if asked.get(at) == Some(&kind) {
            at += 1;
        } else if at > 0 && asked[at - 1] == kind {
            repeated += 1;
        } else {
            return None;
        }
    }
    Some((at, repeated))
}

/// Anna and Mio speak through the desk; each line has its number.
pub(crate) struct DeskTalk {
    anna: Person,
    mio: Person,
    from_anna: usize,
    from_mio: usize,
}

impl DeskTalk {
    /// Anna asks for a person, and Mio takes her case.
    pub(crate) async fn begin(house: &House) -> Self {
        let anna = house.emulator.person(town::ANNA);
        says_hello(house, &anna).await;
        anna.says("人と話したい").unwrap();
        let card = |world: &World| {
            world
                .chat(town::GROUP)
                .into_iter()
                .find(|shown| has_button(shown, TAKE))
        };
        let card = house
            .emulator
            .wait(crate::house::PATIENCE, card)
            .await
            .expect("a card");
        let mio = house.emulator.person(town::MIO).in_group(card.thread);
        mio.taps(card.id, TAKE).unwrap();
        let taken = |world: &World| {
            heard(world, town::ANNA)
                .iter()
                .any(|text| text.contains("担当者がお話を伺います"))
        };
        house.until("Mio takes Anna's case", taken).await;
        Self {
            anna,
            mio,
            from_anna: 0,
            from_mio: 0,
        }
    }

    pub(crate) fn anna_says(&mut self) {
        self.from_anna += 1;
        self.anna.says(&format!("a{}z", self.from_anna)).unwrap();
    }

    pub(crate) fn mio_says(&mut self) {
        self.from_mio += 1;
        self.mio.says(&format!("m{}z", self.from_mio)).unwrap();
    }

    pub(crate) fn said(&self) -> usize {
        self.from_anna + self.from_mio
    }

    pub(crate) fn is_served(&self, world: &World) -> bool {
        self.check(world)
            .is_ok_and(|[anna, mio, _]| anna == self.from_anna && mio == self.from_mio)
    }

    /// How many messages came twice. Every line must have reached the other side, in order.
    pub(crate) fn repeats(&self, house: &House) -> usize {
        let [anna, mio, repeated] = house.emulator.look(|world| self.check(world)).unwrap();
        assert_eq!((anna, mio), (self.from_anna, self.from_mio));
        repeated
    }

    /// How many lines of each side the other has, and how many messages came twice.
    fn check(&self, world: &World) -> Result<[usize; 3], String> {
        let group = heard(world, town::GROUP)
            .into_iter()
            .filter(|text| text.starts_with('👤'));
        let (from_anna, twice) = numbered(group, 'a')?;
        let (from_mio, again) = numbered(heard(world, town::ANNA).into_iter(), 'm')?;
        Ok([from_anna, from_mio, twice + again])
    }
}

const TAKE: &str = "引き受ける";

fn has_button(shown: &annaka_concierge::emulator::Shown, label: &str) -> bool {
    shown.buttons.iter().flatten().any(|button| button.label == label)
}

/// How many lines arrived, each first after the one before it; and how many messages held one that was there already.
fn numbered(messages: impl Iterator<Item = String>, side: char) -> Result<(usize, usize), String> {
    let (mut last, mut twice) = (0, 0);
    for message in messages {
        let mut old = false;
        for word in message.split(|c: char| !c.is_ascii_alphanumeric()) {
            let Some(number) = word.strip_prefix(side).and_then(|word| word.strip_suffix('z')) else {
                continue;
            };
            let number: usize = number.parse().map_err(|_| format!("no line: {word}"))?;
            match number {
                number if number <= last => old = true,
                number if number == last + 1 => last = number,
                number => return Err(format!("{side}{number} came after {side}{last}")),
            }
        }
        twice += usize::from(old);
    }
    Ok((last, twice))
}
