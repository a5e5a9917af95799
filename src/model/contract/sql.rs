//! `CREATE TABLE` in fences: a table and its columns.

use super::declarations::Language;
use super::declarations::object;
use super::declarations::tokens::{Kind, Tokens};
use super::shape::Primitive;
use super::{Contract, Contracts, Form, Member, Part, Shape, Subject, Unread, data_models};
use crate::facts::{Code, DocumentFacts};

/// Names of fences that hold SQL, whatever its dialect.
const NAMES: &[&str] =
    &["sql", "postgresql", "postgres", "pgsql", "plpgsql", "mysql", "sqlite", "tsql", "ddl"];

/// Words that may stand between `CREATE` and `TABLE`.
const KINDS: &[&str] =
    &["or", "replace", "temp", "temporary", "unlogged", "global", "local", "external", "foreign"];

/// Words that begin a line about the table and no column of it.
const CONSTRAINTS: &[&str] = &[
    "primary",
    "foreign",
    "unique",
    "constraint",
    "check",
    "exclude",
    "like",
    "fulltext",
    "spatial",
];

/// Words that end the type of a column.
const AFTER_TYPE: &[&str] = &[
    "not",
    "null",
    "default",
    "primary",
    "unique",
    "references",
    "check",
    "collate",
    "generated",
    "auto_increment",
    "autoincrement",
    "constraint",
    "comment",
    "on",
    "identity",
    "as",
    "key",
    "encode",
    "unsigned",
    "with",
    "without",
];

/// Adds the tables that a document declares: in SQL, and in lists and tables of its data models.
pub fn read(facts: &DocumentFacts, out: &mut Contracts) {
    for code in facts.codes.iter().filter(|code| code.fenced) {
        if is_sql(facts, code) || code.language.is_empty() {
            in_fence(facts, code, out);
        }
    }
    data_models::read(facts, out);
}

/// Whether a fence says that it holds SQL.
pub(super) fn is_sql(facts: &DocumentFacts, code: &Code) -> bool {
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(facts.text_of(code.language)))
}

fn in_fence(facts: &DocumentFacts, code: &Code, out: &mut Contracts) {
    // A cheap look first: most fences without a language hold no SQL.
    let body = facts.text_of(code.body);
    if !body.contains("CREATE") && !body.contains("create") && !body.contains("Create") {
        return;
    }
    let tokens = Tokens::of(&facts.text, code.body, Language::Sql);
    let is = |at: usize, word: &str| tokens.text(at).eq_ignore_ascii_case(word);
    let mut at = 0;
    while at < tokens.list.len() {
        let from = at;
        at = tokens.after(at);
        if !is(from, "create") {
            continue;
        }
        let mut table = from + 1;
        while KINDS.iter().any(|word| is(table, word)) {
            table += 1;
        }
        if !is(table, "table") {
            continue;
        }
        let mut name = table + 1;
        if is(name, "if") && is(name + 1, "not") && is(name + 2, "exists") {
            name += 3;
        }
        // Partitions hold the rows of another table.
        if is(name + 1, "partition") {
            continue;
        }
        match statement(&tokens, code, from, name) {
            Ok((contract, end)) => {
                out.list.push(contract);
                at = end;
            }
            Err(why) => {
                let span = tokens.span(from, name + 1);
                out.unread.push(Unread { span, why: why.to_owned() });
            }
        }
    }
}

/// Reads a statement from its first word, with the place of the name.
fn statement(
    tokens: &Tokens,
    code: &Code,
    from: usize,
    name: usize,
) -> Result<(Contract, usize), &'static str> {
    let (parts, at) = qualified(tokens, name);
    if parts.is_empty() {
        return Err("the table has no name");
    }
    let subject = Subject::Table { name: parts.join(".") };
    let span = tokens.span(name, at);
    let mut contract = Contract::new(subject, Form::Sql, span, code.section);
    let end = if tokens.is(at, '(') {
        let close =
            tokens.close(at).ok_or("the list of columns has a parenthesis that nothing closes")?;
        let members = columns(tokens, at + 1, close);
        // `( ... )` leaves open what is in it.
        if !members.is_empty() {
            contract.response = Some(Part {
                span: tokens.span(at, close + 1),
                shape: object(members),
                status: None,
            });
        }
        close + 1
    } else {
        at
    };
    contract.extent = tokens.span(from, end);
    Ok((contract, end))
}

/// A name with its schema, without quotes, and the place behind it.
fn qualified<'t>(tokens: &Tokens<'t>, mut at: usize) -> (Vec<&'t str>, usize) {
    let mut parts = Vec::new();
    while let Some(token) = tokens.list.get(at) {
        match token.kind {
            Kind::Word => parts.push(tokens.text(at)),
            Kind::Text => parts.push(unquoted(tokens.text(at))),
            // `[dbo].[users]`
            Kind::Sign('[') if tokens.close(at) == Some(at + 2) => {
                parts.push(tokens.text(at + 1));
                at += 2;
            }
            _ => break,
        }
        at += 1;
        if !tokens.is(at, '.') {
            break;
        }
        at += 1;
    }
    (parts, at)
}

fn columns(tokens: &Tokens, from: usize, end: usize) -> Vec<Member> {
    let mut all = Vec::new();
    let mut at = from;
    while at < end {
        let mut next = at;
        while next < end && !tokens.is(next, ',') {
            next = tokens.after(next);
        }
        all.extend(column(tokens, at, next.min(end)));
        at = next + 1;
    }
    all
}

fn column(tokens: &Tokens, from: usize, end: usize) -> Option<Member> {
    let is = |at: usize, words: &[&str]| {
        tokens.is_word(at) && words.iter().any(|word| tokens.text(at).eq_ignore_ascii_case(word))
    };
    // `KEY by_name (name)` is an index, `key VARCHAR(20)` a column.
    let listed = |at: usize| tokens.is(at, '(') && !tokens.is_number(at + 1);
    let index = is(from, &["key", "index"]) && (listed(from + 1) || listed(from + 2));
    if is(from, CONSTRAINTS) || index {
        return None;
    }
    let (parts, at) = qualified(tokens, from);
    let name = (*parts.first()?).to_owned();
    let mut after = at;
    while after < end && !is(after, AFTER_TYPE) {
        after = tokens.after(after);
    }
    let after = after.min(end);
    let shape = match after > at {
        true => kind(tokens, at, after),
        false => Shape::Unsaid,
    };
    Some(Member { name, optional: false, shape, span: tokens.span(from, from + 1) })
}

/// A column's type by what it holds: how much of it is kept is no part of the shape.
fn kind(tokens: &Tokens, from: usize, end: usize) -> Shape {
    if tokens.is(end - 1, ']') {
        return Shape::List(Box::new(held(tokens.text(from))));
    }
    if tokens.text(from).eq_ignore_ascii_case("enum") && tokens.is(from + 1, '(') {
        let values = (from + 2..end).filter(|at| tokens.list[*at].kind == Kind::Text);
        return Shape::Either(
            values.map(|at| Shape::Value(unquoted(tokens.text(at)).to_owned())).collect(),
        );
    }
    held(tokens.text(from))
}

/// The type of a column in the spelling that shapes use.
pub(super) fn held(name: &str) -> Shape {
    const STRINGS: &[&str] = &[
        "character",
        "citext",
        "nvarchar",
        "nchar",
        "longtext",
        "mediumtext",
        "tinytext",
        "bpchar",
        "clob",
        "varchar2",
    ];
    const INTEGERS: &[&str] = &[
        "smallint",
        "tinyint",
        "mediumint",
        "serial",
        "bigserial",
        "smallserial",
        "int2",
        "int4",
        "int8",
    ];
    const DECIMALS: &[&str] = &["numeric", "float4", "float8", "money"];
    let lower = name.to_ascii_lowercase();
    let known = [(STRINGS, "string"), (INTEGERS, "integer"), (DECIMALS, "decimal")];
    let known = known.iter().find(|(names, _)| names.contains(&&*lower)).map(|(_, word)| *word);
    let known = known.or_else(|| Primitive::read(&lower).map(|known| known.name));
    Shape::Name(known.unwrap_or(&lower).to_owned())
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '`', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn tables(markdown: &str) -> Vec<String> {
        let mut out = Contracts::default();
        read(&extract(markdown.as_bytes()), &mut out);
        let shown = |one: &Contract| {
            let (Subject::Table { name } | Subject::Type { name }) = &one.subject else {
                return String::new();
            };
            let columns = match one.response.as_ref().map(|part| &part.shape) {
                Some(Shape::Object(object)) => object
                    .members
                    .iter()
                    .map(|one| match &one.shape {
                        Shape::Name(kind) => format!("{} {kind}", one.name),
                        Shape::Unsaid => one.name.clone(),
                        other => format!("{} {other:?}", one.name),
                    })
                    .collect::<Vec<_>>()
                    .join(", "),
                other => format!("{other:?}"),
            };
            format!("{name}: {columns}")
        };
        let unread = out.unread.iter().map(|one| format!("unread: {}", one.why));
        out.list.iter().map(shown).chain(unread).collect()
    }

    #[test]
    fn tables_are_read_with_their_columns() {
        let sql = "# A\n```sql\n-- CREATE TABLE no (id INT);\nCREATE TABLE IF NOT EXISTS \"auth\".users (\n\
            \x20 id UUID PRIMARY KEY, -- the key, of course\n  key VARCHAR(20) NOT NULL DEFAULT 'a,b',\n\
            \x20 tags TEXT[], price DECIMAL(10, 2) CHECK (price > 0),\n  PRIMARY KEY (id, key),\n\
            \x20 KEY by_name (tags),\n  CONSTRAINT x FOREIGN KEY (id) REFERENCES y(id)\n);\n\
            create unlogged table [dbo].[log] (at TIMESTAMP WITH TIME ZONE);\n\
            INSERT INTO users VALUES ('CREATE TABLE x (');\nCREATE TABLE copies AS SELECT 1;\nCREATE TABLE c_2025 PARTITION OF c FOR VALUES IN (1);\n```\n";
        assert_eq!(
            tables(sql),
            [
                "auth.users: id uuid, key string, tags List(Name(\"text\")), price decimal"
                    .replace("\"text\"", "\"string\""),
                "dbo.log: at datetime".into(),
                "copies: None".into(),
            ]
        );
    }

    #[test]
    fn a_statement_that_ends_nowhere_is_said() {
        let why = "unread: the list of columns has a parenthesis that nothing closes";
        assert_eq!(tables("```sql\nCREATE TABLE a (id INT,\n```\n"), [why]);
        assert_eq!(tables("```sql\nCREATE TABLE\n```\n"), ["unread: the table has no name"]);
        assert!(tables("```\nmkdir x # CREATE it\n```\n").is_empty());
    }

    #[test]
    fn lists_and_tables_of_data_models_are_read() {
        let list = "# A\n**Data models**:\n\n- `members`: id, email, display_name (unique)\n\
            - `sessions`: token_hash, member_id\n- `id` is never shown: it stays inside, always, here\n";
        assert_eq!(
            tables(list),
            ["members: id, email, display_name", "sessions: token_hash, member_id"]
        );
        let table = "## Table: users\n\nAll of them.\n\n| Column | Type | Notes |\n|---|---|---|\n\
            | id | UUID | key |\n| `email` | VARCHAR(255) | |\n\n## Table of Contents\n\n| Column | A |\n|-|-|\n| x | y |\n";
        assert_eq!(tables(table), ["users: id uuid, email string"]);
        let entities = "## Data Model\n\n**User**\n- Id (Guid)\n- AvatarUrl (string, nullable)\n\n\
            ### Notes\n\n- This is a sentence (really)\n";
        assert_eq!(tables(entities), ["User: Id uuid, AvatarUrl string"]);
    }
}
