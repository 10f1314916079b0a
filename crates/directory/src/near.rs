//! Where the person is: a postcode or the first half of one.

use domain::{GssCode, Outcode, Postcode, Whereabouts};
use interchange::postcodes::{Found, Pack};
use search::Near;

use crate::open::Directory;
use crate::options::BadOption;
use crate::postcodes::{ended, unknown};

/// A place that was found, and how exactly.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Located {
    pub(crate) near: Near,
    pub(crate) label: String,
    /// Measured from the middle of the outcode.
    pub(crate) coarse: bool,
    /// What is the matter with the postcode.
    pub(crate) remark: Option<String>,
}

impl Directory {
    /// Finds a postcode or outcode. With a list of postcodes imported, a whole postcode is found
    /// where it is; otherwise, and where the list does not have it, in the middle of its outcode.
    pub(crate) fn locate(&self, said: &str) -> Result<Located, BadOption> {
        let whereabouts: Whereabouts = said.parse()?;
        let pack = self.pack.get();
        let Whereabouts::Postcode(postcode) = &whereabouts else {
            return self.middle(whereabouts.outcode(), pack.as_deref());
        };
        let Some(pack) = pack else {
            return self.middle(postcode.outcode(), None);
        };
        let remark = match pack.lookup(postcode) {
            Found::Live { point, district } => {
                if let Some(point) = point {
                    let near = Near {
                        point,
                        areas: self.around(postcode, district.as_deref()),
                    };
                    return Ok(self.exact(postcode, near, district.as_deref()));
                }
                Some(format!("The list does not say where {postcode} is."))
            }
            Found::Ended => Some(ended(postcode)),
            Found::Unknown => Some(unknown(postcode)),
            Found::NotCovered => None,
        };
        let middle = self.middle(postcode.outcode(), Some(&pack));
        // Of a postcode that is wrong there is more to say than that nobody knows where it is.
        let refused = |error| match (&error, &remark) {
            (BadOption::Elsewhere(..), Some(why)) => BadOption::NoPlace(why.clone()),
            (BadOption::Elsewhere(..), None)
            | (BadOption::Term { .. } | BadOption::Postcode(_) | BadOption::NoPlace(_), _) => error,
        };
        let located = middle.map_err(refused)?;
        let instead = format!("The middle of {} is taken instead.", postcode.outcode());
        Ok(Located {
            remark: remark.map(|why| format!("{why} {instead}")),
            ..located
        })
    }

    /// The whole postcode that stands among the words of a search, if it is known where it is.
    pub(crate) fn typed(&self, text: &str) -> Option<Located> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let two = words.windows(2).map(|two| two.join(" "));
        let one = words.iter().map(|one| (*one).to_owned());
        let mut postcodes = two
            .chain(one)
            .filter(|text| text.parse::<Postcode>().is_ok());
        let located = self.locate(&postcodes.next()?).ok()?;
        (!located.coarse).then_some(located)
    }

    fn exact(&self, postcode: &Postcode, near: Near, district: Option<&str>) -> Located {
        let district = district.map(|said| self.district(said).1);
        Located {
            label: match district.or_else(|| self.names(&near.areas)) {
                Some(name) => format!("{postcode}, {name}"),
                None => postcode.to_string(),
            },
            near,
            coarse: false,
            remark: None,
        }
    }

    /// The areas that a postcode lies in. A district that the directory does not know is none of
    /// its areas; where the list names none, those of the outcode have to do.
    fn around(&self, postcode: &Postcode, district: Option<&str>) -> Vec<GssCode> {
        match district {
            Some(said) => self.district(said).0.into_iter().collect(),
            None => self
                .areas
                .outcode(postcode.outcode())
                .map(|area| area.areas.clone())
                .unwrap_or_default(),
        }
    }

    /// The middle of an outcode, as the directory has it or else the list.
    fn middle(&self, outcode: &Outcode, pack: Option<&Pack>) -> Result<Located, BadOption> {
        let known = self.areas.outcode(outcode).map(|area| Near {
            point: area.centre,
            areas: area.areas.clone(),
        });
        let listed = || {
            let middle = pack?.middle(outcode)?;
            let areas = middle
                .districts
                .iter()
                .filter_map(|said| self.district(said).0);
            Some(Near {
                point: middle.point,
                areas: areas.collect(),
            })
        };
        let near = known
            .or_else(listed)
            .ok_or_else(|| BadOption::Elsewhere(outcode.to_string(), self.example()))?;
        Ok(Located {
            label: match self.names(&near.areas) {
                Some(names) => format!("{outcode}, {names}"),
                None => outcode.to_string(),
            },
            near,
            coarse: true,
            remark: None,
        })
    }

    fn names(&self, codes: &[GssCode]) -> Option<String> {
        let names = codes.iter().filter_map(|code| self.areas.get(code));
        let names: Vec<&str> = names.map(|area| area.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(" and "))
    }

    fn example(&self) -> String {
        let known = self.areas.outcodes().map(|area| &area.outcode);
        known
            .min()
            .map_or_else(|| "M1".to_owned(), Outcode::to_string)
    }
}
