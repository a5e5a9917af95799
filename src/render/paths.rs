//! Paths as machines read them.

use crate::base::RepoPath;

/// A path as a part of an address: every byte escaped that means something else there (RFC 3986).
pub fn encoded(path: &str) -> String {
    path.bytes().map(byte).collect()
}

/// The path without the `./` that it may have been given with.
pub fn plain(path: &str) -> &str {
    path.trim_start_matches("./")
}

/// Whether a path is one of a file, not the name of a workflow that gatecheck brings.
pub fn is_file(path: &RepoPath) -> bool {
    !path.as_str().starts_with("builtin:")
}

fn byte(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_named_from_the_folder_itself() {
        assert_eq!(plain("././a/./b.md"), "a/./b.md");
        assert_eq!(plain("../.a.md"), "../.a.md");
    }

    #[test]
    fn no_path_becomes_another_address() {
        assert_eq!(encoded("a b/ü%.md"), "a%20b/%C3%BC%25.md");
        assert_eq!(encoded("javascript:x?y#z"), "javascript%3Ax%3Fy%23z");
        assert_eq!(encoded(".work/\n\u{202e}"), ".work/%0A%E2%80%AE");
    }
}
