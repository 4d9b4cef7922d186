//! The settings: flags, then environment, then `concierge.toml`, then defaults.
//!
//! One struct is read from all of them ([`Settings`], clap and serde alike); [`Config`] is what is left when every
//! value is known to be good.

mod file;
mod retention;
mod values;

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use url::Url;

pub use self::retention::{Days, Keep};
use self::values::is_word_byte;
pub use self::values::{ApiUrl, BadValue, Hidden, StaffChat, WebhookUrl};

use crate::{
    conversation::Retention,
    outgoing::{ChatId, UserId},
};

const DEFAULT_HTTP: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8081);

/// Settings as somebody wrote them.
#[derive(Debug, Clone, Default, clap::Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    #[arg(
        long,
        env = "TELOXIDE_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN",
        help = "The bot's token from @BotFather; better given by the environment than by this flag, which others can see"
    )]
    pub token: Option<Hidden>,
    /// The Bot API server, when it is not Telegram's own
    #[arg(long, env = "TELOXIDE_API_URL", value_name = "URL")]
    pub api_url: Option<ApiUrl>,
    /// The folder of everything that must survive [default: ./data]
    #[arg(long, env = "CONCIERGE_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// The folder of what the bot knows [default: ./knowledge]
    #[arg(long, env = "CONCIERGE_KNOWLEDGE", value_name = "FOLDER")]
    pub knowledge: Option<PathBuf>,
    /// The forum supergroup of the concierge staff
    #[arg(
        long,
        env = "CONCIERGE_STAFF_CHAT",
        value_name = "ID",
        allow_negative_numbers = true
    )]
    pub staff_chat: Option<StaffChat>,
    /// Owners' user ids, separated by commas
    #[arg(long, env = "CONCIERGE_OWNERS", value_name = "IDS", value_delimiter = ',')]
    pub owners: Option<Vec<i64>>,
    /// A colleague has to confirm what is told to many [default: false]
    #[arg(
        long,
        env = "CONCIERGE_BROADCAST_SECOND",
        value_name = "true|false",
        num_args = 0..=1,
        default_missing_value = "true"
    )]
    pub broadcast_second: Option<bool>,
    /// Where health, metrics and the webhook are served [default: 127.0.0.1:8081]
    #[arg(long, env = "CONCIERGE_HTTP", value_name = "ADDRESS")]
    pub http: Option<SocketAddr>,
    /// Take updates by webhook at this address instead of polling
    #[arg(long, env = "CONCIERGE_WEBHOOK_URL", value_name = "URL")]
    pub webhook_url: Option<WebhookUrl>,
    /// What Telegram shows with every update [default: made from the token]
    #[arg(
        long,
        env = "CONCIERGE_WEBHOOK_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub webhook_secret: Option<Hidden>,
    /// Have choices looked at a second time by this OpenAI-compatible embedding endpoint; movers' questions go there
    #[arg(long, env = "CONCIERGE_EMBEDDINGS_URL", value_name = "URL")]
    pub embeddings_url: Option<ApiUrl>,
    /// The endpoint's model
    #[arg(long, env = "CONCIERGE_EMBEDDINGS_MODEL", value_name = "NAME")]
    pub embeddings_model: Option<String>,
    /// What the endpoint is shown, if it asks for it
    #[arg(
        long,
        env = "CONCIERGE_EMBEDDINGS_KEY",
        hide_env_values = true,
        value_name = "KEY"
    )]
    pub embeddings_key: Option<Hidden>,
    /// The clock shows this moment at the start and runs on (rehearsals)
    #[arg(long, env = "CONCIERGE_CLOCK_START", value_name = "TIME")]
    pub clock_start: Option<Timestamp>,
    #[command(flatten)]
    pub keep: Keep,
}

/// Settings that are known to be good.
#[derive(Debug, Clone)]
pub struct Config {
    token: Option<SecretString>,
    pub api_url: Option<Url>,
    pub data: PathBuf,
    pub knowledge: PathBuf,
    pub desk: Desk,
    pub http: SocketAddr,
    pub webhook_url: Option<Url>,
    webhook_secret: Option<SecretString>,
    pub embeddings: Option<Embeddings>,
    pub clock_start: Option<Timestamp>,
    pub retention: Retention,
}

/// Who looks a second time at choices.
#[derive(Debug, Clone)]
pub struct Embeddings {
    pub url: Url,
    pub model: String,
    pub key: Option<SecretString>,
}

/// Who runs the concierge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    pub staff_chat: Option<ChatId>,
    pub owners: Vec<UserId>,
    /// What is told to many goes out only when a second of the staff has confirmed it.
    pub broadcast_needs_second: bool,
}

/// What is wrong with the settings, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("Cannot read {}: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} is not as it should be: {detail}", path.display())]
    BadFile { path: PathBuf, detail: String },
    #[error(
        "There is no token: set TELOXIDE_TOKEN to the one @BotFather gave you, or try the bot without one: `concierge demo`"
    )]
    NoToken,
    #[error(
        "The token does not look like one (it is not shown here): it has the form 123456789:ABC…, digits, a colon, then 35 letters; copy it again from @BotFather"
    )]
    BadToken,
    #[error("{0} is no user id of an owner: give positive numbers, separated by commas (CONCIERGE_OWNERS)")]
    BadOwner(i64),
    #[error(
        "The webhook secret is not usable: 16 to 256 of the characters A-Z a-z 0-9 _ - (CONCIERGE_WEBHOOK_SECRET)"
    )]
    BadSecret,
    #[error(
        "An embedding endpoint needs its address and its model: give both CONCIERGE_EMBEDDINGS_URL and CONCIERGE_EMBEDDINGS_MODEL, or neither"
    )]
    HalfEmbeddings,
}

impl Config {
    /// Joins flags and environment (`given`) with a settings file: the named one, or `concierge.toml` here if there
    /// is one.
    ///
    /// # Errors
    /// For everything a person has to mend, said so that it can be.
    pub fn resolve(given: Settings, file: Option<&Path>) -> Result<Self, ConfigError> {
        given.or(file::read(file)?).check()
    }

    /// The token, which `run` cannot do without.
    ///
    /// # Errors
    /// When there is none.
    pub fn token(&self) -> Result<&SecretString, ConfigError> {
        self.token.as_ref().ok_or(ConfigError::NoToken)
    }

    /// What Telegram has to show with every update. Without a setting it follows from the token, so that every
    /// instance of the bot knows it and nobody else does.
    ///
    /// # Errors
    /// When there is no token either.
    pub fn webhook_secret(&self) -> Result<SecretString, ConfigError> {
        if let Some(secret) = &self.webhook_secret {
            return Ok(secret.clone());
        }
        let mut hash = Sha256::new_with_prefix("annaka-concierge webhook ");
        hash.update(self.token()?.expose_secret());
        Ok(format!("{:x}", hash.finalize()).into())
    }
}

impl Settings {
    /// These settings, and for what is missing those of `other`.
    fn or(self, other: Self) -> Self {
        Self {
            token: self.token.or(other.token),
            api_url: self.api_url.or(other.api_url),
            data: self.data.or(other.data),
            knowledge: self.knowledge.or(other.knowledge),
            staff_chat: self.staff_chat.or(other.staff_chat),
            owners: self.owners.or(other.owners),
            broadcast_second: self.broadcast_second.or(other.broadcast_second),
            http: self.http.or(other.http),
            webhook_url: self.webhook_url.or(other.webhook_url),
            webhook_secret: self.webhook_secret.or(other.webhook_secret),
            embeddings_url: self.embeddings_url.or(other.embeddings_url),
            embeddings_model: self.embeddings_model.or(other.embeddings_model),
            embeddings_key: self.embeddings_key.or(other.embeddings_key),
            clock_start: self.clock_start.or(other.clock_start),
            keep: self.keep.or(other.keep),
        }
    }

    fn check(self) -> Result<Config, ConfigError> {
        Ok(Config {
            token: self.token.map(check_token).transpose()?,
            api_url: self.api_url.map(|url| url.0),
            data: self.data.unwrap_or_else(|| "data".into()),
            knowledge: self.knowledge.unwrap_or_else(|| "knowledge".into()),
            desk: Desk {
                staff_chat: self.staff_chat.map(|chat| chat.0),
                owners: self
                    .owners
                    .unwrap_or_default()
                    .into_iter()
                    .map(owner)
                    .collect::<Result<_, _>>()?,
                broadcast_needs_second: self.broadcast_second.unwrap_or(false),
            },
            http: self.http.unwrap_or(DEFAULT_HTTP),
            webhook_url: self.webhook_url.map(|url| url.0),
            webhook_secret: self.webhook_secret.map(check_secret).transpose()?,
            embeddings: embeddings(self.embeddings_url, self.embeddings_model, self.embeddings_key)?,
            clock_start: self.clock_start,
            retention: self.keep.retention(),
        })
    }
}

fn embeddings(
    url: Option<ApiUrl>,
    model: Option<String>,
    key: Option<Hidden>,
) -> Result<Option<Embeddings>, ConfigError> {
    match (url, model) {
        (Some(ApiUrl(url)), Some(model)) => Ok(Some(Embeddings {
            url,
            model,
            key: key.map(|Hidden(key)| key),
        })),
        (None, None) => Ok(None),
        _ => Err(ConfigError::HalfEmbeddings),
    }
}

fn owner(id: i64) -> Result<UserId, ConfigError> {
    if id > 0 {
        Ok(UserId(id))
    } else {
        Err(ConfigError::BadOwner(id))
    }
}

fn check_token(Hidden(token): Hidden) -> Result<SecretString, ConfigError> {
    let good = token.expose_secret().split_once(':').is_some_and(|(id, rest)| {
        (1..=20).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_digit())
            && rest.len() >= 30
            && rest.bytes().all(is_word_byte)
    });
    if good {
        Ok(token)
    } else {
        Err(ConfigError::BadToken)
    }
}

fn check_secret(Hidden(secret): Hidden) -> Result<SecretString, ConfigError> {
    let text = secret.expose_secret();
    let good = (16..=256).contains(&text.len()) && text.bytes().all(is_word_byte);
    if good {
        Ok(secret)
    } else {
        Err(ConfigError::BadSecret)
    }
}

impl fmt::Display for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let staff = if self.staff_chat.is_some() {
            "a staff group"
        } else {
            "no staff group"
        };
        write!(f, "{staff}, {} owners", self.owners.len())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;

    use super::*;

    const TOKEN: &str = "123456789:AAabcdefghijklmnopqrstuvwxyz_-12345";

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        settings: Settings,
    }

    fn from_file(text: &str) -> Result<Config, ConfigError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("concierge.toml");
        fs::write(&path, text).unwrap();
        Config::resolve(Settings::default(), Some(&path))
    }

    #[test]
    fn flags_go_before_the_file_and_the_file_before_defaults() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.toml");
        fs::write(
            &path,
            "data = 'from-file'\nstaff_chat = -1001234567890\nowners = [7, 8]\n",
        )
        .unwrap();
        let line = Line::parse_from(["x", "--data", "from-flag", "--owners", "9", "--broadcast-second"]);
        let config = Config::resolve(line.settings, Some(&path)).unwrap();
        assert_eq!(config.data, Path::new("from-flag"));
        assert_eq!(config.desk.staff_chat, Some(ChatId(-1001234567890)));
        assert_eq!(config.desk.owners, [UserId(9)]);
        assert!(config.desk.broadcast_needs_second);
        assert_eq!(config.http, DEFAULT_HTTP);
        let line = Line::parse_from(["x", "--keep-cases", "90"]);
        let kept = Config::resolve(line.settings, Some(&path)).unwrap().retention;
        assert_eq!((kept.cases, kept.conversations), (90, 365));
        assert!(Line::try_parse_from(["x", "--keep-cases", "0"]).is_err());
        assert!(matches!(config.token(), Err(ConfigError::NoToken)));
    }

    #[test]
    fn every_bad_value_is_told_in_words() {
        for (text, told) in [
            ("staf_chat = 1", "unknown field `staf_chat`"),
            ("staff_chat = 1234", "1234 is not the id of a supergroup"),
            ("webhook_url = 'http://example.org/hook'", "https only"),
            (
                "webhook_url = 'https://example.org/metrics'",
                "the path /metrics is taken",
            ),
            (
                "webhook_url = 'https://example.org/calendar.ics'",
                "the path /calendar.ics is taken",
            ),
            ("webhook_url = 'https://example.org/a b'", "letters, digits"),
            ("api_url = 'ftp://example.org'", "begin with https://"),
            ("owners = [-5]", "-5 is no user id"),
            ("webhook_secret = 'short'", "16 to 256"),
            ("embeddings_model = 'some-model'", "CONCIERGE_EMBEDDINGS_URL"),
            ("[keep]\ncases = 0", "0 days cannot be"),
            ("[keep]\ncases = 99999", "from 1 to 3650"),
            ("[keep]\ncase = 9", "unknown field `case`"),
        ] {
            let error = from_file(text).unwrap_err().to_string();
            assert!(error.contains(told), "{text}: {error}");
        }
        assert!(from_file("webhook_url = 'http://127.0.0.1:99/hook'").is_ok());
    }

    #[test]
    fn a_token_is_checked_and_never_shown() {
        let config = from_file(&format!("token = '{TOKEN}'")).unwrap();
        assert_eq!(config.token().unwrap().expose_secret(), TOKEN);
        assert!(!format!("{config:?}").contains("AAabc"));
        assert_eq!(config.webhook_secret().unwrap().expose_secret().len(), 64);
        for bad in [
            "token = 'secret-thing'",
            "token = ['secret-thing']",
            "token = secret-thing",
        ] {
            let error = from_file(bad).unwrap_err().to_string();
            assert!(!error.contains("secret-thing"), "{error}");
        }
    }
}
