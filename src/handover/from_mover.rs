//! What a mover does: the conversation with the bot unless a person has it, and everything for the desk.

use jiff::Timestamp;

use crate::{
    conversation::{self, Command, Conversation, ForDesk, Hands, Input, Senses, Wish, WishReason},
    handover::{
        button::DeskButton,
        card,
        case::{Case, Closing, Face},
        closing, happening, opening,
        said::{Content, Said},
        senses::{DESK_LANG, DeskSenses, DeskStep},
        signups,
    },
    knowledge::EntryId,
    lang::Lang,
    outgoing::{Act, Buttons, Html, Outgoing, Priority, UserId},
    phrases::Text,
    reminders::Subscriber,
    signups::SignUpList,
    understanding::Outcome,
};

/// At most this many entries are suggested.
const SUGGESTIONS: usize = 3;

/// One thing a mover did, with what is remembered of them.
pub struct FromMover<'a> {
    pub conversation: Conversation,
    pub case: Option<Case>,
    pub input: &'a Input,
    /// The message, if it was one.
    pub said: Option<&'a Said>,
    /// Earlier messages that were read together with it.
    pub earlier: &'a [Said],
    pub face: &'a Face,
    /// The message replies to one that staff wrote.
    pub to_person: bool,
    /// The disliked message answers the mover's last question.
    pub of_last_question: bool,
    /// The message was edited; when first written it went to a person, and the bot did not answer it.
    pub was_for_person: bool,
    /// What they chose to hear of, if they ever chose anything.
    pub subscriber: Option<Subscriber>,
    /// The sign-ups for the event this is about.
    pub sign_ups: Option<SignUpList>,
}

/// The conversation's step, and what it means for the desk.
#[must_use]
pub fn from_mover(did: FromMover<'_>, senses: &DeskSenses<'_>, now: Timestamp) -> DeskStep {
    let desk = conversation::Desk {
        to_person: did.to_person,
        of_last_question: did.of_last_question,
        was_for_person: did.was_for_person,
        ..senses.desk(did.case.as_ref(), now)
    };
    let talk = Senses {
        desk,
        subscriber: did.subscriber.as_ref(),
        sign_ups: did.sign_ups.as_ref(),
        ..senses.talk
    };
    let step = conversation::step(did.conversation, did.input, &talk, now);
    let before = did.case.clone();
    let mut at_desk = AtDesk {
        lang: step.conversation.lang,
        hands: desk.hands,
        is_goodbye: step.is_goodbye,
        earlier: did.earlier,
        case: did.case,
        face: did.face,
        step: DeskStep {
            outgoing: step.outgoing,
            tap_note: step.tap_note,
            notes: step.notes,
            wanted: step.wanted,
            subscriber: step.subscriber,
            privately: step.privately,
            ..DeskStep::default()
        },
        senses,
        now,
    };
    match step.for_desk {
        Some(ForDesk::Wished(wish)) => at_desk.wished(wish, did.said, &step.conversation),
        Some(ForDesk::Ended) => at_desk.ended(),
        Some(ForDesk::Rated(stars)) => at_desk.rated(stars),
        Some(ForDesk::RatingLine(line)) => at_desk.rating_line(line),
        None => at_desk.heard(did.input, did.said),
    }
    if let Some(change) = step.sign_ups {
        signups::tell(change, &mut at_desk.step, senses, now);
    }
    if let Some(after) = &at_desk.step.case {
        at_desk.step.happened = happening::between(before.as_ref(), after, &senses.hours, now);
    }
    at_desk.step.conversation = Some(step.conversation);
    at_desk.step
}

struct AtDesk<'a> {
    lang: Lang,
    hands: Hands,
    /// The mover is only saying goodbye to a person.
    is_goodbye: bool,
    earlier: &'a [Said],
    case: Option<Case>,
    face: &'a Face,
    step: DeskStep,
    senses: &'a DeskSenses<'a>,
    now: Timestamp,
}

impl AtDesk<'_> {
    /// The mover wants a person: opens a case, reopens the last one, or adds to the current one.
    fn wished(&mut self, wish: Wish, said: Option<&Said>, conversation: &Conversation) {
        let mover = conversation.mover;
        let before = self.case.take();
        let was_live = before.as_ref().is_some_and(Case::is_live);
        let is_first = before.is_none();
        let had = before.as_ref().and_then(|case| case.had_lately(self.now));
        let mut case = match before {
            Some(mut case) if was_live || case.is_fresh_enough(self.now) => {
                case.wished_again(&wish);
                case
            }
            Some(earlier) => Case::after(&earlier, self.lang, self.face.clone(), &wish),
            None => Case::first(mover, self.lang, self.face.clone(), &wish),
        };
        case.lang = self.lang;
        case.face = self.face.clone();
        case.tried.clone_from(&conversation.trail);
        case.suggestions = self.suggestions(&case);
        if was_live {
            closing::show(&case, &mut self.step);
        } else {
            self.step
                .outgoing
                .push(Outgoing::to_topic(mover, Act::Card).with_priority(Priority::Alert));
            self.step.outgoing.push(Outgoing::aside(mover, Act::Title));
            self.call_back(mover, had);
        }
        let urgency = if was_live {
            Priority::Staff
        } else {
            Priority::Alert
        };
        if wish.why == WishReason::Crisis {
            self.cry_out(&case);
        }
        // The new card shows the words that opened the case; it cannot show a picture or a long story.
        let long = case
            .question
            .as_ref()
            .filter(|question| !card::shows_whole(question));
        let beside_card = |said: &Said| !is_first || said.content != Content::Text || long.is_some();
        let passed_on = said.filter(|said| beside_card(said) || !self.earlier.is_empty());
        // In a live case, whatever came before was passed on when it came.
        if let Some(question) = long.filter(|_| passed_on.is_none() || !was_live) {
            let now = self.earlier.iter().chain(passed_on);
            let rest = opening::not_among(question, now.filter(|_| passed_on.is_some()));
            self.step.outgoing.extend(opening::in_full(mover, rest));
        }
        if let Some(said) = passed_on {
            self.pass_on(mover, said, (Html::default(), Buttons::default()), urgency);
        }
        if let Some(question) = &wish.question {
            let said = self.earlier.iter().chain(said);
            case.opened_with = opening::messages_of(question, conversation, said);
        }
        self.step.keep(case, self.senses);
    }

    /// Mentions the colleague who had the case: the mover goes on with a person, not with an office.
    fn call_back(&mut self, mover: UserId, had: Option<UserId>) {
        let Some(had) = had.filter(|had| self.senses.colleagues.iter().any(|(id, _)| id == had)) else {
            return;
        };
        let name = Html::mention(&self.senses.name_of(had), had.0);
        let html = name.line(&self.senses.html(&Text::DeskAgainWithYou));
        self.step.outgoing.push(Outgoing::to_topic(mover, Act::say(html)));
    }

    /// Alerts the whole group, not only the topic: somebody is in danger.
    fn cry_out(&mut self, case: &Case) {
        let name = &self.senses.shown_name(&case.face, Text::SomeMover);
        let html = self.senses.html(&Text::DeskUrgent { name });
        let told = Outgoing::to_group(Act::say(html)).about(case.mover);
        self.step.outgoing.push(told.with_priority(Priority::Alert));
    }

    fn ended(&mut self) {
        let Some(mut case) = self.case.take() else { return };
        if case.close_by_mover(self.now).is_err() {
            return;
        }
        closing::tell(&case, Closing::Mover, &mut self.step, self.senses);
        self.step.keep(case, self.senses);
    }

    fn rated(&mut self, stars: u8) {
        let Some(mut case) = self.case.take() else { return };
        closing::rate(&mut case, stars, &mut self.step, self.senses);
        self.step.keep(case, self.senses);
    }

    fn rating_line(&mut self, line: String) {
        let Some(mut case) = self.case.take() else { return };
        closing::rate_in_words(&mut case, line, &mut self.step, self.senses);
        self.step.keep(case, self.senses);
    }

    /// Everything else: words for the desk while a case is live, edits of messages it already has, and whether the
    /// mover can be reached.
    fn heard(&mut self, input: &Input, said: Option<&Said>) {
        let Some(mut case) = self.case.take() else { return };
        let mover = case.mover;
        match (input, said) {
            (Input::Left, _) => self.remark(mover, &Text::DeskMoverLeft, case.is_live()),
            (Input::Returned, _) => self.remark(mover, &Text::DeskMoverReturned, case.is_live()),
            (_, Some(said)) if said.edited => self.step.outgoing.push(said.edit_in_topic(mover)),
            (
                Input::Question { .. }
                | Input::Unreadable { .. }
                | Input::Shared
                | Input::Command(Command::Unknown(_)),
                Some(said),
            ) if case.is_live() => {
                if case.is_snoozed(self.now) {
                    closing::show(&case, &mut self.step);
                }
                // While the group's rate limit is used up, movers who are not yet waiting go first.
                let urgency = match case.waiting_since {
                    None => Priority::Alert,
                    Some(_) => Priority::Staff,
                };
                for said in self.earlier.iter().chain([said]) {
                    let words = Some(said.text.as_str()).filter(|text| !text.is_empty());
                    case.mover_spoke(words, self.now);
                }
                let help = self.help(said);
                self.pass_on(mover, said, help, urgency);
            }
            // Thanks after the talk: the person gets to read it, but nothing is reopened.
            (Input::Question { .. } | Input::Unreadable { .. }, Some(said)) if self.is_goodbye => {
                let no_help = (Html::default(), Buttons::default());
                self.pass_on(mover, said, no_help, Priority::Staff);
                return;
            }
            _ if case.lang != self.lang => {}
            _ => return,
        }
        if case.lang != self.lang {
            case.lang = self.lang;
            closing::show(&case, &mut self.step);
        }
        self.step.keep(case, self.senses);
    }

    /// Passes a message on to the desk, after the ones that came with it.
    fn pass_on(&mut self, mover: UserId, said: &Said, help: (Html, Buttons), urgency: Priority) {
        let none = Html::default();
        let earlier = self.earlier.iter();
        let earlier = earlier.map(|said| said.to_topic(mover, &none, Buttons::default()));
        let (remark, buttons) = help;
        let last = std::iter::once(said.to_topic(mover, &remark, buttons));
        let all = earlier.chain(last).map(|one| one.with_priority(urgency));
        self.step.outgoing.extend(all);
    }

    /// What the bot adds for staff: its own answer if it gave one, or what staff could send if it is silent.
    fn help(&self, said: &Said) -> (Html, Buttons) {
        let none = (Html::default(), Buttons::default());
        if said.content != Content::Text {
            return none;
        }
        let Outcome::Answer(id) = (self.senses.talk.understand)(&said.text, None).outcome else {
            return none;
        };
        let Some(entry) = self.senses.talk.revision.entries.get(&id) else {
            return none;
        };
        let label = entry.label_in(DESK_LANG);
        match self.hands {
            Hands::Waiting => (
                self.senses.html(&Text::DeskBotAnswered { label }).in_italics(),
                Buttons::default(),
            ),
            Hands::Person => {
                let label = self.senses.say(&Text::DeskButtonSuggest { label });
                let face = DeskButton::Suggest(id).face(label);
                (Html::default(), Buttons(vec![vec![face]]))
            }
            Hands::Bot | Hands::Lately => none,
        }
    }

    fn remark(&mut self, mover: UserId, text: &Text<'_>, matters: bool) {
        if matters {
            let html = self.senses.html(text);
            self.step.outgoing.push(Outgoing::to_topic(mover, Act::say(html)));
        }
    }

    /// The entries nearest to the question, without gaps, which only say that nothing is known.
    fn suggestions(&self, case: &Case) -> Vec<EntryId> {
        let Some(question) = case.question.as_deref() else {
            return Vec::new();
        };
        let verdict = (self.senses.talk.understand)(question, None);
        verdict
            .candidates
            .into_iter()
            .map(|candidate| candidate.entry)
            .filter(|id| !id.is_gap() && self.senses.talk.revision.entries.contains_key(id))
            .take(SUGGESTIONS)
            .collect()
    }
}
