//! Headers that a caller sends.

use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::contract::pieces::Piece;
use crate::model::contract::{Auth, Contract, Header};

pub(super) fn all(facts: &DocumentFacts, piece: &Piece<'_>, contract: &mut Contract) {
    let mut lines: Vec<Span> = vec![piece.value];
    lines.extend(piece.entries.iter().map(|entry| entry.span));
    for table in &piece.tables {
        lines.extend(
            table.rows().filter_map(|row| Some(row.first()?.to(*row.get(1).or(row.first())?))),
        );
    }
    for &code in &piece.codes {
        let mut at = code.start as usize;
        for line in facts.text_of(code).split_inclusive('\n') {
            lines.push(Span::new(at, at + line.trim_end().len()));
            at += line.len();
        }
    }
    for span in lines {
        for part in facts.text_of(span).split([',', ';']) {
            let name = part.split([':', '|']).next().unwrap_or(part);
            let value = part[name.len()..].trim_start_matches([':', '|']);
            header(name, value, span, contract);
        }
    }
}

/// Adds one header, where a name is one.
pub fn header(name: &str, value: &str, span: Span, contract: &mut Contract) {
    let bare = name.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let (bare, value) = match bare.split_once(' ') {
        Some((first, rest)) if first.eq_ignore_ascii_case("authorization") => (first, rest),
        Some((first, _)) => (first, value),
        None => (bare, value),
    };
    let known = ["authorization", "cookie", "accept", "origin", "host"]
        .iter()
        .any(|one| bare.eq_ignore_ascii_case(one));
    let is_token = bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_token || !(known || bare.contains('-')) {
        return;
    }
    let identifies =
        ["authorization", "cookie", "x-api-key"].iter().any(|one| bare.eq_ignore_ascii_case(one));
    if identifies {
        contract
            .auth
            .get_or_insert(Auth { required: !value.to_lowercase().contains("optional"), span });
    }
    if !contract.headers.iter().any(|known| known.name.eq_ignore_ascii_case(bare)) {
        let value = value.trim_matches([' ', '`', '*', '"', '\n', '\r']).to_owned();
        contract.headers.push(Header { name: bare.to_owned(), value, span });
    }
}
