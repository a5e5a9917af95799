//! The types that stand behind names.

use crate::model::contract::{Contract, Shape, Subject};

/// The types that one document declares.
#[derive(Clone, Copy, Debug, Default)]
pub struct Types<'c>(&'c [Contract]);

impl<'c> Types<'c> {
    pub fn of(contracts: &'c [Contract]) -> Self {
        Types(contracts)
    }

    /// The object that a name stands for where the other side writes one out, else the shape as
    /// it is. A name that is declared twice stands for neither.
    pub(super) fn behind<'s>(&self, shape: &'s Shape, other: &Shape) -> &'s Shape
    where
        'c: 's,
    {
        let (Shape::Name(name), Shape::Object(_)) = (shape, other) else { return shape };
        match self.declared(name) {
            Some(object @ Shape::Object(_)) => object,
            _ => shape,
        }
    }

    /// The shape of a type that is declared just once.
    pub fn declared(&self, name: &str) -> Option<&'c Shape> {
        let is_it =
            |one: &&Contract| matches!(&one.subject, Subject::Type { name: own } if own == name);
        let mut declared = self.0.iter().filter(is_it);
        match (declared.next().and_then(|one| one.response.as_ref()), declared.next()) {
            (Some(part), None) => Some(&part.shape),
            _ => None,
        }
    }
}
