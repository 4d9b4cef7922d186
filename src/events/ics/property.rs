//! One line of a calendar file: a name, parameters and a value.

use icalendar::Property;

/// A content line, with the line of the file it begins on.
pub(super) struct Line {
    pub(super) at: usize,
    property: Property,
}

impl Line {
    /// Reads an unfolded line; `None` if it is not a content line.
    pub(super) fn read(at: usize, line: &str) -> Option<Self> {
        let length = line.find([':', ';'])?;
        let (name, rest) = line.split_at(length);
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !plain {
            return None;
        }
        let name = name.to_ascii_uppercase();
        // The crate reserves these two for parsing whole files.
        if matches!(name.as_str(), "BEGIN" | "END") {
            let property = Property::new(name, rest.strip_prefix(':')?);
            return Some(Self { at, property });
        }
        let property: Property = format!("{name}{rest}").parse().ok()?;
        // The crate skips what it cannot parse after a name.
        let whole = !property.value().is_empty() || line.ends_with(':');
        whole.then_some(Self { at, property })
    }

    /// The name in capitals.
    pub(super) fn name(&self) -> &str {
        self.property.key()
    }

    /// The value, with the escapes of texts undone.
    pub(super) fn value(&self) -> &str {
        self.property.value()
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut all = self.property.params().iter();
        all.find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, parameter)| parameter.value())
    }
}
