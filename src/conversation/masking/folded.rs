//! Words with every width and every dash written in one way, and the way back to the words as they were.

/// One character for each of the original.
pub(super) struct Folded {
    plain: String,
    /// For each byte of the plain text, where its character began in the original; one more for the end.
    origins: Vec<usize>,
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self {
            plain: String::with_capacity(text.len()),
            origins: Vec::with_capacity(text.len() + 1),
        };
        let mut chars = text.char_indices().peekable();
        let mut before = ' ';
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| narrow(*next));
            let now = match c {
                // A long vowel, but between digits somebody's dash.
                'ー' if before.is_ascii_digit() && next.is_ascii_digit() => '-',
                c => narrow(c),
            };
            folded.origins.extend(std::iter::repeat_n(at, now.len_utf8()));
            folded.plain.push(now);
            before = now;
        }
        folded.origins.push(text.len());
        folded
    }

    pub(super) fn as_str(&self) -> &str {
        &self.plain
    }

    /// Where a place of the plain text lies in the original.
    pub(super) fn origin(&self, at: usize) -> usize {
        let end = self.origins.last().copied().unwrap_or_default();
        self.origins.get(at).copied().unwrap_or(end)
    }
}

fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{00A0}' => ' ',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ｰ' | '─' => '-',
        '￥' => '¥',
        c => c,
    }
}
