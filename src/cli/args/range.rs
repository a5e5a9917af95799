//! A change: from one revision to another.

/// The two ends of a change, as the command line names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub from: String,
    pub to: String,
    /// Whether it begins where the two parted, rather than in `from` itself.
    pub parted: bool,
}

impl Range {
    /// Reads `A..B`, `A...B`, `A..` or `A...`, of which the last two end in HEAD.
    ///
    /// # Errors
    /// It is none of them.
    pub fn parse(written: &str) -> Result<Self, String> {
        let (parted, parts) = match written.split_once("...") {
            Some(parts) => (true, Some(parts)),
            None => (false, written.split_once("..")),
        };
        let (from, to) = parts.unwrap_or_default();
        if from.is_empty() || to.starts_with('.') || to.contains("..") {
            return Err("write where the change begins and ends: main..HEAD".to_owned());
        }
        let to = if to.is_empty() { "HEAD" } else { to };
        Ok(Self { from: from.to_owned(), to: to.to_owned(), parted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_read() {
        let range = |from: &str, to: &str, parted| {
            Ok(Range { from: from.to_owned(), to: to.to_owned(), parted })
        };
        assert_eq!(Range::parse("main..topic"), range("main", "topic", false));
        assert_eq!(Range::parse("main...topic"), range("main", "topic", true));
        assert_eq!(Range::parse("v1.0.."), range("v1.0", "HEAD", false));
        assert_eq!(Range::parse("HEAD~2..."), range("HEAD~2", "HEAD", true));
        for wrong in ["", "..", "main", "..topic", "a..b..c", "a....b"] {
            assert!(Range::parse(wrong).is_err(), "{wrong}");
        }
    }
}
