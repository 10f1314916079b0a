//! Where the person is: a postcode or the first half of one.

use domain::{Outcode, Whereabouts};
use search::Near;

use crate::open::Directory;
use crate::options::BadOption;

/// A place that was found, and how exactly.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Located {
    pub(crate) near: Near,
    pub(crate) label: String,
    /// Measured from the middle of the outcode.
    pub(crate) coarse: bool,
}

impl Directory {
    /// Finds a postcode or outcode. Distances are measured from the middle of the outcode.
    pub(crate) fn locate(&self, said: &str) -> Result<Located, BadOption> {
        let whereabouts: Whereabouts = said.parse()?;
        let outcode = whereabouts.outcode();
        let known = self.areas.outcode(outcode);
        let area =
            known.ok_or_else(|| BadOption::Elsewhere(outcode.to_string(), self.example()))?;
        let names: Vec<&str> = area
            .areas
            .iter()
            .filter_map(|code| self.areas.get(code))
            .map(|area| area.name.as_str())
            .collect();
        let label = match names.as_slice() {
            [] => outcode.to_string(),
            names => format!("{outcode}, {}", names.join(" and ")),
        };
        let near = Near {
            point: area.centre,
            areas: area.areas.clone(),
        };
        Ok(Located {
            near,
            label,
            coarse: true,
        })
    }

    fn example(&self) -> String {
        let known = self.areas.outcodes().map(|area| &area.outcode);
        known
            .min()
            .map_or_else(|| "M1".to_owned(), Outcode::to_string)
    }
}
