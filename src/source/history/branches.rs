//! Which branch a commit ends, and which branch others come from.

use git2::Oid;

use crate::base::Failure;
use crate::source::failures;
use crate::source::store::Store;

/// The branches around a commit.
#[derive(Debug, Default)]
pub struct Branches {
    /// The one that ends in it, without `refs/heads/`; nothing where nobody can tell, and for the
    /// default branch.
    pub name: Option<String>,
    /// Where the default branch stands, here and on the remote.
    pub trunks: Vec<Oid>,
    /// Where the others end, here and on the remote.
    pub others: Vec<Oid>,
}

/// Names that default branches have where no remote says which it is.
const USUAL: [&str; 4] = ["main", "master", "trunk", "develop"];

impl Branches {
    pub fn at(store: &Store, tip: Oid) -> Result<Self, Failure> {
        let failed = |error| failures::object("cannot read the branches", &error);
        let head = store.branch().map_err(failed)?;
        let head = head.as_deref().and_then(|name| name.strip_prefix("refs/heads/"));
        let mut all: Vec<(String, Oid)> = Vec::new();
        let mut default: Option<String> = None;
        for (reference, target) in store.all_references().map_err(failed)? {
            let Some(name) = short(&reference) else { continue };
            match Oid::from_str_ext(&target, store.format()) {
                Ok(id) if name != "HEAD" => all.push((name.to_owned(), id)),
                _ => default = default.or(short(&target).map(str::to_owned)),
            }
        }
        let usual = || USUAL.into_iter().find(|name| all.iter().any(|(known, _)| known == name));
        let default = default.or_else(|| usual().map(str::to_owned));
        let Some(default) = default else { return Ok(Self::default()) };
        let mut ending: Vec<&str> =
            all.iter().filter(|(_, id)| *id == tip).map(|(name, _)| &**name).collect();
        ending.sort_unstable();
        ending.dedup();
        let name = match ending[..] {
            _ if ending.contains(&&*default) => None,
            [only] => Some(only),
            _ => head.filter(|head| ending.contains(head)),
        };
        let name = name.map(str::to_owned);
        let (trunks, others): (Vec<_>, Vec<_>) = all
            .into_iter()
            .filter(|(one, id)| Some(one) != name.as_ref() && *id != tip)
            .partition(|(one, _)| *one == default);
        let ids = |branches: Vec<(String, Oid)>| -> Vec<Oid> {
            branches.into_iter().map(|(_, id)| id).collect()
        };
        Ok(Self { name, trunks: ids(trunks), others: ids(others) })
    }
}

/// The name of a branch, wherever it is.
fn short(reference: &str) -> Option<&str> {
    let remote = || reference.strip_prefix("refs/remotes/")?.split_once('/').map(|(_, name)| name);
    reference.strip_prefix("refs/heads/").or_else(remote)
}
