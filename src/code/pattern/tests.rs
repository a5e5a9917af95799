use super::*;
use crate::code::lexer::{self, Language};

/// What a pattern finds: the captures of each place.
fn found(pattern: &str, code: &str, language: Language) -> Vec<String> {
    let tokens = lexer::read(code, language);
    let pattern = Pattern::parse(pattern).expect("a pattern");
    let show = |one: &Capture| match &one.value {
        Value::Words(words) => words.join("|"),
        Value::Texts(_) => {
            let found = Found { captures: vec![one.clone()], ..Found::default() };
            let pieces = |text: Vec<Piece>| {
                let piece = |piece: &Piece| match piece {
                    Piece::Said(said) => said.clone(),
                    Piece::Name(name) => format!("{{{name}}}"),
                };
                text.iter().map(piece).collect::<String>()
            };
            found.texts(one.name).into_iter().map(pieces).collect::<Vec<_>>().join("|")
        }
        Value::Code => format!("{}", one.end - one.start),
    };
    let line = |one: &Found| one.captures.iter().map(show).collect::<Vec<_>>().join(" ");
    find(&pattern, &tokens).iter().map(line).collect()
}

#[test]
fn patterns_find_what_they_look_like() {
    use Language::*;
    let call = ".$method:(get|post)($path:texts, ...";
    let rows: &[(&str, Language, &str, &[&str])] = &[
        (
            call,
            Javascript,
            "a.get('/x', h); a.post<{B: () => X}>(`/y/${id}`, h)",
            &["get /x", "post /y/{id}"],
        ),
        (call, Javascript, "a.get('/x'); a.put('/x', h); a.get(h)", &[]),
        (
            call,
            Javascript,
            "a.get(['/x', '/y'], h); a.get(BASE + '/z', h)",
            &["get /x|/y", "get {BASE}/z"],
        ),
        (
            ".route($path:text) [* .$method:(get|put)(...) *]",
            Javascript,
            "r.route('/x').get(a, b).put(c)",
            &["/x get put"],
        ),
        (
            ".route($path:text [? , ... methods = $method:words ?]",
            Python,
            "@a.route('/x', s=1, methods=['GET', 'POST'])",
            &["/x GET|POST"],
        ),
        (
            "@ $method:(GetMapping) [? ( [? [| value || path |] = ?] $path:texts ?]",
            Java,
            "@GetMapping({\"/x\", \"/y\"}) @GetMapping(path = \"/z\") @GetMapping",
            &["GetMapping /x|/y", "GetMapping /z", "GetMapping"],
        ),
        (
            ".route($path:text, [* ... $method:(get|post)( ... ) *]",
            Rust,
            ".route(\"/x\", get(a).post(b).layer(c))",
            &["/x get post"],
        ),
        (".use([? $prefix:text, ?] $target:rest )", Javascript, "a.use('/x', b, c(d))", &["/x 6"]),
        ("{ ... url: $path:text", Javascript, "f({ a: { url: '/n' }, url: '/x' })", &["/x", "/n"]),
    ];
    for (pattern, language, code, expected) in rows {
        assert_eq!(&found(pattern, code, *language), expected, "{pattern} in {code}");
    }
}

#[test]
fn what_is_no_pattern_is_refused() {
    for written in ["", "... x", "[* ... *]", "$unknown", "$path:strange", "[? x", "'x"] {
        assert!(Pattern::parse(written).is_err(), "{written}");
    }
}

#[test]
fn a_pattern_that_has_much_to_try_gives_up() {
    let code = "a(".repeat(50) + &"x, ".repeat(3000);
    assert!(found("a( ... ... ... ... q", &code, Language::Javascript).is_empty());
}
