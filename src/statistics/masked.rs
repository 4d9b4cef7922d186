//! A question as it may stand in a list: without what leads to a person.

/// Digits in a row, hyphens between them included, from so many on.
const LONG_NUMBER: usize = 5;
/// Stands for what is left out.
const MASK: &str = "＊＊＊";

/// One line without telephone numbers, addresses of mail and names of accounts.
#[must_use]
pub fn masked(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            if word.contains(['@', '＠']) {
                MASK.to_owned()
            } else {
                without_numbers(word)
            }
        })
        .collect();
    words.join(" ")
}

fn without_numbers(word: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in word.chars().chain(['\0']) {
        if is_digit(c) || (!run.is_empty() && matches!(c, '-' | '‐' | '－' | 'ー')) {
            run.push(c);
            continue;
        }
        let digits = run.chars().filter(|c| is_digit(*c)).count();
        out.push_str(if digits >= LONG_NUMBER { MASK } else { &run });
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_a_person_is_left_out_and_the_rest_stays() {
        for (said, shown) in [
            ("私の番号は090-1234-5678です", "私の番号は＊＊＊です"),
            ("０９０１２３４５６７８ まで", "＊＊＊ まで"),
            ("write to ann@example.org  please", "write to ＊＊＊ please"),
            ("2026年の補助金は100万円ですか", "2026年の補助金は100万円ですか"),
            ("23区から\n来ました", "23区から 来ました"),
        ] {
            assert_eq!(masked(said), shown);
        }
    }
}
