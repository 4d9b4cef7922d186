//! How far a share can be trusted, and whether two runs differ by more than chance.

use serde::Serialize;

/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// `hits` out of `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    hits: usize,
    of: usize,
}

/// A rate as JSON tells it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Told {
    pub hits: usize,
    pub of: usize,
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

impl Rate {
    /// Counts, of what is to be counted, the hits.
    pub fn of(hits: impl IntoIterator<Item = bool>) -> Self {
        hits.into_iter().fold(Self::default(), |sum, hit| Self {
            hits: sum.hits + usize::from(hit),
            of: sum.of + 1,
        })
    }

    /// How many were hits.
    #[must_use]
    pub fn hits(self) -> usize {
        self.hits
    }

    /// Of how many.
    #[must_use]
    pub fn whole(self) -> usize {
        self.of
    }

    /// The hits' share; 0 where nothing was counted.
    #[must_use]
    pub fn share(self) -> f64 {
        self.hits as f64 / self.of.max(1) as f64
    }

    /// Wilson's 95 % interval: it stays within 0 and 1 and says something even of 20 out of 20. Nothing counted leaves
    /// everything open.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (n, share) = (self.of as f64, self.share());
        let z_squared = Z * Z;
        let shrink = 1.0 + z_squared / n;
        let centre = (share + z_squared / (2.0 * n)) / shrink;
        let half = Z * (share * (1.0 - share) / n + z_squared / (4.0 * n * n)).sqrt() / shrink;
        ((centre - half).max(0.0), (centre + half).min(1.0))
    }

    /// Everything about it, for JSON.
    #[must_use]
    pub fn told(self) -> Told {
        let (low, high) = self.interval();
        Told {
            hits: self.hits,
            of: self.of,
            share: self.share(),
            low,
            high,
        }
    }
}

/// McNemar's exact test, two-sided: how often chance alone would part `lost` and `won` at least as far, were a change
/// for the worse as likely as one for the better.
#[must_use]
pub fn mcnemar(lost: usize, won: usize) -> f64 {
    let n = lost + won;
    // In logarithms, as 2^n soon exceeds what a float holds.
    let mut log_term = -(n as f64) * std::f64::consts::LN_2;
    let mut tail = log_term.exp();
    for k in 1..=lost.min(won) {
        log_term += ((n - k + 1) as f64).ln() - (k as f64).ln();
        tail += log_term.exp();
    }
    (2.0 * tail).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(rate: Rate) -> (String, String) {
        let (low, high) = rate.interval();
        (format!("{low:.4}"), format!("{high:.4}"))
    }

    /// R. G. Newcombe, Two-sided confidence intervals for the single proportion: comparison of seven methods,
    /// Statistics in Medicine 17 (1998) 857–872, table I, method 3.
    #[test]
    fn wilsons_interval_is_as_published() {
        let published = [
            (81, 263, "0.2553", "0.3662"),
            (15, 148, "0.0624", "0.1605"),
            (0, 20, "0.0000", "0.1611"),
            (1, 29, "0.0061", "0.1718"),
        ];
        for (hits, of, low, high) in published {
            assert_eq!(rounded(Rate { hits, of }), (low.to_owned(), high.to_owned()));
        }
    }

    #[test]
    fn nothing_counted_leaves_everything_open() {
        let none = Rate::of([]);
        assert_eq!((none.share(), none.interval()), (0.0, (0.0, 1.0)));
        assert_eq!(Rate::of([true, false, true, true]).share(), 0.75);
        let (low, high) = Rate::of([true; 20]).interval();
        assert!(low > 0.8 && high == 1.0, "{low} {high}");
    }

    /// M. P. Fay, exact2x2 (the R package), exact McNemar test of its vignette: b = 2, c = 9, p = 0.06543. M. W.
    /// Fagerland, S. Lydersen, P. Laake, The McNemar test for binary matched-pairs data, BMC Medical Research
    /// Methodology 13:91 (2013): 6 and 16 give 0.0525, 1 and 7 give 0.0703.
    #[test]
    fn mcnemars_exact_test_is_as_published() {
        assert_eq!(format!("{:.5}", mcnemar(2, 9)), "0.06543");
        assert_eq!(format!("{:.4}", mcnemar(16, 6)), "0.0525");
        assert_eq!(format!("{:.4}", mcnemar(1, 7)), "0.0703");
    }

    #[test]
    fn mcnemars_test_bears_no_change_and_many_changes() {
        assert_eq!(mcnemar(0, 0), 1.0);
        assert_eq!(mcnemar(5, 5), 1.0);
        assert!((mcnemar(5000, 5000) - 1.0).abs() < 1e-9);
        assert!(mcnemar(0, 4000) < 1e-300);
    }
}
