//! Reads patterns.

use super::{Kind, Name, Pattern, Step};

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Why it is none, as a clause.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut reader = Reader { rest: written, names: Vec::new() };
        let steps = reader.steps(&[])?;
        let first = match steps.first() {
            None => return Err("it is empty".to_owned()),
            Some(Step::Skip | Step::Many(_)) => {
                return Err("it begins with something that may be anything".to_owned());
            }
            Some(step @ (Step::Word(_) | Step::Mark(_) | Step::Said(_))) => Some(step.clone()),
            Some(_) => None,
        };
        let has_receiver = match steps.first() {
            Some(Step::Mark('.')) => true,
            Some(Step::Mark('-')) => matches!(steps.get(1), Some(Step::Mark('>'))),
            _ => false,
        };
        let mut names = reader.names;
        names.dedup();
        Ok(Self { steps, first, has_receiver, names })
    }
}

struct Reader<'p> {
    rest: &'p str,
    names: Vec<Name>,
}

impl Reader<'_> {
    /// Steps up to one of these closing signs, which stays.
    fn steps(&mut self, until: &[&str]) -> Result<Vec<Step>, String> {
        let mut steps = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else {
                return match until {
                    [] => Ok(steps),
                    [sign, ..] => Err(format!("`{sign}` is missing")),
                };
            };
            if until.iter().any(|sign| self.rest.starts_with(sign)) {
                return Ok(steps);
            }
            if self.take("...") {
                steps.push(Step::Skip);
            } else if self.take("[?") {
                steps.push(Step::Maybe(self.group("?]")?));
            } else if self.take("[*") {
                let inner = self.group("*]")?;
                if !inner.iter().any(consumes) {
                    return Err("what stands in `[* *]` may be nothing at all".to_owned());
                }
                steps.push(Step::Many(inner));
            } else if self.take("[|") {
                let mut all = vec![self.steps(&["||", "|]"])?];
                while self.take("||") {
                    all.push(self.steps(&["||", "|]"])?);
                }
                self.rest = &self.rest[2..];
                steps.push(Step::Either(all));
            } else if self.take("$") {
                steps.push(self.hole()?);
            } else if c == '"' || c == '\'' {
                let rest = &self.rest[1..];
                let end = rest.find(c).ok_or("a string has no end")?;
                steps.push(Step::Said(rest[..end].into()));
                self.rest = &rest[end + 1..];
            } else if is_word(c) {
                steps.push(Step::Word(self.word().into()));
            } else {
                steps.push(Step::Mark(c));
                self.rest = &self.rest[c.len_utf8()..];
            }
        }
    }

    fn group(&mut self, close: &str) -> Result<Vec<Step>, String> {
        let inner = self.steps(&[close])?;
        self.rest = &self.rest[close.len()..];
        Ok(inner)
    }

    fn hole(&mut self) -> Result<Step, String> {
        let written = self.word().to_owned();
        let name = match written.as_str() {
            "_" => None,
            "path" => Some(Name::Path),
            "method" => Some(Name::Method),
            "prefix" => Some(Name::Prefix),
            "target" => Some(Name::Target),
            "table" => Some(Name::Table),
            "to" => Some(Name::To),
            "name" => Some(Name::Name),
            "body" => Some(Name::Body),
            "only" => Some(Name::Only),
            "except" => Some(Name::Except),
            other => return Err(format!("`${other}` means nothing")),
        };
        self.names.extend(name);
        if !self.take(":") {
            return Ok(Step::Hole(name, Kind::Word(Vec::new())));
        }
        if self.take("(") {
            let end = self.rest.find(')').ok_or("a list of words has no end")?;
            let words = self.rest[..end].split('|').map(|word| word.trim().into()).collect();
            self.rest = &self.rest[end + 1..];
            return Ok(Step::Hole(name, Kind::Word(words)));
        }
        let kind = match self.word() {
            "word" => Kind::Word(Vec::new()),
            "text" => Kind::Text,
            "texts" => Kind::Texts,
            "words" => Kind::Words,
            "dotted" => Kind::Dotted,
            "value" => Kind::Value,
            "rest" => Kind::Rest,
            other => return Err(format!("`:{other}` is no kind of capture")),
        };
        Ok(Step::Hole(name, kind))
    }

    fn word(&mut self) -> &str {
        let end = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a step always takes a token.
fn consumes(step: &Step) -> bool {
    match step {
        Step::Skip | Step::Maybe(_) | Step::Many(_) | Step::Hole(_, Kind::Rest) => false,
        Step::Either(all) => all.iter().all(|one| one.iter().any(consumes)),
        _ => true,
    }
}
