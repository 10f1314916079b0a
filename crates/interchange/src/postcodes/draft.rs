//! What the files say of postcodes, put together: the last word on each of them.

use std::collections::{BTreeMap, HashMap};

use domain::Point;

use super::code::{Sector, Unit};

/// More postcodes than this are no list of the United Kingdom's, which had 2.7 million ever.
const MOST_POSTCODES: u64 = 5_000_000;
/// More sectors than this neither: there were never 20,000.
const MOST_SECTORS: usize = 60_000;
/// More districts than this neither: there are fewer than 400.
const MOST_DISTRICTS: usize = 20_000;

/// A point in hundred-thousandths of a degree, about a metre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot5 {
    pub(super) north: i32,
    pub(super) east: i32,
}

/// A postcode that is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Live {
    pub(super) unit: Unit,
    /// Its district's number, 0 where none is known.
    pub(super) district: u16,
    pub(super) at: Option<Spot5>,
}

impl Live {
    fn learn(&mut self, at: Option<Spot5>, district: u16) {
        self.at = at.or(self.at);
        if district != 0 {
            self.district = district;
        }
    }
}

/// What is known of a sector, each list in the order of units.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub(super) live: Vec<Live>,
    pub(super) ended: Vec<Unit>,
}

/// All that was read so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) sectors: BTreeMap<Sector, Units>,
    /// District numbers begin at 1 with the first of these.
    pub(super) districts: Vec<String>,
    numbers: HashMap<String, u16>,
    postcodes: u64,
}

/// The files hold more than any list of postcodes does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMany {
    pub(super) what: &'static str,
}

impl Draft {
    /// A postcode in use. What is said later replaces what was said before, but not knowing a point
    /// or a district replaces nothing.
    pub(super) fn live(
        &mut self,
        (sector, unit): (Sector, Unit),
        point: Option<Point>,
        district: Option<&str>,
    ) -> Result<(), TooMany> {
        let district = district.map_or(Ok(0), |name| self.number(name))?;
        let at = point.map(Spot5::of);
        let units = self.units(sector)?;
        let place = units.live.binary_search_by_key(&unit, |live| live.unit);
        match place {
            Ok(found) => {
                let known = units.live.get_mut(found);
                known.into_iter().for_each(|live| live.learn(at, district));
            }
            Err(place) => units.live.insert(place, Live { unit, district, at }),
        }
        self.count(place.is_err())
    }

    /// A postcode that is no longer in use, unless another line says that it is.
    pub(super) fn ended(&mut self, (sector, unit): (Sector, Unit)) -> Result<(), TooMany> {
        let units = self.units(sector)?;
        let place = units.ended.binary_search(&unit);
        if let Err(place) = place {
            units.ended.insert(place, unit);
        }
        self.count(place.is_err())
    }

    /// Everything has been read: who is in use has not ended.
    pub(super) fn settle(&mut self) {
        for units in self.sectors.values_mut() {
            let Units { live, ended } = units;
            ended.retain(|unit| live.binary_search_by_key(unit, |live| live.unit).is_err());
        }
    }

    fn units(&mut self, sector: Sector) -> Result<&mut Units, TooMany> {
        if self.sectors.len() >= MOST_SECTORS && !self.sectors.contains_key(&sector) {
            return Err(TooMany { what: "sectors" });
        }
        Ok(self.sectors.entry(sector).or_default())
    }

    fn count(&mut self, added: bool) -> Result<(), TooMany> {
        self.postcodes += u64::from(added);
        if self.postcodes > MOST_POSTCODES {
            return Err(TooMany { what: "postcodes" });
        }
        Ok(())
    }

    fn number(&mut self, name: &str) -> Result<u16, TooMany> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        let number = u16::try_from(self.districts.len() + 1).unwrap_or(u16::MAX);
        if self.districts.len() >= MOST_DISTRICTS {
            return Err(TooMany { what: "districts" });
        }
        self.districts.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Ok(number)
    }
}

impl Spot5 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a point lies within 180 degrees, so within 18 million hundred-thousandths"
    )]
    fn of(point: Point) -> Self {
        Self {
            north: (point.latitude() * 1e5).round() as i32,
            east: (point.longitude() * 1e5).round() as i32,
        }
    }

    pub(super) fn point(self) -> Option<Point> {
        Point::new(f64::from(self.north) / 1e5, f64::from(self.east) / 1e5).ok()
    }
}
