//! Patterns of routes, and when two of them stand for the same one.

/// Routes that a feature owns, as a list writes them: `/api/todos/*`, `/login`, `/users/:id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoutePattern {
    /// The parts between slashes; `{}` for a parameter.
    parts: Vec<String>,
    /// It stands for everything below as well: `/api/todos/*`.
    open: bool,
    /// `GET`, where the pattern is about one method only.
    method: Option<String>,
}

/// What stands for one part of a path.
const PARAMETER: &str = "{}";

impl RoutePattern {
    /// Reads a pattern or a path. Nothing where the text is neither.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches('`');
        let (method, path) = match text.split_once(' ') {
            Some((word, path)) if word.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                (Some(word.to_owned()), path.trim_start())
            }
            Some(_) => return None,
            None => (None, text),
        };
        let path = path.strip_prefix('/')?.split(['?', '#']).next().unwrap_or("");
        if path.contains(char::is_whitespace) {
            return None;
        }
        let mut pattern = Self { parts: Vec::new(), open: false, method };
        for part in path.split('/').filter(|part| !part.is_empty()) {
            if pattern.open {
                // `/api/*/items`: what stands for anything in the middle is one part.
                pattern.parts.push(PARAMETER.to_owned());
                pattern.open = false;
            }
            let variable = part.starts_with([':', '{', '<', '[', '$']);
            match part.trim_end_matches(['*', '.', '…']) {
                "" => pattern.open = true,
                _ if variable => pattern.parts.push(PARAMETER.to_owned()),
                plain => {
                    pattern.parts.push(plain.to_lowercase());
                    // `/api/auth*`
                    pattern.open = plain.len() < part.len();
                }
            }
        }
        Some(pattern)
    }

    /// Whether it stands for a path. A parameter stands for anything.
    pub fn covers(&self, path: &RoutePattern) -> bool {
        let fits = |(own, other): (&String, &String)| own == other || own == PARAMETER;
        let methods = self.method.is_none() || path.method.is_none() || self.method == path.method;
        let enough = match self.open {
            true => self.parts.len() <= path.parts.len(),
            false => self.parts.len() == path.parts.len(),
        };
        methods && enough && self.parts.iter().zip(&path.parts).all(fits)
    }

    /// The same without what says only that it is an API: `/api/v1/todos` is `/todos` to whoever
    /// writes routes from a base address on.
    pub fn without_base(&self) -> RoutePattern {
        let version = |part: &str| {
            part.strip_prefix('v')
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let base = |part: &&String| matches!(part.as_str(), "api" | "rest") || version(part);
        let dropped = self.parts.iter().take_while(base).count();
        Self { parts: self.parts[dropped..].to_vec(), ..self.clone() }
    }

    /// The same without what it says of everything below: `/api/todos` for `/api/todos/*`, which
    /// people mean by either.
    pub fn closed(self) -> RoutePattern {
        Self { open: false, ..self }
    }

    /// Whether it says anything of its own: `/*` and `/` stand for whatever is left.
    pub fn is_exact(&self) -> bool {
        self.parts.iter().any(|part| part != PARAMETER)
    }

    /// Whether it begins another pattern, part by part.
    pub fn begins(&self, other: &RoutePattern) -> bool {
        other.parts.starts_with(&self.parts)
    }

    fn same_method(&self, other: &RoutePattern) -> bool {
        self.method.is_none() || other.method.is_none() || self.method == other.method
    }
}

/// Calls `each` for every two patterns of a list that stand for a route together, by their places
/// in it. A parameter and a name in one place, `/tools/:id` and `/tools/new`, are told apart by
/// every router. The cost is that of sorting and of what is found.
pub fn overlaps(patterns: &[RoutePattern], mut each: impl FnMut(usize, usize)) {
    let exact = patterns.iter().enumerate().filter(|(_, one)| one.is_exact());
    let mut sorted: Vec<usize> = exact.map(|(at, _)| at).collect();
    sorted.sort_by(|&left, &right| patterns[left].cmp(&patterns[right]));
    // The patterns that may stand for the one looked at: each begins the next.
    let mut above: Vec<usize> = Vec::new();
    for at in sorted {
        let pattern = &patterns[at];
        while let Some(&last) = above.last()
            && !patterns[last].begins(pattern)
        {
            above.pop();
        }
        for &other in &above {
            let wider = &patterns[other];
            let together = wider.open || wider.parts.len() == pattern.parts.len();
            if together && wider.same_method(pattern) {
                each(other, at);
            }
        }
        above.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> RoutePattern {
        RoutePattern::read(text).unwrap_or_else(|| panic!("{text} is no pattern"))
    }

    #[test]
    fn patterns_cover_paths() {
        let rows = [
            ("/api/todos/*", "/api/todos", true),
            ("/api/todos/*", "/api/todos/:id/tags", true),
            ("/api/todos/**", "/api/todos/1", true),
            ("/api/todos*", "/api/todos", true),
            ("/api/todos/*", "/api/todo", false),
            ("/api/todos", "/api/todos/:id", false),
            ("/api/users/:id", "/api/users/{userId}", true),
            ("/api/users/[id]/*", "/api/users/me/tags", true),
            ("/api/*/tags", "/api/todos/tags", true),
            ("GET /api/todos", "POST /api/todos", false),
            ("GET /api/todos", "/api/todos?done=1", true),
            ("/*", "/anything", true),
        ];
        for (own, path, covered) in rows {
            assert_eq!(pattern(own).covers(&pattern(path)), covered, "{own} and {path}");
        }
        assert!(pattern("/todos/*").covers(&pattern("/api/v2/todos/:id").without_base()));
        assert_eq!(RoutePattern::read("the login page"), None);
        assert_eq!(RoutePattern::read("/todos and more"), None);
    }

    fn found<'t>(texts: &[&'t str]) -> Vec<(&'t str, &'t str)> {
        let patterns: Vec<RoutePattern> = texts.iter().map(|text| pattern(text)).collect();
        let mut found = Vec::new();
        overlaps(&patterns, |left, right| {
            let (left, right) = (texts[left], texts[right]);
            found.push(if left < right { (left, right) } else { (right, left) });
        });
        found.sort_unstable();
        found
    }

    #[test]
    fn patterns_overlap_where_one_route_is_of_both() {
        assert_eq!(
            found(&["/api/auth/login", "/api/auth/*"]),
            [("/api/auth/*", "/api/auth/login")]
        );
        assert_eq!(found(&["/login", "/login"]), [("/login", "/login")]);
        assert_eq!(
            found(&["/a/*", "/a/b/*", "/a/b/c", "/a/c"]),
            [("/a/*", "/a/b/*"), ("/a/*", "/a/b/c"), ("/a/*", "/a/c"), ("/a/b/*", "/a/b/c")]
        );
        for apart in [
            ["/api/todos/*", "/api/todos-archive"],
            ["/tools/:id", "/tools/new"],
            ["GET /todos", "POST /todos"],
            ["/*", "/login"],
            ["/api/auth", "/api/auth/login"],
        ] {
            assert_eq!(found(&apart), [], "{apart:?}");
        }
    }
}
