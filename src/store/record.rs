//! How a value lies in the store: one byte of version, then JSON.
//!
//! An older program must not misread what a newer one wrote, so an unknown version is an error that says what to do.

use serde::{Serialize, de::DeserializeOwned};

use crate::store::error::{Result, StoreError};

/// A value the store keeps.
pub(super) trait Record: Serialize + DeserializeOwned {
    /// What it is, for messages to people.
    const WHAT: &'static str;
    /// Raised when the JSON changes: a field or a variant more, or another meaning.
    const VERSION: u8 = 1;
    /// The oldest version that is still read.
    const OLDEST: u8 = 1;

    /// Reads what an earlier version wrote. This default is right only if later versions just added fields with
    /// defaults.
    fn of_earlier(_version: u8, json: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(json)
    }
}

pub(super) fn encode<R: Record>(record: &R) -> Result<Vec<u8>> {
    let mut bytes = vec![R::VERSION];
    serde_json::to_writer(&mut bytes, record).map_err(|error| bad::<R>(&error.to_string()))?;
    Ok(bytes)
}

pub(super) fn decode<R: Record>(bytes: &[u8]) -> Result<R> {
    match bytes.split_first() {
        Some((&found, _)) if found > R::VERSION => Err(StoreError::NewerRecord {
            what: R::WHAT,
            found,
            known: R::VERSION,
        }),
        Some((&found, _)) if found < R::OLDEST => Err(StoreError::OlderRecord {
            what: R::WHAT,
            found,
            oldest: R::OLDEST,
        }),
        Some((&found, json)) => {
            let read = if found == R::VERSION {
                serde_json::from_slice(json)
            } else {
                R::of_earlier(found, json)
            };
            read.map_err(|error| bad::<R>(&position(&error)))
        }
        None => Err(bad::<R>("it is empty")),
    }
}

fn bad<R: Record>(detail: &str) -> StoreError {
    StoreError::BadRecord {
        what: R::WHAT,
        detail: detail.to_owned(),
    }
}

/// Where it went wrong, without a word of the content: records hold what movers wrote.
fn position(error: &serde_json::Error) -> String {
    format!("{:?} error at byte {}", error.classify(), error.column())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Leaf(String);

    impl Record for Leaf {
        const WHAT: &'static str = "leaf";
    }

    #[test]
    fn a_newer_version_is_refused_by_name() {
        let mut bytes = encode(&Leaf("秘密".to_owned())).unwrap();
        assert_eq!(decode::<Leaf>(&bytes).unwrap(), Leaf("秘密".to_owned()));
        bytes[0] = 2;
        let error = decode::<Leaf>(&bytes).unwrap_err();
        assert!(
            matches!(
                error,
                StoreError::NewerRecord {
                    what: "leaf",
                    found: 2,
                    known: 1
                }
            ),
            "{error}"
        );
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Tree {
        leaves: Vec<String>,
    }

    impl Record for Tree {
        const WHAT: &'static str = "tree";
        const VERSION: u8 = 3;
        const OLDEST: u8 = 2;

        fn of_earlier(_version: u8, json: &[u8]) -> serde_json::Result<Self> {
            let Leaf(only) = serde_json::from_slice(json)?;
            Ok(Self { leaves: vec![only] })
        }
    }

    #[test]
    fn an_earlier_version_is_read_its_own_way_and_one_too_old_is_refused_by_name() {
        let leaves = vec!["oak".to_owned()];
        assert_eq!(decode::<Tree>(b"\x02\"oak\"").unwrap(), Tree { leaves });
        let error = decode::<Tree>(b"\x01\"oak\"").unwrap_err().to_string();
        assert!(
            error.contains("A tree in the store has version 1") && !error.contains("oak"),
            "{error}"
        );
    }

    #[test]
    fn a_damaged_record_is_reported_without_its_content() {
        let error = decode::<Leaf>(b"\x01{\"secret\":1}").unwrap_err().to_string();
        assert!(error.contains("A leaf in the store cannot be read"), "{error}");
        assert!(!error.contains("secret"), "{error}");
        assert!(decode::<Leaf>(b"").is_err());
    }
}
