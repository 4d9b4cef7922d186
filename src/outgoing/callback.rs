//! Callback data: what stands behind a button, and comes back from outside when it is tapped.

use std::fmt::Display;

/// Telegram's limit for callback data, in bytes.
pub const CALLBACK_LIMIT: usize = 64;

/// A family of buttons, told apart from every other, and from older ones of its own, by what their callback data begin
/// with. After that come fields, with a colon before each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Callback(pub &'static str);

impl Callback {
    /// The callback data with these fields, already joined by colons.
    #[must_use]
    pub fn write(self, fields: impl Display) -> String {
        format!("{}:{fields}", self.0)
    }

    /// Reads callback data back and trusts nothing: numbers have several spellings, and only what `write` makes of the
    /// button is ours.
    pub fn read<B>(
        self,
        data: &str,
        button: impl FnOnce(&[&str]) -> Option<B>,
        write: impl FnOnce(&B) -> String,
    ) -> Option<B> {
        if data.len() > CALLBACK_LIMIT {
            return None;
        }
        let fields = data.strip_prefix(self.0)?.strip_prefix(':')?;
        let fields: Vec<&str> = fields.split(':').collect();
        button(&fields).filter(|button| write(button) == data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILY: Callback = Callback("x1");

    fn read(data: &str) -> Option<u64> {
        let number = |fields: &[&str]| match fields {
            ["n", number] => number.parse().ok(),
            _ => None,
        };
        FAMILY.read(data, number, write)
    }

    fn write(number: &u64) -> String {
        FAMILY.write(format_args!("n:{number}"))
    }

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!(write(&7), "x1:n:7");
        assert_eq!(read("x1:n:7"), Some(7));
    }

    #[test]
    fn nothing_else_is_ours() {
        let long = format!("x1:n:{}7", "0".repeat(CALLBACK_LIMIT));
        for data in [
            "", "x1", "x1:", "x1:n", "x1:n:", "x1n:7", "x2:n:7", "x1:n:07", "x1:n:+7", "x1:n:7:", "x1:n:7:7",
            &long,
        ] {
            assert_eq!(read(data), None, "{data}");
        }
    }
}
