//! Draws the risk-coverage curve as an SVG that is readable on light and on dark pages.

use std::{fmt::Write, fs, path::Path};

use anyhow::Context;

use crate::cli::eval::curve::{Curve, Point};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 84.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 64.0;
/// The share of wrong answers the bot is meant to stay below.
const LINE: f64 = 0.01;

const STYLE: &str = "\
  svg { --paper: #ffffff; --ink: #1f2328; --faint: #d8dee4; --quiet: #59636e; --curve: #0a5fb4; --mark: #b3261e; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #e6edf3; --faint: #30363d; --quiet: #9198a1; --curve: #6cb6ff; --mark: #ff9b8e; }
  }
  text { font: 14px system-ui, sans-serif; fill: var(--ink); }
  .title { font-size: 16px; font-weight: 600; }
  .quiet { fill: var(--quiet); font-size: 12.5px; }
  .grid { stroke: var(--faint); }
  .axis { stroke: var(--quiet); }
  .limit { stroke: var(--quiet); stroke-dasharray: 6 4; }
  .curve { fill: none; stroke: var(--curve); stroke-width: 2.5; stroke-linejoin: round; }
  .shipped { stroke: var(--mark); stroke-dasharray: 2 3; }
  .dot { fill: var(--mark); stroke: var(--paper); stroke-width: 2; }
  .marked { fill: var(--mark); font-weight: 600; }";

/// Draws the curve to a file; `of` says what was asked.
///
/// # Errors
/// When the file cannot be written.
pub fn draw(curve: &Curve, of: &str, path: &Path) -> anyhow::Result<()> {
    fs::write(path, svg(curve, of)).with_context(|| format!("Cannot write {}", path.display()))
}

/// The share of wrong answers the drawing reaches up to, and the steps its grid has.
struct Scale {
    top: f64,
    step: f64,
}

impl Scale {
    /// The 1 % line is always in it, with air above.
    fn reaching(highest: f64) -> Self {
        let steps = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25];
        let wanted = highest.clamp(2.0 * LINE, 1.0);
        let step = steps
            .into_iter()
            .find(|step| wanted / step <= 6.0)
            .unwrap_or(0.25);
        Self {
            top: (wanted / step).ceil() * step,
            step,
        }
    }

    fn y(&self, risk: f64) -> f64 {
        HEIGHT - BOTTOM - risk / self.top * (HEIGHT - TOP - BOTTOM)
    }
}

fn x(coverage: f64) -> f64 {
    LEFT + coverage * (WIDTH - LEFT - RIGHT)
}

/// The drawing. Writing to a `String` cannot fail.
fn svg(curve: &Curve, of: &str) -> String {
    let scale = Scale::reaching(curve.highest_risk());
    let of = escaped(of);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">Risk and coverage: {of}</title>\n<desc id=\"desc\">{}</desc>\n<style>\n{STYLE}\n</style>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" style=\"fill: var(--paper)\"/>\n\
         <text class=\"title\" x=\"{LEFT}\" y=\"26\">Risk and coverage</text>\n\
         <text class=\"quiet\" x=\"{LEFT}\" y=\"44\">{of}, {} questions</text>\n",
        escaped(&curve.line()),
        curve.asked,
    );
    axes(&mut svg, &scale);
    let mut path: Vec<String> = curve
        .points
        .iter()
        .map(|at| format!("{:.1},{:.1}", x(at.coverage), scale.y(at.risk)))
        .collect();
    // Thousands of thresholds fall on few places of the drawing.
    path.dedup();
    let _infallible = writeln!(svg, "<polyline class=\"curve\" points=\"{}\"/>", path.join(" "));
    shipped(&mut svg, &scale, curve.shipped);
    svg.push_str("</svg>\n");
    svg
}

fn axes(svg: &mut String, scale: &Scale) {
    let (left, right, floor) = (x(0.0), x(1.0), scale.y(0.0));
    for tenth in 0..=5 {
        let share = f64::from(tenth) / 5.0;
        let at = x(share);
        let _infallible = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{TOP}\" y2=\"{floor}\"/>\
             <text class=\"quiet\" x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{:.0} %</text>",
            floor + 18.0,
            share * 100.0
        );
    }
    let rows = (scale.top / scale.step).round() as u32;
    for row in 0..=rows {
        let share = f64::from(row) * scale.step;
        let at = scale.y(share);
        let digits = usize::from(scale.step < 0.01);
        let _infallible = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{left}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text class=\"quiet\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{:.digits$} %</text>",
            left - 8.0,
            at + 4.5,
            share * 100.0
        );
    }
    let limit = scale.y(LINE);
    let (middle_x, middle_y) = (f64::midpoint(left, right), f64::midpoint(TOP, floor));
    let _infallible = writeln!(
        svg,
        "<line class=\"axis\" x1=\"{left}\" x2=\"{right}\" y1=\"{floor}\" y2=\"{floor}\"/>\
         <line class=\"axis\" x1=\"{left}\" x2=\"{left}\" y1=\"{TOP}\" y2=\"{floor}\"/>\n\
         <line class=\"limit\" x1=\"{left}\" x2=\"{right}\" y1=\"{limit:.1}\" y2=\"{limit:.1}\"/>\
         <text class=\"quiet\" x=\"{}\" y=\"{:.1}\">1 % wrong</text>\n\
         <text x=\"{middle_x}\" y=\"{}\" text-anchor=\"middle\">share of the questions answered directly</text>\n\
         <text transform=\"translate(20 {middle_y}) rotate(-90)\" text-anchor=\"middle\">share of those answers that is wrong</text>",
        right + 8.0,
        limit + 4.5,
        HEIGHT - 18.0,
    );
}

/// The threshold in force. Its words stand beside the title, as the curve may run anywhere within the frame.
fn shipped(svg: &mut String, scale: &Scale, at: Point) {
    let (across, up, floor) = (x(at.coverage), scale.y(at.risk), scale.y(0.0));
    let end = x(1.0);
    let _infallible = writeln!(
        svg,
        "<line class=\"shipped\" x1=\"{across:.1}\" x2=\"{across:.1}\" y1=\"{TOP}\" y2=\"{floor}\"/>\
         <circle class=\"dot\" cx=\"{across:.1}\" cy=\"{up:.1}\" r=\"6\"/>\n\
         <text class=\"marked\" x=\"{end}\" y=\"26\" text-anchor=\"end\">shipped: from {:.3} on</text>\
         <text class=\"quiet\" x=\"{end}\" y=\"44\" text-anchor=\"end\">{:.1} % answered, {:.1} % of that wrong</text>",
        at.threshold,
        at.coverage * 100.0,
        at.risk * 100.0,
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::eval::curve::Shot;

    #[test]
    fn the_scale_holds_the_highest_risk_and_the_one_per_cent_line() {
        for highest in [0.0, 0.004, 0.013, 0.06, 0.2, 0.34, 0.9, 1.0] {
            let scale = Scale::reaching(highest);
            assert!(
                scale.top >= highest && scale.top >= 2.0 * LINE,
                "{highest}: {}",
                scale.top
            );
            assert!(scale.top <= 1.0 + 1e-9, "{highest}: {}", scale.top);
            assert!(scale.top / scale.step < 6.5, "{highest}: too many lines");
        }
    }

    #[test]
    fn everything_drawn_lies_within_the_frame() {
        let shots = (0..200_u16).map(|at| Shot {
            confidence: f32::from(at) / 200.0,
            right: at % 7 > 0,
        });
        let curve = Curve::of(shots, 250, 0.4);
        let scale = Scale::reaching(curve.highest_risk());
        for at in &curve.points {
            assert!((LEFT..=WIDTH - RIGHT).contains(&x(at.coverage)), "{at:?}");
            assert!(
                (TOP - 0.1..=HEIGHT - BOTTOM + 0.1).contains(&scale.y(at.risk)),
                "{at:?}"
            );
        }
    }

    #[test]
    fn what_was_asked_cannot_break_the_drawing() {
        let drawn = svg(&Curve::of([], 0, 1.0), "<a> & b.jsonl");
        assert!(drawn.contains("&lt;a&gt; &amp; b.jsonl"), "{drawn}");
        assert!(!drawn.contains("<a>") && !drawn.contains("NaN"), "{drawn}");
    }
}
