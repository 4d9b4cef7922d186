//! What every version of every record looks like, as files in `tests/fixtures/records`: they are read with today's
//! program, and no record changes without a new version.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use super::{
    backup::hex,
    check::Fault,
    fixtures::open,
    key::Key,
    open::{database_dir, open_database},
    record::{self, Record},
    tree::Writes,
    trees::Trees,
};

/// A key and a record, as they lie in the store.
type Stored = (Vec<u8>, Vec<u8>);

/// A kind of record, whatever its types.
pub(super) struct Kind {
    tree: &'static str,
    version: u8,
    oldest: u8,
    /// Reads a key and a record, and returns them as they are written today.
    rewritten: fn(&[u8], &[u8]) -> Result<Stored, String>,
}

impl Kind {
    pub(super) fn of<K: Key, V: Record>(tree: &'static str) -> Self {
        Self {
            tree,
            version: V::VERSION,
            oldest: V::OLDEST,
            rewritten: |key, value| {
                let key = K::decode(key).ok_or("its key cannot be read")?;
                let value: V = record::decode(value).map_err(|error| error.to_string())?;
                let value = record::encode(&value).map_err(|error| error.to_string())?;
                Ok((key.encode(), value))
            },
        }
    }

    fn file(&self, version: u8) -> PathBuf {
        folder().join(format!("{}.v{version}", self.tree))
    }

    /// The records of a version, each with its key.
    fn fixtures(&self, version: u8) -> Vec<Stored> {
        let file = self.file(version);
        let text = fs::read_to_string(&file).unwrap_or_else(|_| {
            panic!(
                "There is no {}: see tests/fixtures/records/README.md for how it is made",
                file.display()
            )
        });
        text.lines().map(|line| read(line, version)).collect()
    }

    fn today(&self, (key, value): &Stored) -> Stored {
        (self.rewritten)(key, value).unwrap_or_else(|why| {
            panic!(
                "A record of {} is not read any more ({why}):\n{}",
                self.tree,
                line(key, value)
            )
        })
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/records")
}

/// A line of a file: the key in hexadecimal, a tab, and the record's JSON without its version byte.
fn read(line: &str, version: u8) -> Stored {
    let (key, json) = line.split_once('\t').expect("a key, a tab, and a record");
    let digits = key.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    (digits.map(byte).collect(), [&[version], json.as_bytes()].concat())
}

fn line(key: &[u8], value: &[u8]) -> String {
    let key = hex(key);
    format!(
        "{key}\t{}\n",
        String::from_utf8_lossy(value.get(1..).unwrap_or_default())
    )
}

/// Starts the file of a new version, as far as it follows from the previous one.
fn begin(kind: &Kind) {
    let before = kind.fixtures(kind.version - 1);
    let lines = before.iter().map(|one| kind.today(one));
    let text: String = lines.map(|(key, value)| line(&key, &value)).collect();
    fs::write(kind.file(kind.version), text).unwrap();
}

#[test]
fn no_record_changes_without_a_new_version() {
    for kind in Trees::kinds() {
        let wanted = std::env::var_os("CONCIERGE_FIXTURES").is_some();
        if wanted && kind.version > kind.oldest && !kind.file(kind.version).exists() {
            begin(&kind);
        }
        let fixtures = kind.fixtures(kind.version);
        assert!(!fixtures.is_empty(), "{} has no fixture", kind.tree);
        for one in fixtures {
            let (key, value) = kind.today(&one);
            assert!(
                (&key, &value) == (&one.0, &one.1),
                "A record of {} is written otherwise than when its version {} was made: raise its VERSION \
                 (ARCHITECTURE.md, “Changing a record”).\nthen: {}now:  {}",
                kind.tree,
                kind.version,
                line(&one.0, &one.1),
                line(&key, &value),
            );
        }
    }
}

#[test]
fn what_every_earlier_version_wrote_becomes_what_is_written_today() {
    for kind in Trees::kinds() {
        let today = kind.fixtures(kind.version);
        for version in kind.oldest..kind.version {
            for (one, expected) in kind.fixtures(version).iter().zip(&today) {
                let (key, value) = kind.today(one);
                assert_eq!(
                    line(&key, &value),
                    line(&expected.0, &expected.1),
                    "{} of version {version}; the records of a version begin the file of the next",
                    kind.tree
                );
            }
        }
    }
}

#[test]
fn every_file_is_of_a_version_that_is_read() {
    let kinds = Trees::kinds();
    let wanted: BTreeSet<PathBuf> = kinds
        .iter()
        .flat_map(|kind| (kind.oldest..=kind.version).map(|version| kind.file(version)))
        .collect();
    let there = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let other: Vec<_> = there
        .filter(|path| !wanted.contains(path) && !path.ends_with("README.md"))
        .collect();
    assert!(other.is_empty(), "nobody reads {other:?}");
}

#[tokio::test]
async fn a_store_that_earlier_versions_wrote_is_opened_and_read() {
    let data = tempfile::tempdir().unwrap();
    {
        let db = open_database(&database_dir(data.path())).unwrap();
        let trees = Trees::open(&db).unwrap();
        let raw: BTreeMap<_, _> = trees.all().into_iter().collect();
        let mut writes = Writes::default();
        for kind in Trees::kinds() {
            for (key, value) in kind.fixtures(kind.oldest) {
                writes.put_raw(raw[kind.tree], key, value);
            }
        }
        writes.apply().unwrap();
        db.flush().unwrap();
    }
    let found = open(data.path()).examine().await.unwrap();
    assert!(
        found.records.values().all(|records| *records > 0),
        "{:?}",
        found.records
    );
    let unreadable = |fault: &Fault| matches!(fault, Fault::Unreadable { .. });
    assert!(!found.faults.iter().any(unreadable), "{:?}", found.faults);
}
