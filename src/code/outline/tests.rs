use super::*;
use crate::code::lexer;

fn outline(text: &str, language: Language) -> Outline {
    read(lexer::read(text, language), language)
}

fn functions(text: &str, language: Language) -> Vec<String> {
    let read = outline(text, language);
    let show = |one: &Function| {
        let params: Vec<String> = one
            .params
            .iter()
            .map(|param| format!("{}{}:{}", param.name, param.position, param.types.join(".")))
            .collect();
        let default = if one.default { "!" } else { "" };
        format!("{}{default}({})", one.name, params.join(" "))
    };
    read.functions.iter().map(show).collect()
}

#[test]
fn functions_are_told_from_calls() {
    use Language::*;
    let rows: &[(Language, &str, &[&str])] = &[
        (Javascript, "function a(x, y) {} if (z) {} b(c)", &["a(x0: y1:)"]),
        (Javascript, "const a = async (x: App<T>): Promise<void> => { y }", &["a(x0:App.T)"]),
        (Javascript, "export default async function (app, { db }) {}", &["!(app0: db1:)"]),
        (Javascript, "module.exports = app => { app.get('/x') }", &["!(app0:)"]),
        (Javascript, "const a: Plugin = async (x) => {}", &["a(x0:)"]),
        (Python, "def a(x: Api = None):\n  pass\nb(c)", &["a(x0:Api)"]),
        (
            Go,
            "func A(x, y *gin.Engine) {} func (h *H) B(g *gin.RouterGroup) {} if c(d) {}",
            &["A(x0:gin.Engine y1:gin.Engine)", "B(g0:gin.RouterGroup)"],
        ),
        (
            Rust,
            "pub fn a<T>(x: &mut ServiceConfig) -> Router<S> { b(c) }",
            &["a(x0:mut.ServiceConfig)"],
        ),
        (
            Csharp,
            "public static void Map(this IEndpointRouteBuilder app) { app.Use(x); }",
            &["Map(app0:this.IEndpointRouteBuilder)"],
        ),
    ];
    for (language, text, expected) in rows {
        assert_eq!(&functions(text, *language), expected, "{text}");
    }
}

#[test]
fn imports_are_read() {
    use Language::*;
    let rows: &[(Language, &str, &[&str])] = &[
        (
            Javascript,
            "import a, { b as c, d } from './x'; import * as e from \"y\"",
            &["a=./x#default", "c=./x#b", "d=./x#d", "e=y"],
        ),
        (
            Javascript,
            "const a = require('./x'); const { b, c: d } = require('./y'); e(require('z'))",
            &["a=./x", "b=./y#b", "d=./y#c"],
        ),
        (
            Javascript,
            "export { default as a } from './x'; export * from './y'",
            &["a=./x#default", "*=./y"],
        ),
        (
            Python,
            "from ..a.b import (c as d,\n e)\nimport x.y, z as w\nq",
            &["d=..a.b#c", "e=..a.b#e", "x=x", "w=z"],
        ),
        (
            Go,
            "import (\n \"a/b/users\"\n v \"c/d\"\n \"e/echo/v4\"\n)",
            &["users=a/b/users", "v=c/d", "echo=e/echo/v4"],
        ),
        (
            Rust,
            "use crate::{a::b, c::{self, d as e}, f::*}; mod g;",
            &["b=crate.a#b", "self=crate.c#self", "e=crate.c#d", "*=crate.f", "g=self.g"],
        ),
    ];
    for (language, text, expected) in rows {
        let read = outline(text, *language);
        let show = |one: &Import| {
            let name = one.name.as_ref().map(|name| format!("#{name}")).unwrap_or_default();
            format!("{}={}{name}", one.local, one.module)
        };
        assert_eq!(&read.imports.iter().map(show).collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn names_stand_for_what_is_assigned_to_them() {
    let text = "const a: string = '/x'; let b = c.d(); exports.e = f; module.exports = g;\n\
                export default h; if (i == '/y') {} const p = { q: '/z' }; a2 = `${a}/1`";
    let read = outline(text, Language::Javascript);
    let mut names: Vec<&str> = read.assigned.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["a", "a2", "b", "default", "e", "p"]);
    let said = |name: &str| read.constants.get(name).cloned().flatten().map(|text| text.len());
    assert_eq!((said("a"), said("q"), said("a2"), said("b")), (Some(1), Some(1), Some(2), None));
    let read = outline("class S:\n    API: str = \"/v1\"\n    x = y\n", Language::Python);
    assert!(read.constants.contains_key("API") && read.assigned.contains_key("x"));
}

#[test]
fn expressions_begin_and_end_where_they_do() {
    let rows: &[(Language, &str, &str)] = &[
        (Language::Javascript, "const x = a.b(c).d[0]!.get", "a . b ( ) . d [ ] !"),
        (Language::Javascript, "await new App().get<A, B>(x).get", "App ( ) . get < > ( )"),
        (Language::Rust, "let y = Router::new().route(x).get", "Router : : new ( ) . route ( )"),
        (Language::Python, "@api.v1.get", "api . v1"),
        (Language::Go, "return r.Group(x).get", "r . Group ( )"),
        (Language::Javascript, "if (a) b.get", "b"),
    ];
    for (language, text, expected) in rows {
        let read = outline(text, *language);
        let end = read.tokens.len() - 2;
        let start = read.chain_start(end);
        let shown: Vec<String> = (start..end)
            .filter_map(|at| match &read.tokens.list[at].kind {
                lexer::Kind::Word(word) if !matches!(&**word, "A" | "B" | "c" | "x") => {
                    Some(word.to_string())
                }
                lexer::Kind::Mark(mark) if *mark != ',' => Some(mark.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(shown.join(" "), *expected, "{text}");
        assert_eq!(read.chain_end(start), read.tokens.len(), "{text}");
    }
}
