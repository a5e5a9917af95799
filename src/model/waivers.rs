//! Waivers that stand in a document, as comments (X.5):
//! `<!-- gatecheck: waive RULE reason="…" owner="…" expires=2026-12-31 -->`.

use crate::base::Span;
use crate::facts::{Block, BlockKind, DocumentFacts, SectionId};

/// A comment that speaks to gatecheck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The comment, markers included.
    pub span: Span,
    /// What it says, or why that cannot be read, as a clause.
    pub said: Result<Written, String>,
}

/// A waiver as a comment states it. Which of its terms are due is not judged here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub rule: Value,
    pub reason: Option<Value>,
    pub owner: Option<Value>,
    pub expires: Option<Value>,
    pub scope: Scope,
    /// The part of the document whose findings it covers.
    pub covers: Span,
    /// The headings above it, innermost first: what tells it from the same words elsewhere.
    pub headings: Vec<Box<str>>,
}

/// A word or a quoted text, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub text: String,
    pub span: Span,
}

/// How much of a document a waiver covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The section it stands in, subsections included.
    Section,
    /// The block it stands directly before, or whose words it stands among.
    Block,
}

impl Written {
    /// Whether another comment says the same at the same place of an earlier document.
    pub fn is_same_as(&self, other: &Written) -> bool {
        let text = |value: &Option<Value>| value.as_ref().map(|value| value.text.clone());
        let terms = |one: &Written| [text(&one.reason), text(&one.owner), text(&one.expires)];
        self.rule.text == other.rule.text
            && terms(self) == terms(other)
            && self.scope == other.scope
            && self.headings == other.headings
    }
}

/// The comments of a document that speak to gatecheck. What stands in code is no comment.
pub fn read(facts: &DocumentFacts) -> Vec<Comment> {
    let comments = facts.comments.iter();
    comments.filter_map(|&span| comment(facts, span)).collect()
}

fn comment(facts: &DocumentFacts, span: Span) -> Option<Comment> {
    let whole = facts.text_of(span);
    let inner = whole.strip_prefix("<!--")?;
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    let start = span.start as usize + "<!--".len();
    let rest = past_address(inner)?;
    let rest = Rest { text: rest, at: start + inner.len() - rest.len() };
    let said = waiver(rest).map(|stated| {
        let (scope, covers) = covered(facts, span);
        let headings =
            facts.outward(section(facts, span)).map(|(_, one)| one.name.clone()).collect();
        let Stated { rule, reason, owner, expires } = stated;
        Written { rule, reason, owner, expires, scope, covers, headings }
    });
    Some(Comment { span, said })
}

/// What follows the name that a comment begins with. Prose about gatecheck is no address.
fn past_address(inner: &str) -> Option<&str> {
    const NAME: &str = "gatecheck";
    const VERBS: &[&str] = &["waive", "ignore", "disable", "allow", "skip", "off"];
    let inner = inner.trim_start();
    let name = inner.get(..NAME.len()).filter(|name| name.eq_ignore_ascii_case(NAME))?;
    let rest = &inner[name.len()..];
    if let Some(rest) = rest.strip_prefix(':') {
        return Some(rest);
    }
    let rest = rest.trim_start_matches(['-', ' ', '\t', '\n', '\r']);
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    VERBS.contains(&&*word.to_lowercase()).then_some("")
}

/// What a waiver states, where it could be read.
struct Stated {
    rule: Value,
    reason: Option<Value>,
    owner: Option<Value>,
    expires: Option<Value>,
}

/// What is left of a comment, with its place in the document.
struct Rest<'t> {
    text: &'t str,
    at: usize,
}

fn waiver(mut rest: Rest<'_>) -> Result<Stated, String> {
    match rest.word() {
        Some(verb) if verb.text == "waive" => {}
        Some(verb) => return Err(format!("`{}` is nothing that it could do", verb.text)),
        None => return Err("it does not say what to do".to_owned()),
    }
    let rule = rest.word().filter(|word| !word.text.contains(['=', '"']));
    let rule = rule.ok_or("it names no rule")?;
    let mut stated = Stated { rule, reason: None, owner: None, expires: None };
    while let Some((key, value)) = rest.pair()? {
        let place = match &*key {
            "reason" => &mut stated.reason,
            "owner" => &mut stated.owner,
            "expires" => &mut stated.expires,
            other => return Err(format!("`{other}` is no term of a waiver")),
        };
        if place.replace(value).is_some() {
            return Err(format!("it states `{key}` twice"));
        }
    }
    Ok(stated)
}

impl Rest<'_> {
    fn skip(&mut self, length: usize) {
        self.at += length;
        self.text = &self.text[length..];
    }

    fn blanks(&mut self) {
        self.skip(self.text.len() - self.text.trim_start().len());
    }

    /// Takes everything up to the next blank.
    fn word(&mut self) -> Option<Value> {
        self.blanks();
        let length = self.text.find(char::is_whitespace).unwrap_or(self.text.len());
        let value = self.take(length);
        (!value.text.is_empty()).then_some(value)
    }

    fn take(&mut self, length: usize) -> Value {
        let value = Value {
            text: self.text[..length].to_owned(),
            span: Span::new(self.at, self.at + length),
        };
        self.skip(length);
        value
    }

    /// Takes `key="some words"` or `key=word`.
    fn pair(&mut self) -> Result<Option<(String, Value)>, String> {
        self.blanks();
        if self.text.is_empty() {
            return Ok(None);
        }
        let length = self.text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.text.len());
        if length == 0 || !self.text[length..].starts_with('=') {
            let word = self.word().map(|word| word.text).unwrap_or_default();
            return Err(format!("`{word}` is no term such as `owner=\"…\"`"));
        }
        let key = self.take(length).text;
        self.skip(1);
        let quote = self.text.chars().next().filter(|c| ['"', '\''].contains(c));
        let Some(quote) = quote else {
            let value = self.word().ok_or_else(|| format!("`{key}` has no value"))?;
            return Ok(Some((key, value)));
        };
        self.skip(1);
        let length = self.text.find(quote);
        let length = length.ok_or_else(|| format!("the value of `{key}` is not closed"))?;
        let value = self.take(length);
        self.skip(1);
        Ok(Some((key, value)))
    }
}

/// What a comment covers. Alone on its lines, it is the block that it stands directly before, or
/// the section under a heading there. Among words it is their block. Else it is its section.
fn covered(facts: &DocumentFacts, comment: Span) -> (Scope, Span) {
    if heads(facts, comment).is_none()
        && let Some(block) = following(facts, comment).or_else(|| around(facts, comment))
    {
        return (Scope::Block, block.span);
    }
    (Scope::Section, facts.section(section(facts, comment)).extent)
}

/// The section that a comment belongs to: that of the heading it stands directly before, else the
/// one it stands in.
fn section(facts: &DocumentFacts, comment: Span) -> SectionId {
    let own = || facts.section_at(Span { start: comment.start, end: comment.start });
    heads(facts, comment).unwrap_or_else(own)
}

fn heads(facts: &DocumentFacts, comment: Span) -> Option<SectionId> {
    let start = following(facts, comment)?.span.start;
    let mut sections = facts.sections().filter(|(_, one)| one.level > 0);
    sections.find(|(_, one)| one.heading.start == start).map(|(id, _)| id)
}

/// The outermost block that begins on the line after a comment which stands alone.
fn following(facts: &DocumentFacts, comment: Span) -> Option<&Block> {
    let alone = holder(facts, comment).is_none_or(|block| block.kind == BlockKind::Html);
    let after = &facts.text[comment.end as usize..];
    let blanks = &after[..after.len() - after.trim_start().len()];
    if !alone || blanks.matches('\n').count() > 1 {
        return None;
    }
    let next = comment.end + u32::try_from(blanks.len()).ok()?;
    let mut blocks = facts.blocks.iter().filter(|block| block.kind != BlockKind::Html);
    blocks.find(|block| (comment.end..=next).contains(&block.span.start))
}

/// The block whose words a comment stands among: the item of a paragraph, the table of a cell.
fn around(facts: &DocumentFacts, comment: Span) -> Option<&Block> {
    let block = holder(facts, comment)?;
    let above = block.parent.map(|id| &facts.blocks[id as usize]);
    match (block.kind, above.map(|above| above.kind)) {
        (BlockKind::Paragraph, Some(BlockKind::Item)) | (BlockKind::Cell, _) => above,
        (BlockKind::Paragraph | BlockKind::Item, _) => Some(block),
        _ => None,
    }
}

/// The innermost block that holds a comment.
fn holder(facts: &DocumentFacts, comment: Span) -> Option<&Block> {
    let holds = |block: &&Block| block.span.start <= comment.start && comment.end <= block.span.end;
    facts.blocks.iter().rfind(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    const WAIVER: &str = "<!-- gatecheck: waive open-box reason=\"the pilot decides\" owner='Mia B.' expires=2026-12-31 -->";

    fn covers(text: &str) -> String {
        let facts = extract(text.replace("WAIVER", WAIVER).into_bytes());
        let [one] = &read(&facts)[..] else { panic!("one comment in {text}") };
        let said = one.said.as_ref().unwrap();
        facts.text_of(said.covers).trim_end().to_owned()
    }

    #[test]
    fn all_terms_are_read_with_their_places() {
        let facts = extract(format!("# A\n\n## B\n\n{WAIVER}\n").into_bytes());
        let [Comment { said: Ok(said), .. }] = &read(&facts)[..] else { panic!("one waiver") };
        let text = |value: &Option<Value>| {
            let value = value.as_ref().unwrap();
            assert_eq!(facts.text_of(value.span), value.text);
            value.text.clone()
        };
        assert_eq!(said.rule.text, "open-box");
        assert_eq!(text(&said.reason), "the pilot decides");
        assert_eq!(text(&said.owner), "Mia B.");
        assert_eq!(text(&said.expires), "2026-12-31");
        assert_eq!(said.headings.iter().map(|name| &**name).collect::<Vec<_>>()[..2], ["b", "a"]);
    }

    #[test]
    fn a_waiver_covers_its_section_or_the_block_it_stands_at() {
        assert_eq!(
            covers("# A\n\n## B\n\nWAIVER\n\ntext\n\n### C\n\nmore\n\n## D\n"),
            format!("## B\n\n{WAIVER}\n\ntext\n\n### C\n\nmore")
        );
        assert_eq!(covers("# A\n\nWAIVER\n- one\n- two\n\nafter\n"), "- one\n- two");
        assert_eq!(covers("# A\n\nWAIVER\n| a |\n| - |\n| b |\n\nafter\n"), "| a |\n| - |\n| b |");
        assert_eq!(covers("# A\n\nWAIVER\n## B\n\nin it\n\n## C\n"), "## B\n\nin it");
        assert_eq!(covers("# A\n\n- one\n- two WAIVER\n- three\n"), format!("- two {WAIVER}"));
        assert_eq!(covers("# A\n\n## B WAIVER\ntext\n\n## C\n"), format!("## B {WAIVER}\ntext"));
        assert_eq!(covers("# A\n\nsome words WAIVER\n\nmore\n"), format!("some words {WAIVER}"));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let said = |comment: &str| {
            let facts = extract(format!("# A\n\n<!-- {comment} -->\n").into_bytes());
            read(&facts).into_iter().next().map(|one| one.said.map(|_| ()))
        };
        for (comment, why) in [
            ("gatecheck: ignore open-box", "`ignore`"),
            ("gatecheck:", "what to do"),
            ("gatecheck: waive", "no rule"),
            ("gatecheck: waive reason=\"x\"", "no rule"),
            ("gatecheck: waive open-box until=2026-01-01", "`until`"),
            ("gatecheck: waive open-box because of it", "`because`"),
            ("gatecheck: waive open-box reason=\"open", "not closed"),
            ("gatecheck: waive open-box owner=a owner=b", "twice"),
            ("gatecheck-disable open-box", "what to do"),
            ("Gatecheck ignore: open-box", "what to do"),
        ] {
            let found = said(comment).unwrap().unwrap_err();
            assert!(found.contains(why), "{comment}: {found}");
        }
        for comment in ["gatecheck runs here", "a note", "see gatecheck: it says more"] {
            assert_eq!(said(comment), None, "{comment}");
        }
    }

    #[test]
    fn code_holds_no_waiver() {
        let text = format!("# A\n\n```html\n{WAIVER}\n```\n\n`{WAIVER}`\n\n    {WAIVER}\n");
        assert!(read(&extract(text.into_bytes())).is_empty());
    }
}
