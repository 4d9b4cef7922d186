//! One life of the bot: from its start to its stop, or to a sudden end.

use std::{
    cell::RefCell,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use annaka_concierge::{
    app::{App, Knowledge, Parts},
    bot::{Intake, Webhook},
    cli::serve,
    clock::Clock,
    config::{Desk, Embeddings},
    conversation::Retention,
    crashpoints::Crashpoints,
    emulator::town,
    phrases::Phrases,
    store::Store,
};
use teloxide::Bot;
use tokio::{runtime::Runtime, sync::oneshot, task::JoinHandle};

use crate::harness::PATIENCE;

/// What Telegram shows the webhook.
pub(crate) const SECRET: &str = "a-secret-only-telegram-knows";

/// Where each life of a bot begins.
pub(crate) struct Cradle {
    pub(crate) api: String,
    pub(crate) clock: Clock,
    pub(crate) data: PathBuf,
    pub(crate) knowledge_folder: PathBuf,
    pub(crate) webhook: bool,
    /// What the settings say of the desk.
    pub(crate) desk: RefCell<Desk>,
    pub(crate) embeddings: Option<Embeddings>,
    pub(crate) crashpoints: Crashpoints,
}

/// A running bot. It has a runtime of its own, so that a sudden end leaves nothing of it behind.
pub(crate) struct Life {
    pub(crate) app: App,
    /// Where its own HTTP is.
    pub(crate) http: SocketAddr,
    runtime: Option<Runtime>,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<anyhow::Result<()>>>,
}

/// The knowledge of this repository, read once for all stories.
pub(crate) fn knowledge() -> Arc<Knowledge> {
    static KNOWLEDGE: OnceLock<Arc<Knowledge>> = OnceLock::new();
    let read = || Arc::new(Knowledge::read(&real_knowledge()).unwrap());
    Arc::clone(KNOWLEDGE.get_or_init(read))
}

pub(crate) fn real_knowledge() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")
}

impl Life {
    pub(crate) fn begin(cradle: &Cradle) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let http = listener.local_addr().unwrap();
        let app = app(cradle);
        let bot = Bot::new(town::TOKEN).set_api_url(cradle.api.parse().unwrap());
        let intake = if cradle.webhook {
            Intake::Webhook(Webhook {
                url: format!("http://{http}/hook").parse().unwrap(),
                secret: SECRET.to_owned().into(),
            })
        } else {
            Intake::Poll
        };
        let (stop, stopped) = oneshot::channel();
        let running = app.clone();
        let served = runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let told = async { stopped.await.unwrap_or_default() };
            serve(running, bot, intake, listener, told).await
        });
        Self {
            app,
            http,
            runtime: Some(runtime),
            stop: Some(stop),
            served: Some(served),
        }
    }

    /// Tells it to stop, as SIGTERM does, and waits until it has.
    pub(crate) async fn end(mut self) {
        let (stop, served) = (self.stop.take().unwrap(), self.served.take().unwrap());
        stop.send(()).unwrap();
        let ended = tokio::time::timeout(PATIENCE, served).await;
        ended.expect("the bot does not stop").unwrap().unwrap();
    }

    /// Ends it as a power cut does: nothing is finished, nothing is said.
    pub(crate) async fn end_suddenly(mut self) {
        let runtime = self.runtime.take().unwrap();
        drop(self);
        let ended = tokio::task::spawn_blocking(move || runtime.shutdown_timeout(PATIENCE));
        ended.await.unwrap();
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn app(cradle: &Cradle) -> App {
    App::new(Parts {
        store: Store::open_with(&cradle.data, cradle.clock.clone(), cradle.crashpoints.clone()).unwrap(),
        clock: cradle.clock.clone(),
        phrases: Phrases::load().unwrap(),
        desk: cradle.desk.borrow().clone(),
        knowledge: knowledge(),
        knowledge_folder: cradle.knowledge_folder.clone(),
        embeddings: cradle.embeddings.clone(),
        retention: Retention::default(),
    })
}
