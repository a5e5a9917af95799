//! Reads a feature's name and label off a heading, a cell or an item.

use crate::base::words::without_markup;

/// A feature as a title names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Without label, numbering, marks and trailing parenthesis: `User Authentication`.
    pub name: String,
    /// `a` of `Feature A`.
    pub label: Option<String>,
    /// The title says itself that it names a feature: `Feature A: …`, `Feature: …`.
    pub marked: bool,
}

/// Words that announce a feature before its letter or name.
const KINDS: &[&str] = &["feature", "component", "module", "service", "domain", "boundary"];
/// Words after a name that say what kind of section it is.
const TAILS: &[&str] = &["feature boundaries", "feature boundary", "boundaries", "boundary"];

impl Title {
    /// Whether the title of this normalized name may say itself that it names a feature.
    pub fn may_mark(name: &str) -> bool {
        KINDS.contains(&name.split(' ').next().unwrap_or(""))
    }

    /// Reads a title: `Feature A: User Authentication`, `2. Slack Integration (core)`,
    /// `**Search** – finds things`.
    pub fn read(text: &str) -> Title {
        let text = without_markup(text);
        let text = without_parenthesis(clean(&text));
        let text = without_numbering(text);
        let (kind, rest) = text.split_once([' ', ':', '-']).unwrap_or((text, ""));
        if !KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known)) || rest.trim().is_empty() {
            return Title { name: without_tail(text).to_owned(), label: None, marked: false };
        }
        let between = &text[kind.len()..text.len() - rest.len()];
        let (label, after) = rest.trim_start().split_once([' ', ':', '.']).unwrap_or((rest, ""));
        let label = label.trim_matches(['-', '–', '—', '#', ' ']);
        let feature = kind.eq_ignore_ascii_case("feature");
        if between != ":" && is_label(label) {
            let name = without_tail(after.trim_start_matches(is_mark));
            let name = if name.is_empty() { text } else { name };
            let label = Some(label.to_lowercase());
            return Title { name: name.to_owned(), label, marked: true };
        }
        if between == ":" {
            let name = without_tail(rest.trim()).to_owned();
            return Title { name, label: None, marked: feature };
        }
        Title { name: without_tail(text).to_owned(), label: None, marked: false }
    }
}

/// A single letter, a number, or a letter with a number: `A`, `12`, `F1`.
fn is_label(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = word.len() - letters;
    word[letters..].bytes().all(|byte| byte.is_ascii_digit())
        && letters <= 1
        && (1..=3).contains(&(letters + digits))
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '.' | ')' | '|')
}

/// Drops signs before the first letter and marks behind the last.
fn clean(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    text.trim_end_matches([':', ' ', '#', '_'])
}

fn without_parenthesis(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        Some(open) if !text[..open].trim().is_empty() => text[..open].trim_end(),
        _ => text,
    }
}

/// Drops `1.`, `2.3`, `4)` before a name.
fn without_numbering(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')');
    let parted = rest.starts_with([' ', ':', '-']) && rest.len() < text.len();
    if parted { rest.trim_start_matches(is_mark) } else { text }
}

fn without_tail(text: &str) -> &str {
    let text = text.trim();
    let cut = TAILS.iter().find_map(|tail| {
        let at = text.len().checked_sub(tail.len()).filter(|at| *at > 0)?;
        text.get(at..).filter(|end| end.eq_ignore_ascii_case(tail))?;
        Some(&text[..at])
    });
    cut.map_or(text, |cut| cut.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_give_names_and_labels() {
        let rows = [
            ("Feature A: User Authentication", "User Authentication", Some("a"), true),
            ("**Feature B** – Todos (no dependencies)", "Todos", Some("b"), true),
            ("3. Slack Integration Layer (com.x.slack)", "Slack Integration Layer", None, false),
            ("Feature 1 - Search", "Search", Some("1"), true),
            ("Feature: Search", "Search", None, true),
            ("Component Library", "Component Library", None, false),
            ("Service Mesh", "Service Mesh", None, false),
            ("Feature C", "Feature C", Some("c"), true),
            ("🔐 Accounts Feature Boundary", "Accounts", None, false),
            ("[Catalog](INTERFACE-catalog.md)", "Catalog", None, false),
            ("<a id=\"x\"></a>Feature A: Accounts", "Accounts", Some("a"), true),
            ("[Feature A: Accounts](#a)", "Accounts", Some("a"), true),
            ("Feature A: [Accounts](accounts.md) {#accounts}", "Accounts", Some("a"), true),
            ("2FA Setup", "2FA Setup", None, false),
        ];
        for (text, name, label, marked) in rows {
            let title = Title { name: name.into(), label: label.map(str::to_owned), marked };
            assert_eq!(Title::read(text), title, "{text}");
        }
    }
}
