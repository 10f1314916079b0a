//! Organisations and places to pick from.

use domain::{Kind, Place};

use super::RecordBrief;
use super::record::{members, typed};
use crate::error::Error;
use crate::kind;
use crate::open::Directory;
use crate::said::{filled, shortened};
use crate::view::address_line;

/// How many are shown at once.
const MOST: usize = 20;
/// Letters of a line beside a name.
const LINE: usize = 100;

impl Directory {
    /// Up to 20 records of a kind in whose name, or address, every word stands.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn find_records(&self, kind: kind::Kind, text: &str) -> Result<Vec<RecordBrief>, Error> {
        let kind = Kind::from(kind);
        let picks = self.store().picks(kind, text, MOST)?.into_iter();
        let brief = |pick: store::Pick| {
            let record = members(kind, pick.id, &pick.body).ok()?;
            let text = |name: &str| filled(record.get(name)?.as_str().map(str::to_owned).as_ref());
            let address = || address_line(&typed::<Place>(&record).ok()?);
            let address = (kind == Kind::Place).then(address).flatten();
            let line = address.clone().or_else(|| text("description"));
            let name = text("name").or(address);
            Some(RecordBrief {
                kind: kind.into(),
                id: pick.id.to_string(),
                name: name.unwrap_or_else(|| format!("A {kind} without a name")),
                line: line.map(|line| shortened(&line, LINE)),
            })
        };
        Ok(picks.filter_map(brief).collect())
    }
}
