//! Copies the whole store into one file, and back.
//!
//! The file is lines of JSON: a header, then each record as `[tree, key in hex, version, JSON]`, then the number of
//! records with a checksum of everything before. It can be read without this program, and does not depend on the
//! engine.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::store::{
    Store,
    disk::{self, Disk, Files},
    error::{Result, StoreError},
    open::{self, SCHEMA},
    private::create_private,
    tree::Writes,
    trees::Trees,
};

const FORMAT: &str = "annaka-concierge-backup";
const VERSION: u32 = 1;
/// Records restored in one transaction.
const BATCH: usize = 500;

#[derive(Serialize, Deserialize)]
struct Header {
    format: String,
    version: u32,
    schema: u32,
    made: Timestamp,
}

/// Tree, key in hex, version of the record, its JSON.
#[derive(Serialize, Deserialize)]
struct Line(String, String, u8, String);

#[derive(Serialize, Deserialize)]
struct Footer {
    records: usize,
    sha256: String,
}

impl Store {
    /// Writes a copy of everything, as of one moment, to a new file that only its owner can read. Returns how
    /// many records it holds.
    pub async fn backup(&self, path: &Path) -> Result<usize> {
        let (store, path) = (self.clone(), path.to_owned());
        tokio::task::spawn_blocking(move || store.write_backup(&path))
            .await
            .map_err(|error| StoreError::Disk(error.to_string()))?
    }

    fn write_backup(&self, path: &Path) -> Result<usize> {
        let lines = self.copy()?;
        let header = Header {
            format: FORMAT.to_owned(),
            version: VERSION,
            schema: SCHEMA,
            made: self.0.clock.now(),
        };
        let unfinished = path.with_extension("unfinished");
        let written = write_file(&unfinished, &header, &lines).and_then(|()| fs::rename(&unfinished, path));
        written.map_err(|source| StoreError::File {
            doing: "write",
            path: path.to_owned(),
            source,
        })?;
        Ok(lines.len())
    }

    /// Copies everything into memory, while no writer is active.
    fn copy(&self) -> Result<Vec<Line>> {
        let _writer = self.writer();
        let mut lines = Vec::new();
        for (name, tree) in self.trees().all() {
            for found in tree.iter() {
                let (key, value) = found?;
                let (version, json) = value.split_first().unwrap_or((&0, &[]));
                let json = String::from_utf8_lossy(json).into_owned();
                lines.push(Line(name.to_owned(), hex(&key), *version, json));
            }
        }
        Ok(lines)
    }
}

/// Restores a backup into a data folder that has no store yet. Returns how many records there were.
///
/// The file is checked to its end before anything is written, and the store appears in one move.
///
/// # Errors
/// When there is a store already, or the file is not a whole backup.
pub fn restore(path: &Path, data: &Path) -> std::result::Result<usize, StoreError> {
    let _lock = open::lock(data)?;
    let dir = open::database_dir(data);
    if dir.exists() {
        return Err(StoreError::NotEmpty { dir });
    }
    let lines = Reader::open(path)?.read()?;
    let unfinished = data.join("store.restoring");
    let failed = |doing, path: &Path, source| StoreError::File {
        doing,
        path: path.to_owned(),
        source,
    };
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(|source| failed("remove", &unfinished, source))?;
    }
    fill(&unfinished, &lines, path)?;
    fs::rename(&unfinished, &dir).map_err(|source| failed("create", &dir, source))?;
    disk::sync_dir(data)?;
    Ok(lines.len())
}

fn fill(dir: &Path, lines: &[Line], path: &Path) -> Result<()> {
    let db = open::open_database(dir)?;
    let trees = Trees::open(&db)?;
    let named = trees.all();
    for (index, batch) in lines.chunks(BATCH).enumerate() {
        let mut writes = Writes::default();
        for (offset, Line(name, key, version, json)) in batch.iter().enumerate() {
            let bad = |reason: &str| StoreError::BadBackup {
                path: path.to_owned(),
                line: index * BATCH + offset + 2,
                reason: reason.to_owned(),
            };
            let tree = named
                .iter()
                .find_map(|(known, tree)| (known == name).then_some(*tree))
                .ok_or_else(|| bad("it names a tree this program does not know; use the newer program"))?;
            let key = unhex(key).ok_or_else(|| bad("its key is not hexadecimal"))?;
            let value = [&[*version], json.as_bytes()].concat();
            writes.put_raw(tree, key, value);
        }
        writes.apply()?;
    }
    db.flush()?;
    let synced = Files::open(dir, Disk::default())?.sync();
    synced.map_err(|source| StoreError::File {
        doing: "write",
        path: dir.to_owned(),
        source,
    })
}

fn write_file(path: &Path, header: &Header, lines: &[Line]) -> std::io::Result<()> {
    let mut out = Summed {
        inner: BufWriter::new(create_private(path)?),
        sum: Sha256::new(),
    };
    out.line(header)?;
    for line in lines {
        out.line(line)?;
    }
    let footer = Footer {
        records: lines.len(),
        sha256: format!("{:x}", out.sum.clone().finalize()),
    };
    out.line(&footer)?;
    out.inner.flush()?;
    out.inner.get_ref().sync_all()
}

/// Keeps a checksum of what it writes.
struct Summed {
    inner: BufWriter<File>,
    sum: Sha256,
}

impl Summed {
    fn line(&mut self, value: &impl Serialize) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.sum.update(&line);
        self.inner.write_all(&line)
    }
}

/// Reads a backup and trusts nothing in it.
struct Reader {
    path: PathBuf,
    lines: BufReader<File>,
    number: usize,
    sum: Sha256,
}

impl Reader {
    fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|source| StoreError::File {
            doing: "open",
            path: path.to_owned(),
            source,
        })?;
        Ok(Self {
            path: path.to_owned(),
            lines: BufReader::new(file),
            number: 0,
            sum: Sha256::new(),
        })
    }

    fn read(mut self) -> Result<Vec<Line>> {
        self.check_header()?;
        let mut lines = Vec::new();
        loop {
            let sum = self.sum.clone();
            let text = self.next()?;
            if text.starts_with('{') {
                self.check_footer(&text, &sum, lines.len())?;
                return Ok(lines);
            }
            lines.push(serde_json::from_str(&text).map_err(|_| self.bad("it is not a record"))?);
        }
    }

    fn check_header(&mut self) -> Result<()> {
        let text = self.next()?;
        let header: Header = serde_json::from_str(&text)
            .ok()
            .filter(|header: &Header| header.format == FORMAT)
            .ok_or_else(|| self.bad("it is not a backup made by `concierge backup`"))?;
        if header.version > VERSION || header.schema > SCHEMA {
            return Err(self.bad("it was made by a newer program; use that one"));
        }
        Ok(())
    }

    fn check_footer(&self, text: &str, sum: &Sha256, records: usize) -> Result<()> {
        let footer: Footer = serde_json::from_str(text).map_err(|_| self.bad("it is not a record"))?;
        if footer.records != records || footer.sha256 != format!("{:x}", sum.clone().finalize()) {
            return Err(self.bad("the checksum does not fit; the file was changed or damaged"));
        }
        Ok(())
    }

    /// The next line; the file may not end here.
    fn next(&mut self) -> Result<String> {
        self.number += 1;
        let mut text = String::new();
        match self.lines.read_line(&mut text) {
            Ok(_) if text.ends_with('\n') => {}
            Ok(_) => return Err(self.bad("the file ends too early")),
            Err(_) => return Err(self.bad("it is not text")),
        }
        self.sum.update(&text);
        Ok(text)
    }

    fn bad(&self, reason: &str) -> StoreError {
        StoreError::BadBackup {
            path: self.path.clone(),
            line: self.number,
            reason: reason.to_owned(),
        }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        outgoing::{UpdateId, UserId},
        store::{Step, fixtures::*},
    };

    async fn filled(data: &Path) -> Store {
        let store = open(data);
        store.accept(vec![update(1), update(2)]).await.unwrap();
        let step = Step {
            conversation: Some(conversation(-3)),
            outgoing: vec![message(1, "改行\nと \"引用\"")],
            notes: vec![asked("いくら")],
            ..Step::handling(UpdateId(1))
        };
        store.commit_step(step).await.unwrap();
        store
    }

    #[tokio::test]
    async fn a_backup_brings_everything_back() {
        let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = data.path().join("copy.jsonl");
        let store = filled(data.path()).await;
        let records = store.backup(&file).await.unwrap();
        assert_eq!(restore(&file, elsewhere.path()).unwrap(), records);

        let twin = open(elsewhere.path());
        assert_eq!(twin.pending(9).await.unwrap(), [update(2)]);
        assert_eq!(twin.next_offset().await.unwrap(), Some(UpdateId(3)));
        assert_eq!(
            twin.conversation(UserId(-3)).await.unwrap(),
            Some(conversation(-3))
        );
        let found = twin
            .deliverable(now(), 9, |_| crate::store::May::Go)
            .await
            .unwrap();
        assert_eq!(text_of(&found.items[0].outgoing), "改行\nと \"引用\"");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn only_the_owner_can_read_a_backup_whatever_lay_there() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = elsewhere.path().join("copy.jsonl");
        let prey = elsewhere.path().join("prey");
        fs::write(&prey, "untouched").unwrap();
        symlink(&prey, file.with_extension("unfinished")).unwrap();
        filled(data.path()).await.backup(&file).await.unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&prey).unwrap(), "untouched");
    }

    #[tokio::test]
    async fn a_store_is_never_overwritten() {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("copy.jsonl");
        let store = filled(data.path()).await;
        store.backup(&file).await.unwrap();
        assert!(matches!(
            restore(&file, data.path()),
            Err(StoreError::Locked { .. })
        ));
        drop(store);
        assert!(matches!(
            restore(&file, data.path()),
            Err(StoreError::NotEmpty { .. })
        ));
    }

    #[tokio::test]
    async fn a_damaged_backup_is_refused_and_leaves_nothing_behind() {
        let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = data.path().join("copy.jsonl");
        filled(data.path()).await.backup(&file).await.unwrap();
        let whole = fs::read_to_string(&file).unwrap();
        let last_line = whole.trim_end().rfind('\n').unwrap();
        for (damaged, why) in [
            (whole.replace("いくら", "いくつ"), "the checksum does not fit"),
            (whole[..last_line + 1].to_owned(), "the file ends too early"),
            (
                whole.replacen("\"version\":1", "\"version\":2", 1),
                "newer program",
            ),
            ("hello\n".to_owned(), "not a backup"),
        ] {
            fs::write(&file, damaged).unwrap();
            let message = restore(&file, elsewhere.path()).unwrap_err().to_string();
            assert!(message.contains(why), "{message}");
            assert!(!open::database_dir(elsewhere.path()).exists());
        }
    }
}
