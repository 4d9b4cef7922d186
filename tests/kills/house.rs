//! A town with the real program in it, as a process of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, ChildStderr, Command, Stdio},
    thread::{self, JoinHandle},
    time::Duration,
};

use annaka_concierge::emulator::{Emulator, Limits, Setup, Shown, World, town};
use tempfile::TempDir;
use tokio::sync::watch;

use crate::program::{TOKEN, small_knowledge, telegram, town_by_the_clock, without_settings};

/// Longer than anything here takes on any machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

pub(crate) struct House {
    pub(crate) emulator: Emulator,
    folder: TempDir,
}

/// A running program; it is killed when this is dropped.
pub(crate) struct Bot {
    child: Child,
    pub(crate) http: SocketAddr,
    /// All it has written; closed when it has ended.
    log: watch::Receiver<String>,
    reader: Option<JoinHandle<()>>,
}

/// How a program ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) log: String,
}

impl House {
    /// Telegram's limits are not the matter here: they would only make it last.
    pub(crate) async fn new() -> Self {
        let setup = Setup {
            limits: Limits::off(),
            calls_kept: 100_000,
            ..town_by_the_clock()
        };
        let house = Self {
            emulator: telegram(setup).await,
            folder: tempfile::tempdir().unwrap(),
        };
        small_knowledge(&house.path("knowledge"));
        house
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts the program on this data folder.
    pub(crate) fn starts(&self, data: &str) -> Bot {
        let program = Command::new(env!("CARGO_BIN_EXE_concierge"));
        self.starts_as(program, data, &self.emulator.url())
    }

    /// The same by a command of one's own, which is to end in `concierge`.
    pub(crate) fn starts_as(&self, mut program: Command, data: &str, api: &str) -> Bot {
        let http = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        without_settings(&mut program);
        let mut child = program
            .arg("run")
            .current_dir(self.folder.path())
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("TELOXIDE_API_URL", api)
            .env("CONCIERGE_DATA", self.path(data))
            .env("CONCIERGE_KNOWLEDGE", self.path("knowledge"))
            .env("CONCIERGE_STAFF_CHAT", town::GROUP.to_string())
            .env("CONCIERGE_HTTP", http.to_string())
            .env("CONCIERGE_LOG", "info")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (log, reader) = read(child.stderr.take().unwrap());
        Bot {
            child,
            http,
            log,
            reader: Some(reader),
        }
    }

    /// The texts of the bot in a chat, oldest first.
    pub(crate) fn heard(&self, chat: i64) -> Vec<String> {
        self.emulator.look(|world| heard(world, chat))
    }

    /// Waits until something is so.
    pub(crate) async fn until(&self, what: &str, mut probe: impl FnMut(&World) -> bool) {
        let found = self
            .emulator
            .wait(PATIENCE, |world| probe(world).then_some(()))
            .await;
        assert!(found.is_some(), "waited in vain: {what}");
    }

    /// Waits until a program that has just been started asks for updates, or has ended.
    pub(crate) async fn until_polled(&self, polls_before: usize) {
        self.until("the bot asks for updates", |world| polls(world) > polls_before)
            .await;
    }

    pub(crate) fn polls(&self) -> usize {
        self.emulator.look(polls)
    }
}

/// What a program writes, while it lives.
fn read(voice: ChildStderr) -> (watch::Receiver<String>, JoinHandle<()>) {
    let (log, heard) = watch::channel(String::new());
    let reader = thread::spawn(move || {
        for line in BufReader::new(voice).lines().map_while(Result::ok) {
            log.send_modify(|log| {
                log.push_str(&line);
                log.push('\n');
            });
        }
    });
    (heard, reader)
}

fn polls(world: &World) -> usize {
    world.calls().filter(|call| call.method == "getUpdates").count()
}

pub(crate) fn heard(world: &World, chat: i64) -> Vec<String> {
    let shown = world.chat(chat).into_iter();
    shown
        .filter(|shown: &Shown| shown.from.bot)
        .map(|shown| shown.text)
        .collect()
}

impl Bot {
    /// SIGKILL.
    pub(crate) fn dies(mut self) -> String {
        self.child.kill().unwrap();
        self.last_words().log
    }

    /// SIGTERM; it must stop well.
    pub(crate) fn stops(self) -> String {
        Command::new("kill")
            .arg(self.child.id().to_string())
            .status()
            .unwrap();
        let Ended { code, log } = self.last_words();
        assert_eq!(code, Some(0), "the bot did not stop well\n{log}");
        log
    }

    /// Waits for its end.
    pub(crate) async fn ends(self) -> Ended {
        self.is_silent().await;
        self.last_words()
    }

    fn last_words(mut self) -> Ended {
        let code = self.child.wait().unwrap().code();
        self.reader.take().unwrap().join().unwrap();
        Ended {
            code,
            log: self.log(),
        }
    }

    /// Waits until it can write nothing any more, which is when it has ended.
    pub(crate) async fn is_silent(&self) {
        let mut log = self.log.clone();
        let silent = async { while log.changed().await.is_ok() {} };
        let waited = tokio::time::timeout(PATIENCE, silent).await;
        waited.expect("the program does not end");
    }

    /// What it has written to its log so far.
    pub(crate) fn log(&self) -> String {
        self.log.borrow().clone()
    }

    /// Waits until its log says this.
    pub(crate) async fn says(&self, words: &str) {
        let mut log = self.log.clone();
        let said = log.wait_for(|log| log.contains(words));
        let waited = tokio::time::timeout(PATIENCE, said).await;
        let is_said = waited.is_ok_and(|said| said.is_ok());
        assert!(is_said, "it does not say “{words}”\n{}", self.log());
    }

    /// A measure of its `/metrics`.
    pub(crate) async fn measure(&self, name: &str) -> u64 {
        let page = reqwest::get(format!("http://{}/metrics", self.http))
            .await
            .unwrap();
        let page = page.text().await.unwrap();
        let line = page
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name} ")));
        line.unwrap_or_else(|| panic!("no {name}\n{page}"))
            .parse()
            .unwrap()
    }

    /// Its memory at this moment; Linux tells.
    pub(crate) fn resident_kilobytes(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It may have ended already.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the log of the bot:\n{}", self.log());
        }
    }
}
