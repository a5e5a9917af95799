//! What is written like the path of a file.

use memchr::{memchr, memchr_iter, memchr3, memrchr};

/// Endings of host names. A first component that ends in one is an address, not a folder.
const HOSTS: [&str; 8] = ["ai", "app", "co", "com", "dev", "io", "net", "org"];

/// Gives each path in the content of inline code, as offsets into it. A path may hold blanks
/// there, unless its first word is already a whole one: then it is a command or a list.
pub(super) fn in_code(code: &str, mut each: impl FnMut(usize, usize)) {
    let content = code.trim();
    let start = code.len() - code.trim_start().len();
    if memchr3(b'/', b'.', b'\\', content.as_bytes()).is_none() {
        return;
    }
    let first_word = content.split_whitespace().next().unwrap_or("");
    let whole = first_word.len() == content.len()
        || (first_word.contains('/') && !has_extension(first_word) && !content.contains(" -"));
    if whole {
        if let Some(end) = marked_path(content) {
            each(start, start + end);
        }
        return;
    }
    if memchr(b'.', content.as_bytes()).is_none() {
        return;
    }
    for word in content.split_whitespace().filter(|word| word.contains('.')) {
        if let Some(end) = marked_path(word) {
            let at = word.as_ptr() as usize - code.as_ptr() as usize;
            each(at, at + end);
        }
    }
}

/// Gives each path among plain words: it needs an extension that files are known to have.
pub(super) fn in_words(text: &str, mut each: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for dot in memchr_iter(b'.', bytes) {
        if dot < done || !bytes.get(dot + 1).is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let start = text[done..dot].rfind(is_border).map_or(done, |at| {
            let border = text[done + at..].chars().next().map_or(1, char::len_utf8);
            done + at + border
        });
        let end = text[dot..].find(is_border).map_or(text.len(), |at| dot + at);
        done = end;
        let word = text[start..end].trim_end_matches(['.', '/', '-']);
        if let Some(length) = plain_path(word) {
            each(start, start + length);
        }
    }
}

/// Whether a link target names a file or folder of the repository.
pub(super) fn is_relative(target: &str) -> bool {
    let scheme = target.find(':').is_some_and(|colon| !target[..colon].contains('/'));
    !scheme && !target.starts_with(['/', '#', '?']) && target.contains(['/', '.'])
}

/// The length of a target without its anchor or query.
pub(super) fn without_anchor(target: &str) -> usize {
    target.find(['#', '?']).unwrap_or(target.len())
}

/// The length of the path in a word of inline code, a line number behind it left out.
fn marked_path(word: &str) -> Option<usize> {
    let path = without_line_number(word);
    let last = file_name(path);
    let fits = match (last.len() < path.len(), last.is_empty()) {
        (true, true) => path.len() > 1,
        (true, false) => is_extension(extension(last)),
        (false, _) => has_known_extension(path) && !is_product(path),
    };
    (fits && is_spelled(path) && !is_host(path)).then_some(path.len())
}

fn plain_path(word: &str) -> Option<usize> {
    let path = without_line_number(word);
    let fits = has_known_extension(path) && !path.contains(['(', '[', ')', ']']);
    (fits && is_spelled(path) && !is_host(path) && !is_product(path)).then_some(path.len())
}

/// `Node.js`, `socket.io`: one word with one ending and no folder is a product in prose.
fn is_product(path: &str) -> bool {
    match path.rsplit_once('.') {
        Some((stem, "js")) => {
            !path.contains('/')
                && stem.chars().all(char::is_alphanumeric)
                && (stem.starts_with(char::is_uppercase) || stem == "node")
        }
        _ => false,
    }
}

fn is_spelled(path: &str) -> bool {
    let odd = match path.is_ascii() {
        true => path.bytes().any(|byte| ODD[usize::from(byte)]),
        false => path
            .chars()
            .any(|c| c.is_control() || c == '…' || c.is_ascii() && ODD[usize::from(c as u8)]),
    };
    !odd && !path.starts_with(['/', '-', '~', '%']) && !path.contains("//")
}

/// The bytes of ASCII that paths are not written with.
const ODD: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"*{}<>$|\"'`=,;:?&!^\x7f";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    let mut control = 0;
    while control < 32 {
        table[control] = true;
        control += 1;
    }
    table
};

fn is_host(path: &str) -> bool {
    let Some(slash) = memchr(b'/', path.as_bytes()) else { return false };
    HOSTS.contains(&extension(&path[..slash])) && !path.starts_with('.')
}

fn is_border(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '(' | ')'
                | '['
                | ']'
                | '"'
                | '\''
                | '`'
                | '<'
                | '>'
                | ','
                | ';'
                | '|'
                | '*'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '→'
                | '。'
                | '，'
                | '（'
                | '）'
                | '：'
                | '、'
        )
}

fn has_extension(word: &str) -> bool {
    let end = extension(without_line_number(word));
    !end.is_empty()
}

fn has_known_extension(path: &str) -> bool {
    let end = extension(path);
    let mut lower = [0; 10];
    match lower.get_mut(..end.len()) {
        Some(lower) if end.len() < path.len() => {
            lower.copy_from_slice(end.as_bytes());
            lower.make_ascii_lowercase();
            is_known_extension(lower)
        }
        _ => false,
    }
}

/// Extensions that make a word in prose a file name.
fn is_known_extension(end: &[u8]) -> bool {
    matches!(
        end,
        b"adoc"
            | b"astro"
            | b"bash"
            | b"bat"
            | b"c"
            | b"cc"
            | b"cfg"
            | b"cjs"
            | b"cmake"
            | b"conf"
            | b"cpp"
            | b"cs"
            | b"css"
            | b"csv"
            | b"cts"
            | b"cue"
            | b"dart"
            | b"env"
            | b"ex"
            | b"exs"
            | b"feature"
            | b"gif"
            | b"go"
            | b"gql"
            | b"gradle"
            | b"graphql"
            | b"h"
            | b"hcl"
            | b"hpp"
            | b"hs"
            | b"htm"
            | b"html"
            | b"ini"
            | b"ipynb"
            | b"java"
            | b"jpeg"
            | b"jpg"
            | b"js"
            | b"json"
            | b"jsonc"
            | b"jsonl"
            | b"jsx"
            | b"kt"
            | b"kts"
            | b"less"
            | b"lock"
            | b"log"
            | b"lua"
            | b"md"
            | b"mdx"
            | b"mjs"
            | b"mmd"
            | b"mts"
            | b"pdf"
            | b"php"
            | b"png"
            | b"prisma"
            | b"properties"
            | b"proto"
            | b"ps1"
            | b"puml"
            | b"py"
            | b"rb"
            | b"rs"
            | b"rst"
            | b"sass"
            | b"scala"
            | b"scss"
            | b"sh"
            | b"snap"
            | b"sql"
            | b"sum"
            | b"svelte"
            | b"svg"
            | b"swift"
            | b"tf"
            | b"toml"
            | b"ts"
            | b"tsv"
            | b"tsx"
            | b"txt"
            | b"vue"
            | b"webp"
            | b"xml"
            | b"yaml"
            | b"yml"
            | b"zig"
            | b"zsh"
    )
}

fn is_extension(end: &str) -> bool {
    (1..=10).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && end.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// What stands behind the last dot of the last component; nothing for `.name` alone.
fn extension(path: &str) -> &str {
    let name = file_name(path);
    match memrchr(b'.', name.as_bytes()) {
        Some(dot) if dot > 0 => &name[dot + 1..],
        _ => "",
    }
}

/// The last component.
fn file_name(path: &str) -> &str {
    memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..])
}

fn without_line_number(word: &str) -> &str {
    let Some(colon) = memchr(b':', word.as_bytes()) else { return word };
    let line = &word[colon + 1..];
    let numbered = line.is_empty() || line.starts_with(|c: char| c.is_ascii_digit());
    if numbered { &word[..colon] } else { word }
}
