//! What the people who run the bot do: stop it, look at it, change its knowledge.

use std::{fs, path::Path};

use annaka_concierge::{app::KnowledgeError, metrics::Count};
use tempfile::TempDir;

use crate::{
    harness::{Plan, QUESTION, town, town_with},
    life::real_knowledge,
    mishaps::copy,
};

#[tokio::test]
async fn a_stop_at_any_moment_finishes_what_is_in_hand_and_repeats_nothing() {
    town(async |t| {
        let _ = t.anna().asks("/help").await;
        for round in 0..8 {
            t.anna().says(QUESTION);
            t.happenings(round).await;
            t.restart().await;
            let heard = t.anna().hears().await;
            assert_eq!(heard.matches("出典：").count(), 1, "{heard}");
        }
        assert_eq!(t.anna().answers(), 9);
    })
    .await;
}

#[tokio::test]
async fn the_bot_tells_how_it_is_and_nothing_about_anybody() {
    town(async |t| {
        let _ = t.anna().asks(QUESTION).await;
        let get = async |path: &str| {
            let answer = reqwest::get(t.http(path)).await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        };
        assert_eq!(get("/health").await.0, 200);
        assert_eq!(get("/ready").await.0, 200);
        let (_, metrics) = get("/metrics").await;
        for line in [
            "concierge_updates_total{kind=\"new\"} 1",
            "concierge_deliveries_total{result=\"delivered\"} 1",
            "concierge_inbox_updates 0",
            "concierge_outbox_messages 0",
            "concierge_dead_letters 0",
            "concierge_handler_panics_total 0",
        ] {
            assert!(metrics.contains(line), "{line} is missing:\n{metrics}");
        }
        assert!(
            !metrics.contains("1001") && !metrics.contains("移住"),
            "{metrics}"
        );
    })
    .await;
}

/// A town whose knowledge can be changed.
pub(crate) fn with_knowledge_of_its_own() -> (TempDir, Plan) {
    let folder = tempfile::tempdir().unwrap();
    copy(&real_knowledge(), folder.path());
    let plan = Plan {
        knowledge_folder: folder.path().to_owned(),
        ..Plan::default()
    };
    (folder, plan)
}

pub(crate) fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} has no {from}", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[tokio::test]
async fn broken_knowledge_is_refused_with_every_problem_and_mended_knowledge_taken() {
    let (folder, plan) = with_knowledge_of_its_own();
    town_with(plan, async |t| {
        let grant = folder.path().join("subsidy/subsidy-iju-shienkin.md");
        let house = folder.path().join("subsidy/subsidy-myhome-shienkin.md");
        change(&grant, "安中市移住支援金は、", "安中市の移住支援金は、");
        change(&grant, "ref = \"iju-shienkin-page\"", "ref = \"no-such-source\"");
        change(&house, "status = \"current\"", "status = \"curent\"");
        let refused = t.app().reload().await.unwrap_err();
        let KnowledgeError::Problems { problems, .. } = &refused else {
            panic!("{refused}")
        };
        let named: Vec<String> = problems.iter().map(ToString::to_string).collect();
        for start in [
            "subsidy/subsidy-iju-shienkin.md:",
            "subsidy/subsidy-myhome-shienkin.md:",
        ] {
            assert!(
                named.iter().any(|problem| problem.starts_with(start)),
                "{named:#?}"
            );
        }
        assert_eq!(t.count(Count::ReloadRefused), 1);
        assert!(
            t.anna().asks(QUESTION).await.starts_with("安中市移住支援金は、"),
            "the old answer stays"
        );

        change(&grant, "no-such-source", "iju-shienkin-page");
        change(&house, "curent", "current");
        t.app().reload().await.unwrap();
        assert!(
            t.anna()
                .asks(QUESTION)
                .await
                .starts_with("安中市の移住支援金は、")
        );
    })
    .await;
}
