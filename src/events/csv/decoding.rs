//! Decodes files: UTF-8 if they are valid, otherwise Shift-JIS as Windows writes it.

use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of a file.
///
/// # Errors
/// The line, counted from 1, that is text in neither encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, usize> {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let broken = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error.valid_up_to(),
    };
    shift_jis(bytes).ok_or_else(|| {
        let in_utf8 = bytes[..broken].iter().filter(|byte| **byte == b'\n').count();
        // No Shift-JIS character contains the byte of a line feed.
        let good = |line: &&[u8]| shift_jis(line).is_some();
        let in_shift_jis = bytes.split(|byte| *byte == b'\n').take_while(good).count();
        // The encoding that gets further is the one that was meant.
        1 + in_utf8.max(in_shift_jis)
    })
}

fn shift_jis(bytes: &[u8]) -> Option<Cow<'_, str>> {
    SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes)
}
