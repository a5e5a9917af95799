//! What expressions stand for.

use super::declared::{Declared, Ref};
use super::lexer::{Kind, Piece};
use super::outline::Outline;
use super::pattern;

/// What an expression stands for, as far as the file alone tells.
pub fn stands_for(outline: &Outline, declared: &Declared, start: usize, end: usize) -> Ref {
    let tokens = &outline.tokens;
    let first = outline.chain_first(start);
    let mut made = None;
    let mut at = first;
    while at < end {
        let router = declared.routers.partition_point(|one| one.start < at);
        if declared.routers.get(router).is_some_and(|one| one.start == at && one.end <= end) {
            made = Some(router);
        }
        at = tokens.skip(at);
    }
    if let Some(router) = made {
        return Ref::Router(router);
    }
    let literal = |at: usize| outline.functions.iter().position(|one| one.start == at);
    let function = (start..end.min(start + 4)).find_map(|at| {
        let before = (start..at).all(|at| {
            matches!(tokens.word(at), Some("async" | "function" | "func" | "fn" | "move"))
        });
        literal(at).filter(|_| before)
    });
    if let Some(function) = function {
        return Ref::Function(function);
    }
    if let Some([Piece::Said(module)]) = tokens.text(first).filter(|_| first + 1 == end) {
        return Ref::Module(module.clone(), Vec::new());
    }
    if matches!(tokens.word(first), Some("require" | "import")) && tokens.is_mark(first + 1, '(') {
        let Some([Piece::Said(module)]) = tokens.text(first + 2) else { return Ref::Nothing };
        let behind = tokens.skip(first + 1);
        let member = tokens.word(behind + 1).filter(|_| tokens.is_mark(behind, '.'));
        return Ref::Module(module.clone(), member.map(str::to_owned).into_iter().collect());
    }
    let Some((name, behind)) = pattern::dotted_before(tokens, first, end) else {
        return Ref::Nothing;
    };
    let own = |part: &&str| !matches!(*part, "this" | "self");
    let parts: Vec<String> = name.split('.').filter(own).map(str::to_owned).collect();
    if parts.is_empty() {
        return Ref::Nothing;
    }
    let called =
        behind < end && matches!(tokens.list[behind].kind, Kind::Mark('(' | '<' | ':' | '!' | '?'));
    if called {
        Ref::Call(parts)
    } else if behind == end {
        Ref::Name(parts)
    } else {
        Ref::Nothing
    }
}

/// The folder that an expression names: the strings in it, one below the other.
pub fn folder(outline: &Outline, start: usize, end: usize) -> Option<Ref> {
    let pieces = (start..end).filter_map(|at| outline.tokens.text(at)).flatten();
    let said = pieces.filter_map(|piece| match piece {
        Piece::Said(said) => Some(said.trim_matches('/')),
        Piece::Name(_) => None,
    });
    let path = said.collect::<Vec<_>>().join("/");
    (!path.is_empty()).then_some(Ref::Folder(path))
}
