//! Text of anybody inside Markdown that GitHub shows: none of it may become markup, mention
//! somebody, refer to an issue, or link to another site.

/// The text as nothing but itself. A character reference is never markup; the invisible blank
/// after `@` and `#` keeps GitHub from seeing a mention or an issue in what is left.
pub fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    let mut letters = plain.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let acts = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '@' | '#' => {
                true
            }
            // `https://…` and `:rocket:`, not `DEV-1: …` and `README.md:12`
            ':' => next == '/' || next.is_ascii_alphabetic(),
            '.' => out.ends_with("www"),
            _ => false,
        };
        match acts {
            true => out.push_str(&format!("&#{};", u32::from(c))),
            false => out.push(c),
        }
        if matches!(c, '@' | '#') {
            out.push_str("&#8203;");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_stays_text() {
        assert_eq!(text("DEV-1: a. README.md:12, 90 %"), "DEV-1: a. README.md:12, 90 %");
        assert_eq!(text("a|b`c` <b>"), "a&#124;b&#96;c&#96; &#60;b&#62;");
        assert_eq!(text("ask @all in x/y#12"), "ask &#64;&#8203;all in x/y&#35;&#8203;12");
        assert_eq!(text("https://x.y www.x.y"), "https&#58;//x.y www&#46;x.y");
        assert_eq!(text(r"[x](y) \| !"), r"&#91;x&#93;(y) &#92;&#124; !");
    }
}
