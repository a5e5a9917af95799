//! Which references are governed.

/// A name of references, in full or of a branch, with at most one `*` as in a refspec of git: it
/// stands for any run of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefPattern {
    before: String,
    /// What follows the `*`; nothing where there is none.
    after: Option<String>,
}

impl RefPattern {
    /// Reads `main`, `release/*` or `refs/tags/v*`.
    ///
    /// # Errors
    /// It is empty or has several stars.
    pub fn parse(written: &str) -> Result<Self, String> {
        if written.is_empty() || written.matches('*').count() > 1 {
            let example = "main, release/* or refs/tags/v*";
            return Err(format!("write a branch or a reference with at most one star: {example}"));
        }
        Ok(Self::exactly(&match written.starts_with("refs/") {
            true => written.to_owned(),
            false => format!("refs/heads/{written}"),
        }))
    }

    /// Of a full name.
    pub fn exactly(name: &str) -> Self {
        let (before, after) = match name.split_once('*') {
            Some((before, after)) => (before, Some(after.to_owned())),
            None => (name, None),
        };
        Self { before: before.to_owned(), after }
    }

    /// Of every branch.
    pub fn branches() -> Self {
        Self::exactly("refs/heads/*")
    }

    /// Whether a reference is meant, by its full name.
    pub fn matches(&self, name: &str) -> bool {
        match &self.after {
            None => name == self.before,
            Some(after) => {
                name.strip_prefix(&*self.before).is_some_and(|rest| rest.ends_with(after.as_str()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, name: &str) -> bool {
        RefPattern::parse(pattern).is_ok_and(|pattern| pattern.matches(name))
    }

    #[test]
    fn a_short_name_is_that_of_a_branch() {
        assert!(matches("main", "refs/heads/main"));
        assert!(!matches("main", "refs/heads/main2"));
        assert!(!matches("main", "refs/heads/Main"));
        assert!(!matches("main", "refs/tags/main"));
        assert!(matches("refs/tags/v1", "refs/tags/v1"));
    }

    #[test]
    fn a_star_stands_for_any_run() {
        assert!(matches("release/*", "refs/heads/release/1/2"));
        assert!(!matches("release/*", "refs/heads/releases"));
        assert!(matches("*", "refs/heads/topic"));
        assert!(!matches("*", "refs/tags/v1"));
        assert!(matches("refs/tags/v*-rc", "refs/tags/v1-rc"));
        assert!(!matches("refs/heads/aa*a", "refs/heads/aa"));
        assert!(RefPattern::parse("").is_err());
        assert!(RefPattern::parse("a*b*").is_err());
    }
}
