//! Numbers with their units.

use crate::base::Span;
use crate::model::phrases::{self, flat};

/// A number as a text writes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// The number with its unit.
    pub span: Span,
    pub value: f64,
    pub measure: Measure,
    /// A plus follows it: `85%+`.
    pub plus: bool,
}

/// What a number measures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Percent.
    Share,
    /// Seconds.
    Time,
    /// Bytes.
    Size,
    /// `4.5:1`
    Ratio,
    /// What the word behind it says, in the singular; empty where none follows.
    Count(String),
}

impl Measure {
    /// Whether plans are full of such numbers: two weeks, five people.
    pub(super) fn is_of_plans(&self) -> bool {
        !matches!(self, Measure::Share | Measure::Ratio | Measure::Size)
    }
}

/// Every number of a text that may be one to reach: no date, version, identifier, price or range.
pub(super) fn find(text: &str) -> Vec<Number> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(next) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + next;
        let end = end_of(bytes, start);
        found.extend(number(text, start, end));
        at = end;
    }
    found.extend(spelled(text));
    found.sort_by_key(|one: &Number| one.span.start);
    found
}

/// Numbers in words before a unit: "three minutes".
fn spelled(text: &str) -> impl Iterator<Item = Number> {
    let is_word = |c: char| c.is_alphanumeric() || c == '-';
    let mut before = ' ';
    let starts = text.char_indices().filter(move |&(_, c)| {
        let begins = c.is_ascii_lowercase() && !is_word(before);
        before = c;
        begins
    });
    starts.filter_map(move |(start, _)| {
        let word = |text: &'_ str| text.find(|c| !is_word(c)).unwrap_or(text.len());
        let length = word(&text[start..]);
        let value = phrases::number(text.get(start..start + length)?)?;
        let from = start + length + 1;
        let name = text.get(from..)?;
        let name = &name[..word(name)];
        let (measure, factor) = unit(name).filter(|_| name.len() > 2)?;
        let span = Span::new(start, from + name.len());
        Some(Number { span, value: value as f64 * factor, measure, plus: false })
    })
}

/// Where the digits of a number end, with marks between them.
fn end_of(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while let Some(byte) = bytes.get(end) {
        let joins =
            matches!(byte, b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(byte.is_ascii_digit() || joins) {
            break;
        }
        end += 1;
    }
    end
}

fn number(text: &str, start: usize, end: usize) -> Option<Number> {
    let before = text[..start].chars().next_back();
    let stands = before.is_none_or(|c| {
        !c.is_alphanumeric()
            && !matches!(c, '.' | '-' | '–' | '/' | ':' | '#' | '$' | '€' | '£' | '@')
    });
    let digits = &text[start..end];
    let value = value(digits).filter(|_| stands)?;
    let rest = &text[end..];
    // `<78.9%>` is a slot or a sample.
    if rest.trim_start_matches('%').starts_with('>') && before == Some('<') {
        return None;
    }
    if let Some(after) = rest.strip_prefix(":1") {
        let parted = !after.starts_with(|c: char| c.is_ascii_digit());
        let span = Span::new(start, end + 2);
        return parted.then_some(Number { span, value, measure: Measure::Ratio, plus: false });
    }
    let ranges = rest.trim_start().starts_with(['–', ':'])
        || rest.starts_with(['-', '/', '\\'])
        || rest
            .trim_start()
            .strip_prefix("to ")
            .is_some_and(|to| to.starts_with(|c: char| c.is_ascii_digit()));
    if ranges && !rest.starts_with("-second") && !rest.starts_with("-character") {
        return None;
    }
    // A line may be wrapped between a number and its unit.
    let blank = rest.len() - rest.trim_start_matches(char::is_whitespace).len();
    let (rest, from) = (&rest[blank..], end + blank);
    if let Some(after) = rest.strip_prefix('%') {
        let span = Span::new(start, from + 1);
        let plus = after.starts_with('+');
        return Some(Number { span, value, measure: Measure::Share, plus });
    }
    let (plus, rest, from) = match rest.strip_prefix('+') {
        Some(after) if blank == 0 => {
            let skipped = after.len() - after.trim_start_matches(' ').len();
            (true, &after[skipped..], from + 1 + skipped)
        }
        _ => (false, rest, from),
    };
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let word = &rest[..length];
    if let Some((measure, factor)) = unit(word) {
        let span = Span::new(start, from + length);
        return Some(Number { span, value: value * factor, measure, plus });
    }
    // `3D`, `10k`, `1st`: letters that are no unit make another thing of it.
    if blank == 0 && !word.is_empty() && !plus {
        return None;
    }
    let year = digits.len() == 4 && (1900.0..2100.0).contains(&value);
    if year && length == 0 || is_month(word) {
        return None;
    }
    // Where a layout breaks is no promise.
    if matches!(word, "px" | "em" | "rem" | "pixels" | "pt") {
        return None;
    }
    let span = Span::new(start, end);
    Some(Number { span, value, measure: Measure::Count(counted(rest)), plus })
}

/// The value of digits with marks between them; nothing for a version or a date.
fn value(digits: &str) -> Option<f64> {
    let mut groups = digits.split(',');
    let thousands = groups.next().is_some()
        && groups.all(|group| {
            group.get(..3).is_some_and(|three| three.bytes().all(|byte| byte.is_ascii_digit()))
                && group.get(3..4).is_none_or(|next| next == ".")
        });
    match digits.contains(',') && !thousands {
        // `99,9` as much of Europe writes it.
        true => digits.replace(',', ".").parse().ok(),
        false => digits.replace(',', "").parse().ok(),
    }
}

/// What a unit measures, and how many of the base unit it is.
fn unit(word: &str) -> Option<(Measure, f64)> {
    let time = |seconds: f64| Some((Measure::Time, seconds));
    let size = |bytes: f64| Some((Measure::Size, bytes));
    if matches!(word, "m" | "M" | "b" | "k" | "K" | "G" | "T") {
        return None;
    }
    match &*word.to_lowercase() {
        "ms" | "msec" | "millisecond" | "milliseconds" => time(0.001),
        "s" | "sec" | "secs" | "second" | "seconds" | "sekunde" | "sekunden" => time(1.0),
        "min" | "mins" | "minute" | "minutes" | "minuten" => time(60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" | "stunde" | "stunden" => time(3600.0),
        "day" | "days" | "tag" | "tage" | "tagen" => time(86_400.0),
        "week" | "weeks" => time(604_800.0),
        "month" | "months" => time(2_592_000.0),
        "bytes" => size(1.0),
        "kb" | "kib" => size(1024.0),
        "mb" | "mib" => size(1_048_576.0),
        "gb" | "gib" => size(1_073_741_824.0),
        "tb" | "tib" => size(1_099_511_627_776.0),
        "percent" | "prozent" => Some((Measure::Share, 1.0)),
        _ => None,
    }
}

fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = word.get(..3).map(str::to_lowercase);
    word.starts_with(|c: char| c.is_uppercase()) && month.is_some_and(|m| MONTHS.contains(&&*m))
}

/// What is counted, by the word behind a number: `attempt`, `message/day`, `per hour`.
fn counted(rest: &str) -> String {
    let line = rest.lines().next().unwrap_or("");
    let line = line.split([',', '.', ';', '(', ')', '|', '*']).next().unwrap_or("");
    let said = flat(line);
    let mut words = said.split(' ');
    match words.next().unwrap_or("") {
        "per" => format!("per {}", words.next().unwrap_or("")),
        "or" | "and" | "to" | "in" | "at" | "for" | "of" | "with" | "max" | "maximum"
        | "minimum" | "is" | "are" => String::new(),
        word => word.trim_end_matches('s').to_owned(),
    }
}
