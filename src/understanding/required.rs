//! What a text must contain for a pattern to match it at all, derived from the pattern.
//!
//! A pattern is a choice of ways, and each way requires several things: one of {家, いえ}, and one of {買う, 買いたい}.
//! A text that lacks something for every way is ruled out without trying the pattern.

use regex_syntax::hir::{
    Hir, HirKind,
    literal::{Extractor, Literal, Seq},
};

/// A required thing: one of these spellings, as UTF-8 bytes, must occur in the text.
pub type Thing = Vec<Vec<u8>>;

/// A thing with more spellings than this is not required as a whole, but its parts are.
const SPELLINGS: usize = 24;
/// Character classes larger than this are not required.
const LETTERS: usize = 16;
/// At most this many repetitions are spelled out.
const REPEATS: usize = 2;

/// The ways of a pattern, each with everything it requires. A way that requires nothing may match any text.
#[must_use]
pub fn ways(pattern: &Hir) -> Vec<Vec<Thing>> {
    match pattern.kind() {
        HirKind::Capture(capture) => ways(&capture.sub),
        HirKind::Alternation(branches) => branches.iter().flat_map(ways).collect(),
        _ => vec![things(pattern)],
    }
}

/// What every match of this part contains.
fn things(part: &Hir) -> Vec<Thing> {
    if let Some(spellings) = spellings(part) {
        return thing(&spellings).into_iter().collect();
    }
    match part.kind() {
        HirKind::Capture(capture) => things(&capture.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => things(&repeated.sub),
        HirKind::Concat(parts) => things_of_row(parts),
        HirKind::Alternation(branches) => thing_of_choice(branches).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Parts that follow each other are one thing as long as its spellings are few.
fn things_of_row(parts: &[Hir]) -> Vec<Thing> {
    let mut found = Vec::new();
    let mut run = nothing_yet();
    for part in parts {
        let Some(mut next) = spellings(part) else {
            found.extend(thing(&run));
            found.extend(things(part));
            run = nothing_yet();
            continue;
        };
        if count(&run) * count(&next) > SPELLINGS {
            found.extend(thing(&run));
            run = nothing_yet();
        }
        run.cross_forward(&mut next);
    }
    found.extend(thing(&run));
    found
}

/// For a choice within a way: the most telling thing of each branch, if every branch requires something.
fn thing_of_choice(branches: &[Hir]) -> Option<Thing> {
    let shortest = |thing: &Thing| thing.iter().map(Vec::len).min();
    let telling = |branch| things(branch).into_iter().max_by_key(shortest);
    let found: Option<Vec<Thing>> = branches.iter().map(telling).collect();
    found.map(|found| found.concat())
}

/// All spellings of a part, if they are few and complete.
fn spellings(part: &Hir) -> Option<Seq> {
    let seq = Extractor::new()
        .limit_class(LETTERS)
        .limit_repeat(REPEATS)
        .limit_total(SPELLINGS)
        .extract(part);
    seq.is_exact().then_some(seq)
}

/// The one empty spelling, to which others can be joined.
fn nothing_yet() -> Seq {
    Seq::singleton(Literal::exact(Vec::new()))
}

fn count(spellings: &Seq) -> usize {
    spellings.len().unwrap_or(usize::MAX)
}

/// Spellings as a thing; `None` if the empty text is one of them, or if there are none.
fn thing(spellings: &Seq) -> Option<Thing> {
    let literals = spellings.literals()?;
    let asks = !literals.is_empty() && literals.iter().all(|literal| !literal.is_empty());
    asks.then(|| {
        literals
            .iter()
            .map(|literal| literal.as_bytes().to_vec())
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways_of(pattern: &str) -> Vec<Vec<Vec<String>>> {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let words = |thing: Thing| thing.into_iter().map(text).collect();
        let parsed = regex_syntax::parse(pattern).unwrap();
        ways(&parsed)
            .into_iter()
            .map(|way| way.into_iter().map(words).collect())
            .collect()
    }

    #[test]
    fn a_way_asks_for_what_every_match_of_it_holds() {
        let check = |pattern: &str, wanted: &[&[&[&str]]]| {
            assert_eq!(ways_of(pattern), wanted, "{pattern}");
        };
        check("火事", &[&[&["火事"]]]);
        check("(家|いえ)を買", &[&[&["家を買", "いえを買"]]]);
        check(
            "^火(事|災)|燃え.*家",
            &[&[&["火事", "火災"]], &[&["燃え"], &["家"]]],
        );
        check("人.{0,4}(電話|話す+)?する", &[&[&["人"], &["する"]]]);
        check("(?:aa.*b|cc.*d)+e", &[&[&["aa", "cc"], &["e"]]]);
        check(r"\w*", &[&[]]);
        check("x?", &[&[]]);
    }
}
