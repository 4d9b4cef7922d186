//! A built index as bytes, so that the next start need neither train it nor read what it was trained on.
//!
//! The bytes name the revision they were made from and end with a checksum: if they are damaged, or belong to another
//! revision, they are refused and the index is built again.

use sha2::{Digest, Sha256};

use crate::{
    knowledge::{Revision, RevisionId},
    understanding::{
        bm25::Bm25,
        concepts::{BadConcept, Concepts},
        danger::Danger,
        evidence::Weights,
        index::{Index, is_list, names, needs, unanswerable},
        linear::Linear,
        nearest::Nearest,
        romaji::EnglishWords,
    },
};

/// The bytes begin with this. Raise it whenever the same texts give other tokens or another training; a test reminds
/// you.
const MARK: &[u8; 4] = b"ACI4";
/// How many bytes of SHA-256 end them.
const SEAL: usize = 8;

impl Index {
    /// The index, built from `revision`, as bytes to keep.
    #[must_use]
    pub fn to_bytes(&self, revision: &RevisionId) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        write_count(&mut bytes, revision.0.len());
        bytes.extend(revision.0.as_bytes());
        self.english.write(&mut bytes);
        self.bm25.write(&mut bytes);
        bytes.push(u8::from(self.linear.is_some()));
        if let Some(linear) = &self.linear {
            linear.write(&mut bytes);
        }
        bytes.push(u8::from(self.danger.is_some()));
        if let Some(danger) = &self.danger {
            danger.write(&mut bytes);
        }
        bytes.push(u8::from(self.nearest.is_some()));
        if let Some(nearest) = &self.nearest {
            nearest.write(&mut bytes);
        }
        let seal = Sha256::digest(&bytes);
        bytes.extend(&seal[..SEAL]);
        bytes
    }

    /// Reads bytes back; `None` if they are damaged, or were made from another revision.
    ///
    /// # Errors
    /// When a concept of the revision is not a valid regular expression, which checking a revision rules out.
    pub fn from_bytes(bytes: &[u8], revision: &Revision) -> Result<Option<Self>, BadConcept> {
        let concepts = Concepts::of(revision)?;
        let documents = names(revision);
        let parts = unsealed(bytes).and_then(|content| read(content, &revision.id, documents.len()));
        Ok(parts.map(|kept| Self {
            is_list: is_list(revision, kept.linear.is_some()),
            unanswerable: unanswerable(&documents),
            documents,
            needs: needs(revision, &concepts),
            concepts: concepts.into(),
            english: kept.english,
            bm25: kept.bm25,
            linear: kept.linear,
            danger: kept.danger,
            nearest: kept.nearest,
            weights: Weights::FITTED,
        }))
    }
}

fn unsealed(bytes: &[u8]) -> Option<&[u8]> {
    let (content, seal) = bytes.split_last_chunk::<SEAL>()?;
    (Sha256::digest(content)[..SEAL] == *seal).then_some(content)
}

/// What the bytes hold.
struct Kept {
    english: EnglishWords,
    bm25: Bm25,
    linear: Option<Linear>,
    danger: Option<Danger>,
    nearest: Option<Nearest>,
}

fn read(content: &[u8], revision: &RevisionId, documents: usize) -> Option<Kept> {
    let mut rest = content.strip_prefix(MARK)?;
    let length = read_count(&mut rest)?;
    let (name, mut rest) = rest.split_at_checked(length)?;
    if name != revision.0.as_bytes() {
        return None;
    }
    let english = EnglishWords::read(&mut rest)?;
    let bm25 = Bm25::read(&mut rest, documents)?;
    let linear = match take(&mut rest)? {
        [0] => None,
        _ => Some(Linear::read(&mut rest, documents)?),
    };
    let danger = match take(&mut rest)? {
        [0] => None,
        _ => Some(Danger::read(&mut rest)?),
    };
    let nearest = match take(&mut rest)? {
        [0] => None,
        _ => Some(Nearest::read(&mut rest, documents)?),
    };
    rest.is_empty().then_some(Kept {
        english,
        bm25,
        linear,
        danger,
        nearest,
    })
}

/// Appends the number of items that follow.
pub(super) fn write_count(out: &mut Vec<u8>, count: usize) {
    out.extend((count as u32).to_le_bytes());
}

/// Takes the number of items that follow.
pub(super) fn read_count(rest: &mut &[u8]) -> Option<usize> {
    take(rest).map(u32::from_le_bytes).map(|count| count as usize)
}

/// Takes `N` bytes from the front, if they are there.
pub(super) fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        knowledge::{Asks, Concept, Phrasing, RuleKind},
        lang::Lang,
        understanding::{
            features::Features,
            tokens::{Kind, Token},
            town_hall,
        },
    };

    fn revision(id: &str, taught: bool) -> Revision {
        let way = |line, kind, text: &str| Phrasing {
            hand: "first".to_owned(),
            line,
            asks: Asks::Rule(kind),
            lang: Lang::En,
            text: text.to_owned(),
        };
        let ways = vec![
            way(1, RuleKind::Human, "may I talk to a person?"),
            way(2, RuleKind::Human, "人と話したい"),
            way(3, RuleKind::Complaint, "this answer is wrong"),
        ];
        Revision {
            holidays: crate::knowledge::Holidays::default(),
            id: RevisionId(id.to_owned()),
            entries: BTreeMap::new(),
            sources: BTreeMap::new(),
            rules: Vec::new(),
            concepts: vec![Concept {
                name: "TALK".to_owned(),
                words: vec!["talk".to_owned(), "話".to_owned()],
            }],
            phrasings: if taught { ways } else { Vec::new() },
            decision: None,
        }
    }

    #[test]
    fn read_back_it_says_the_same() {
        for taught in [true, false] {
            let revision = revision("r1", taught);
            let built = Index::build(&revision).unwrap();
            let bytes = built.to_bytes(&revision.id);
            let untaught = Revision {
                phrasings: Vec::new(),
                ..revision.clone()
            };
            let read = Index::from_bytes(&bytes, &untaught).unwrap().unwrap();
            assert_eq!(read.is_list, built.is_list);
            let question = Features::of("can I talk with a person? 人と話", &built.concepts);
            assert_eq!(
                read.bm25.scores(&question.tokens),
                built.bm25.scores(&question.tokens)
            );
            assert_eq!(
                read.bm25.coverage(&question.tokens),
                built.bm25.coverage(&question.tokens)
            );
            let linear = |index: &Index| {
                index
                    .linear
                    .as_ref()
                    .map(|linear| linear.scores(&question.tokens))
            };
            assert_eq!(linear(&read), linear(&built));
            assert_eq!(linear(&read).is_some(), taught);
            assert_eq!(read.english, built.english);
            assert_eq!(read.to_bytes(&revision.id), bytes);
        }
    }

    #[test]
    fn what_is_damaged_or_another_revisions_is_refused() {
        let revision = revision("r1", true);
        let bytes = Index::build(&revision).unwrap().to_bytes(&revision.id);
        let refused =
            |bytes: &[u8], revision: &Revision| Index::from_bytes(bytes, revision).unwrap().is_none();
        assert!(!refused(&bytes, &revision));
        for at in (0..bytes.len()).step_by(bytes.len() / 50) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(refused(&damaged, &revision), "one bit turned at {at}");
            assert!(refused(&bytes[..at], &revision), "cut short at {at}");
        }
        assert!(refused(&[], &revision));
        let other = Revision {
            id: RevisionId("r2".to_owned()),
            ..revision.clone()
        };
        assert!(refused(&bytes, &other), "made from another revision");
    }

    /// What was kept by an earlier program must not be taken for what this one would build.
    #[test]
    fn the_mark_is_raised_when_tokens_change() {
        let concepts = Concepts::read(&[]).unwrap();
        let probe = "空き家バンクに　とうろく したい！ How much is the 2nd-hand ｶﾞｿﾘﾝ? 25万円、畑ではなく家";
        let tokens = Features::of(probe, &concepts).tokens;
        let words = town_hall::concepts()
            .into_iter()
            .flat_map(|concept| concept.words);
        let words: Vec<Token> = words.map(|word| Token::of(Kind::Word, &word)).collect();
        let sum = tokens
            .iter()
            .chain(&words)
            .fold(0_u64, |sum, token| sum.rotate_left(1).wrapping_add(token.0));
        assert_eq!(
            (MARK, sum),
            (b"ACI4", 17_955_192_972_915_703_479),
            "tokens changed: raise MARK, then write this sum here"
        );
    }
}
