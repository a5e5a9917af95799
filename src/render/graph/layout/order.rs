//! Which item of a column stands above which, so that few edges cross.

use super::strands::Strands;

/// How often the columns are gone through. More brings hardly anything.
const SWEEPS: usize = 24;

/// Orders the items of one connected part: for each column its items from top to bottom.
///
/// `rows` has room for the row of each item of the graph.
pub fn order(
    strands: &Strands,
    part: &[usize],
    count: usize,
    rows: &mut [usize],
) -> Vec<Vec<usize>> {
    let mut columns = vec![Vec::new(); count];
    for &item in part {
        columns[strands.items[item].column].push(item);
    }
    number(&columns, rows);
    let mut best = (crossings(strands, &columns, rows), columns.clone());
    for sweep in 0..SWEEPS {
        if best.0 == 0 {
            break;
        }
        if sweep % 2 == 0 {
            columns.iter_mut().for_each(|column| sort(column, &strands.left, rows));
        } else {
            columns.iter_mut().rev().for_each(|column| sort(column, &strands.right, rows));
        }
        swap(strands, &mut columns, rows);
        let crossed = crossings(strands, &columns, rows);
        if crossed < best.0 {
            best = (crossed, columns.clone());
        }
    }
    best.1
}

fn number(columns: &[Vec<usize>], rows: &mut [usize]) {
    for column in columns {
        for (row, &item) in column.iter().enumerate() {
            rows[item] = row;
        }
    }
}

/// Sorts a column by the mean row of what its items are tied to. What is tied to nothing stays.
fn sort(column: &mut [usize], ties: &[Vec<(usize, f64)>], rows: &mut [usize]) {
    let mean = |item: usize| {
        let near = &ties[item];
        let sum: usize = near.iter().map(|(other, _)| rows[*other]).sum();
        if near.is_empty() { rows[item] as f64 } else { sum as f64 / near.len() as f64 }
    };
    let mut keyed: Vec<(f64, usize)> = column.iter().map(|&item| (mean(item), item)).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (row, (_, item)) in keyed.into_iter().enumerate() {
        column[row] = item;
        rows[item] = row;
    }
}

/// Swaps neighbors where that takes crossings away.
fn swap(strands: &Strands, columns: &mut [Vec<usize>], rows: &mut [usize]) {
    for column in columns {
        for row in 1..column.len() {
            let (upper, lower) = (column[row - 1], column[row]);
            let mut gain = 0;
            for ties in [&strands.left, &strands.right] {
                for (a, _) in &ties[upper] {
                    for (b, _) in &ties[lower] {
                        gain += match rows[*a].cmp(&rows[*b]) {
                            std::cmp::Ordering::Greater => 1,
                            std::cmp::Ordering::Less => -1,
                            std::cmp::Ordering::Equal => 0,
                        };
                    }
                }
            }
            if gain > 0 {
                column.swap(row - 1, row);
                rows.swap(upper, lower);
            }
        }
    }
}

/// The number of crossings between all columns.
fn crossings(strands: &Strands, columns: &[Vec<usize>], rows: &[usize]) -> usize {
    let between = columns.windows(2).map(|two| {
        let mut ends: Vec<usize> = Vec::new();
        for &item in &two[0] {
            let first = ends.len();
            ends.extend(strands.right[item].iter().map(|(other, _)| rows[*other]));
            ends[first..].sort_unstable();
        }
        inversions(&ends, two[1].len())
    });
    between.sum()
}

/// How many pairs stand in the wrong order: each is two strands that cross.
fn inversions(ends: &[usize], size: usize) -> usize {
    let mut tree = vec![0; size + 1];
    let mut found = 0;
    for (seen, &end) in ends.iter().enumerate() {
        let (mut at, mut smaller) = (end + 1, 0);
        while at > 0 {
            smaller += tree[at];
            at &= at - 1;
        }
        found += seen - smaller;
        at = end + 1;
        while at < tree.len() {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_counted() {
        assert_eq!(inversions(&[0, 1, 2], 3), 0);
        assert_eq!(inversions(&[2, 1, 0], 3), 3);
        assert_eq!(inversions(&[1, 1, 0, 2], 3), 2);
    }
}
