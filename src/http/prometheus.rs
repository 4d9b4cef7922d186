//! The metrics in the text format Prometheus reads.

use std::fmt::Write as _;

use crate::metrics::{Measure, Metrics, Spreading};

/// Facts that are not numbers.
#[derive(Debug, Clone, Copy)]
pub struct Info<'a> {
    pub version: &'a str,
    pub revision: &'a str,
}

/// The text Prometheus reads.
#[must_use]
pub fn render(metrics: &Metrics, info: &Info<'_>) -> String {
    let mut text = String::new();
    render_families(&mut text, "counter", metrics.counts());
    render_families(&mut text, "gauge", metrics.gauges());
    for (name, help, label, value) in [
        (
            "concierge_knowledge_info",
            "The revision of the knowledge in force.",
            "revision",
            info.revision,
        ),
        (
            "concierge_build_info",
            "The program's version.",
            "version",
            info.version,
        ),
    ] {
        head(&mut text, name, help, "gauge");
        // Revisions are hashes and versions are numbers: nothing in them has to be escaped.
        line(&mut text, name, &format!("{label}=\"{value}\""), "1");
    }
    for spreading in metrics.spreads() {
        render_spread(&mut text, &spreading);
    }
    text
}

/// Measures of one name stand together and get one head.
fn render_families(text: &mut String, kind: &str, measures: impl Iterator<Item = (Measure, u64)>) {
    let mut last = "";
    for (measure, value) in measures {
        if measure.name != last {
            head(text, measure.name, measure.help, kind);
            last = measure.name;
        }
        line(text, measure.name, measure.labels, &value.to_string());
    }
}

fn render_spread(text: &mut String, spreading: &Spreading) {
    let name = spreading.measure.name;
    head(text, name, spreading.measure.help, "histogram");
    let mut so_far = 0;
    for (end, within) in &spreading.steps {
        so_far += within;
        let label = format!("le=\"{}\"", seconds(*end));
        line(text, &format!("{name}_bucket"), &label, &so_far.to_string());
    }
    let all = (so_far + spreading.beyond).to_string();
    line(text, &format!("{name}_bucket"), "le=\"+Inf\"", &all);
    line(text, &format!("{name}_sum"), "", &seconds(spreading.micros));
    line(text, &format!("{name}_count"), "", &all);
}

fn seconds(micros: u64) -> String {
    (micros as f64 / 1_000_000.0).to_string()
}

fn head(text: &mut String, name: &str, help: &str, kind: &str) {
    let _infallible = writeln!(text, "# HELP {name} {help}");
    let _infallible = writeln!(text, "# TYPE {name} {kind}");
}

fn line(text: &mut String, name: &str, labels: &str, value: &str) {
    let _infallible = match labels {
        "" => writeln!(text, "{name} {value}"),
        labels => writeln!(text, "{name}{{{labels}}} {value}"),
    };
}

#[cfg(test)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        time::Duration,
    };

    use regex::Regex;

    use super::*;
    use crate::metrics::{Count, Gauge, Spread};

    const INFO: Info<'_> = Info {
        version: "1.2.3",
        revision: "0123456789abcdef",
    };

    /// One family as a strict reader of the format sees it.
    #[derive(Debug, Default)]
    struct Family {
        kind: String,
        /// Name, labels, value.
        samples: Vec<(String, String, f64)>,
    }

    /// Reads the text as the format's description demands; anything else fails.
    fn parse(text: &str) -> BTreeMap<String, Family> {
        let sample = Regex::new(
            r#"^([a-z_][a-z0-9_]*)(?:\{([a-z_]+="[^"\\\n]*"(?:,[a-z_]+="[^"\\\n]*")*)\})? ([0-9.e+-]+)$"#,
        )
        .unwrap();
        let (mut families, mut helped, mut current) = (BTreeMap::new(), BTreeSet::new(), String::new());
        assert!(text.ends_with('\n'));
        for line in text.lines() {
            if let Some(help) = line.strip_prefix("# HELP ") {
                let (name, words) = help.split_once(' ').unwrap();
                assert!(!words.is_empty() && helped.insert(name.to_owned()), "{line}");
            } else if let Some(kind) = line.strip_prefix("# TYPE ") {
                let (name, kind) = kind.split_once(' ').unwrap();
                assert!(helped.contains(name), "{name} has no help");
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                let family = Family {
                    kind: kind.to_owned(),
                    samples: Vec::new(),
                };
                assert!(
                    families.insert(name.to_owned(), family).is_none(),
                    "twice: {name}"
                );
                current = name.to_owned();
            } else {
                let parts = sample
                    .captures(line)
                    .unwrap_or_else(|| panic!("no sample: {line}"));
                let family = families.get_mut(&current).unwrap();
                let base = if family.kind == "histogram" {
                    parts[1]
                        .trim_end_matches("_bucket")
                        .trim_end_matches("_sum")
                        .trim_end_matches("_count")
                } else {
                    &parts[1]
                };
                assert_eq!(base, current, "{line} stands under another name");
                let labels = parts.get(2).map_or("", |labels| labels.as_str()).to_owned();
                family
                    .samples
                    .push((parts[1].to_owned(), labels, parts[3].parse().unwrap()));
            }
        }
        families
    }

    #[test]
    fn the_text_is_what_prometheus_asks_for() {
        let metrics = Metrics::default();
        metrics.add(Count::UpdateNew, 3);
        metrics.set(Gauge::Outbox, 7);
        for micros in [1, 700, 700, 9_000_000] {
            metrics.took(Spread::Flush, Duration::from_micros(micros));
        }
        let families = parse(&render(&metrics, &INFO));
        for (name, family) in &families {
            let base_unit = ["_seconds", "_bytes", "_info", "_total"]
                .iter()
                .any(|end| name.ends_with(end));
            assert_eq!(family.kind == "counter", name.ends_with("_total"), "{name}");
            assert!(base_unit || family.kind == "gauge", "{name} has no unit");
            let labels: BTreeSet<_> = family
                .samples
                .iter()
                .map(|(name, labels, _)| (name, labels))
                .collect();
            assert_eq!(labels.len(), family.samples.len(), "{name} says something twice");
        }
        let value = |family: &str, name: &str, labels: &str| {
            let samples = &families[family].samples;
            samples
                .iter()
                .find(|(is, of, _)| is == name && of == labels)
                .unwrap()
                .2
        };
        assert_eq!(
            value(
                "concierge_updates_total",
                "concierge_updates_total",
                "kind=\"new\""
            ),
            3.0
        );
        assert_eq!(
            value("concierge_outbox_messages", "concierge_outbox_messages", ""),
            7.0
        );
        let flush = "concierge_store_flush_seconds";
        let bucket = |le: &str| {
            value(
                flush,
                "concierge_store_flush_seconds_bucket",
                &format!("le=\"{le}\""),
            )
        };
        assert_eq!(
            (bucket("0.0005"), bucket("0.001"), bucket("5"), bucket("+Inf")),
            (1.0, 3.0, 3.0, 4.0)
        );
        assert_eq!(value(flush, "concierge_store_flush_seconds_count", ""), 4.0);
        assert!((value(flush, "concierge_store_flush_seconds_sum", "") - 9.001_401).abs() < 1e-9);
    }

    #[test]
    fn buckets_rise_and_the_last_holds_all() {
        let metrics = Metrics::default();
        for seconds in 0..2_000 {
            metrics.took(Spread::Handling, Duration::from_millis(seconds));
            metrics.took(Spread::FirstReply, Duration::from_secs(seconds * 600));
        }
        for (name, family) in parse(&render(&metrics, &INFO)) {
            if family.kind != "histogram" {
                continue;
            }
            let buckets = family.samples.iter().filter(|(of, ..)| of.ends_with("_bucket"));
            let counts: Vec<f64> = buckets.map(|(_, _, count)| *count).collect();
            assert!(counts.is_sorted(), "{name}: {counts:?}");
            let count = family
                .samples
                .iter()
                .find(|(of, ..)| of.ends_with("_count"))
                .unwrap()
                .2;
            assert_eq!(counts.last(), Some(&count), "{name}");
            let last = family
                .samples
                .iter()
                .rfind(|(of, ..)| of.ends_with("_bucket"))
                .unwrap();
            assert_eq!(last.1, "le=\"+Inf\"");
        }
    }
}
