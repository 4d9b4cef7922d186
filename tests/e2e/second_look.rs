//! An embedding endpoint that looks a second time at choices: welcome, and never missed.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use annaka_concierge::config::Embeddings;
use axum::{Json, Router, http::StatusCode, routing::post};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    harness::{Plan, town, town_with},
    signups::{opens_form, tour},
};

/// Met with choices, for what is wanted stays open.
const OPEN: &str = "補助金";
/// What the endpoint finds likest, whatever is asked.
const FAVOURITE: &str = "人間ドック";

/// An endpoint that answers each request with this; the number counts the texts it was sent.
async fn endpoint(
    answer: impl Fn(&[String]) -> Result<Value, StatusCode> + Clone + Send + Sync + 'static,
) -> (Plan, Arc<AtomicUsize>) {
    let seen = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&seen);
    let handler = move |Json(request): Json<Value>| {
        let (answer, counted) = (answer.clone(), Arc::clone(&counted));
        async move {
            let texts: Vec<String> = serde_json::from_value(request["input"].clone()).unwrap();
            counted.fetch_add(texts.len(), Ordering::SeqCst);
            answer(&texts).map(Json)
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1/embeddings", listener.local_addr().unwrap());
    tokio::spawn(
        async move { axum::serve(listener, Router::new().route("/v1/embeddings", post(handler))).await },
    );
    let embeddings = Embeddings {
        url: url.parse().unwrap(),
        model: "stub".to_owned(),
        key: Some("a-key".to_owned().into()),
    };
    let plan = Plan {
        embeddings: Some(embeddings),
        ..Plan::default()
    };
    (plan, seen)
}

/// Likes what is asked and one entry the same, and everything else not at all.
fn smitten(
    favourite: String,
) -> impl Fn(&[String]) -> Result<Value, StatusCode> + Clone + Send + Sync + 'static {
    move |texts| {
        let vector = |text: &String| {
            let liked = text == OPEN || text.contains(&favourite);
            if liked { [1.0, 0.0] } else { [0.0, 1.0] }
        };
        let data = texts.iter().enumerate();
        let data: Vec<Value> = data
            .map(|(index, text)| json!({ "index": index, "embedding": vector(text) }))
            .collect();
        Ok(json!({ "data": data }))
    }
}

/// The choices a mover is offered, one a line.
fn choices(heard: &str) -> Vec<&str> {
    heard.lines().filter(|line| line.starts_with('[')).collect()
}

async fn without_an_endpoint() -> String {
    let mut heard = String::new();
    town(async |t| heard = t.anna().asks(OPEN).await).await;
    heard
}

#[tokio::test]
async fn the_choice_it_finds_likest_comes_first() {
    let plain = without_an_endpoint().await;
    let last = choices(&plain)[2].trim_matches(['[', ']']).to_owned();
    let (plan, seen) = endpoint(smitten(last.clone())).await;
    town_with(plan, async |t| {
        let heard = t.anna().asks(OPEN).await;
        assert_eq!(choices(&heard)[0], format!("[{last}]"), "{heard}");
        // Every entry was sent once, and what was asked.
        let entries = t.app().knowledge().revision.entries.len();
        assert_eq!(seen.load(Ordering::SeqCst), entries + 1);
        t.restart().await;
        assert_eq!(t.ben().asks(OPEN).await, heard);
        assert_eq!(seen.load(Ordering::SeqCst), entries + 2, "the entries were kept");
    })
    .await;
}

#[tokio::test]
async fn what_is_sure_is_not_sent_anywhere() {
    let (plan, seen) = endpoint(smitten(FAVOURITE.to_owned())).await;
    town_with(plan, async |t| {
        let heard = t.anna().asks("移住支援金は誰が対象ですか").await;
        assert!(heard.contains("安中市移住支援金は"), "{heard}");
        assert_eq!(seen.load(Ordering::SeqCst), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_question_is_not_sent_anywhere() {
    let (plan, seen) = endpoint(smitten(FAVOURITE.to_owned())).await;
    town_with(plan, async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        let _ = opens_form(&anna).await;
        let heard = anna.asks("碓氷ひなた").await;
        assert!(heard.starts_with("（2/3）"), "the name is taken: {heard}");
        assert_eq!(seen.load(Ordering::SeqCst), 0, "and sent nowhere");
        let (_, _mio) = t.mio_has_anna().await;
        anna.says(OPEN);
        t.idle().await;
        assert_eq!(seen.load(Ordering::SeqCst), 0, "nor is what a person hears");
    })
    .await;
}

#[tokio::test]
async fn after_a_failure_it_is_left_alone_for_a_minute() {
    let (plan, seen) = endpoint(|_| Err(StatusCode::INTERNAL_SERVER_ERROR)).await;
    town_with(plan, async |t| {
        let _ = t.anna().asks(OPEN).await;
        let sent = seen.load(Ordering::SeqCst);
        assert!(sent > 0, "it was asked");
        let _ = t.ben().asks(OPEN).await;
        assert_eq!(seen.load(Ordering::SeqCst), sent);
        t.advance(SignedDuration::from_secs(61));
        let _ = t.ben().asks(OPEN).await;
        assert!(seen.load(Ordering::SeqCst) > sent, "it is asked again");
    })
    .await;
}

#[tokio::test]
async fn its_failure_is_not_noticed() {
    let plain = without_an_endpoint().await;
    type Answer = fn(&[String]) -> Result<Value, StatusCode>;
    let failing: [Answer; 3] = [
        |_: &[String]| Err(StatusCode::INTERNAL_SERVER_ERROR),
        |_: &[String]| Ok(json!({ "error": "no such model" })),
        |_: &[String]| Ok(json!({ "data": [{ "index": 7, "embedding": [] }] })),
    ];
    for answer in failing {
        let (plan, _) = endpoint(answer).await;
        town_with(plan, async |t| assert_eq!(t.anna().asks(OPEN).await, plain)).await;
    }
}

#[tokio::test]
async fn nobody_waits_long_for_it() {
    let plain = without_an_endpoint().await;
    // It takes what is sent and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let embeddings = Embeddings {
        url: format!("http://{}/", silent.local_addr().unwrap())
            .parse()
            .unwrap(),
        model: "stub".to_owned(),
        key: None,
    };
    let plan = Plan {
        embeddings: Some(embeddings),
        ..Plan::default()
    };
    town_with(plan, async |t| assert_eq!(t.anna().asks(OPEN).await, plain)).await;
}
