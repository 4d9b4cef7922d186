//! Holds what `docs/` says to what the program does: settings, metrics, alerts, links.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use annaka_concierge::{
    http::prometheus::{Info, render},
    metrics::Metrics,
};
use regex::Regex;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Every metric's name and kind, as the program shows them.
fn metrics() -> BTreeMap<String, String> {
    let info = Info {
        version: "0",
        revision: "0",
    };
    let text = render(&Metrics::default(), &info);
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let pairs = types.map(|line| line.split_once(' ').unwrap());
    pairs
        .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
        .collect()
}

/// Whether a query may ask for a series of this name.
fn is_series(name: &str, metrics: &BTreeMap<String, String>) -> bool {
    let of_histogram = ["_bucket", "_sum", "_count"].iter().any(|end| {
        let base = name.strip_suffix(end);
        base.and_then(|base| metrics.get(base))
            .is_some_and(|kind| kind == "histogram")
    });
    of_histogram || metrics.get(name).is_some_and(|kind| kind != "histogram")
}

fn unknown_series<'q>(query: &'q str, metrics: &BTreeMap<String, String>) -> Vec<&'q str> {
    let name = Regex::new(r"\b(?:concierge|process)_[a-z_]+\b").unwrap();
    let named = name.find_iter(query).map(|found| found.as_str());
    named.filter(|name| !is_series(name, metrics)).collect()
}

/// The first cells of a file's tables that fit, in backticks.
fn first_cells(text: &str, fits: &str) -> BTreeSet<String> {
    let cell = Regex::new(&format!(r"(?m)^\| `({fits})` \|")).unwrap();
    cell.captures_iter(text)
        .map(|found| found[1].to_owned())
        .collect()
}

/// The settings the program reads, by the names in its source.
fn settings() -> BTreeSet<String> {
    let name = Regex::new(r#""((?:CONCIERGE|TELOXIDE)_[A-Z_]+)""#).unwrap();
    let files = [
        "src/config/mod.rs",
        "src/config/retention.rs",
        "src/cli/logging.rs",
        "src/cli/located.rs",
    ];
    let mut found = BTreeSet::new();
    for file in files {
        let text = read(file);
        let code = text.split("#[cfg(test)]").next().unwrap();
        found.extend(name.captures_iter(code).map(|found| found[1].to_owned()));
    }
    found
}

#[test]
fn every_metric_stands_in_the_table_and_nothing_else() {
    let said = first_cells(&read("docs/operations.md"), "(?:concierge|process)_[a-z_]+");
    let measured: BTreeSet<String> = metrics().into_keys().collect();
    assert_eq!(said, measured);
}

#[test]
fn every_setting_stands_in_both_tables_and_nothing_else() {
    let settings = settings();
    assert!(settings.len() > 12, "{settings:?}");
    let name = "(?:CONCIERGE|TELOXIDE)_[A-Z_]+";
    assert_eq!(first_cells(&read("docs/operations.md"), name), settings);
    let mut shown = first_cells(&read("README.md"), name);
    // Only whoever runs it as a service needs to name the file.
    shown.insert("CONCIERGE_CONFIG".to_owned());
    assert_eq!(shown, settings);
}

#[test]
fn the_units_set_only_what_there_is_and_stop_later_than_the_bot() {
    let settings = settings();
    let set = Regex::new(r"(?m)^Environment=([A-Z_]+)=").unwrap();
    for unit in ["concierge.service", "concierge-backup.service"] {
        let text = read(&format!("docs/deploy/{unit}"));
        for found in set.captures_iter(&text) {
            assert!(settings.contains(&found[1]), "{unit} sets {}", &found[1]);
        }
    }
    assert!(read("docs/deploy/concierge.service").contains("TimeoutStopSec=15"));
    assert!(read("src/cli/serve.rs").contains("Duration::from_secs(10)"));
}

#[test]
fn every_query_of_the_dashboard_asks_for_what_is_measured() {
    let metrics = metrics();
    let dashboard: Value = serde_json::from_str(&read("docs/deploy/grafana.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let (mut ids, mut asked) = (BTreeSet::new(), String::new());
    for panel in panels {
        assert!(ids.insert(panel["id"].as_u64().unwrap()), "{panel}");
        let place = &panel["gridPos"];
        assert!(
            place["x"].as_u64().unwrap() + place["w"].as_u64().unwrap() <= 24,
            "{panel}"
        );
        for target in panel["targets"].as_array().unwrap() {
            let query = target["expr"].as_str().unwrap();
            assert_eq!(unknown_series(query, &metrics), [""; 0], "{query}");
            assert_eq!(query.matches('(').count(), query.matches(')').count(), "{query}");
            asked.push_str(query);
        }
    }
    let unseen: Vec<&String> = metrics
        .keys()
        .filter(|name| !asked.contains(name.as_str()))
        .collect();
    let left_out = [
        "concierge_build_info",
        "concierge_dead_letters_settled_total",
        "concierge_updates_handled_total",
        "concierge_updates_merged_total",
        "concierge_updates_quarantined_total",
    ];
    assert_eq!(unseen, left_out, "the dashboard does not show these");
}

#[test]
fn every_alert_asks_for_what_is_measured_and_is_explained() {
    let (metrics, rules, docs) = (
        metrics(),
        read("docs/deploy/alerts.yml"),
        read("docs/operations.md"),
    );
    let rule = Regex::new(r"- alert: (\w+)\n\s+expr: (.+)\n").unwrap();
    let mut alerts = BTreeSet::new();
    for found in rule.captures_iter(&rules) {
        assert_eq!(unknown_series(&found[2], &metrics), [""; 0], "{}", &found[1]);
        assert!(
            alerts.insert(found[1].to_owned()),
            "{} stands there twice",
            &found[1]
        );
    }
    assert_eq!(alerts.len(), rules.matches("- alert:").count());
    let heading = Regex::new(r"(?m)^### (Concierge\w+)$").unwrap();
    let explained: BTreeSet<String> = heading
        .captures_iter(&docs)
        .map(|found| found[1].to_owned())
        .collect();
    assert_eq!(explained, alerts);
}

#[test]
fn every_link_leads_somewhere() {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let papers = [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "benches/README.md",
        "docs/operations.md",
        "docs/threat-model.md",
    ];
    for file in papers {
        let text = read(file);
        let anchors: BTreeSet<String> = text
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(|line| anchor(line.trim_start_matches('#').trim()))
            .collect();
        for found in link.captures_iter(&text) {
            let to = &found[1];
            if let Some(to) = to.strip_prefix('#') {
                assert!(anchors.contains(to), "{file}: #{to}");
            } else if !to.contains("://") {
                let path = root()
                    .join(file)
                    .parent()
                    .unwrap()
                    .join(to.split('#').next().unwrap());
                assert!(path.exists(), "{file}: {to}");
            }
        }
    }
}

/// As the page shows a heading's address.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().replace(' ', "-")
}

#[test]
fn deploy_files_hold_no_local_paths() {
    let local = Regex::new(r"/(?:home|root|tmp|mnt|Users)/").unwrap();
    for folder in ["docs", "docs/deploy"] {
        for file in fs::read_dir(root().join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let found = local.find(&text).map(|found| found.as_str());
            assert_eq!(found, None, "{}", path.display());
        }
    }
}
