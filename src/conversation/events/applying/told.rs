//! What a mover is told once staff have decided on their request.

use jiff::Timestamp;

use crate::{
    conversation::{
        button::Button,
        events::{
            applying::{tap::Deed, words::facts},
            card::Words,
        },
    },
    events::{Event, Standing},
    lang::Lang,
    outgoing::{Buttons, Html},
    phrases::{Phrases, Text},
    signups::{SignUp, State},
};

/// The decision in the mover's language, given what held before it, with what they can do now; none where nothing was
/// decided.
#[must_use]
pub fn told(
    one: &SignUp,
    before: Option<State>,
    event: &Event,
    (lang, phrases): (Lang, &Phrases),
    now: Timestamp,
) -> Option<(Html, Buttons)> {
    let words = Words { phrases, lang, now };
    let title = words.title(event);
    let face = |text: &Text<'_>, button: Button| button.face(words.say(text));
    let withdraw = || {
        vec![face(
            &Text::ButtonApplyWithdraw,
            Button::Apply(Deed::AskWithdraw.on(&event.id)),
        )]
    };
    let head = |text: &Text<'_>| Html::text(&words.say(text));
    Some(match one.state {
        State::Confirmed(_) => {
            let html = head(&Text::ApplyConfirmed { title }).paragraph(&words.taking_part(one, event));
            let mut useful = vec![face(&Text::ButtonMore, Button::Event(event.id.clone()))];
            if event.standing == Standing::Confirmed {
                useful.insert(0, face(&Text::ButtonIcs, Button::Ics(event.id.clone())));
            }
            (html, Buttons(vec![useful, withdraw()]))
        }
        State::Waiting(_) => (head(&Text::ApplyWaiting { title }), Buttons(vec![withdraw()])),
        State::Declined(_) => {
            let rows = vec![
                vec![face(&Text::ButtonHuman, Button::Human)],
                vec![face(&Text::ButtonEvents, Button::events())],
            ];
            let text = if before.is_some_and(State::is_confirmed) {
                Text::ApplyRevoked { title }
            } else {
                Text::ApplyDeclined { title }
            };
            (head(&text), Buttons(rows))
        }
        State::Asked | State::Withdrawn => return None,
    })
}

impl Words<'_> {
    /// When, where if that is known, and who comes.
    fn taking_part(&self, one: &SignUp, event: &Event) -> Html {
        let when = &self.phrases.when(self.lang, &event.when);
        let mut html = Html::text(&self.say(&Text::EventWhen { when }));
        if let Some(place) = &self.place(event) {
            html = html.line(&Html::text(&self.say(&Text::EventWhere { place })));
        }
        html.line(&facts(&one.filled, self.phrases, self.lang))
    }
}
