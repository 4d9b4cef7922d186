//! Keys that sort in the store as their values do.
//!
//! Numbers are big-endian, signed ones with the sign flipped, so that a scan goes in the order people expect.

use crate::{
    knowledge::RevisionId,
    outgoing::{BroadcastId, ChatId, MessageId, ThreadId, UpdateId, UserId},
    store::outbox::OutboxId,
};

/// A value that can be a key, or a part of one.
pub(super) trait Key: Sized {
    /// Appends the key's bytes.
    fn write(&self, out: &mut Vec<u8>);

    /// Takes a key's bytes from the front.
    fn read(bytes: &mut &[u8]) -> Option<Self>;

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(16);
        self.write(&mut out);
        out
    }

    fn decode(mut bytes: &[u8]) -> Option<Self> {
        let key = Self::read(&mut bytes)?;
        bytes.is_empty().then_some(key)
    }
}

/// The key of the one record in a tree that holds only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Only;

impl Key for Only {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(0);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        u8::read(bytes).map(|_| Self)
    }
}

macro_rules! unsigned {
    ($($number:ty),*) => {$(
        impl Key for $number {
            fn write(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_be_bytes());
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                let (head, rest) = bytes.split_first_chunk()?;
                *bytes = rest;
                Some(Self::from_be_bytes(*head))
            }
        }
    )*};
}

unsigned!(u8, u32, u64);

macro_rules! signed {
    ($($number:ty as $unsigned:ty),*) => {$(
        impl Key for $number {
            fn write(&self, out: &mut Vec<u8>) {
                (self.cast_unsigned() ^ (1 << (<$unsigned>::BITS - 1))).write(out);
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                <$unsigned>::read(bytes).map(|raw| (raw ^ (1 << (<$unsigned>::BITS - 1))).cast_signed())
            }
        }
    )*};
}

signed!(i32 as u32, i64 as u64);

macro_rules! id {
    ($($id:ident),*) => {$(
        impl Key for $id {
            fn write(&self, out: &mut Vec<u8>) {
                self.0.write(out);
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                Key::read(bytes).map(Self)
            }
        }
    )*};
}

id!(
    ChatId,
    UserId,
    MessageId,
    ThreadId,
    UpdateId,
    OutboxId,
    BroadcastId
);

impl Key for RevisionId {
    fn write(&self, out: &mut Vec<u8>) {
        write_name(&self.0, out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        read_name(bytes).map(|name| Self(name.to_owned()))
    }
}

/// Appends a name and a zero byte, which no name contains, so that a name is never taken for the beginning of another.
pub(super) fn write_name(name: &str, out: &mut Vec<u8>) {
    out.extend(name.bytes().filter(|byte| *byte != 0));
    out.push(0);
}

/// Takes such a name from the front.
pub(super) fn read_name<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    let name = std::str::from_utf8(&bytes[..end]).ok()?;
    *bytes = &bytes[end + 1..];
    Some(name)
}

impl<A: Key, B: Key> Key for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::read(bytes)?, B::read(bytes)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_come_back_and_sort_as_their_values(a: (i64, i32), b: (i64, i32)) {
            let key = |(chat, message)| (ChatId(chat), MessageId(message));
            prop_assert_eq!(<(ChatId, MessageId)>::decode(&key(a).encode()), Some(key(a)));
            prop_assert_eq!(key(a).encode().cmp(&key(b).encode()), a.cmp(&b));
        }

        #[test]
        fn a_revisions_parts_lie_together(name in "[0-9a-f]{1,64}", part: u32) {
            let id = RevisionId(name);
            let key = (id.clone(), part).encode();
            prop_assert!(key.starts_with(&id.encode()));
            prop_assert_eq!(<(RevisionId, u32)>::decode(&key), Some((id, part)));
        }
    }

    #[test]
    fn a_key_of_the_wrong_length_is_none() {
        assert_eq!(ChatId::decode(&[0; 7]), None);
        assert_eq!(UpdateId::decode(&[0; 5]), None);
    }
}
