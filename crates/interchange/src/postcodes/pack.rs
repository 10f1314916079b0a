//! The pack as it is used: read whole into memory, as all postcodes of the United Kingdom take less
//! than a picture does, and checked once.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use domain::{Outcode, Point, Postcode};

use super::about::About;
use super::bits::{MAP_BYTES, Map, read};
use super::code::{Sector, outcode, split};
use super::draft::Spot5;
use super::encode::{BEFORE, FORMAT, HAS_ENDED, HAS_LIVE, Head, MAGIC, checksum};
use crate::{InterchangeError, Spot};

/// A larger file is not read: a pack of all that ever was takes a fifth of it.
const MOST_BYTES: u64 = 64 << 20;
/// Bytes of a sector in the table: its letters and where its block starts.
const ROW: usize = 5 + 4;

/// Where postcodes are.
pub struct Pack {
    about: About,
    districts: Vec<String>,
    table: Vec<(Sector, u32)>,
    blocks: Vec<u8>,
}

/// What is known of a postcode.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// It is in use.
    Live {
        /// Where, within about five metres; none where the list does not say.
        point: Option<Point>,
        /// The code or name of its district, as the list has it.
        district: Option<String>,
    },
    /// It was in use once.
    Ended,
    /// It was not in the lists, which have others of its outcode.
    Unknown,
    /// The lists have nothing of its outcode.
    NotCovered,
}

/// Where an outcode lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Middle {
    /// The mean of its postcodes.
    pub point: Point,
    /// Districts with at least 3 in 100 of its postcodes, most first.
    pub districts: Vec<String>,
}

impl Pack {
    /// Opens a pack.
    ///
    /// # Errors
    /// [`InterchangeError::Io`] where it can't be read; [`InterchangeError::Broken`] where it is no
    /// pack, a damaged one, or one of a newer Signpost.
    pub fn open(path: &Path) -> Result<Self, InterchangeError> {
        let io = |source| InterchangeError::io(path, source);
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(io)?;
        file.take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(io)?;
        Self::read(&bytes).map_err(|why| {
            let name = path.file_name().unwrap_or(path.as_os_str());
            InterchangeError::Broken {
                spot: Spot::file(&name.to_string_lossy()),
                why: why.to_owned(),
            }
        })
    }

    /// What is in it.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// What is known of a postcode.
    #[must_use]
    pub fn lookup(&self, postcode: &Postcode) -> Found {
        let Some((sector, unit)) = split(postcode) else {
            return Found::Unknown;
        };
        let Some(block) = self.block(sector) else {
            return match self.sectors(sector.outcode()) {
                [] => Found::NotCovered,
                _others => Found::Unknown,
            };
        };
        if let Some(live) = block.live.as_ref().filter(|live| live.units.has(unit)) {
            let [north, east, district] = live.record(live.units.before(unit)).unwrap_or_default();
            return Found::Live {
                point: live.point(north, east),
                district: self.district(live, district).map(str::to_owned),
            };
        }
        match block.ended.filter(|ended| ended.has(unit)) {
            Some(_) => Found::Ended,
            None => Found::Unknown,
        }
    }

    /// Where an outcode lies, if any of its postcodes has a place.
    #[must_use]
    pub fn middle(&self, code: &Outcode) -> Option<Middle> {
        let (mut north, mut east, mut placed, mut all) = (0.0, 0.0, 0.0, 0u32);
        let mut districts: HashMap<&str, u32> = HashMap::new();
        for (point, district) in self.live_in(outcode(code)) {
            all += 1;
            if let Some(name) = district {
                *districts.entry(name).or_default() += 1;
            }
            if let Some(point) = point {
                north += point.latitude();
                east += point.longitude();
                placed += 1.0;
            }
        }
        let mut districts: Vec<(&str, u32)> = districts.into_iter().collect();
        districts.retain(|(_, count)| count * 100 >= all * 3);
        districts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        Some(Middle {
            // Without any, this is no number and so no point.
            point: Point::new(north / placed, east / placed).ok()?,
            districts: districts
                .into_iter()
                .map(|(name, _)| name.to_owned())
                .collect(),
        })
    }

    /// The points and districts of an outcode's postcodes.
    fn live_in(&self, outcode: [u8; 4]) -> impl Iterator<Item = (Option<Point>, Option<&str>)> {
        let sectors = self.sectors(outcode).iter();
        let live = sectors.filter_map(|(sector, _)| self.block(*sector)?.live);
        live.flat_map(|live| {
            let one = |[north, east, district]: [u32; 3]| {
                (live.point(north, east), self.district(&live, district))
            };
            live.records().map(one).collect::<Vec<_>>()
        })
    }

    fn sectors(&self, outcode: [u8; 4]) -> &[(Sector, u32)] {
        let from = self
            .table
            .partition_point(|(sector, _)| sector.outcode() < outcode);
        let to = self
            .table
            .partition_point(|(sector, _)| sector.outcode() <= outcode);
        self.table.get(from..to).unwrap_or_default()
    }

    fn block(&self, sector: Sector) -> Option<Block<'_>> {
        let found = self
            .table
            .binary_search_by_key(&sector, |(sector, _)| *sector)
            .ok()?;
        self.block_at(found)
    }

    /// The block of the n-th sector, which ends where the next begins.
    fn block_at(&self, n: usize) -> Option<Block<'_>> {
        let at = |n: usize| usize::try_from(self.table.get(n)?.1).ok();
        let to = at(n + 1).unwrap_or(self.blocks.len());
        Block::read(self.blocks.get(at(n)?..to)?)
    }

    fn district(&self, live: &LiveUnits<'_>, number: u32) -> Option<&str> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        let known = u16::from_le_bytes(*live.districts.get(place)?);
        let known = usize::from(known).checked_sub(1)?;
        self.districts.get(known).map(String::as_str)
    }

    /// Reads the bytes of a pack, or says why not.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        const DAMAGED: &str = "the pack of postcodes is damaged: import the postcodes again";
        let mut rest = bytes;
        if take(&mut rest) != Some(MAGIC) {
            return Err("is not a pack of postcodes: import the postcodes again");
        }
        let format = take(&mut rest).map(u32::from_le_bytes).ok_or(DAMAGED)?;
        if format > FORMAT {
            return Err(
                "the pack of postcodes was made by a newer Signpost: update Signpost, or import \
                 the postcodes again with this one",
            );
        }
        let length = take(&mut rest).map(u64::from_le_bytes);
        let sum = take(&mut rest).map(u32::from_le_bytes);
        let whole = u64::try_from(BEFORE + rest.len()).ok();
        if length != whole || format != FORMAT || sum != Some(checksum(rest)) {
            return Err(DAMAGED);
        }
        let pack = Self::parse(rest).ok_or(DAMAGED)?;
        let sorted = pack.table.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1);
        let whole = (0..pack.table.len()).all(|n| pack.block_at(n).is_some());
        (sorted && whole).then_some(pack).ok_or(DAMAGED)
    }

    fn parse(mut rest: &[u8]) -> Option<Self> {
        let head = length(&mut rest)?;
        let (head, mut rest) = rest.split_at_checked(head)?;
        let Head { about, districts } = serde_json::from_slice(head).ok()?;
        let (rows, blocks) = {
            let rows = length(&mut rest)?.checked_mul(ROW)?;
            rest.split_at_checked(rows)?
        };
        let (rows, _) = rows.as_chunks::<ROW>();
        let table = rows.iter().map(|&[a, b, c, d, e, w, x, y, z]| {
            (Sector([a, b, c, d, e]), u32::from_le_bytes([w, x, y, z]))
        });
        Some(Self {
            about,
            districts,
            table: table.collect(),
            blocks: blocks.to_vec(),
        })
    }
}

/// What is known of a sector.
struct Block<'a> {
    live: Option<LiveUnits<'a>>,
    ended: Option<Map<'a>>,
}

/// The units in use of a sector.
struct LiveUnits<'a> {
    units: Map<'a>,
    corner: Spot5,
    widths: [u8; 3],
    districts: &'a [[u8; 2]],
    records: &'a [u8],
}

impl<'a> Block<'a> {
    fn read(mut rest: &'a [u8]) -> Option<Self> {
        let [flags] = take(&mut rest)?;
        let mut units = |flag: u8| {
            if flags & flag == 0 {
                return Some(None);
            }
            let (map, after) = rest.split_first_chunk::<MAP_BYTES>()?;
            rest = after;
            Some(Some(Map(map)))
        };
        let (live, ended) = (units(HAS_LIVE)?, units(HAS_ENDED)?);
        let live = match live {
            Some(units) => Some(LiveUnits::read(units, rest)?),
            None => None,
        };
        Some(Self { live, ended })
    }
}

impl<'a> LiveUnits<'a> {
    fn read(units: Map<'a>, mut rest: &'a [u8]) -> Option<Self> {
        let corner = Spot5 {
            north: take(&mut rest).map(i32::from_le_bytes)?,
            east: take(&mut rest).map(i32::from_le_bytes)?,
        };
        let widths = take(&mut rest)?;
        let count = usize::from(take(&mut rest).map(u16::from_le_bytes)?);
        let (districts, records) = rest.split_at_checked(count * 2)?;
        let live = Self {
            units,
            corner,
            widths,
            districts: districts.as_chunks().0,
            records,
        };
        let whole = units.count() * live.bits() <= records.len() * 8;
        (whole && widths.iter().all(|width| *width <= 32)).then_some(live)
    }

    /// Bits of a record.
    fn bits(&self) -> usize {
        self.widths.iter().map(|width| usize::from(*width)).sum()
    }

    fn record(&self, n: usize) -> Option<[u32; 3]> {
        let mut at = n.checked_mul(self.bits())?;
        let mut next = |width: u8| {
            let number = read(self.records, at, width)?;
            at += usize::from(width);
            Some(number)
        };
        let [north, east, district] = self.widths;
        Some([next(north)?, next(east)?, next(district)?])
    }

    fn records(&self) -> impl Iterator<Item = [u32; 3]> {
        (0..self.units.count()).filter_map(|n| self.record(n))
    }

    fn point(&self, north: u32, east: u32) -> Option<Point> {
        let spot = Spot5 {
            north: self
                .corner
                .north
                .checked_add_unsigned(north.checked_sub(1)?)?,
            east: self
                .corner
                .east
                .checked_add_unsigned(east.checked_sub(1)?)?,
        };
        spot.point()
    }
}

/// Takes some bytes off the front.
fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

fn length(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(take(rest)?)).ok()
}
