//! Puts the figures of a week on paper, as SVG.

use std::fmt::Write;

use super::{FAMILY, HEIGHT, WIDTH};
use crate::outgoing::picture::{Chart, Day, Tile, Topic};

/// Okabe and Ito's colours, which people who see colours differently tell apart; the last stands for the rest.
const PALETTE: [&str; 6] = ["#0072b2", "#56b4e9", "#e69f00", "#cc79a7", "#d55e00", "#9a9a9a"];
const PAPER: &str = "#ffffff";
const PANEL: &str = "#f3f5f7";
const INK: &str = "#1f2328";
const QUIET: &str = "#4a535c";
const GRID: &str = "#d5dae0";

const MARGIN: f64 = 48.0;
const TILES_TOP: f64 = 118.0;
const TILE_HEIGHT: f64 = 118.0;
const GAP: f64 = 16.0;
/// Where the bars stand: left, right, top, bottom.
const PLOT: [f64; 4] = [92.0, 690.0, 306.0, 524.0];
const LEGEND_TOP: f64 = 618.0;
const TOPICS_LEFT: f64 = 738.0;
const TOPIC_HEIGHT: f64 = 70.0;

/// The drawing of a week.
pub(super) fn svg(chart: &Chart) -> String {
    let mut out = Paper::default();
    let (width, height) = (WIDTH, HEIGHT);
    out.add(format_args!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{FAMILY}">"#
    ));
    out.add(format_args!(
        r#"<rect width="100%" height="100%" fill="{PAPER}"/>"#
    ));
    out.heavy(MARGIN, 60.0, 36.0, &chart.title);
    out.text(MARGIN, 97.0, 23.0, QUIET, &chart.subtitle);
    tiles(&mut out, &chart.tiles);
    out.heavy(MARGIN, 278.0, 22.0, &chart.bars_title);
    bars(&mut out, &chart.days);
    legend(&mut out, &chart.parts, &chart.line);
    topics(&mut out, chart);
    out.add(format_args!("</svg>"));
    out.0
}

fn tiles(out: &mut Paper, tiles: &[Tile]) {
    let count = small(tiles.len()).max(1.0);
    let width = (f64::from(WIDTH) - 2.0 * MARGIN - GAP * (count - 1.0)) / count;
    for (place, tile) in tiles.iter().enumerate() {
        let left = MARGIN + small(place) * (width + GAP);
        out.add(format_args!(
            r#"<rect x="{left:.1}" y="{TILES_TOP}" width="{width:.1}" height="{TILE_HEIGHT}" rx="10" fill="{PANEL}"/>"#
        ));
        let inside = width - 36.0;
        let (label, value) = (
            fitted(&tile.label, 19.0, inside),
            fitted(&tile.value, 40.0, inside),
        );
        out.text(left + 18.0, TILES_TOP + 30.0, 19.0, QUIET, &label);
        out.heavy(left + 18.0, TILES_TOP + 75.0, 40.0, &value);
        let aside = fitted(&tile.aside, 17.0, inside);
        out.text(left + 18.0, TILES_TOP + 104.0, 17.0, QUIET, &aside);
    }
}

fn bars(out: &mut Paper, days: &[Day]) {
    let [left, right, top, bottom] = PLOT;
    let highest = days.iter().map(|day| total(day).max(day.before)).max();
    let scale = Scale::reaching(highest.unwrap_or_default());
    let height = |value: u32| (bottom - top) * f64::from(value) / f64::from(scale.top);
    let each = usize::try_from(scale.step).unwrap_or(usize::MAX);
    for line in (0..=scale.top).step_by(each) {
        let y = bottom - height(line);
        out.add(format_args!(
            r#"<path d="M{left} {y:.1}H{right}" stroke="{GRID}" stroke-width="1.5"/>"#
        ));
        out.anchored("end", left - 10.0, y + 6.0, 17.0, &line.to_string());
    }
    let step = (right - left) / small(days.len()).max(1.0);
    let wide = step * 0.58;
    let middle = |place: usize| left + step * (small(place) + 0.5);
    for (place, day) in days.iter().enumerate() {
        let mut y = bottom;
        for (part, color) in day.parts.iter().zip(PALETTE) {
            let tall = height(*part);
            y -= tall;
            if *part > 0 {
                out.add(format_args!(
                    r#"<rect x="{:.1}" y="{y:.1}" width="{wide:.1}" height="{tall:.1}" fill="{color}" stroke="{PAPER}" stroke-width="1.5"/>"#,
                    middle(place) - wide / 2.0
                ));
            }
        }
        // Below the axis, where no bar and no line passes.
        out.anchored("middle", middle(place), bottom + 28.0, 20.0, &day.label);
        out.anchored(
            "middle",
            middle(place),
            bottom + 53.0,
            20.0,
            &total(day).to_string(),
        );
    }
    before(out, days, middle, |value| bottom - height(value));
}

/// The thin line of the days before, over the bars.
fn before(out: &mut Paper, days: &[Day], x: impl Fn(usize) -> f64, y: impl Fn(u32) -> f64) {
    if days.iter().all(|day| day.before == 0) {
        return;
    }
    let points: Vec<(f64, f64)> = days
        .iter()
        .enumerate()
        .map(|(place, day)| (x(place), y(day.before)))
        .collect();
    let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let path = path.join(" ");
    for (color, width) in [(PAPER, 5.0), (INK, 2.2)] {
        out.add(format_args!(
            r#"<polyline points="{path}" fill="none" stroke="{color}" stroke-width="{width}" stroke-linejoin="round"/>"#
        ));
    }
    for (x, y) in points {
        out.add(format_args!(
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="4.5" fill="{PAPER}" stroke="{INK}" stroke-width="2.2"/>"#
        ));
    }
}

fn legend(out: &mut Paper, parts: &[String], line: &str) {
    let places = 4;
    let width = (PLOT[1] - MARGIN + 20.0) / small(places);
    let place = |nth: usize| {
        let (column, row) = (small(nth % places), small(nth / places));
        (MARGIN + column * width, LEGEND_TOP + row * 34.0)
    };
    for (nth, (part, color)) in parts.iter().zip(PALETTE).enumerate() {
        let (x, y) = place(nth);
        out.add(format_args!(
            r#"<rect x="{x:.1}" y="{:.1}" width="18" height="18" rx="3" fill="{color}"/>"#,
            y - 16.0
        ));
        out.text(x + 26.0, y, 18.0, INK, &fitted(part, 18.0, width - 32.0));
    }
    let (x, y) = place(parts.len());
    out.add(format_args!(
        r#"<path d="M{:.1} {:.1}h26" stroke="{INK}" stroke-width="2.2"/><circle cx="{:.1}" cy="{:.1}" r="4.5" fill="{PAPER}" stroke="{INK}" stroke-width="2.2"/>"#,
        x - 4.0,
        y - 6.0,
        x + 9.0,
        y - 6.0
    ));
    out.text(x + 30.0, y, 18.0, INK, &fitted(line, 18.0, width - 36.0));
}

fn topics(out: &mut Paper, chart: &Chart) {
    let right = f64::from(WIDTH) - MARGIN;
    out.heavy(TOPICS_LEFT, 278.0, 22.0, &chart.topics_title);
    if chart.topics.is_empty() {
        out.text(TOPICS_LEFT, 326.0, 20.0, QUIET, &chart.no_topics);
        return;
    }
    let most = chart
        .topics
        .iter()
        .map(|topic| topic.count)
        .max()
        .unwrap_or(1)
        .max(1);
    for (place, Topic { title, count }) in chart.topics.iter().take(5).enumerate() {
        let y = 318.0 + small(place) * TOPIC_HEIGHT;
        let room = right - TOPICS_LEFT - 60.0;
        out.text(TOPICS_LEFT, y, 20.0, INK, &fitted(title, 20.0, room));
        out.anchored("end", right, y, 22.0, &count.to_string());
        let long = (right - TOPICS_LEFT) * f64::from(*count) / f64::from(most);
        out.add(format_args!(
            r#"<rect x="{TOPICS_LEFT}" y="{:.1}" width="{:.1}" height="12" rx="6" fill="{PANEL}"/><rect x="{TOPICS_LEFT}" y="{:.1}" width="{:.1}" height="12" rx="6" fill="{}"/>"#,
            y + 14.0,
            right - TOPICS_LEFT,
            y + 14.0,
            long.max(12.0),
            PALETTE[0]
        ));
    }
}

fn total(day: &Day) -> u32 {
    day.parts.iter().fold(0, |all, part| all.saturating_add(*part))
}

/// A number of things on paper: there are never many.
fn small(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How high the bars can get, and the steps of the grid below them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scale {
    top: u32,
    step: u32,
}

impl Scale {
    /// At most five steps of a round number, with air above.
    fn reaching(highest: u32) -> Self {
        let wanted = highest.saturating_add(highest / 10).max(4);
        let steps = (0..9).flat_map(|zeros| [1, 2, 5].map(|digit| digit * 10_u32.pow(zeros)));
        let step = steps.into_iter().find(|step| wanted.div_ceil(*step) <= 5);
        let step = step.unwrap_or(1_000_000_000);
        Self {
            top: wanted.div_ceil(step).saturating_mul(step),
            step,
        }
    }
}

/// As much of the words as the room holds. A Latin letter takes a little more than half of the room of a Japanese one.
fn fitted(text: &str, size: f64, room: f64) -> String {
    let wide = |c: char| size * if c.is_ascii() { 0.62 } else { 0.97 };
    if text.chars().map(wide).sum::<f64>() <= room {
        return text.to_owned();
    }
    let mut left = room - size;
    let kept = text.chars().take_while(|c| {
        left -= wide(*c);
        left >= 0.0
    });
    let mut kept: String = kept.collect();
    kept.push('…');
    kept
}

/// What is drawn so far.
#[derive(Default)]
struct Paper(String);

impl Paper {
    fn add(&mut self, element: std::fmt::Arguments<'_>) {
        let _infallible = self.0.write_fmt(element);
    }

    fn text(&mut self, x: f64, y: f64, size: f64, color: &str, words: &str) {
        let words = escaped(words);
        self.add(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{size}" fill="{color}">{words}</text>"#
        ));
    }

    /// One weight comes with the program; a thin edge makes it bolder.
    fn heavy(&mut self, x: f64, y: f64, size: f64, words: &str) {
        let (words, edge) = (escaped(words), size / 36.0);
        self.add(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{size}" fill="{INK}" stroke="{INK}" stroke-width="{edge:.2}">{words}</text>"#
        ));
    }

    fn anchored(&mut self, side: &str, x: f64, y: f64, size: f64, words: &str) {
        let words = escaped(words);
        self.add(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{size}" fill="{INK}" text-anchor="{side}">{words}</text>"#
        ));
    }
}

/// Control characters are none of XML's.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_grid_has_round_steps_and_room_for_the_highest_bar() {
        let reaching = |highest| {
            let Scale { top, step } = Scale::reaching(highest);
            (top, step)
        };
        assert_eq!(reaching(0), (4, 1));
        assert_eq!(reaching(9), (10, 2));
        assert_eq!(reaching(33), (40, 10));
    }

    proptest! {
        #[test]
        fn every_bar_fits(highest in any::<u32>()) {
            let Scale { top, step } = Scale::reaching(highest);
            prop_assert!(top >= highest && step > 0 && top / step <= 5, "{top} {step}");
        }

        #[test]
        fn words_that_do_not_fit_are_cut(text in "\\PC{0,60}", room in 40.0_f64..400.0) {
            let kept = fitted(&text, 20.0, room);
            prop_assert!(kept == text || (kept.ends_with('…') && kept.chars().count() <= text.chars().count() + 1));
        }

        #[test]
        fn nothing_in_a_text_is_taken_for_a_mark(text in "\\PC{0,40}") {
            prop_assert!(!escaped(&text).contains(['<', '>']));
        }
    }
}
