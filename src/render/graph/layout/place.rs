//! How high the items of a column stand: as straight as possible to what they are tied to.

use super::strands::{Item, Strands};

/// How often the columns are gone through.
const SWEEPS: usize = 20;

/// The middles of the items of one part, whose columns are ordered. Only their differences mean
/// something.
pub fn place(strands: &Strands, columns: &[Vec<usize>], middles: &mut [f64]) {
    for column in columns {
        let mut y = 0.0;
        for (row, &item) in column.iter().enumerate() {
            if row > 0 {
                y += apart(&strands.items[column[row - 1]], &strands.items[item]);
            }
            middles[item] = y;
        }
        column.iter().for_each(|&item| middles[item] -= y / 2.0);
    }
    for sweep in 0..SWEEPS {
        let leftward = sweep % 2 == 1;
        let (side, other) = match leftward {
            true => (&strands.right, &strands.left),
            false => (&strands.left, &strands.right),
        };
        // The last sweeps look to both sides, so that what was settled before is not undone.
        let last = sweep + 4 >= SWEEPS;
        for at in 0..columns.len() {
            let column = &columns[if leftward { columns.len() - 1 - at } else { at }];
            let wishes: Vec<(f64, f64)> = column
                .iter()
                .map(|&item| {
                    let far = if last { &other[item][..] } else { &[] };
                    wanted(item, side[item].iter().chain(far), middles)
                })
                .collect();
            settle(strands, column, &wishes, middles);
        }
    }
}

/// Where an item would stand if it were alone, and how much that matters.
fn wanted<'t>(
    item: usize,
    ties: impl Iterator<Item = &'t (usize, f64)>,
    middles: &[f64],
) -> (f64, f64) {
    let (mut sum, mut weight) = (0.0, 0.0);
    for &(other, heavy) in ties {
        sum += middles[other] * heavy;
        weight += heavy;
    }
    if weight > 0.0 { (sum / weight, weight) } else { (middles[item], 0.1) }
}

/// The closest places to the wanted ones that keep the order and the distances: neighbors that
/// want too much are pooled until nobody does.
fn settle(strands: &Strands, column: &[usize], wanted: &[(f64, f64)], middles: &mut [f64]) {
    let mut shifts = Vec::with_capacity(column.len());
    let mut shift = 0.0;
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (row, &item) in column.iter().enumerate() {
        if row > 0 {
            shift += apart(&strands.items[column[row - 1]], &strands.items[item]);
        }
        shifts.push(shift);
        let (place, weight) = wanted[row];
        let mut pool = ((place - shift) * weight, weight, 1);
        while let Some(above) = pools.last().filter(|above| above.0 / above.1 > pool.0 / pool.1) {
            pool = (pool.0 + above.0, pool.1 + above.1, pool.2 + above.2);
            pools.pop();
        }
        pools.push(pool);
    }
    let places = pools.iter().flat_map(|&(sum, weight, size)| (0..size).map(move |_| sum / weight));
    for ((&item, place), shift) in column.iter().zip(places).zip(shifts) {
        middles[item] = place + shift;
    }
}

/// The distance between the middles of neighbors.
fn apart(upper: &Item, lower: &Item) -> f64 {
    let gap = match (upper.passage, lower.passage) {
        (false, false) => 20.0,
        (true, true) => 8.0,
        _ => 14.0,
    };
    (upper.height + lower.height) / 2.0 + gap
}
