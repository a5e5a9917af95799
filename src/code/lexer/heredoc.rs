//! Strings that go to a line of their own: `<<~SQL`, `<<<EOT`, `$$`.

use super::Language;

/// A string that begins here and ends with a line or a tag of its own: where what it says begins
/// and ends, and where it is over.
pub fn at(text: &str, at: usize, language: Language) -> Option<(usize, usize, usize)> {
    let rest = text.get(at..)?;
    match language {
        Language::Ruby => lines(rest, rest.strip_prefix("<<")?.trim_start_matches(['~', '-'])),
        Language::Php => lines(rest, rest.strip_prefix("<<<")?.trim_start_matches(' ')),
        Language::Sql => dollar(rest),
        _ => None,
    }
    .map(|(from, to, end)| (at + from, at + to, at + end))
}

fn lines(whole: &str, rest: &str) -> Option<(usize, usize, usize)> {
    let name = rest.trim_start_matches(['"', '\'', '`']);
    let len = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    let name = &name[..len];
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    // What stands behind the tag on its line is lost, which is a comma or a bracket at most.
    let from = whole.find('\n')? + 1;
    let mut at = from;
    for line in whole[from..].split_inclusive('\n') {
        if line.trim_start().starts_with(name) {
            let indent = line.len() - line.trim_start().len();
            return Some((from, at, at + indent + name.len()));
        }
        at += line.len();
    }
    None
}

/// `$$ … $$` and `$tag$ … $tag$`.
fn dollar(rest: &str) -> Option<(usize, usize, usize)> {
    let inner = rest.strip_prefix('$')?;
    let len = inner.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    if inner.as_bytes().get(len) != Some(&b'$') {
        return None;
    }
    let tag = &rest[..len + 2];
    let from = tag.len();
    let end = rest[from..].find(tag)?;
    Some((from, from + end, from + end + tag.len()))
}
