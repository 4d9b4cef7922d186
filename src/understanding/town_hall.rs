//! What citizens and town halls call the same things, for lists of questions and answers that come without concepts.
//!
//! `town_hall.tsv` holds one group per line: words and short phrases that one page would answer, separated by tabs, as
//! people write them. They apply to Japan's town halls in general, not to any one city.

use regex_syntax::escape;

use crate::{knowledge::Concept, understanding::normalize::normalize};

const GROUPS: &str = include_str!("town_hall.tsv");

/// The groups as concepts, each named by its first word.
#[must_use]
pub fn concepts() -> Vec<Concept> {
    groups(GROUPS)
        .map(|words| Concept {
            name: words.first().copied().unwrap_or_default().to_owned(),
            words: words.iter().map(|word| escape(&normalize(word))).collect(),
        })
        .collect()
}

fn groups(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let is_group = |line: &&str| !line.is_empty() && !line.starts_with('#');
    table
        .lines()
        .filter(is_group)
        .map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::understanding::concepts::Concepts;

    #[test]
    fn the_citizens_word_and_the_offices_meet() {
        let concepts = Concepts::read(&concepts()).unwrap();
        let meet = |a: &str, b: &str| {
            let found = |text: &str| BTreeSet::from_iter(concepts.find(&normalize(text)));
            !found(a).is_disjoint(&found(b))
        };
        assert!(meet("引っ越してきました", "転入届の手続き"));
        assert!(meet("大きいごみ", "粗大ごみの収集"));
        assert!(!meet("図書館", "粗大ごみの収集"));
    }

    #[test]
    fn every_group_has_a_name_of_its_own_and_none_stands_inside_another() {
        let groups: Vec<(&str, BTreeSet<String>)> = groups(GROUPS)
            .map(|words| (words[0], words.iter().map(|word| normalize(word)).collect()))
            .collect();
        let names: BTreeSet<&str> = groups.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), groups.len());
        for (at, (name, words)) in groups.iter().enumerate() {
            let mut others = groups.iter().enumerate().filter(|(other, _)| *other != at);
            let around = others.find(|(_, (_, other))| words.is_subset(other));
            assert!(around.is_none(), "{name} stands inside {around:?}");
        }
    }

    #[test]
    fn no_word_is_too_short_and_none_stands_in_three_groups() {
        let mut stands: BTreeMap<String, usize> = BTreeMap::new();
        for words in groups(GROUPS) {
            assert!(words.len() > 1, "{words:?} is no group");
            let words: BTreeSet<String> = words.iter().map(|word| normalize(word)).collect();
            for word in words {
                assert!(word.chars().count() > 1, "“{word}” is too short");
                *stands.entry(word).or_default() += 1;
            }
        }
        let often = stands.iter().find(|(_, times)| **times > 2);
        assert_eq!(often, None);
    }
}
