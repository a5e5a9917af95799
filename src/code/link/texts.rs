//! What texts say that are put together from names.

use super::Linker;
use super::modules::below;
use super::resolve::FAR;
use crate::code::declared::Text;
use crate::code::lexer::Piece;

impl Linker<'_> {
    /// A text as it reads, and whether all of it is known. Nothing where none of it is. A name in
    /// a path is a parameter; at its beginning it stands for what comes before.
    pub(super) fn path(&self, file: usize, text: &Text) -> (Option<String>, bool) {
        let mut path = String::new();
        let (mut whole, mut said) = (true, false);
        for (at, piece) in text.iter().enumerate() {
            match piece {
                Piece::Said(part) => {
                    said = true;
                    path.push_str(part);
                }
                Piece::Name(name) => match self.constant(file, name, 0) {
                    Some(value) => {
                        said = true;
                        path.push_str(&value);
                    }
                    None if at == 0 => whole = false,
                    None => {
                        let last = name.rsplit('.').next().unwrap_or(name);
                        path.push_str(&format!("{{{last}}}"));
                    }
                },
            }
        }
        (said.then_some(path), whole)
    }

    /// The text that a name stands for.
    fn constant(&self, file: usize, name: &str, steps: usize) -> Option<String> {
        if steps > FAR || name.is_empty() {
            return None;
        }
        let outline = &self.files[file].outline;
        let parts: Vec<&str> =
            name.split('.').filter(|part| !matches!(*part, "this" | "self")).collect();
        let last = *parts.last()?;
        if let Some(known) = outline.constants.get(last) {
            return self.joined(file, known.as_ref()?, steps + 1);
        }
        let files = self.explaining(file, name).into_iter();
        let files: Vec<usize> = files.filter_map(|at| self.read.get(&at).copied()).collect();
        let found = files.into_iter().filter(|&at| at != file).find_map(|at| {
            let known = self.files[at].outline.constants.get(last);
            match known {
                Some(text) => self.joined(at, text.as_ref()?, steps + 1),
                None => self.constant(at, last, steps + 4),
            }
        });
        found.or_else(|| {
            let (at, text) = (parts.len() > 1).then(|| self.settings.get(last))??.as_ref()?;
            self.joined(*at, text, steps + 4)
        })
    }

    /// The files that may say what a name stands for, by their places among the modules.
    pub(super) fn explaining(&self, file: usize, name: &str) -> Vec<usize> {
        let (path, outline) = (&self.files[file].path, &self.files[file].outline);
        let mut parts = name.split('.').filter(|part| !matches!(*part, "this" | "self"));
        let (head, more) = (parts.next().unwrap_or(""), parts.next().is_some());
        let imports = outline.imports.iter().filter(|one| one.local == head || one.local == "*");
        let modules = imports.flat_map(|import| {
            let inner = import.name.iter().map(|name| below(&import.module, name));
            inner.chain(std::iter::once(import.module.clone()))
        });
        let meant = |module: &str| self.modules.meant(path, module, outline.language);
        let mut found: Vec<usize> = modules.flat_map(|module| meant(&module)).collect();
        // A class of the same package needs no import.
        if found.is_empty() && more && outline.language.names_by_package() {
            found = meant(head);
        }
        found
    }

    fn joined(&self, file: usize, text: &Text, steps: usize) -> Option<String> {
        let mut whole = String::new();
        for piece in text {
            match piece {
                Piece::Said(said) => whole.push_str(said),
                Piece::Name(name) => whole.push_str(&self.constant(file, name, steps + 1)?),
            }
        }
        Some(whole)
    }
}
