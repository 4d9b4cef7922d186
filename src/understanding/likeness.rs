//! Which questions ask for the same thing in other words.

use std::collections::HashMap;

use crate::understanding::{engine::Understanding, features::Features, threads, tokens::Token};

/// How much of what two questions say has to be the same (0 to 1, rare words counting more). On ways of asking that
/// belong to different topics, fewer than one pair in a thousand reaches it.
const ALIKE_FROM: f32 = 0.25;
/// A token found in one of this many questions, or in fewer, counts most.
const RARE: f32 = 20.0;
/// A token that this many groups share leads to none of them; it still counts when two are compared.
const TOO_COMMON: usize = 300;

impl Understanding {
    /// Groups of similar questions, as indices into `questions`. Each group is led by its first question, and the
    /// groups are in the order of their leaders; the same questions in the same order give the same groups.
    #[must_use]
    pub fn alike(&self, questions: &[&str]) -> Vec<Vec<usize>> {
        let said = threads::map(questions, |question| {
            let features = Features::of_question(question, &self.index.concepts, &self.index.english);
            let mut tokens = features.telling().to_vec();
            tokens.sort_unstable();
            tokens.dedup();
            tokens
        });
        groups(&said)
    }
}

/// Each question joins the group whose first member it resembles most, or starts its own if it resembles none. Tokens
/// are sorted, without duplicates.
fn groups(said: &[Vec<Token>]) -> Vec<Vec<usize>> {
    let weights = weights(said);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut led: HashMap<Token, Vec<usize>> = HashMap::new();
    let mut same: HashMap<&[Token], usize> = HashMap::new();
    for (place, tokens) in said.iter().enumerate() {
        let found = same.get(tokens.as_slice()).copied();
        let found = found.or_else(|| nearest(tokens, &groups, &led, said, &weights));
        let group = found.unwrap_or(groups.len());
        match groups.get_mut(group) {
            Some(members) => members.push(place),
            None => {
                groups.push(vec![place]);
                for token in tokens {
                    led.entry(*token).or_default().push(group);
                }
            }
        }
        same.entry(tokens).or_insert(group);
    }
    groups
}

/// How telling a token is: the rarer the more, up to a point, so that one odd word does not part two questions.
fn weights(said: &[Vec<Token>]) -> HashMap<Token, f32> {
    let mut counts: HashMap<Token, u16> = HashMap::new();
    for token in said.iter().flatten() {
        let count = counts.entry(*token).or_default();
        *count = count.saturating_add(1);
    }
    let all = f32::from(u16::try_from(said.len()).unwrap_or(u16::MAX));
    let weight = |count: u16| (1.0 + (all / f32::from(count)).min(RARE)).ln();
    counts
        .into_iter()
        .map(|(token, count)| (token, weight(count)))
        .collect()
}

fn nearest(
    tokens: &[Token],
    groups: &[Vec<usize>],
    led: &HashMap<Token, Vec<usize>>,
    said: &[Vec<Token>],
    weights: &HashMap<Token, f32>,
) -> Option<usize> {
    let mut candidates: Vec<usize> = tokens
        .iter()
        .filter_map(|token| led.get(token))
        .filter(|groups| groups.len() <= TOO_COMMON)
        .flatten()
        .copied()
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut best: Option<(usize, f32)> = None;
    for group in candidates {
        let Some(first) = groups[group].first() else {
            continue;
        };
        let likeness = likeness(tokens, &said[*first], weights);
        if likeness >= ALIKE_FROM && best.is_none_or(|(_, before)| likeness > before) {
            best = Some((group, likeness));
        }
    }
    best.map(|(group, _)| group)
}

/// What both say as a share of what either says.
fn likeness(a: &[Token], b: &[Token], weights: &HashMap<Token, f32>) -> f32 {
    let sum = |tokens: &[Token]| tokens.iter().filter_map(|token| weights.get(token)).sum::<f32>();
    let both: f32 = a
        .iter()
        .filter(|token| b.binary_search(token).is_ok())
        .filter_map(|token| weights.get(token))
        .sum();
    let either = sum(a) + sum(b) - both;
    if either > 0.0 { both / either } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::{normalize::clean, tokens::tokens};

    fn said(questions: &[&str]) -> Vec<Vec<Token>> {
        let sorted = |question: &&str| {
            let mut all = tokens(&clean(question));
            all.sort_unstable();
            all.dedup();
            all
        };
        questions.iter().map(sorted).collect()
    }

    #[test]
    fn the_same_question_in_other_words_joins_and_another_topic_does_not() {
        let questions = [
            "家賃の相場はいくらですか",
            "市民農園を借りられますか",
            "家賃の相場を教えてください",
            "Is there a dog park in Annaka?",
            "家賃相場が知りたい",
            "貸し市民農園はありますか",
            "dog park in annaka",
            "温泉の入浴料はいくらですか",
        ];
        let wanted = [vec![0, 2, 4], vec![1, 5], vec![3, 6], vec![7]];
        assert_eq!(groups(&said(&questions)), wanted);
    }

    #[test]
    fn questions_without_a_word_are_like_each_other_only() {
        assert_eq!(groups(&said(&["！", "家賃", "？"])), [vec![0, 2], vec![1]]);
        assert_eq!(groups(&[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn ten_thousand_questions_are_grouped() {
        let things = [
            "家賃", "農園", "温泉", "病院", "学校", "道路", "公園", "銀行", "図書", "駐車",
        ];
        let ways = [
            "の料金は",
            "を探しています",
            "はどこですか",
            "の予約方法",
            "は何時まで",
        ];
        let numbered: Vec<String> = (0..10_000)
            .map(|number| {
                let (thing, way) = (things[number % 10], ways[number / 10 % 5]);
                format!(
                    "{thing}{way}{}",
                    char::from_u32(0x4e00 + number as u32).unwrap_or('一')
                )
            })
            .collect();
        let questions: Vec<&str> = numbered.iter().map(String::as_str).collect();
        let grouped = groups(&said(&questions));
        assert_eq!(grouped.iter().map(Vec::len).sum::<usize>(), 10_000);
        assert!(grouped.len() < 200, "{}", grouped.len());
    }
}
