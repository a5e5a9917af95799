//! Several plans in one fence of YAML, each below a comment that names it: `# Plan 02 - Search`
//! over `depends_on: ["01"]`.

use super::{Dependencies, Drawing, End, Need, Node, Notation, Sense};
use super::{id, names};
use crate::base::Span;
use crate::facts::{Code, DocumentFacts};

pub(super) fn read(facts: &DocumentFacts, code: &Code, found: &mut Dependencies) {
    let body = facts.text_of(code.body);
    if !body.contains("depends_on:") {
        return;
    }
    let mut drawing = Drawing::new(Notation::Yaml, code.span);
    let mut at = code.body.start as usize;
    // The plan that the comment above names, with the kind of thing that it is.
    let mut open: Option<(usize, &str)> = None;
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some(title) = line.strip_prefix("# ") {
            let named = id(title).filter(|_| title.starts_with(char::is_alphabetic));
            open = named.and_then(|(_, length)| {
                let span = Span::new(start + 2, start + 2 + length);
                drawing.nodes.push(Node::new(&title[..length], span));
                let (kind, _) = title[..length].split_once([' ', '-'])?;
                Some((drawing.nodes.len() - 1, kind))
            });
        }
        let (Some((node, kind)), Some(value)) = (open, line.strip_prefix("depends_on:")) else {
            continue;
        };
        let value = value.split(" #").next().unwrap_or("");
        let bare = value.trim_matches(|c: char| c.is_whitespace() || "[]".contains(c));
        let from = start + line.len() - line["depends_on:".len()..].len();
        let from = from + value.find(bare).unwrap_or(0);
        let listed = names::read(bare, Span::new(from, from + bare.len()));
        drawing.nodes[node].said = listed.said();
        drawing.needs.extend(listed.names().into_iter().map(|one| {
            let label = one.name.bytes().all(|byte| byte.is_ascii_digit());
            let name = if label { format!("{kind} {}", one.name) } else { one.name };
            let (from, to) = (End::Node(node), End::Named(name));
            Need { from, to, span: one.span, sense: Sense::Said }
        }));
    }
    if !drawing.needs.is_empty() {
        found.drawings.push(drawing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_names_the_plan_below_it() {
        let text = "```yaml\n# Plan 01 - Base\ndepends_on: []\n\n# Plan 02 - Top\nwave: 2\ndepends_on: [\"01\"]\n```\n";
        let facts = crate::facts::extract(text.as_bytes());
        let found = super::super::read(&facts, crate::workflow::Kind::Unknown);
        let [drawing] = &found.drawings[..] else { panic!("{found:?}") };
        let [need] = &drawing.needs[..] else { panic!("{drawing:?}") };
        assert_eq!(drawing.nodes[1].name, "Plan 02");
        assert_eq!((&need.from, &need.to), (&End::Node(1), &End::Named("Plan 01".into())));
    }
}
