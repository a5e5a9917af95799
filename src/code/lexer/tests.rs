use super::*;

/// Words and marks as they are, strings in quotes with `{name}` for what is put in.
fn shown(text: &str, language: Language) -> String {
    let show = |token: &Token| match &token.kind {
        Kind::Word(word) => word.to_string(),
        Kind::Number => "0".to_owned(),
        Kind::Mark(mark) => mark.to_string(),
        Kind::Text(pieces) => {
            let piece = |piece: &Piece| match piece {
                Piece::Said(said) => said.clone(),
                Piece::Name(name) => format!("{{{name}}}"),
            };
            format!("\"{}\"", pieces.iter().map(piece).collect::<String>())
        }
    };
    read(text, language).list.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn comments_are_left_out_and_strings_are_one_token() {
    use Language::*;
    let rows: &[(Language, &str, &str)] = &[
        (Javascript, "a('/x') // b('/y')\n/* c('/z') */ d", "a ( \"/x\" ) d"),
        (Javascript, "f(`/x/${id}/${a + 1}`)", "f ( \"/x/{id}/{}\" )"),
        (Javascript, "x = /a'b/; y = 'it\\'s'", "x = \"{}\" ; y = \"it's\""),
        (Javascript, "<p>Don't</p>\nf('/x')", "< p > Don ' t < / p > f ( \"/x\" )"),
        (Javascript, "a / b / c", "a / b / c"),
        (
            Python,
            "'''x('/a')'''\ny(f\"/b/{c}\", r'\\d') # z",
            "\"x('/a')\" y ( \"/b/{c}\" , \"\\d\" )",
        ),
        (
            Java,
            "@Get(\"/x\") char c = '\"'; /** @Get(\"/y\") */",
            "@ Get ( \"/x\" ) char c = \"\"\" ;",
        ),
        (Rust, "r#\"/a\"b\"#; 'a: loop; b'\\n' /* /* */ x */", "\"/a\"b\" ; ' a : loop ; b \"\""),
        (Go, "r.GET(`/x`, h) // y", "r . GET ( \"/x\" , h )"),
        (Csharp, "@\"a\\b\" $\"/x/{id}\"", "\"a\\b\" \"/x/{id}\""),
        (
            Php,
            "<p>a('/x')</p><?php b(\"/y/$id\"); # c\n#[D('/z')]",
            "b ( \"/y/{id}\" ) ; # [ D ( \"/z\" ) ]",
        ),
        (
            Ruby,
            "get '/x', to: 'y#z' # get '/w'\n=begin\nget '/v'\n=end\nq",
            "get \"/x\" , to : \"y#z\" q",
        ),
        (Ruby, "x = <<~SQL\n  get '/y'\nSQL\nz", "x = \"  get '/y'\n\" z"),
        (
            Sql,
            "CREATE TABLE \"a b\" (x TEXT DEFAULT 'it''s -- x'); -- CREATE TABLE c",
            "CREATE TABLE a b ( x TEXT DEFAULT \"it's -- x\" ) ;",
        ),
        (Sql, "DO $$ CREATE TABLE x (); $$; y", "DO \" CREATE TABLE x (); \" ; y"),
    ];
    for (language, text, expected) in rows {
        assert_eq!(&shown(text, *language), expected, "{text}");
    }
}

#[test]
fn blocks_end_where_they_end() {
    let tokens = read("a do\n x if y\n b do\n end\nend\nc", Language::Ruby);
    assert_eq!(tokens.list[1].pair, 8, "{:?}", tokens.list);
    let tokens = read("def f(a,\nb):\n  x\n\n  y\nz", Language::Python);
    assert_eq!(tokens.dedent(2, 0), 10);
    let tokens = read("( [ ) }", Language::Go);
    assert_eq!((tokens.list[0].pair, tokens.list[3].pair), (2, 3));
}

#[test]
fn any_bytes_can_be_read() {
    use Language::*;
    let odd = [
        "'", "\"", "`${", "f'{", "<<~A\n", "$", "/*", "r#\"", "@\"", "\\", "é'ü\"", "<?php '",
        "'''", "'\\",
    ];
    for language in [Javascript, Python, Java, Kotlin, Csharp, Go, Rust, Php, Ruby, Sql, Prisma] {
        for text in odd {
            let _ = read(text, language);
            let _ = read(&format!("<?php {text}{text}"), language);
        }
    }
}
