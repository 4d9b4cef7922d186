//! The risk-coverage curve: how much would be answered, and how much of that wrong, at every threshold.

/// What a bot that answers whatever it can makes of a question: an answer from this probability on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shot {
    pub confidence: f32,
    pub right: bool,
}

/// One threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub threshold: f32,
    /// The share of all questions that is answered.
    pub coverage: f64,
    /// The share of the answers that is wrong.
    pub risk: f64,
}

/// The points of all thresholds that make a difference, from few answers to many.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    pub points: Vec<Point>,
    pub shipped: Point,
    /// How many questions were asked.
    pub asked: usize,
}

/// Of fewer answers than this a share says little: one wrong among three would set the scale of the whole drawing.
const FEWEST: usize = 20;

impl Curve {
    /// `asked` questions, of which those in `shots` can be answered.
    #[must_use]
    pub fn of(shots: impl IntoIterator<Item = Shot>, asked: usize, shipped: f32) -> Self {
        let mut shots: Vec<Shot> = shots.into_iter().collect();
        shots.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        let point = |threshold: f32, answered: usize, wrong: usize| Point {
            threshold,
            coverage: answered as f64 / asked.max(1) as f64,
            risk: wrong as f64 / answered.max(1) as f64,
        };
        let mut marked = point(shipped, 0, 0);
        let mut points = Vec::new();
        let mut wrong = 0;
        let from = FEWEST.min(shots.len() / 10);
        for (answered, (at, shot)) in (1..).zip(shots.iter().enumerate()) {
            wrong += usize::from(!shot.right);
            // No threshold parts questions of one confidence.
            if shots
                .get(at + 1)
                .is_some_and(|next| next.confidence >= shot.confidence)
            {
                continue;
            }
            if shot.confidence >= shipped {
                marked = point(shipped, answered, wrong);
            }
            if answered >= from {
                points.push(point(shot.confidence, answered, wrong));
            }
        }
        Self {
            points,
            shipped: marked,
            asked,
        }
    }

    /// The threshold that answers most with at most this share wrong.
    #[must_use]
    pub fn best_within(&self, risk: f64) -> Option<Point> {
        self.points.iter().rev().find(|point| point.risk <= risk).copied()
    }

    /// How high a drawing has to reach.
    #[must_use]
    pub fn highest_risk(&self) -> f64 {
        self.points
            .iter()
            .map(|point| point.risk)
            .fold(self.shipped.risk, f64::max)
    }

    /// The curve in a line, for the terminal.
    #[must_use]
    pub fn line(&self) -> String {
        let Point {
            threshold,
            coverage,
            risk,
        } = self.shipped;
        let best = match self.best_within(0.01) {
            Some(best) => format!(
                "kept to 1 % wrong: {:.3}, from {:.3} on",
                best.coverage, best.threshold
            ),
            None => "no threshold keeps it to 1 % wrong".to_owned(),
        };
        format!(
            "answered from {threshold:.3} on: {coverage:.3} of {}, {risk:.3} of that wrong; {best}",
            self.asked
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shots(of: &[(f32, bool)]) -> Vec<Shot> {
        of.iter()
            .map(|&(confidence, right)| Shot { confidence, right })
            .collect()
    }

    #[test]
    fn a_lower_threshold_answers_more_and_errs_more() {
        let shots = shots(&[(0.5, false), (0.9, true), (0.8, true), (0.6, true)]);
        let curve = Curve::of(shots, 8, 0.75);
        let drawn: Vec<(f64, f64)> = curve.points.iter().map(|at| (at.coverage, at.risk)).collect();
        assert_eq!(drawn, [(0.125, 0.0), (0.25, 0.0), (0.375, 0.0), (0.5, 0.25)]);
        assert_eq!((curve.shipped.coverage, curve.shipped.risk), (0.25, 0.0));
        assert_eq!(curve.best_within(0.01).map(|at| at.coverage), Some(0.375));
        assert_eq!(curve.highest_risk(), 0.25);
    }

    #[test]
    fn no_threshold_parts_questions_of_one_confidence() {
        let curve = Curve::of(shots(&[(0.7, true), (0.7, false)]), 2, 0.7);
        assert_eq!(curve.points.len(), 1);
        assert_eq!((curve.shipped.coverage, curve.shipped.risk), (1.0, 0.5));
    }

    #[test]
    fn where_nothing_can_be_answered_there_is_no_curve_and_no_fault() {
        let curve = Curve::of([], 0, 1.0);
        assert!(curve.points.is_empty());
        assert_eq!((curve.shipped.coverage, curve.shipped.risk), (0.0, 0.0));
        assert!(curve.line().contains("no threshold"), "{}", curve.line());
    }
}
