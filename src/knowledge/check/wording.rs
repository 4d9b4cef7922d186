//! A status has to be heard in the words: nobody reads front matter.

use crate::{
    knowledge::{
        check::{Finding, Spot},
        entry::{Entry, Status},
    },
    lang::Lang,
};

/// Another city has to be named within this many characters.
const OPENING: usize = 40;

pub(super) fn check(entry: &Entry) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (&lang, body) in &entry.body {
        let words = words_of(entry.status, lang);
        if !words.is_empty() && !words.iter().any(|word| body.to_lowercase().contains(word)) {
            let what = format!(
                "the status is {:?}, but none of {} says so",
                entry.status,
                words.join(" / ")
            );
            findings.push(Finding::new(entry, Spot::Section(lang), what));
        }
        let opening: String = body.chars().take(OPENING).collect();
        if let Some(city) = city_name(&entry.municipality, lang)
            && !opening.contains(city)
        {
            findings.push(Finding::new(
                entry,
                Spot::Section(lang),
                format!("another city's paper: begin with “{city}”"),
            ));
        }
    }
    if entry.is_other_city() && city_name(&entry.municipality, Lang::Ja).is_none() {
        let what = format!(
            "`{}` is no municipality the checks know; add it to check/wording.rs",
            entry.municipality
        );
        findings.push(Finding::new(entry, Spot::Key("municipality"), what));
    }
    findings
}

/// Words of which one has to stand in the text.
fn words_of(status: Status, lang: Lang) -> &'static [&'static str] {
    match (status, lang) {
        (Status::Past, Lang::Ja) => &["終わ", "終了", "ました", "開催", "提案"],
        (Status::Past, Lang::En) => &[
            "over",
            "ended",
            "held",
            "took place",
            "joined",
            "made proposals",
            "proposal",
        ],
        (Status::Planned, Lang::Ja) => &["予定", "計画", "方針", "進め", "当時", "プラン", "見込み", "間近"],
        (Status::Planned, Lang::En) => &[
            "plan",
            "was to",
            "were to",
            "intended",
            "due",
            "at the time",
            "nearing",
            "aim",
            "schedule",
        ],
        (Status::Considered, Lang::Ja) => &["検討"],
        (Status::Considered, Lang::En) => &["consider", "discuss", "study", "review"],
        (Status::Draft, Lang::Ja) => &["案"],
        (Status::Draft, Lang::En) => &["draft", "proposal"],
        (Status::Trial, Lang::Ja) => &["試"],
        (Status::Trial, Lang::En) => &["trial", "tried", "test"],
        (Status::Internal, Lang::Ja) => &["職員", "庁内", "内部", "市役所の"],
        (Status::Internal, Lang::En) => &[
            "staff",
            "internal",
            "employees",
            "within the city",
            "inside city hall",
        ],
        (Status::Unknown, Lang::Ja) => &[
            "確認できて",
            "分かって",
            "分かりません",
            "持っていません",
            "載って",
            "専門",
            "お答えできません",
            "ありません",
        ],
        (Status::Unknown, Lang::En) => &["not", "no "],
        _ => &[],
    }
}

/// The name another city has to be given in its entries.
fn city_name(municipality: &str, lang: Lang) -> Option<&'static str> {
    match (municipality, lang) {
        ("nasushiobara", Lang::En) => Some("Nasushiobara"),
        ("nasushiobara", _) => Some("那須塩原市"),
        ("niigata", Lang::En) => Some("Niigata"),
        ("niigata", _) => Some("新潟市"),
        ("tomioka", Lang::En) => Some("Tomioka"),
        ("tomioka", _) => Some("富岡市"),
        _ => None,
    }
}
