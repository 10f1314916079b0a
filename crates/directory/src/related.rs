//! Where else to look: a tier up or down, something similar, the areas next door.

use domain::{RecordId, Service};
use search::{Dimension, Query};
use serde::Serialize;

use crate::Today;
use crate::error::Error;
use crate::hit::{Hit, term_name};
use crate::open::Directory;
use crate::options::Facet;

/// How many of each are shown.
const SHOWN: usize = 5;
/// How many areas next door are looked at.
const NEXT_DOOR: usize = 3;
/// The tiers in order of care; `unsure` is none of them.
const TIERS: [&str; 4] = ["universal", "tier-1", "tier-2", "tier-3"];

/// Services to go on to from one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, specta::Type)]
pub struct Related {
    /// The same needs, a tier more of care.
    pub step_up: Vec<Hit>,
    /// The same needs, a tier less.
    pub step_down: Vec<Hit>,
    /// Much the same.
    pub similar: Vec<Hit>,
    /// Much the same in the nearest boroughs, where boroughs were chosen.
    pub neighbouring: Vec<Hit>,
    /// The name of the tier above.
    pub step_up_tier: Option<String>,
    /// The name of the tier below.
    pub step_down_tier: Option<String>,
}

impl Directory {
    /// Where to go on from an entry; within these boroughs, if any are given.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::BadOption`], [`Error::Store`], [`Error::Index`].
    pub fn related(&self, id: &str, boroughs: &[String], today: Today) -> Result<Related, Error> {
        let missing = || Error::NotFound(id.to_owned());
        let entry = id
            .parse::<RecordId>()
            .ok()
            .map(|id| self.store().entry(id))
            .transpose()?;
        let entry = entry.flatten().ok_or_else(missing)?;
        let chosen = self.codes(Facet::Borough, boroughs)?;
        let like = |taxonomies: &[(Dimension, &'static str)]| Query {
            like: terms(&entry.service, taxonomies),
            boroughs: chosen.clone(),
            except: Some(entry.row),
            limit: SHOWN,
            today: today.to_julian_day(),
            ..Query::default()
        };
        let same_need = like(&[(Dimension::Need, "need")]);
        let alike = like(&[
            (Dimension::Population, "population"),
            (Dimension::Activity, "activity"),
            (Dimension::Need, "need"),
        ]);
        let (up, down) = steps(&entry.service);
        let step = |tier: Option<&str>| match tier {
            Some(tier) => self.like(
                &Query {
                    tiers: vec![tier.to_owned()],
                    ..same_need.clone()
                },
                today,
            ),
            None => Ok(Vec::new()),
        };
        let name = |tier: &str| term_name(&self.catalogue, "tier", tier);
        Ok(Related {
            step_up: step(up)?,
            step_down: step(down)?,
            similar: self.like(&alike, today)?,
            neighbouring: self.next_door(&alike, &chosen, today)?,
            step_up_tier: up.map(name),
            step_down_tier: down.map(name),
        })
    }

    fn like(&self, query: &Query, today: Today) -> Result<Vec<Hit>, Error> {
        if query.like.is_empty() {
            return Ok(Vec::new());
        }
        self.hits(&self.indexer.search(query)?, today)
    }

    /// What does not serve the chosen boroughs but those nearest to them.
    fn next_door(&self, alike: &Query, chosen: &[String], today: Today) -> Result<Vec<Hit>, Error> {
        let near = chosen
            .iter()
            .flat_map(|code| self.areas.neighbours(code, NEXT_DOOR));
        let boroughs: Vec<String> = near
            .map(|area| area.code.clone())
            .filter(|code| !chosen.contains(code))
            .collect();
        if boroughs.is_empty() {
            return Ok(Vec::new());
        }
        let wider = Query {
            boroughs,
            limit: 500,
            ..alike.clone()
        };
        let mut answer = self.indexer.search(&wider)?;
        let here = self.indexer.search(&Query {
            limit: usize::from(u16::MAX),
            ..alike.clone()
        })?;
        answer
            .hits
            .retain(|found| !here.hits.iter().any(|known| known.row == found.row));
        answer.hits.truncate(SHOWN);
        self.hits(&answer, today)
    }
}

fn terms(service: &Service, taxonomies: &[(Dimension, &'static str)]) -> Vec<(Dimension, String)> {
    let of = |(dimension, taxonomy): &(Dimension, &'static str)| {
        let dimension = *dimension;
        service
            .codes(taxonomy)
            .map(move |code| (dimension, code.to_owned()))
            .collect::<Vec<_>>()
    };
    taxonomies.iter().flat_map(of).collect()
}

/// The tiers above and below a service's own.
fn steps(service: &Service) -> (Option<&'static str>, Option<&'static str>) {
    let own = service
        .codes("tier")
        .find_map(|code| TIERS.iter().position(|tier| *tier == code));
    let Some(own) = own else { return (None, None) };
    let at = |n: Option<usize>| n.and_then(|n| TIERS.get(n)).copied();
    (at(own.checked_add(1)), at(own.checked_sub(1)))
}
