//! A visit: a demo of its own, a browser of its own, and what a visitor does there.

#![expect(clippy::unwrap_used, reason = "a visit that cannot begin must stop the test")]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, LazyLock},
    time::Duration,
};

use annaka_concierge::{app::Knowledge, cli::demo::Demo, clock::Clock};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element, key::Key};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot};

/// Width and height of the window's inside.
#[derive(Clone, Copy)]
pub(crate) struct Size(u32, u32);

pub(crate) const DESKTOP: Size = Size(1280, 800);
pub(crate) const PHONE: Size = Size(390, 844);

pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const DOWN: &str = "\u{e015}";
const TAB: &str = "\u{e004}";
/// Held until the keys sent with it are over.
const SHIFT: &str = "\u{e008}";
/// More stops of the Tab key than the page has between any two things.
const MOST_STOPS: usize = 60;

/// Real time no wait in these stories comes near to.
const PATIENCE: Duration = Duration::from_secs(60);

/// Carries out `story` on the page of a new demo; everything is gone afterwards, also if it fails.
pub(crate) async fn visit<S: Future<Output = ()> + Send + 'static>(
    size: Size,
    story: impl FnOnce(Page) -> S,
) {
    let folder = TempDir::new().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let clock = Clock::running_from("2026-02-10T01:00:00Z".parse().unwrap());
    let demo = Demo::open(port, clock, knowledge(), &folder.path().join("store"))
        .await
        .unwrap();
    let url = demo.url();
    let (end, ended) = oneshot::channel::<()>();
    let playing = tokio::spawn(demo.play(async { drop(ended.await) }));

    let driver = Driver::start();
    let page = Page(driver.browser(size, &folder.path().join("browser")).await);
    page.0.goto(&url).await.unwrap();
    let told = tokio::spawn(story(page.clone())).await;
    page.0.close().await.unwrap();
    drop(end);
    playing.await.unwrap().unwrap();
    told.unwrap();
}

/// The knowledge of this repository, read once for all visits.
fn knowledge() -> (Arc<Knowledge>, PathBuf) {
    static KNOWLEDGE: LazyLock<Arc<Knowledge>> =
        LazyLock::new(|| Arc::new(Knowledge::read(Path::new(FOLDER)).unwrap()));
    (Arc::clone(&KNOWLEDGE), FOLDER.into())
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge");

/// A running chromedriver.
struct Driver {
    process: Child,
    port: u16,
    /// It would end if it could no longer write there.
    _voice: BufReader<ChildStdout>,
}

impl Driver {
    /// A chromedriver on a port of its own. It takes a free port for IPv4 and then wants the same one for
    /// IPv6; when a neighbour holds that, it gives up, and the next one finds another.
    fn start() -> Self {
        (0..10)
            .find_map(|_| Self::attempt())
            .expect("one chromedriver in ten finds a port")
    }

    fn attempt() -> Option<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("chromedriver cannot be started ({error}); `scripts/test` installs it")
            });
        let mut voice = BufReader::new(process.stdout.take().unwrap());
        let Some(port) = port_named(&mut voice) else {
            process.wait().unwrap();
            return None;
        };
        Some(Self {
            process,
            port,
            _voice: voice,
        })
    }

    async fn browser(&self, Size(width, height): Size, profile: &Path) -> Client {
        let flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=ja",
            &format!("--user-data-dir={}", profile.display()),
        ];
        // A window cannot be made as narrow as a phone; an emulated screen can.
        let phone = width < 600;
        let metrics =
            json!({ "width": width, "height": height, "pixelRatio": 1, "touch": phone, "mobile": phone });
        let options = json!({
            "args": flags,
            "prefs": { "intl.accept_languages": "ja" },
            "mobileEmulation": { "deviceMetrics": metrics },
        });
        let capabilities = json!({ "goog:chromeOptions": options });
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .unwrap()
    }
}

/// The port in the line that ends with "successfully on port 12345."; none when it ended instead.
fn port_named(voice: &mut impl BufRead) -> Option<u16> {
    voice.lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    })
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The page as a visitor sees it.
#[derive(Clone)]
pub(crate) struct Page(Client);

impl Page {
    /// Writes to the bot as the mover chosen.
    pub(crate) async fn say(&self, text: &str) {
        self.write("chat", text).await;
    }

    /// Writes in a pane, `chat` or `topic`.
    pub(crate) async fn write(&self, pane: &str, text: &str) {
        let input = self.sees(&format!("[data-testid={pane}-input]")).await;
        input
            .send_keys(&format!("{text}{}", char::from(Key::Enter)))
            .await
            .unwrap();
    }

    /// Waits for what a selector names.
    pub(crate) async fn sees(&self, selector: &str) -> Element {
        self.waits(Locator::Css(selector)).await
    }

    /// Waits for a button of the bot.
    pub(crate) async fn sees_button(&self, label: &str) -> Element {
        let button = format!("//*[@data-testid='inline-button'][contains(., '{label}')]");
        self.waits(Locator::XPath(&button)).await
    }

    /// Waits for words in a pane, `chat` or `desk`.
    pub(crate) async fn sees_words(&self, pane: &str, words: &str) {
        let holds =
            format!("//*[@data-testid='pane-{pane}']//*[@data-testid='message'][contains(., '{words}')]");
        self.waits(Locator::XPath(&holds)).await;
    }

    /// Everything that stands in a pane.
    pub(crate) async fn words(&self, pane: &str) -> String {
        self.sees(&format!("[data-testid=pane-{pane}]"))
            .await
            .text()
            .await
            .unwrap()
    }

    /// Opens the topic whose title holds these words.
    pub(crate) async fn open_topic(&self, title: &str) {
        let line = format!("//*[@data-testid='topic'][contains(., '{title}')]");
        self.waits(Locator::XPath(&line)).await.click().await.unwrap();
    }

    /// Taps a button of the bot in the concierge group.
    pub(crate) async fn tap_at_desk(&self, label: &str) {
        self.sees_at_desk(label).await.click().await.unwrap();
    }

    pub(crate) async fn tap(&self, label: &str) {
        self.sees_button(label).await.click().await.unwrap();
    }

    /// Clicks what bears this test id.
    pub(crate) async fn click(&self, id: &str) {
        self.sees(&format!("[data-testid={id}]"))
            .await
            .click()
            .await
            .unwrap();
    }

    /// Whether all that is open can be read without scrolling sideways; only the rows of people may be wider.
    pub(crate) async fn fits(&self, what: &str) {
        let wide = self
            .tells(
                "const wide = [...document.querySelectorAll('*')].filter((node) => node.checkVisibility()
                   && !node.matches('.chips, .unseen') && getComputedStyle(node).overflowX !== 'visible'
                   && getComputedStyle(node).textOverflow !== 'ellipsis' && node.scrollWidth > node.clientWidth);
                 return wide.map((node) => node.tagName + '.' + node.className)
                   .concat(document.documentElement.scrollWidth > window.innerWidth ? ['the page'] : []);",
                Vec::new(),
            )
            .await;
        assert_eq!(wide, json!([]), "{what} is wider than the screen");
    }

    /// Waits until the answer to a question holds these words.
    pub(crate) async fn is_answered(&self, question: &str, words: &str) {
        let answer = format!(
            "//*[@data-testid='pane-chat']//*[@data-from='me'][contains(., '{question}')]\
             /following-sibling::*[@data-from='bot'][contains(., '{words}')]"
        );
        self.waits(Locator::XPath(&answer)).await;
    }

    /// All that the bot has said in the mover's chat.
    pub(crate) async fn bot_says(&self) -> Value {
        let script = "return [...document.querySelectorAll('#chat [data-from=bot] .text')].map((node) => node.textContent)";
        self.tells(script, Vec::new()).await
    }

    /// Writes a number into a field that has one.
    pub(crate) async fn fill(&self, id: &str, number: &str) {
        let field = self.sees(&format!("#{id}")).await;
        field.clear().await.unwrap();
        field.send_keys(number).await.unwrap();
    }

    /// Sends what a menu of the paperclip offers.
    pub(crate) async fn attaches(&self, pane: &str, what: &str) {
        let clip = format!("[data-testid=pane-{pane}] .attach");
        self.sees(&clip).await.click().await.unwrap();
        let item = format!("//*[@role='menuitem'][normalize-space()='{what}']");
        self.waits(Locator::XPath(&item)).await.click().await.unwrap();
    }

    /// Waits for a picture of at least this width in its own size, in a pane. A message may be drawn anew meanwhile.
    pub(crate) async fn sees_picture(&self, pane: &str, width: u64) {
        let picture = format!("[data-testid=pane-{pane}] .picture img");
        let script = "const [picture, done] = arguments;
            const look = () => {
              const width = document.querySelector(picture)?.naturalWidth;
              if (width) done(width); else requestAnimationFrame(look);
            };
            look();";
        let drawn = self.0.execute_async(script, vec![json!(picture)]).await.unwrap();
        assert!(drawn.as_u64().unwrap() >= width, "{drawn} pixels wide");
    }

    /// Moves the clock to the next nine in the morning, and sees it there.
    pub(crate) async fn next_morning(&self) {
        let before = self.sees("#clock").await.text().await.unwrap();
        self.click("clock-nine").await;
        let after = format!("//*[@id='clock'][contains(., '09:0')][. != '{before}']");
        self.waits(Locator::XPath(&after)).await;
    }

    /// Opens the page anew.
    pub(crate) async fn opened_again(&self) {
        self.0.refresh().await.unwrap();
    }

    /// Waits for a button of the bot in the concierge group.
    pub(crate) async fn sees_at_desk(&self, label: &str) -> Element {
        let button = format!(
            "//*[@data-testid='pane-desk']//*[@data-testid='inline-button'][normalize-space()='{label}']"
        );
        self.waits(Locator::XPath(&button)).await
    }

    /// Presses keys wherever the focus is.
    pub(crate) async fn types(&self, keys: &str) {
        let focused = self.0.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    /// Presses Tab until the focus is on what bears this test id or begins with these words.
    pub(crate) async fn tabs_to(&self, what: &str) {
        self.presses_until(TAB, what).await;
    }

    /// The same backwards.
    pub(crate) async fn tabs_back_to(&self, what: &str) {
        self.presses_until(&format!("{SHIFT}{TAB}"), what).await;
    }

    async fn presses_until(&self, keys: &str, what: &str) {
        let is_there = "const [what] = arguments; const here = document.activeElement;
            return here !== document.body && (here.dataset.testid === what || here.textContent.trim().startsWith(what))";
        for _ in 0..MOST_STOPS {
            if self.tells(is_there, vec![json!(what)]).await == json!(true) {
                return;
            }
            self.types(keys).await;
        }
        panic!("{MOST_STOPS} keys do not lead to {what}");
    }

    async fn tells(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.0.execute(script, arguments).await.unwrap()
    }

    /// Saves what is seen as `target/screens/<name>.png`.
    pub(crate) async fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screens");
        fs::create_dir_all(&folder).unwrap();
        let picture = self.0.screenshot().await.unwrap();
        fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }

    async fn waits(&self, what: Locator<'_>) -> Element {
        let found = self.0.wait().at_most(PATIENCE).for_element(what).await;
        found.unwrap_or_else(|error| panic!("{what:?} is not on the page: {error}"))
    }
}
