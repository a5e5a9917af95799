//! What the page of a rule says, part by part.

use super::sentence::capital;

/// The text below a heading of the second level as one line, without its examples; empty where
/// there is none.
pub fn section(page: &str, heading: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut inside = false;
    for (line, kind) in lines(page) {
        match (kind, line.strip_prefix("## ")) {
            (Kind::Text, Some(title)) => inside = title == heading,
            (Kind::Text, None) if inside => words.extend(line.split_whitespace()),
            _ => {}
        }
    }
    words.join(" ")
}

/// The page below its title, as Markdown, with the examples introduced by words.
pub fn markdown(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let below = lines(page).skip_while(|(line, _)| line.starts_with("# ") || line.is_empty());
    for (line, kind) in below {
        match kind {
            Kind::Opens { ticks } => {
                let info = &line[ticks..];
                let caption = caption(info);
                if !caption.is_empty() {
                    out.push_str(&format!("{}:\n\n", capital(&caption)));
                }
                let language = info.split_whitespace().next().unwrap_or_default();
                out.push_str(&format!("{}{language}\n", &line[..ticks]));
            }
            Kind::Text | Kind::Code => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

/// What a line of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    /// The line that opens a fence, with the number of its backticks.
    Opens {
        ticks: usize,
    },
    /// A line inside a fence, or the one that closes it.
    Code,
}

/// The lines of a page, fences told apart.
fn lines(page: &str) -> impl Iterator<Item = (&str, Kind)> {
    let mut fence: Option<usize> = None;
    page.lines().map(move |line| {
        let ticks = line.len() - line.trim_start_matches('`').len();
        let kind = match fence {
            Some(opened) => {
                if ticks >= opened && line.len() == ticks {
                    fence = None;
                }
                Kind::Code
            }
            None if ticks >= 3 => {
                fence = Some(ticks);
                Kind::Opens { ticks }
            }
            None => Kind::Text,
        };
        (line, kind)
    })
}

/// What an example shows, from the info string of its fence; nothing of what is no example.
pub fn caption(info: &str) -> String {
    let mut words = info.split_whitespace();
    let (language, outcome) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let what = match language {
        "toml" => "a change to a complete project",
        _ => "a document",
    };
    match (outcome, words.next()) {
        ("fails" | "holds", Some(path)) => format!("{what} that {outcome}, {path}"),
        ("fails" | "holds", None) => format!("{what} that {outcome}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# some-rule\n\n## What it does\n\nOne\ntwo.\n\n## Example\n\n\
                        ```markdown fails a.md\n## How to fix\n```\n\n## How to fix\n\nWrite.\n\n```toml\nx = 1\n```\n\nAgain.\n";

    #[test]
    fn parts_are_told_apart() {
        assert_eq!(section(PAGE, "What it does"), "One two.");
        assert_eq!(section(PAGE, "How to fix"), "Write. Again.");
        assert_eq!(section(PAGE, "Why it matters"), "");
    }

    #[test]
    fn examples_are_told_by_sentences() {
        let told = markdown(PAGE);
        assert!(told.starts_with("## What it does\n"), "{told}");
        let example = "A document that fails, a.md:\n\n```markdown\n## How to fix\n```\n";
        assert!(told.contains(example), "{told}");
    }
}
