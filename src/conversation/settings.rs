//! The mover's language.

use crate::{
    conversation::{
        keyboards,
        turn::{Place, Turn},
    },
    lang::Lang,
    outgoing::Buttons,
    phrases::Text,
};

pub(super) fn offer_languages(turn: &mut Turn<'_>, place: Place) {
    let buttons = keyboards::languages(turn);
    turn.tell(place, &Text::LanguageAsk, buttons);
}

pub(super) fn choose_language(turn: &mut Turn<'_>, place: Place, lang: Lang) {
    turn.conversation.lang = lang;
    turn.conversation.lang_chosen = true;
    turn.conversation.lang_instead = false;
    let buttons = keyboards::only_menu(turn);
    turn.tell(place, &Text::LanguageSet, buttons);
}

/// Answers in the language of the question, unless the mover chose one. Japanese does not end plain Japanese.
pub(super) fn follow_language(turn: &mut Turn<'_>, written: Lang) {
    let conversation = &mut turn.conversation;
    if written.is_japanese() {
        conversation.lang_instead = false;
    }
    let stays_plain = conversation.lang == Lang::JaSimple && written == Lang::Ja;
    if !conversation.lang_chosen && !stays_plain {
        conversation.lang = written;
    }
}

/// Before the first words to a mover whose Telegram is set to a language the bot does not speak.
pub(super) fn say_other_language_once(turn: &mut Turn<'_>) {
    if turn.conversation.lang_instead && !turn.is_silent() {
        turn.conversation.lang_instead = false;
        let buttons = Buttons(vec![vec![keyboards::change_language(turn)]]);
        turn.tell_first(&Text::OtherLanguageInstead, buttons);
    }
}
