//! What movers, staff, Telegram and fate do to the desk.

use annaka_concierge::{
    emulator::{Aim, Chat, Fault, Kind as Sort, Membership, PrivateAccess, Shown, World, town as ids},
    outgoing::UserId,
};
use jiff::SignedDuration;

use super::{Kind, Play, Round, Word};

/// Words of whoever writes in the group's name are nobody's.
const NOBODY: i64 = 0;
const WISH: &str = "担当者と話したい";

impl Play<'_> {
    pub(super) async fn deed(&mut self, round: &mut Round) {
        if self.dice.roll(3) == 0 {
            self.t.happenings(1 + self.dice.roll(4)).await;
        }
        let mover = self.movers[self.dice.roll(2) as usize];
        let who = self.somebody(mover).await;
        if self.is_quiet(mover).await && self.dice.roll(3) == 0 && self.mover_wishes(mover, round) {
            return self.tally.did("wish");
        }
        let done = match self.dice.roll(10) {
            0..4 => self.of_mover(mover, round).await,
            4..8 => self.of_staff(who, mover, round).await,
            _ => self.of_fate(who, mover, round).await,
        };
        if let Some(deed) = done {
            self.tally.did(deed);
        }
    }

    /// One of the staff, more often than not whoever has the case.
    async fn somebody(&mut self, mover: i64) -> i64 {
        let case = self.t.app().store().case(UserId(mover)).await.unwrap();
        let owner = case
            .and_then(|case| case.owner())
            .filter(|_| self.dice.roll(5) < 2);
        let any = self.staff[self.dice.roll(3) as usize];
        owner.map_or(any, |owner| owner.0)
    }

    /// Nobody waits for anybody.
    async fn is_quiet(&self, mover: i64) -> bool {
        let case = self.t.app().store().case(UserId(mover)).await.unwrap();
        !case.is_some_and(|case| case.is_live())
    }

    /// What was done, if it could be.
    async fn of_mover(&mut self, mover: i64, round: &mut Round) -> Option<&'static str> {
        if self.has_blocked(mover) && self.dice.roll(2) == 0 {
            return Some(self.mover_comes_or_goes(mover, round));
        }
        match self.dice.roll(26) {
            0..10 => self.mover_says(mover).then_some("mover writes"),
            10..12 => self.mover_shows(mover).then_some("mover's album"),
            12..15 => self.mover_answers(mover).then_some("mover answers"),
            15..17 => self.mover_wishes(mover, round).then_some("wish"),
            17..20 => self.mover_edits(mover).then_some("mover edits"),
            20 => {
                let ended = self.mover_taps(mover, "1:e", round);
                round.ended.extend(ended.then_some(mover));
                ended.then_some("mover ends")
            }
            21 => self.mover_taps(mover, "1:h", round).then_some("mover again"),
            22 | 23 => {
                let mark = ["1:k:", "1:k"][self.dice.roll(2) as usize];
                self.mover_taps(mover, mark, round).then_some("rating")
            }
            24 => Some(self.mover_comes_or_goes(mover, round)),
            _ => self.mover_is_forgotten(mover, round).await.then_some("forget"),
        }
    }

    async fn of_staff(&mut self, who: i64, mover: i64, round: &mut Round) -> Option<&'static str> {
        let topic = self.topic_of(mover)?;
        let done = match self.dice.roll(44) {
            0..10 => (self.staff_says(who, mover, topic, ""), "staff writes"),
            10..12 => (self.staff_says(who, mover, topic, "// "), "note"),
            12..14 => (self.staff_shows(who, mover, topic, ""), "staff's album"),
            14 => (self.staff_shows(who, mover, topic, "// "), "album as note"),
            15..18 => (self.staff_answers(who, mover, topic), "staff answers"),
            18..20 => (self.staff_edits(who, mover), "staff edits"),
            20 => (self.staff_turns_into_note(who, mover).await, "into a note"),
            21 => (self.staff_hides(mover, topic), "anonymous"),
            22..28 => {
                round.claims.insert((mover, who));
                let how = self.dice.roll(2);
                let done = if how == 0 {
                    self.commands(who, topic, "/take")
                } else {
                    self.forges(who, topic, "d1:t")
                };
                (done, "take")
            }
            28 => {
                round.loosened.insert(mover);
                (self.commands(who, topic, "/release"), "release")
            }
            29 | 30 => (self.closes(who, mover, topic, round), "close"),
            31 | 32 => {
                round.claims.insert((mover, who));
                (self.forges(who, topic, "d1:o"), "take over")
            }
            33..36 => (self.hands_on(who, mover, topic, round), "transfer"),
            36..38 => (self.snoozes(who, topic), "snooze"),
            38..40 => {
                round.claims.insert((mover, who));
                (self.forges(who, topic, "d1:e"), "reopen")
            }
            _ => (self.decides(who, mover, topic, round), "decides"),
        };
        done.0.then_some(done.1)
    }

    async fn of_fate(&mut self, who: i64, mover: i64, round: &mut Round) -> Option<&'static str> {
        match self.dice.roll(18) {
            0..4 => Some(self.disturbs(round)),
            4..8 => {
                self.t.happenings(1 + self.dice.roll(6)).await;
                Some("breath")
            }
            8..11 => Some(self.dies_and_rises(round).await),
            11..14 => Some(self.waits(round).await),
            14 => self.deletes_topic(mover, round).then_some("topic deleted"),
            15 => self.closes_topic(who, mover).then_some("topic closed"),
            16 => self.moves_group(round).then_some("group moved"),
            _ => self.leaves_or_joins(who, round),
        }
    }

    fn sign(&self) -> String {
        format!("しるし{}番", self.words.len() + 1)
    }

    fn keeps(&mut self, by: i64, mover: i64, messages: Vec<i32>, at: usize, text: &str, kind: Kind) {
        let chat = if kind.is_movers() { mover } else { self.t.group() };
        let sign = self.sign();
        self.words.push(Word {
            by,
            mover,
            chat,
            messages,
            at,
            sign,
            texts: vec![text.to_owned()],
            kind,
            answers: Vec::new(),
            noted: false,
            excused: false,
            arrived: false,
            read: None,
        });
    }

    /// The place of one of the words that are like this, if there is any.
    fn one_of(&mut self, is: impl Fn(&Word) -> bool) -> Option<usize> {
        let all: Vec<usize> = (0..self.words.len()).filter(|at| is(&self.words[*at])).collect();
        // Mostly what was said lately.
        let back = self.dice.roll(4).min(all.len() as u64) as usize;
        all.len().checked_sub(1 + back).map(|at| all[at])
    }
}

/// Movers.
impl Play<'_> {
    fn mover_says(&mut self, mover: i64) -> bool {
        let sign = self.sign();
        let Ok(message) = self.t.emulator.person(mover).says(&sign) else {
            return false;
        };
        self.keeps(mover, mover, vec![message], 0, &sign, Kind::ForEither);
        true
    }

    fn mover_shows(&mut self, mover: i64) -> bool {
        let (sign, at) = (self.sign(), self.dice.roll(3) as usize);
        let person = self.t.emulator.person(mover);
        let Ok(messages) = person.sends_album(&[Sort::Photo; 3], Some((at, &sign))) else {
            return false;
        };
        self.keeps(mover, mover, messages, at, &sign, Kind::ForEither);
        true
    }

    /// Under something a person of the desk has said.
    fn mover_answers(&mut self, mover: i64) -> bool {
        let told = self.one_of(|word| word.kind == Kind::Staff && word.mover == mover && word.arrived);
        let Some(told) = told.map(|at| &self.words[at]) else {
            return false;
        };
        let chat = self.t.emulator.look(|world| world.chat(mover));
        let Some(shown) = chat.iter().find(|shown| told.line_in(shown).is_some()) else {
            return false;
        };
        let (own, there) = (told.messages.clone(), told.chat == self.t.group());
        let sign = self.sign();
        let Ok(message) = self.t.emulator.person(mover).replies_to(shown.id, &sign) else {
            return false;
        };
        self.keeps(mover, mover, vec![message], 0, &sign, Kind::ForEither);
        if let Some(word) = self.words.last_mut().filter(|_| there) {
            word.answers = own;
        }
        true
    }

    fn mover_wishes(&mut self, mover: i64, round: &mut Round) -> bool {
        round.loosened.insert(mover);
        self.t.emulator.person(mover).says(WISH).is_ok()
    }

    fn mover_edits(&mut self, mover: i64) -> bool {
        let own = self.one_of(|word| word.mover == mover && word.kind.is_movers() && !word.excused);
        let Some(word) = own.map(|at| &mut self.words[at]) else {
            return false;
        };
        let text = format!("{}、{}度直しました", word.sign, word.texts.len());
        let person = self.t.emulator.person(mover);
        let done = person.edits(word.message(), &text).is_ok();
        if done {
            word.texts.push(text);
        }
        done
    }

    /// The lowest button of the bot's whose data begin so.
    fn mover_taps(&mut self, mover: i64, data: &str, round: &mut Round) -> bool {
        let chat = self.t.emulator.look(|world| world.chat(mover));
        let Some((message, all)) = buttons(&chat, data).pop() else {
            return false;
        };
        round.loosened.insert(mover);
        let chosen = &all[self.dice.roll(all.len() as u64) as usize];
        self.t.emulator.person(mover).taps(message, chosen).is_ok()
    }

    fn has_blocked(&self, mover: i64) -> bool {
        let access = |world: &World| {
            let mut chats = world.chats();
            chats.find(|chat| chat.id == mover).and_then(Chat::access)
        };
        self.t.emulator.look(access) == Some(PrivateAccess::Blocked)
    }

    fn mover_comes_or_goes(&mut self, mover: i64, round: &mut Round) -> &'static str {
        let person = self.t.emulator.person(mover);
        round.blocked.insert(mover);
        round.loosened.insert(mover);
        if self.has_blocked(mover) {
            person.unblocks_bot().unwrap();
            "unblock"
        } else {
            person.blocks_bot().unwrap();
            "block"
        }
    }

    async fn mover_is_forgotten(&mut self, mover: i64, round: &mut Round) -> bool {
        if self.dice.roll(2) > 0 || self.t.emulator.person(mover).says("/forget").is_err() {
            return false;
        }
        round.loosened.insert(mover);
        self.t.idle().await;
        let chat = self.t.emulator.look(|world| world.chat(mover));
        let sure = ["すべて消す", "Delete everything", "全部(ぜんぶ) 消す"];
        let has = |shown: &&Shown| {
            let mut buttons = shown.buttons.iter().flatten();
            buttons.any(|button| sure.contains(&button.label.as_str()))
        };
        let Some(shown) = chat.iter().rev().find(has) else {
            return false;
        };
        let done = sure
            .iter()
            .any(|label| self.t.emulator.person(mover).taps(shown.id, label).is_ok());
        if done {
            round.forgotten.insert(mover);
            round.ended.insert(mover);
            round.uprooted.insert(mover);
            for word in self.words.iter_mut().filter(|word| word.mover == mover) {
                word.excused = true;
            }
        }
        done
    }
}

/// Staff.
impl Play<'_> {
    fn staff_says(&mut self, who: i64, mover: i64, topic: i32, mark: &str) -> bool {
        let text = format!("{mark}{}", self.sign());
        let Ok(message) = self.t.emulator.person(who).says_in(topic, &text) else {
            return false;
        };
        self.keeps(who, mover, vec![message], 0, &text, kind_of(mark));
        true
    }

    fn staff_shows(&mut self, who: i64, mover: i64, topic: i32, mark: &str) -> bool {
        let (text, at) = (format!("{mark}{}", self.sign()), self.dice.roll(3) as usize);
        let person = self.t.emulator.person(who).in_group(Some(topic));
        let Ok(messages) = person.sends_album(&[Sort::Photo; 3], Some((at, &text))) else {
            return false;
        };
        self.keeps(who, mover, messages, at, &text, kind_of(mark));
        true
    }

    /// Under something the mover has said.
    fn staff_answers(&mut self, who: i64, mover: i64, topic: i32) -> bool {
        let asked = self.one_of(|word| word.mover == mover && word.kind.is_movers() && word.arrived);
        let all = self.t.in_topic(topic);
        let carries = |shown: &&Shown, word: &Word| word.line_in(shown).is_some();
        let shown = asked.and_then(|at| all.iter().find(|shown| carries(shown, &self.words[at])));
        let Some(shown) = shown else { return false };
        let movers = self
            .words
            .iter()
            .filter(|word| word.mover == mover && word.kind.is_movers());
        let together = movers.filter(|word| carries(&shown, word));
        let mut answers: Vec<i32> = together.flat_map(|word| word.messages.clone()).collect();
        // A wish may stand in one message with words, and is no word of its own.
        let chat = self.t.emulator.look(|world| world.chat(mover));
        let own = chat.iter().filter(|said| !said.from.bot && said.text == WISH);
        answers.extend(own.filter(|_| shown.text.contains(WISH)).map(|said| said.id));
        let sign = self.sign();
        let person = self.t.emulator.person(who).in_group(Some(topic));
        let Ok(message) = person.replies_to(shown.id, &sign) else {
            return false;
        };
        self.keeps(who, mover, vec![message], 0, &sign, Kind::Staff);
        if let Some(word) = self.words.last_mut() {
            word.answers = answers;
        }
        true
    }

    fn staff_edits(&mut self, who: i64, mover: i64) -> bool {
        let group = self.t.group();
        let own = self.one_of(|word| {
            let here = word.mover == mover && word.by == who && word.chat == group;
            here && matches!(word.kind, Kind::Staff | Kind::Note) && !word.noted
        });
        let Some(word) = own.map(|at| &mut self.words[at]) else {
            return false;
        };
        // What was a note stays one, also if its mark is taken away.
        let text = format!("{}、{}度直しました", word.sign, word.texts.len());
        let person = self.t.emulator.person(who).in_group(None);
        let done = person.edits(word.message(), &text).is_ok();
        if done {
            word.texts.push(text);
        }
        done
    }

    /// Something that has not gone out, if possible. Telegram copies a message as it stands, so the bot has to hear of
    /// the change before the moment at which it would go.
    async fn staff_turns_into_note(&mut self, who: i64, mover: i64) -> bool {
        self.t.idle().await;
        let group = self.t.group();
        let own = self.one_of(|word| {
            let here = word.mover == mover && word.by == who && word.chat == group;
            here && word.kind == Kind::Staff && !word.noted
        });
        let Some(word) = own.map(|at| &mut self.words[at]) else {
            return false;
        };
        let text = format!("// {}", word.sign);
        let person = self.t.emulator.person(who).in_group(None);
        let done = person.edits(word.message(), &text).is_ok();
        if done {
            word.noted = true;
            word.texts.push(text);
        }
        self.t.idle().await;
        done
    }

    fn staff_hides(&mut self, mover: i64, topic: i32) -> bool {
        let sign = self.sign();
        let person = self.t.emulator.person(ids::MIO).anonymously();
        let Ok(message) = person.says_in(topic, &sign) else {
            return false;
        };
        self.keeps(NOBODY, mover, vec![message], 0, &sign, Kind::Staff);
        true
    }

    fn commands(&self, who: i64, topic: i32, command: &str) -> bool {
        self.t.emulator.person(who).says_in(topic, command).is_ok()
    }

    /// Taps a button of the card, as it may still stand on somebody's screen.
    fn forges(&self, who: i64, topic: i32, data: &str) -> bool {
        let Some(card) = self.t.card_in(topic) else {
            return false;
        };
        let tapped = self.t.emulator.forge_tap(who, self.t.group(), card.id, data);
        tapped.is_ok()
    }

    fn closes(&mut self, who: i64, mover: i64, topic: i32, round: &mut Round) -> bool {
        round.ended.insert(mover);
        round.loosened.insert(mover);
        match self.dice.roll(5) {
            4 => self.commands(who, topic, "/close 解決した"),
            reason => self.forges(who, topic, &format!("d1:c:{reason}")),
        }
    }

    fn hands_on(&mut self, who: i64, mover: i64, topic: i32, round: &mut Round) -> bool {
        let to = self.staff[self.dice.roll(3) as usize];
        round.claims.insert((mover, to));
        let person = self.t.emulator.person(who).in_group(Some(topic));
        match (self.dice.roll(3), to) {
            (0, ids::MIO) => person.says("/transfer @mio").is_ok(),
            (0, ids::KEN) => person.says("/transfer @ken").is_ok(),
            (1, _) => {
                let mention = format!("/transfer <a href=\"tg://user?id={to}\">この人</a>");
                person.says_formatted(&mention).is_ok()
            }
            _ => self.forges(who, topic, &format!("d1:h:{to}")),
        }
    }

    fn snoozes(&mut self, who: i64, topic: i32) -> bool {
        match self.dice.roll(4) {
            3 => self.commands(who, topic, "/snooze 12:00"),
            rest => self.forges(who, topic, &format!("d1:z:{rest}")),
        }
    }

    /// About words that are held.
    fn decides(&mut self, who: i64, mover: i64, topic: i32, round: &mut Round) -> bool {
        round.decided.insert(mover);
        round.claims.insert((mover, who));
        let mark = ["d1:s:", "d1:s:", "d1:n:"][self.dice.roll(3) as usize];
        let mut all = buttons(&self.t.in_topic(topic), mark);
        if all.is_empty() {
            return false;
        }
        let (message, data) = all.swap_remove(self.dice.roll(all.len() as u64) as usize);
        let person = self.t.emulator.person(who).in_group(Some(topic));
        person.taps(message, &data[0]).is_ok()
    }
}

/// Everything else.
impl Play<'_> {
    fn disturbs(&mut self, round: &mut Round) -> &'static str {
        // What answers a tap is not kept, and may be what is lost.
        self.t.forgives_taps();
        let calls = 1 + self.dice.roll(2) as u32;
        // After a server's error the bot's library really waits for ten seconds, so there is none here.
        let (fault, name) = match self.dice.roll(5) {
            0..3 => {
                let seconds = 1 + self.dice.roll(3);
                (Fault::Flood { seconds }, "flood")
            }
            3 => (Fault::CutBefore, "cut before"),
            _ => (Fault::CutAfter, "cut after"),
        };
        round.faulty |= name != "flood";
        self.t.emulator.disturb(fault, Aim::AllButPolling, Some(calls));
        name
    }

    async fn dies_and_rises(&mut self, round: &mut Round) -> &'static str {
        self.t.happenings(self.dice.roll(5)).await;
        // What the bot of before did not finish may have been seen half.
        round.died = true;
        self.t.forgives_taps();
        let sudden = self.dice.roll(2) == 0;
        if sudden {
            self.t.crash().await;
        } else {
            self.t.stop().await;
        }
        // A bot that cannot start waits for the clock, and nobody moves it.
        self.t.emulator.heal();
        self.t.start();
        self.t.idle().await;
        if sudden { "crash" } else { "restart" }
    }

    /// People have to come to rest first: a clock does not leap between two pictures of an album.
    async fn waits(&mut self, round: &mut Round) -> &'static str {
        self.t.idle().await;
        let minutes = [12, 12, 12, 45, 45, 45, 180, 180, 24 * 60, 3 * 24 * 60][self.dice.roll(10) as usize];
        round.loosened.extend(self.movers);
        if minutes > 180 {
            round.ended.extend(self.movers);
        }
        self.t.advance(SignedDuration::from_mins(minutes));
        if minutes > 180 { "days pass" } else { "time passes" }
    }

    /// What stands in a mover's topic goes to the past, since the topic goes.
    fn archives(&mut self, mover: i64, round: &mut Round) -> Option<i32> {
        let topic = self.topic_of(mover)?;
        round.uprooted.insert(mover);
        let all = self.t.in_topic(topic);
        self.past.entry(mover).or_default().extend(all);
        Some(topic)
    }

    fn deletes_topic(&mut self, mover: i64, round: &mut Round) -> bool {
        let topic = self.archives(mover, round);
        topic.is_some_and(|topic| self.t.emulator.delete_topic(topic).is_ok())
    }

    fn closes_topic(&mut self, who: i64, mover: i64) -> bool {
        let closed = self.dice.roll(3) > 0;
        let topic = self.topic_of(mover);
        let person = self.t.emulator.person(who);
        topic.is_some_and(|topic| person.sets_topic_closed(topic, closed).is_ok())
    }

    fn moves_group(&mut self, round: &mut Round) -> bool {
        for mover in self.movers {
            let _topic = self.archives(mover, round);
            round.uprooted.insert(mover);
        }
        self.groups += 1;
        let to = -1_009_000_000_000 - self.groups;
        self.t.emulator.migrate_group(to).is_ok()
    }

    fn leaves_or_joins(&mut self, who: i64, round: &mut Round) -> Option<&'static str> {
        let person = self.t.emulator.person(who);
        if !self.is_inside(who) {
            return person.joins_group().is_ok().then_some("joins");
        }
        // Somebody has to lead the group.
        if who == ids::MIO {
            return None;
        }
        round.loosened.extend(self.movers);
        round.left.insert(who);
        person.leaves_group().is_ok().then_some("leaves")
    }

    pub(super) fn is_inside(&self, who: i64) -> bool {
        let membership = self
            .t
            .emulator
            .look(|world| world.group().and_then(|group| group.membership(who)));
        membership.is_some_and(Membership::is_inside)
    }
}

fn kind_of(mark: &str) -> Kind {
    if mark.is_empty() { Kind::Staff } else { Kind::Note }
}

/// The messages of the bot's with buttons whose data begin so, and those data.
fn buttons(chat: &[Shown], data: &str) -> Vec<(i32, Vec<String>)> {
    let of = |shown: &Shown| {
        let all = shown.buttons.iter().flatten().map(|button| button.data.clone());
        let all = all.filter(|own| own == data || data.ends_with(':') && own.starts_with(data));
        (shown.id, all.collect::<Vec<_>>())
    };
    let all = chat.iter().filter(|shown| shown.from.bot).map(of);
    all.filter(|(_, found)| !found.is_empty()).collect()
}
