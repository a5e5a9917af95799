//! Reads the variations of a workflow, and says what each of them asks for.

use super::deliverable::References;
use super::layer::Layer;
use super::raw::{RawVariation, Word};
use super::{Deliverable, Part, Variation, Workflow};
use crate::base::Failure;
use crate::base::words::normalize;

/// Adds the variations of a file, or changes in known ones what the file states.
pub fn apply(
    workflow: &mut Workflow,
    layer: &Layer,
    raw: Vec<RawVariation>,
    mut references: References,
) -> Result<References, Failure> {
    layer.unique(raw.iter().map(|one| &one.id), "variation")?;
    for one in raw {
        let id = layer.id(&one.id)?;
        let all = &mut workflow.variations;
        let at = all.iter().position(|known| known.id == id).unwrap_or_else(|| {
            all.push(Variation {
                title: id.replace('-', " "),
                id,
                names: Vec::new(),
                roles: Vec::new(),
                deliverables: Vec::new(),
                results: Vec::new(),
                too_simple_for: Vec::new(),
                place: layer.place(one.id.span()),
            });
            all.len() - 1
        });
        let known = &mut all[at];
        known.title = one.title.unwrap_or_else(|| known.title.clone());
        let own = [normalize(&known.id), normalize(&known.title)];
        for name in own.into_iter().chain(layer.words(&one.names)?) {
            if !known.names.contains(&name) {
                known.names.push(name);
            }
        }
        if let Some(words) = one.too_simple_for {
            known.too_simple_for = layer.words(&words)?;
        }
        let lists = [
            (&mut known.roles, one.roles, &mut references.roles),
            (&mut known.deliverables, one.deliverables, &mut references.parts),
            (&mut known.results, one.results, &mut references.results),
        ];
        for (list, stated, named) in lists {
            let Some(stated) = stated else { continue };
            *list = stated.iter().map(|word: &Word| word.get_ref().clone()).collect();
            named.extend(stated);
        }
    }
    Ok(references)
}

impl Variation {
    /// Whether it names a deliverable.
    pub fn names_deliverable(&self, deliverable: &Deliverable) -> bool {
        self.deliverables.contains(&deliverable.id)
    }

    /// Whether it names a part of a deliverable.
    pub fn names_part(&self, deliverable: &Deliverable, part: &Part) -> bool {
        let mut all = self.deliverables.iter().chain(&self.results);
        all.any(|one| is_part(one, deliverable, part))
    }
}

fn is_part(written: &str, deliverable: &Deliverable, part: &Part) -> bool {
    let of_deliverable = written.strip_prefix(deliverable.id.as_str());
    of_deliverable.and_then(|rest| rest.strip_prefix('.')) == Some(&*part.id)
}

#[cfg(test)]
mod tests {
    use crate::workflow::{PolicyFile, Workflow, parse};

    fn read(variation: &str) -> Result<Workflow, String> {
        let text = format!(
            "schema = 1\nid = \"a\"\nroot = \"plan\"\n[[role]]\nid = \"lead\"\n{variation}\
             [[phase]]\nid = \"a\"\n[[phase.deliverable]]\nid = \"brief\"\npaths = [\"BRIEF.md\"]\n\
             [[phase.deliverable.part]]\nid = \"test\"\nkind = \"result\"\nnames = [\"test\"]\n"
        );
        let file = PolicyFile { text, ..PolicyFile::default() };
        let read = parse(file, &[], &mut |path| unreachable!("{path}"));
        read.map_err(|failure| format!("{}; {}", failure.why, failure.help))
    }

    #[test]
    fn variations_name_what_there_is() {
        let open = "[[variation]]\nid = \"small\"\n";
        let read_all = read(&format!(
            "{open}names = [\"Small Feature\"]\nroles = [\"lead\"]\n\
             deliverables = [\"brief\", \"brief.test\"]\nresults = [\"brief.test\"]\n"
        ));
        let workflow = read_all.expect("a workflow");
        let (.., brief) = workflow.deliverables().next().expect("a deliverable");
        let small = &workflow.variations[0];
        assert_eq!(small.names, ["small", "small feature"]);
        assert!(small.names_deliverable(brief) && small.names_part(brief, &brief.parts[0]));
        for (stated, why) in [
            ("roles = [\"leed\"]\n", "unknown role `leed`"),
            ("deliverables = [\"breef\"]\n", "unknown deliverable or part `breef`"),
            ("results = [\"brief\"]\n", "unknown part `brief`"),
        ] {
            let said = read(&format!("{open}{stated}")).map(|_| ()).expect_err("a failure");
            assert!(said.starts_with(why), "{said}");
        }
    }
}
