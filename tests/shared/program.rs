//! What every test of the program itself needs: a Telegram to talk to, a small knowledge, and none of this machine's
//! settings.

use std::{fs, path::Path, process::Command, sync::Arc};

use annaka_concierge::{
    clock::Clock,
    emulator::{Emulator, Setup},
};

/// Formed like a real one, as the program insists.
pub(crate) const TOKEN: &str = "7000000001:a-token-for-the-tests-that-opens-nothing";

/// The usual town, by the system's clock.
pub(crate) fn town_by_the_clock() -> Setup {
    let clock = Clock::system();
    Setup {
        token: TOKEN.to_owned(),
        ..Setup::town(Arc::new(move || clock.now()))
    }
}

pub(crate) async fn telegram(setup: Setup) -> Emulator {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    Emulator::start(setup, listener, std::future::pending())
        .await
        .unwrap()
}

/// Takes this machine's settings away from a program.
pub(crate) fn without_settings(program: &mut Command) {
    let names = std::env::vars().map(|(name, _)| name);
    for name in names.filter(|name| name.starts_with("CONCIERGE_") || name.starts_with("TELOXIDE_")) {
        program.env_remove(name);
    }
}

/// Writes a knowledge of two entries, so that a start takes no time.
pub(crate) fn small_knowledge(folder: &Path) {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    fs::create_dir_all(folder.join("subsidy")).unwrap();
    for id in ["subsidy-iju-shienkin", "subsidy-myhome-shienkin"] {
        let file = format!("subsidy/{id}.md");
        let text = fs::read_to_string(real.join(&file)).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("related")).collect();
        fs::write(folder.join(&file), lines.join("\n")).unwrap();
    }
    for file in ["sources.toml", "rules.toml"] {
        fs::copy(real.join(file), folder.join(file)).unwrap();
    }
}
