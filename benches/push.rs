//! News of an event told to many in real time, two in a hundred calls disturbed, while somebody asks questions.
//!
//! `cargo bench --bench push` tells 600 people; `CONCIERGE_RECEIVERS=20000` is the whole and takes a quarter of an hour.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use annaka_concierge::{
    app::{App, Knowledge},
    cli::demo::Demo,
    clock::Clock,
    conversation::Conversation,
    emulator::{Aim, Emulator, Fault, Person, PrivateAccess},
    events::{Event, EventId, Kind, Standing, Texts, When},
    lang::Lang,
    metrics::Count,
    outgoing::UserId,
    reminders::{Subject, Subscriber},
    store::Step,
};
use anyhow::{Context, ensure};
use futures_util::future::try_join_all;
use jiff::SignedDuration;
use tokio::{net::TcpListener, sync::oneshot, time::sleep};

const USUAL_RECEIVERS: usize = 600;
/// Written down in one go.
const PAGE: usize = 500;
/// Telegram takes so many in a second from one bot.
const A_SECOND: f64 = 30.0;
const QUESTION_EVERY: Duration = Duration::from_secs(2);
/// How often it is looked whether all is sent.
const LOOKING: Duration = Duration::from_millis(20);
/// Longer than anything is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let count = std::env::var("CONCIERGE_RECEIVERS").ok();
    let count = count.map_or(Ok(USUAL_RECEIVERS), |text| text.parse())?;
    let data = tempfile::tempdir()?;
    let page = TcpListener::bind("127.0.0.1:0").await?;
    let folder = PathBuf::from("knowledge");
    let knowledge = (Arc::new(Knowledge::read(&folder)?), folder);
    let demo = Demo::open(page, Clock::system(), knowledge, data.path()).await?;
    let (app, emulator) = (demo.app().clone(), demo.emulator().clone());
    let (stop, stopped) = oneshot::channel::<()>();
    let playing = tokio::spawn(demo.play(async {
        // Whether told to or left alone, the bench is over.
        let _over = stopped.await;
    }));
    let anna = emulator.add_person("アンナ", "ja");
    // The first question of a process finds nothing prepared.
    ask(&emulator, &anna).await?;
    // Only now: they are not to be told of the demo's own event.
    let receivers = gather(&app, &emulator, count).await?;
    let told_waits = disturb(&emulator, &receivers);
    let begun = Instant::now();
    app.set_events(vec![event(&app)?]).await?;
    let mut waits = Vec::new();
    loop {
        waits.push(ask(&emulator, &anna).await?);
        if pushed_within(&app, QUESTION_EVERY).await {
            break;
        }
    }
    let took = begun.elapsed();
    let missed = receivers.iter().filter(|id| seen(&emulator, **id) == 0).count();
    ensure!(missed == 0, "{missed} were not told");
    let twice = receivers.iter().filter(|id| seen(&emulator, **id) > 1).count();
    waits.sort_unstable();
    let p99 = waits[(waits.len() * 99 / 100).min(waits.len() - 1)];
    println!(
        "{count} receivers in {:.1} s of real time ({:.1} s at 30 a second); told to wait {} times, a second each, {told_waits} \
         of them out of the blue; everybody reached, {twice} twice; {} questions meanwhile, p99 {:.0?}",
        took.as_secs_f64(),
        count as f64 / A_SECOND,
        app.metrics().get(Count::FloodWait),
        waits.len(),
        p99,
    );
    drop(stop);
    playing.await??;
    Ok(())
}

/// So many people who follow everything.
async fn gather(app: &App, emulator: &Emulator, count: usize) -> anyhow::Result<Vec<i64>> {
    let ids = emulator.add_people(count, PrivateAccess::Open);
    let now = app.clock().now();
    for page in ids.chunks(PAGE) {
        let follows = page.iter().map(|id| {
            let mut subscriber = Subscriber::new(UserId(*id));
            let followed = subscriber.follow(Subject::All, now);
            let step = Step {
                conversation: Some(Conversation::new(UserId(*id), Lang::Ja, now)),
                subscriber: Some(subscriber),
                ..Step::default()
            };
            async move {
                followed.context("Nobody follows too much")?;
                app.store().commit_step(step).await.context("The store fails")
            }
        });
        try_join_all(follows).await?;
    }
    Ok(ids)
}

/// Every fiftieth call goes wrong in one of three ways; tells the seconds in which everybody has to wait.
fn disturb(emulator: &Emulator, receivers: &[i64]) -> u64 {
    let mut told = 0;
    for (at, id) in receivers.iter().step_by(50).enumerate() {
        let fault = match at % 3 {
            0 => {
                told += 1;
                Fault::Flood { seconds: 1 }
            }
            1 => Fault::CutBefore,
            _ => Fault::CutAfter,
        };
        emulator.disturb(fault, Aim::Chat(*id), Some(1));
    }
    told
}

fn event(app: &App) -> anyhow::Result<Event> {
    let now = app.clock().now();
    let starts = now + SignedDuration::from_hours(30 * 24);
    let (title, when) = (Texts::only(Lang::Ja, "田植え体験")?, When::timed(starts, None)?);
    Ok(Event {
        standing: Standing::Confirmed,
        ..Event::of_staff(EventId::of_staff(2), Kind::Farming, title, when, now)
    })
}

/// Waits for so long, or until nothing is left to be sent; says whether it is so.
async fn pushed_within(app: &App, most: Duration) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < most {
        if app.store().depth() == 0
            && app
                .store()
                .announcements()
                .await
                .is_ok_and(|left| left.is_empty())
        {
            return true;
        }
        sleep(LOOKING).await;
    }
    false
}

/// Asks something; how long the answer takes.
async fn ask(emulator: &Emulator, anna: &Person) -> anyhow::Result<Duration> {
    let before = seen(emulator, anna.id());
    let begun = Instant::now();
    anna.says("空き家バンクの使い方は")?;
    let answered = emulator.wait(PATIENCE, |world| {
        let from_bot = world
            .chat(anna.id())
            .iter()
            .filter(|shown| shown.from.bot)
            .count();
        (from_bot > before).then_some(())
    });
    ensure!(answered.await.is_some(), "the bot does not answer");
    Ok(begun.elapsed())
}

fn seen(emulator: &Emulator, chat: i64) -> usize {
    emulator.look(|world| world.chat(chat).iter().filter(|shown| shown.from.bot).count())
}
