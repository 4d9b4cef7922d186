//! Whatever a mover does, every message can be delivered.

use proptest::prelude::*;

use crate::{
    conversation::{
        button::Button,
        input::{Command, Input},
        sample::{Chat, id, senses},
        state::Conversation,
        step::{Step, step},
    },
    knowledge::EntryId,
    lang::Lang,
    outgoing::{Act, ButtonDoes, CALLBACK_LIMIT, MessageId, UserId, html::MESSAGE_LIMIT},
};

/// What Telegram would refuse, and what nobody could read.
fn assert_deliverable(step: &Step) {
    for outgoing in &step.outgoing {
        let (Act::Send { html, buttons, .. }
        | Act::EditAnswer { html, buttons, .. }
        | Act::Edit { html, buttons, .. }) = &outgoing.act
        else {
            panic!("a conversation does not do this: {outgoing:?}")
        };
        let plain = html.plain();
        assert!(!plain.trim().is_empty());
        assert!(plain.encode_utf16().count() <= MESSAGE_LIMIT, "{plain}");
        for face in buttons.0.iter().flatten() {
            assert!(!face.label.is_empty());
            if let ButtonDoes::Callback(data) = &face.does {
                assert!(
                    data.len() <= CALLBACK_LIMIT && Button::decode(data).is_ok(),
                    "{data}"
                );
            }
        }
    }
}

fn entry_id() -> impl Strategy<Value = EntryId> {
    proptest::sample::select(vec![
        "subsidy-myhome-shienkin",
        "farm-tour",
        "gap-prices",
        "work-3",
        "gone",
    ])
    .prop_map(id)
}

fn button() -> impl Strategy<Value = Button> {
    prop_oneof![
        entry_id().prop_map(Button::Show),
        entry_id().prop_map(Button::Choose),
        entry_id().prop_map(Button::Right),
        entry_id().prop_map(Button::NotThis),
        entry_id().prop_map(Button::TellMe),
        Just(Button::NoneOfThese),
        Just(Button::Human),
        Just(Button::Languages),
        proptest::sample::select(Lang::ALL.to_vec()).prop_map(Button::Language),
        (proptest::option::of("work|gap|subsidy"), any::<u8>())
            .prop_map(|(category, page)| Button::Menu { category, page }),
    ]
}

fn input() -> impl Strategy<Value = Input> {
    let known = "(家を買う|補助金|家賃|人と話|死にたい|house|language|通知|苦情){1,2}";
    let text = prop_oneof!["\\PC{0,60}", known, "(<b>&\u{0}|😀|\u{200b}|長い){0,900}"];
    let command = prop_oneof![
        proptest::option::of("[A-Za-z0-9_-]{1,64}").prop_map(Command::Start),
        Just(Command::Events),
        Just(Command::Human),
        Just(Command::Menu),
        "\\PC{0,20}".prop_map(Command::Unknown),
    ];
    prop_oneof![
        3 => (text, 1..5, any::<bool>()).prop_map(|(text, message, edited)| Input::Question {
            text,
            message: MessageId(message),
            edited,
        }),
        3 => (button(), any::<bool>()).prop_map(|(button, reachable)| Input::Tap {
            button: Ok(button),
            message: reachable.then_some(MessageId(70)),
        }),
        1 => command.prop_map(Input::Command),
        1 => Just(Input::Left),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_every_message_can_be_delivered(
        tag in proptest::sample::select(vec!["ja", "ja-simple", "en", "fr"]),
        inputs in proptest::collection::vec(input(), 1..12),
    ) {
        let now = Chat::open("ja").now;
        let mut conversation = Conversation::with_newcomer(UserId(7), Some(tag), now);
        for input in &inputs {
            let step = step(conversation, input, &senses(), now);
            assert_deliverable(&step);
            prop_assert!(matches!(input, Input::Left) != step.conversation.reachable);
            conversation = step.conversation;
        }
    }
}
