//! What single characters of a drawing are: blanks, text, strokes, points of arrows.

pub(super) const LEFT: u8 = 1;
pub(super) const RIGHT: u8 = 2;
pub(super) const UP: u8 = 4;
pub(super) const DOWN: u8 = 8;

/// What stands in one cell of a drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Blank,
    Text,
    /// A stroke that leads to these sides.
    Stroke(u8),
    /// The point of an arrow, and the side it points to.
    Head(u8),
    /// The border of a box.
    Border,
}

pub(super) fn points_to(c: char, side: u8) -> bool {
    match side {
        LEFT => matches!(c, '◄' | '◀'),
        RIGHT => matches!(c, '►' | '▶'),
        UP => c == '▲',
        _ => c == '▼',
    }
}

pub(super) fn step(row: usize, column: usize, side: u8) -> Option<(usize, usize)> {
    match side {
        LEFT => Some((row, column.checked_sub(1)?)),
        RIGHT => Some((row, column + 1)),
        UP => Some((row.checked_sub(1)?, column)),
        _ => Some((row + 1, column)),
    }
}

pub(super) fn opposite(side: u8) -> u8 {
    match side {
        LEFT => RIGHT,
        RIGHT => LEFT,
        UP => DOWN,
        _ => UP,
    }
}

/// What a character is for a drawing. Letters and signs that also occur in words count as strokes
/// only beside other strokes.
pub(super) fn cell(chars: &[Vec<(char, usize)>], row: usize, column: usize) -> Cell {
    let at = |row: usize, column: usize| {
        chars.get(row).and_then(|row| row.get(column)).map_or(' ', |(c, _)| *c)
    };
    let c = at(row, column);
    let before = column.checked_sub(1).map_or(' ', |column| at(row, column));
    let after = at(row, column + 1);
    let above = row.checked_sub(1).map_or(' ', |row| at(row, column));
    let below = at(row + 1, column);
    let vertical = |c: char| matches!(c, '|' | '│' | '║' | '┃' | '+' | '┬' | '┴' | '┼' | '├' | '┤');
    let alone = before == ' ' && (after == ' ' || after == '\0');
    match c {
        ' ' | '\t' => Cell::Blank,
        '─' | '━' | '═' | '╌' | '┄' | '⎯' => Cell::Stroke(LEFT | RIGHT),
        '│' | '┃' | '║' | '┆' | '╎' => Cell::Stroke(UP | DOWN),
        '┌' | '╭' | '┏' | '╔' => Cell::Stroke(RIGHT | DOWN),
        '┐' | '╮' | '┓' | '╗' => Cell::Stroke(LEFT | DOWN),
        '└' | '╰' | '┗' | '╚' => Cell::Stroke(RIGHT | UP),
        '┘' | '╯' | '┛' | '╝' => Cell::Stroke(LEFT | UP),
        '├' => Cell::Stroke(UP | DOWN | RIGHT),
        '┤' => Cell::Stroke(UP | DOWN | LEFT),
        '┬' => Cell::Stroke(LEFT | RIGHT | DOWN),
        '┴' => Cell::Stroke(LEFT | RIGHT | UP),
        '┼' | '╋' => Cell::Stroke(LEFT | RIGHT | UP | DOWN),
        '►' | '▶' | '→' | '⟶' | '➡' => Cell::Head(RIGHT),
        '◄' | '◀' => Cell::Head(LEFT),
        '▼' | '↓' | '⬇' => Cell::Head(DOWN),
        '▲' | '↑' | '⬆' => Cell::Head(UP),
        '>' if matches!(before, '-' | '─' | '=' | '═') => Cell::Head(RIGHT),
        '<' if matches!(after, '-' | '─' | '=' | '═') => Cell::Head(LEFT),
        'v' | 'V' if alone && vertical(above) => Cell::Head(DOWN),
        '^' if alone && vertical(below) => Cell::Head(UP),
        '-' | '='
            if [before, after]
                .iter()
                .any(|c| matches!(c, '-' | '=' | '>' | '<' | '+' | '─' | '►' | '└' | '├')) =>
        {
            Cell::Stroke(LEFT | RIGHT)
        }
        '|' if before == ' ' || after == ' ' || before == '-' || after == '-' => {
            Cell::Stroke(UP | DOWN)
        }
        '+' if matches!(before, '-' | '─')
            || matches!(after, '-' | '─')
            || (vertical(above) && vertical(below)) =>
        {
            Cell::Stroke(LEFT | RIGHT | UP | DOWN)
        }
        _ => Cell::Text,
    }
}
