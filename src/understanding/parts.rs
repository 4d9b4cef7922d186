//! Splits a message that asks two things, so that the first can be answered and the other offered.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    knowledge::{Asks, EntryId, RuleKind},
    understanding::{
        engine::Understanding,
        evidence::weigh,
        features::Features,
        verdict::{Handover, Outcome, Trace},
    },
};

/// At most this many questions of a message are read one by one.
const MOST: usize = 3;
/// Anything with fewer letters is not a question of its own.
const LEAST: usize = 4;
/// A longer message is a story, whose sentences depend on each other.
const LONGEST: usize = 160;

/// How questions are worded, in a text that went through [`clean`](crate::understanding::normalize::clean).
static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(か|かな|の|っけ|かしら|でしょう)[?？]?$|\?$|教えて|知りたい|聞きたい|ききたい|おしえて|伺いたい|^(what|where|when|who|how|is|are|do|does|can|could|which|will|tell me|also)\b").ok()
});
/// "A and B, please": the same words ask about both.
static BOTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?P<first>[^、。,?]{2,24}?)(?:と、?|や|、|および|及び)(?P<second>[^、。,?と]{2,24}?)(?P<about>(?:の(?:こと|両方|ふたつ|2つ|二つ)|について|に関して|に関する).*)$").ok()
});
static BOTH_ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?P<about>(?:.{0,30} )?(?:about|on) )(?P<first>[^,.?]{3,40}?)(?:,? and (?:also )?(?:about )?)(?P<second>[^,.?]{3,40})[.?!]*$").ok()
});
/// Asking how two things compare is one question.
const COMPARES: [&str; 19] = [
    "違い",
    "ちがい",
    "違う",
    "比べ",
    "比較",
    "どちら",
    "どっち",
    "両立",
    "併用",
    "同時",
    "一緒",
    "合わせて",
    "関係",
    "重複",
    "difference",
    "compare",
    "versus",
    "both of",
    "combine",
];

impl Understanding {
    /// For a message that asks several things: answers the first if it is sure of it, and offers the others.
    pub(super) fn by_parts(
        &self,
        cleaned: &str,
        outcome: Outcome,
        confidence: &mut f32,
        trace: &mut Trace,
    ) -> (Outcome, Vec<EntryId>) {
        let is_individual = outcome == Outcome::Handover(Handover::Rule(RuleKind::Individual));
        let may = is_individual
            || matches!(
                outcome,
                Outcome::Answer(_)
                    | Outcome::Clarify(_)
                    | Outcome::Handover(Handover::Gap(_) | Handover::NotUnderstood)
            );
        let asked = if may { questions(cleaned) } else { Vec::new() };
        let sure: Vec<Option<(EntryId, f32)>> =
            asked.iter().map(|question| self.sure_topic(question)).collect();
        // An individual case remains one unless everything it asks is known.
        if is_individual && sure.iter().any(Option::is_none) {
            return (outcome, Vec::new());
        }
        let first = match (&outcome, sure.first().cloned().flatten()) {
            (Outcome::Answer(id), _) => id.clone(),
            (_, Some((id, probability))) => {
                *confidence = probability;
                id
            }
            (_, None) => return (outcome, Vec::new()),
        };
        let mut asked_too: Vec<EntryId> = Vec::new();
        for (id, _) in sure.into_iter().flatten() {
            if id != first && !asked_too.contains(&id) {
                asked_too.push(id);
            }
        }
        if !asked.is_empty() {
            trace
                .0
                .push(format!("asks several things: {}", asked.join(" | ")));
        }
        (Outcome::Answer(first), asked_too)
    }

    /// The topic that answers a question, if the decision is sure of one.
    fn sure_topic(&self, question: &str) -> Option<(EntryId, f32)> {
        let features = Features::of(question, &self.index.concepts);
        let evidence = weigh(&self.index, &features, &[]);
        let probability = evidence.probability(&self.decision, &self.index);
        let is_sure = evidence.is_topic_first(&self.index) && probability >= self.decision.answer_from;
        let first = evidence.ranking.first().filter(|_| is_sure)?;
        match &self.index.documents[first.0] {
            Asks::Entry(id) => Some((id.clone(), probability)),
            Asks::Rule(_) => None,
        }
    }
}

/// The questions of a cleaned message, in order; empty if it asks only one.
#[must_use]
pub fn questions(cleaned: &str) -> Vec<String> {
    if cleaned.chars().count() > LONGEST || COMPARES.iter().any(|word| cleaned.contains(word)) {
        return Vec::new();
    }
    let sentences = sentences(cleaned);
    let asked: Vec<String> = match sentences.as_slice() {
        [only] => both(only),
        several => several
            .iter()
            .filter(|one| asks(one))
            .map(|one| one.trim().to_owned())
            .collect(),
    };
    if asked.len() < 2 {
        Vec::new()
    } else {
        asked.into_iter().take(MOST).collect()
    }
}

fn sentences(cleaned: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in cleaned.char_indices() {
        if matches!(c, '。' | '?' | '!' | '\n') || (c == '.' && cleaned[at..].starts_with(". ")) {
            found.push(&cleaned[from..at + c.len_utf8()]);
            from = at + c.len_utf8();
        }
    }
    found.push(&cleaned[from..]);
    found.retain(|one| one.chars().filter(|c| c.is_alphanumeric()).count() >= LEAST);
    found
}

fn asks(sentence: &str) -> bool {
    let said = sentence.trim().trim_end_matches(['。', '.', '!', '、']);
    ASKS.as_ref().is_some_and(|asks| asks.is_match(said))
}

fn both(sentence: &str) -> Vec<String> {
    let sentence = sentence.trim();
    let found = |pattern: &Option<Regex>| {
        let found = pattern.as_ref()?.captures(sentence)?;
        Some((
            found["first"].to_owned(),
            found["second"].to_owned(),
            found["about"].to_owned(),
        ))
    };
    if let Some((first, second, about)) = found(&BOTH) {
        return vec![format!("{first}{about}"), format!("{second}{about}")];
    }
    match found(&BOTH_ENGLISH) {
        Some((first, second, about)) => vec![format!("{about}{first}"), format!("{about}{second}")],
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::normalize::clean;

    fn of(text: &str) -> Vec<String> {
        questions(&clean(text))
    }

    #[test]
    fn two_questions_are_read_one_by_one() {
        assert_eq!(
            of("市の図書館は何時までですか。あと体育館は借りられますか?"),
            ["市の図書館は何時までですか。", "あと体育館は借りられますか?"]
        );
        assert_eq!(
            of("Where is the library? And can I rent the gym?"),
            ["where is the library?", "and can i rent the gym?"]
        );
        assert_eq!(
            of("図書館と体育館について教えてください"),
            ["図書館について教えてください", "体育館について教えてください"]
        );
        assert_eq!(
            of("Tell me about the library and the gym"),
            ["tell me about the library", "tell me about the gym"]
        );
    }

    #[test]
    fn a_story_with_one_question_and_a_comparison_ask_one_thing() {
        for one in [
            "来年引っ越します。図書館はありますか",
            "図書館と体育館の違いを教えてください",
            "図書館はありますか?",
            "図書館と体育館は近いですか",
            "",
        ] {
            assert_eq!(of(one), Vec::<String>::new(), "{one}");
        }
    }
}
