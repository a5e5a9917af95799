//! Days as people write them.

use crate::model::phrases::flat;

/// A day: year, month, day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub u32, pub u32, pub u32);

/// The first day that a text names: `2026-05-22`, `22.05.2026`, `May 22, 2026`, `22 May 2026`.
pub fn date(text: &str) -> Option<Date> {
    let words: Vec<String> = flat(text).split(' ').map(str::to_owned).collect();
    words.windows(3).find_map(|three| {
        let [a, b, c] = three else { return None };
        let number =
            |word: &str| word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().ok();
        let (first, second, third) = (number(a), number(b), number(c));
        let date = match (month(a), month(b)) {
            (Some(month), _) => Date(third?, month, second?),
            (_, Some(month)) => Date(third?, month, first?),
            _ if a.len() == 4 => Date(first?, second?, third?),
            _ if c.len() == 4 && second? > 12 => Date(third?, first?, second?),
            _ if c.len() == 4 => Date(third?, second?, first?),
            _ => return None,
        };
        (date.0 >= 1970 && is_real(date)).then_some(date)
    })
}

/// Whether the calendar has the day: there is no 31 February.
fn is_real(Date(year, month, day): Date) -> bool {
    let parts = (year.try_into(), month.try_into(), day.try_into());
    let (Ok(year), Ok(month), Ok(day)) = parts else { return false };
    jiff::civil::Date::new(year, month, day).is_ok()
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let short = word.get(..3)?;
    let letters = word.chars().all(char::is_alphabetic);
    MONTHS.iter().position(|known| *known == short && letters).map(|at| at as u32 + 1)
}
