//! The pack as bytes.
//!
//! All numbers are little-endian:
//!
//! | part | bytes |
//! |---|---|
//! | magic, format, length of the whole, CRC-32 of all that follows it | 8 + 4 + 8 + 4 |
//! | length of the head, head ([`Head`] as JSON) | 4 + n |
//! | number of sectors; for each in order: its five letters, where its block starts | 4 + 9 each |
//! | blocks | |
//!
//! A block has a byte of flags, a bit for each unit that is in use, a bit for each that has ended
//! (either only where there is one), and for those in use: the least latitude and longitude (as
//! hundred-thousandths of a degree, 4 + 4), the widths in bits of latitude, longitude and district
//! (3), the number of districts and which they are (2 + 2 each), then the units' records, bit by
//! bit. In a record 0 says that it is not known; otherwise it is one more than the distance from
//! the least, or than the district's place in the list.

use serde::{Deserialize, Serialize};

use super::about::About;
use super::bits::{Writer, map, width};
use super::draft::{Draft, Live, Units};

pub(super) const MAGIC: [u8; 8] = *b"SignPC\r\n";
/// The format that is written, and the newest one that is read.
pub(super) const FORMAT: u32 = 1;
/// Bytes before what the checksum covers.
pub(super) const BEFORE: usize = 8 + 4 + 8 + 4;
pub(super) const HAS_LIVE: u8 = 1;
pub(super) const HAS_ENDED: u8 = 2;

/// What stands at the start of a pack.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) about: About,
    /// Their places here are the numbers in the blocks.
    pub(super) districts: Vec<String>,
}

/// The pack of a draft that is settled.
pub(super) fn pack(draft: &Draft, about: &About) -> Option<Vec<u8>> {
    let head = serde_json::to_vec(&Head {
        about: about.clone(),
        districts: draft.districts.clone(),
    })
    .ok()?;
    let mut body = size(head.len())?.to_vec();
    body.extend(head);
    let used = || draft.sectors.iter().filter(|(_, units)| !units.empty());
    body.extend(size(used().count())?);
    let mut blocks = Vec::new();
    for (sector, units) in used() {
        body.extend(sector.0);
        body.extend(size(blocks.len())?);
        block(units, &mut blocks)?;
    }
    body.extend(blocks);
    let mut bytes = MAGIC.to_vec();
    bytes.extend(FORMAT.to_le_bytes());
    bytes.extend(u64::try_from(BEFORE + body.len()).ok()?.to_le_bytes());
    bytes.extend(checksum(&body).to_le_bytes());
    bytes.extend(body);
    Some(bytes)
}

pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

fn size(length: usize) -> Option<[u8; 4]> {
    Some(u32::try_from(length).ok()?.to_le_bytes())
}

impl Units {
    fn empty(&self) -> bool {
        self.live.is_empty() && self.ended.is_empty()
    }
}

/// The corner from which a sector's points are measured, how wide they are, and its districts.
struct Frame {
    north: i32,
    east: i32,
    widths: [u8; 3],
    districts: Vec<u16>,
}

fn block(units: &Units, bytes: &mut Vec<u8>) -> Option<()> {
    let Units { live, ended } = units;
    let live_flag = if live.is_empty() { 0 } else { HAS_LIVE };
    let ended_flag = if ended.is_empty() { 0 } else { HAS_ENDED };
    bytes.push(live_flag | ended_flag);
    if !live.is_empty() {
        bytes.extend(map(live.iter().map(|live| live.unit)));
    }
    if !ended.is_empty() {
        bytes.extend(map(ended.iter().copied()));
    }
    if live.is_empty() {
        return Some(());
    }
    let frame = Frame::around(live)?;
    bytes.extend(frame.north.to_le_bytes());
    bytes.extend(frame.east.to_le_bytes());
    bytes.extend(frame.widths);
    bytes.extend(u16::try_from(frame.districts.len()).ok()?.to_le_bytes());
    for district in &frame.districts {
        bytes.extend(district.to_le_bytes());
    }
    let mut records = Writer::default();
    for one in live {
        for (number, width) in frame.record(one)?.into_iter().zip(frame.widths) {
            records.add(number, width);
        }
    }
    bytes.extend(records.finish());
    Some(())
}

impl Frame {
    fn around(live: &[Live]) -> Option<Self> {
        let spots = || live.iter().filter_map(|live| live.at);
        let mut districts: Vec<u16> = live.iter().map(|live| live.district).collect();
        districts.sort_unstable();
        districts.dedup();
        districts.retain(|district| *district != 0);
        let mut frame = Self {
            north: spots().map(|at| at.north).min().unwrap_or(0),
            east: spots().map(|at| at.east).min().unwrap_or(0),
            widths: [0; 3],
            districts,
        };
        let mut widths = [0; 3];
        for one in live {
            for (widest, number) in widths.iter_mut().zip(frame.record(one)?) {
                *widest = width(number).max(*widest);
            }
        }
        frame.widths = widths;
        Some(frame)
    }

    fn record(&self, live: &Live) -> Option<[u32; 3]> {
        let district = match live.district {
            0 => 0,
            known => u32::try_from(self.districts.binary_search(&known).ok()?).ok()? + 1,
        };
        Some(match live.at {
            Some(at) => [
                at.north.abs_diff(self.north) + 1,
                at.east.abs_diff(self.east) + 1,
                district,
            ],
            None => [0, 0, district],
        })
    }
}
