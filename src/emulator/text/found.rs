//! Entities that Telegram finds in every text by itself: bot commands, mentions, addresses.

use super::{Entity, EntityKind, Formatted, utf16_len};

/// Longest command or username, in characters.
const LONGEST_NAME: usize = 32;

/// Shortest username, in characters. Nearly all are longer.
const SHORTEST_USERNAME: usize = 3;

/// Punctuation that does not belong to the address before it.
const TRAILING: &[char] = &['.', ',', ':', ';', '!', '?', ')', '」', '。', '、'];

/// Marks every `/word` or `/word@bot` that starts a word, every `@name` that stands alone, and every address, except
/// within code, links and text mentions.
pub(crate) fn mark_found(formatted: &mut Formatted) {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in formatted.text.split_inclusive(char::is_whitespace) {
        if let Some(length) = command_length(word) {
            found.push(Entity::new(EntityKind::BotCommand, offset, length));
        } else if let Some((before, length)) = address(word) {
            found.push(Entity::new(EntityKind::Url, offset + before, length));
        } else {
            let mentions = mentions(word).into_iter();
            found.extend(
                mentions.map(|(before, length)| Entity::new(EntityKind::Mention, offset + before, length)),
            );
        }
        offset += utf16_len(word);
    }
    let closed: Vec<_> = formatted
        .entities
        .iter()
        .filter(|entity| is_closed(entity.kind))
        .cloned()
        .collect();
    found.retain(|mark| closed.iter().all(|other| !overlap(mark, other)));
    formatted.entities.extend(found);
    formatted
        .entities
        .sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
}

/// Whether Telegram does not search inside it.
fn is_closed(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Code | EntityKind::Pre | EntityKind::TextLink | EntityKind::TextMention
    )
}

fn overlap(one: &Entity, other: &Entity) -> bool {
    one.offset < other.end() && other.offset < one.end()
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn command_length(word: &str) -> Option<usize> {
    let name = word.strip_prefix('/')?;
    let own = name.chars().take_while(|c| is_name_part(*c)).count();
    if own == 0 || own > LONGEST_NAME {
        return None;
    }
    let addressee = name[own..]
        .strip_prefix('@')
        .map_or(0, |bot| bot.chars().take_while(|c| is_name_part(*c)).count() + 1);
    Some(1 + own + addressee)
}

/// Where in a word an address is and how long, in UTF-16 units.
fn address(word: &str) -> Option<(usize, usize)> {
    let starts = ["http://", "https://"]
        .iter()
        .filter_map(|scheme| word.find(scheme));
    let start = starts.min()?;
    let address = word[start..].trim_end().trim_end_matches(TRAILING);
    let host = address.split("://").nth(1)?;
    host.contains('.')
        .then(|| (utf16_len(&word[..start]), utf16_len(address)))
}

/// Where the mentions in a word are. A letter directly before or after a name, even a Japanese one, rules it out.
fn mentions(word: &str) -> Vec<(usize, usize)> {
    let is_alone = |at: usize, length: usize| {
        let before = word[..at].chars().next_back();
        let after = word[at + 1 + length..].chars().next();
        !before.is_some_and(is_word_part) && !after.is_some_and(is_word_part)
    };
    word.match_indices('@')
        .filter_map(|(at, _)| {
            let length = word[at + 1..].chars().take_while(|c| is_name_part(*c)).count();
            let is_name = (SHORTEST_USERNAME..=LONGEST_NAME).contains(&length);
            (is_name && is_alone(at, length)).then(|| (utf16_len(&word[..at]), length + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, wanted: EntityKind) -> Vec<(usize, usize)> {
        let text = Formatted::plain(text);
        let marks = text.entities.iter().filter(|mark| mark.kind == wanted);
        marks.map(|mark| (mark.offset, mark.length)).collect()
    }

    #[test]
    fn commands_are_marked_where_a_word_starts() {
        let found = marked("/start@demo_bot a/b /語 🙂 /help", EntityKind::BotCommand);
        assert_eq!(found, [(0, 15), (26, 5)]);
    }

    #[test]
    fn names_are_marked_where_they_stand_alone() {
        let check =
            |text, wanted: &[(usize, usize)]| assert_eq!(marked(text, EntityKind::Mention), wanted, "{text}");
        check("🙂 @mio, (@ken_2)", &[(3, 4), (10, 6)]);
        check("みお@mio @mioさん a@mio.jp @jo", &[]);
        check("@mio@ken", &[(0, 4)]);
    }

    #[test]
    fn addresses_are_marked_without_what_ends_the_sentence() {
        let found = marked("「https://a.jp/x?@mio」。 http://nowhere", EntityKind::Url);
        assert_eq!(found, [(1, 19)]);
        assert!(marked("https://a.jp/@mio", EntityKind::Mention).is_empty());
    }

    #[test]
    fn nothing_is_marked_inside_code_and_links() {
        let text =
            super::super::parse_html("<code>/x @mio</code> <a href=\"https://a.jp\">@mio</a> @mio").unwrap();
        let kinds: Vec<_> = text.entities.iter().map(|mark| mark.kind).collect();
        assert_eq!(
            kinds,
            [EntityKind::Code, EntityKind::TextLink, EntityKind::Mention]
        );
    }
}
