//! Backups while the bot runs.
//!
//! Only for those who can read the data folder: the bot leaves its address and a key there, readable only by its owner.
//! Calling from this machine proves nothing by itself, since a web server in front of the webhook does that too.

use std::{
    fs,
    hash::{BuildHasher, RandomState},
    io::{self, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
};

use axum::{
    Json, Router,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{app::App, store::create_private};

const KEY_HEADER: &str = "x-concierge-key";
const FILE: &str = "admin.json";

/// Access to the running bot, open until this is dropped.
pub struct Door {
    file: PathBuf,
    key: SecretString,
}

#[derive(Serialize, Deserialize)]
struct Announcement {
    address: SocketAddr,
    key: String,
}

#[derive(Serialize, Deserialize)]
struct Wish {
    file: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Made {
    records: usize,
}

/// Why a running bot could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    #[error("There is no running bot to ask: {} does not tell its address", file.display())]
    NotRunning { file: PathBuf },
    #[error("The running bot at {address} cannot be reached: {source}")]
    Unreachable {
        address: SocketAddr,
        source: reqwest::Error,
    },
    #[error("The running bot could not do it: {0}")]
    Failed(String),
}

impl Door {
    pub(super) fn open(data: &Path, address: SocketAddr) -> io::Result<Self> {
        let key = random_key();
        let file = data.join(FILE);
        let announcement = Announcement {
            address: reachable(address),
            key: key.expose_secret().to_owned(),
        };
        create_private(&file)?.write_all(&serde_json::to_vec(&announcement)?)?;
        Ok(Self { file, key })
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.file) {
            tracing::debug!(%error, "the note with the bot's address could not be removed");
        }
    }
}

pub(super) fn router(app: App, door: &Door) -> Router {
    Router::new()
        .route("/admin/backup", post(backup))
        .with_state((app, door.key.clone()))
}

async fn backup(
    State((app, key)): State<(App, SecretString)>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    wish: axum::body::Bytes,
) -> Result<Json<Made>, (StatusCode, String)> {
    let shown = headers.get(KEY_HEADER).map_or(&[][..], |value| value.as_bytes());
    let invited: bool = shown.ct_eq(key.expose_secret().as_bytes()).into();
    if !invited || !peer.ip().to_canonical().is_loopback() {
        return Err((
            StatusCode::UNAUTHORIZED,
            "this is for `concierge backup` only".to_owned(),
        ));
    }
    let Wish { file } = serde_json::from_slice(&wish).map_err(|_| {
        (
            StatusCode::BAD_REQUEST,
            "the body does not name a file".to_owned(),
        )
    })?;
    match app.store().backup(&file).await {
        Ok(records) => Ok(Json(Made { records })),
        Err(error) => Err((StatusCode::INTERNAL_SERVER_ERROR, error.to_string())),
    }
}

/// Asks the bot that runs on a data folder for a backup. Returns how many records it holds.
///
/// # Errors
/// When no bot runs there, or it cannot write the file.
pub async fn request_backup(data: &Path, file: &Path) -> Result<usize, AdminError> {
    let note = data.join(FILE);
    let announcement: Announcement = fs::read(&note)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or(AdminError::NotRunning { file: note })?;
    let address = announcement.address;
    let unreachable = |source| AdminError::Unreachable { address, source };
    let answer = reqwest::Client::new()
        .post(format!("http://{address}/admin/backup"))
        .header(KEY_HEADER, announcement.key)
        .json(&Wish {
            file: file.to_owned(),
        })
        .send()
        .await
        .map_err(unreachable)?;
    if !answer.status().is_success() {
        return Err(AdminError::Failed(answer.text().await.map_err(unreachable)?));
    }
    Ok(answer.json::<Made>().await.map_err(unreachable)?.records)
}

/// The address to call from this machine, also for a port that listens everywhere.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// The standard library's hashers are keyed by the system's randomness; several hashed together make a key nobody
/// guesses.
fn random_key() -> SecretString {
    let mut hash = Sha256::new();
    for round in 0..4_u8 {
        hash.update(RandomState::new().hash_one(round).to_be_bytes());
    }
    format!("{:x}", hash.finalize()).into()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn only_the_owner_can_read_the_key_whatever_lay_there() {
        let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let prey = elsewhere.path().join("prey");
        fs::write(&prey, "untouched").unwrap();
        let note = data.path().join(FILE);
        symlink(&prey, &note).unwrap();
        let door = Door::open(data.path(), SocketAddr::from(([127, 0, 0, 1], 8081))).unwrap();
        let lies = fs::symlink_metadata(&note).unwrap();
        assert!(lies.is_file());
        assert_eq!(lies.permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&prey).unwrap(), "untouched");
        drop(door);
        assert!(!note.exists());
    }
}
