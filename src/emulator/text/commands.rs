//! Bot commands, which Telegram marks in every text by itself.

use super::{Entity, EntityKind, Formatted, utf16_len};

/// Adds a `bot_command` entity for every `/word` or `/word@bot` that starts a word.
pub(crate) fn mark_commands(formatted: &mut Formatted) {
    let mut offset = 0;
    let mut found = Vec::new();
    for word in formatted.text.split_inclusive(char::is_whitespace) {
        if let Some(length) = command_length(word) {
            found.push(Entity::new(EntityKind::BotCommand, offset, length));
        }
        offset += utf16_len(word);
    }
    formatted.entities.extend(found);
    formatted.entities.sort_by_key(|entity| entity.offset);
}

fn command_length(word: &str) -> Option<usize> {
    let name = word.strip_prefix('/')?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let own = name.chars().take_while(|c| is_part(*c)).count();
    if own == 0 || own > 32 {
        return None;
    }
    let addressee = name[own..]
        .strip_prefix('@')
        .map_or(0, |bot| bot.chars().take_while(|c| is_part(*c)).count() + 1);
    Some(1 + own + addressee)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_marked_where_a_word_starts() {
        let text = Formatted::plain("/start@demo_bot a/b /語 🙂 /help");
        let marked: Vec<_> = text
            .entities
            .iter()
            .map(|mark| (mark.offset, mark.length))
            .collect();
        assert_eq!(marked, [(0, 15), (26, 5)]);
    }
}
