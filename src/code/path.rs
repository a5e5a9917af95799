//! Paths as frameworks write them, in one form.

/// Puts a path below another.
pub fn joined(prefix: &str, path: &str) -> String {
    // A path that stands below nothing, as ASP.NET writes it.
    if let Some(path) = path.strip_prefix("~/") {
        return format!("/{path}");
    }
    let prefix = prefix.trim_end_matches('/');
    let path = path.trim_start_matches('/');
    match (prefix.is_empty(), path.is_empty()) {
        (true, true) => String::new(),
        (false, true) => rooted(prefix),
        (true, false) => format!("/{path}"),
        (false, false) => format!("{}/{path}", rooted(prefix)),
    }
}

fn rooted(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// A path with its parameters as `{name}` and without what they must match: `/users/:id(\\d+)`,
/// `/users/<int:id>` and `/users/{id:[0-9]+}` are `/users/{id}`. What takes the rest of a path is
/// `{name...}`.
pub fn tidied(path: &str) -> String {
    let mut segments: Vec<String> = Vec::new();
    for segment in split(path) {
        match &*segment {
            ".." => drop(segments.pop()),
            _ => segments.push(tidied_segment(&segment)),
        }
    }
    segments.retain(|segment| !segment.is_empty());
    format!("/{}", segments.join("/"))
}

/// What else a path serves whose parameters may be missing: `/users/:id?` also serves `/users`.
pub fn shortened(path: &str) -> Vec<String> {
    let mut segments = split(path);
    let mut found = Vec::new();
    for at in (0..segments.len()).rev() {
        if may_be_missing(&segments[at]) {
            segments.remove(at);
            found.push(tidied(&segments.join("/")));
        }
    }
    found
}

/// Whether a segment is nothing but a parameter that may be missing: `:id?`, `:id(\\d+)?`, `{id?}`,
/// `{id:int?}`. In a regular expression the sign says something else.
fn may_be_missing(segment: &str) -> bool {
    let Some(bare) = segment.strip_suffix('}').unwrap_or(segment).strip_suffix('?') else {
        return false;
    };
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    match (bare.strip_prefix(':'), bare.strip_prefix('{')) {
        (Some(named), _) => {
            let behind = named.trim_start_matches(is_name);
            let inner = behind.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
            behind.is_empty() || inner.is_some_and(|inner| closing(inner, '(', ')').is_none())
        }
        (_, Some(inner)) => {
            segment.ends_with('}') && inner.chars().all(|c| is_name(c) || ":(),".contains(c))
        }
        _ => false,
    }
}

/// The parts of a path. A slash in a bracket parts nothing.
fn split(path: &str) -> Vec<String> {
    let (mut parts, mut part, mut depth) = (Vec::new(), String::new(), 0usize);
    for c in path.chars() {
        match c {
            '/' if depth == 0 => parts.push(std::mem::take(&mut part)),
            _ => {
                match c {
                    '(' | '{' | '<' | '[' => depth += 1,
                    ')' | '}' | '>' | ']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                part.push(c);
            }
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}

fn tidied_segment(segment: &str) -> String {
    if let Some(name) = segment.strip_prefix('*') {
        let name = name.trim_matches('*');
        return if name.is_empty() { "{...}".to_owned() } else { format!("{{{name}...}}") };
    }
    let mut out = String::new();
    for (at, c) in segment.char_indices() {
        let rest = &segment[at + c.len_utf8()..];
        let close = match c {
            // `items:batch` is a name with a colon in it.
            ':' if begins_name(rest) && !out.ends_with(char::is_alphanumeric) => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                let end = end.unwrap_or(rest.len());
                let name = &rest[..end];
                let mut behind = &rest[end..];
                if behind.starts_with('(') {
                    behind = behind.find(')').map_or("", |close| &behind[close + 1..]);
                }
                let open = behind.starts_with(['*', '+']);
                behind = behind.trim_start_matches(['?', '*', '+']);
                out.push_str(&if open { format!("{{{name}...}}") } else { format!("{{{name}}}") });
                return out + &tidied_segment(behind);
            }
            // What may be missing, or is told by a pattern alone.
            '(' => {
                let end = closing(rest, '(', ')').map_or(rest.len(), |end| end + 1);
                return out + &tidied_segment(&rest[end..]);
            }
            '{' => '}',
            '<' => '>',
            '[' => ']',
            _ => {
                out.push(c);
                continue;
            }
        };
        let Some(end) = closing(rest, c, close) else {
            out.push(c);
            continue;
        };
        let inner = rest[..end].trim_matches(['[', ']']);
        let open = inner.starts_with(['*', '.']) || inner.ends_with('*') || inner.contains("path:");
        // `<int:id>` and `{id:int}`: the kind stands on either side.
        let name = match (c, inner.split_once(':')) {
            ('<', Some((_, name))) => name,
            (_, Some((name, _))) => name,
            _ => inner,
        };
        let name = name.split('=').next().unwrap_or(name);
        let name = name.trim_matches(['*', '.', '?', ' ', '$']);
        out.push_str(&if open { format!("{{{name}...}}") } else { format!("{{{name}}}") });
        let mut behind = &rest[end + 1..];
        while close == ']' && behind.starts_with(']') {
            behind = &behind[1..];
        }
        return out + &tidied_segment(behind);
    }
    out
}

fn begins_name(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Where a bracket closes that others may stand in.
fn closing(rest: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        match c {
            _ if c == open => depth += 1,
            _ if c == close && depth == 0 => return Some(at),
            _ if c == close => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_may_be_missing_make_further_paths() {
        let rows: [(&str, &[&str]); 8] = [
            ("/users/:id?", &["/users"]),
            ("/users/:id(\\d+)?", &["/users"]),
            ("/users/{id?}", &["/users"]),
            ("/a/{b:int?}/{c?}", &["/a/{b}", "/a"]),
            ("/users/:id?/x", &["/users/x"]),
            ("/u/{id:[a-z]+?}", &[]),
            ("/files/:name.:kind?", &[]),
            ("/users/:id", &[]),
        ];
        for (written, expected) in rows {
            assert_eq!(shortened(written), expected, "{written}");
        }
    }

    #[test]
    fn paths_of_all_frameworks_have_one_form() {
        let rows = [
            ("/users/:id(\\d+)", "/users/{id}"),
            ("/users/:id?/x", "/users/{id}/x"),
            ("users/<int:id>/", "/users/{id}"),
            ("/u/{id:[0-9]{2,3}}/{b}", "/u/{id}/{b}"),
            ("/u/{id:int?}", "/u/{id}"),
            ("/files/*rest", "/files/{rest...}"),
            ("/files/{*rest}", "/files/{rest...}"),
            ("/files/<path:rest>", "/files/{rest...}"),
            ("/docs/[[...slug]]/[id]", "/docs/{slug...}/{id}"),
            ("/:a-:b.json", "/{a}-{b}.json"),
            ("/v1/items:batch", "/v1/items:batch"),
            ("", "/"),
            ("*", "/{...}"),
        ];
        for (written, expected) in rows {
            assert_eq!(tidied(written), expected, "{written}");
        }
        assert_eq!(joined("/api/", "/x"), "/api/x");
        assert_eq!((&*joined("api", ""), &*joined("", "x"), &*joined("", "")), ("/api", "/x", ""));
    }
}
