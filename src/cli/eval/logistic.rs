//! Logistic regression with a ridge, by Newton's method: exact after a few steps.

/// Steps after which the weights no longer change.
const STEPS: usize = 15;
/// How much large weights cost beside the mean loss of a row.
const RIDGE: f64 = 1e-3;

/// A row's values, and whether it was right.
pub(super) type Row = (Vec<f32>, bool);

/// The weight of each value, and the bias, by which the rows are likeliest.
#[must_use]
pub(super) fn fit(rows: &[Row]) -> (Vec<f32>, f32) {
    let width = rows.first().map_or(0, |(values, _)| values.len());
    let mut weights = vec![0.0_f64; width + 1];
    for _ in 0..STEPS {
        let (slope, mut bend) = slope_and_bend(rows, &weights);
        let Some(change) = solve(&mut bend, slope) else {
            break;
        };
        weights
            .iter_mut()
            .zip(change)
            .for_each(|(weight, by)| *weight -= by);
    }
    let bias = weights.pop().unwrap_or_default() as f32;
    (weights.into_iter().map(|weight| weight as f32).collect(), bias)
}

/// The gradient of the mean loss, and its second derivatives (the lower half).
fn slope_and_bend(rows: &[Row], weights: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let width = weights.len();
    let each = 1.0 / rows.len().max(1) as f64;
    let mut slope = vec![0.0; width];
    let mut bend: Vec<Vec<f64>> = (1..=width).map(|length| vec![0.0; length]).collect();
    for (values, right) in rows {
        let values: Vec<f64> = values.iter().map(|&value| value.into()).chain([1.0]).collect();
        let sum: f64 = values
            .iter()
            .zip(weights)
            .map(|(value, weight)| value * weight)
            .sum();
        let sure = 1.0 / (1.0 + (-sum).exp());
        let error = (sure - f64::from(u8::from(*right))) * each;
        let steep = sure * (1.0 - sure) * each;
        for (at, value) in values.iter().enumerate() {
            slope[at] += error * value;
            let by = steep * value;
            bend[at]
                .iter_mut()
                .zip(&values)
                .for_each(|(sum, other)| *sum += by * other);
        }
    }
    // The bias, which comes last, is free.
    for at in 0..width.saturating_sub(1) {
        slope[at] += RIDGE * weights[at];
        bend[at][at] += RIDGE;
    }
    (slope, bend)
}

/// Solves `bend · x = slope` by Cholesky's method; none where the rows do not say what the weights are.
fn solve(bend: &mut [Vec<f64>], slope: Vec<f64>) -> Option<Vec<f64>> {
    let width = slope.len();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    for row in 0..width {
        for column in 0..=row {
            let (above, from_row) = bend.split_at(row);
            let of_column = above.get(column).unwrap_or(&from_row[0]);
            let left = from_row[0][column] - dot(&from_row[0][..column], &of_column[..column]);
            bend[row][column] = if row == column {
                Some(left.sqrt()).filter(|root| *root > 0.0)?
            } else {
                left / bend[column][column]
            };
        }
    }
    let mut x = slope;
    for row in 0..width {
        x[row] = (x[row] - dot(&bend[row][..row], &x[..row])) / bend[row][row];
    }
    for row in (0..width).rev() {
        let later: f64 = (row + 1..width).map(|below| bend[below][row] * x[below]).sum();
        x[row] = (x[row] - later) / bend[row][row];
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let mut bend = vec![vec![4.0], vec![2.0, 5.0], vec![1.0, 3.0, 6.0]];
        let x = solve(&mut bend, vec![1.0, -2.0, 7.0]).unwrap();
        let back = [
            4.0 * x[0] + 2.0 * x[1] + x[2],
            2.0 * x[0] + 5.0 * x[1] + 3.0 * x[2],
            x[0] + 3.0 * x[1] + 6.0 * x[2],
        ];
        for (found, wanted) in back.iter().zip([1.0, -2.0, 7.0]) {
            assert!((found - wanted).abs() < 1e-9, "{back:?}");
        }
        assert_eq!(solve(&mut [vec![1.0], vec![1.0, 1.0]], vec![1.0, 2.0]), None);
    }

    #[test]
    fn the_share_of_the_right_ones_is_met_in_each_group() {
        let group = |value: f32, right: usize, of: usize| (0..of).map(move |at| (vec![value], at < right));
        let rows: Vec<Row> = group(0.0, 200, 1000).chain(group(1.0, 800, 1000)).collect();
        let (weights, bias) = fit(&rows);
        let sure = |value: f32| 1.0 / (1.0 + (-(weights[0] * value + bias)).exp());
        assert!((sure(0.0) - 0.2).abs() < 0.01, "{}", sure(0.0));
        assert!((sure(1.0) - 0.8).abs() < 0.01, "{}", sure(1.0));
    }
}
