//! Numbers of any width in a row of bytes, least bit first; and one bit for each unit of a sector.

use super::code::{UNITS, Unit};

/// Bytes of one bit for each unit.
pub(super) const MAP_BYTES: usize = UNITS.div_ceil(8);

/// One bit for each unit of a sector.
#[derive(Debug, Clone, Copy)]
pub(super) struct Map<'a>(pub(super) &'a [u8; MAP_BYTES]);

impl Map<'_> {
    pub(super) fn has(self, unit: Unit) -> bool {
        let (byte, bit) = (unit.place() / 8, unit.place() % 8);
        self.0.get(byte).is_some_and(|byte| byte >> bit & 1 == 1)
    }

    /// How many come before a unit.
    pub(super) fn before(self, unit: Unit) -> usize {
        let (byte, bit) = (unit.place() / 8, unit.place() % 8);
        let whole: u32 = self.0.iter().take(byte).map(|byte| byte.count_ones()).sum();
        let part = self.0.get(byte).map_or(0, |byte| byte & ((1 << bit) - 1));
        widen(whole + part.count_ones())
    }

    pub(super) fn count(self) -> usize {
        widen(self.0.iter().map(|byte| byte.count_ones()).sum())
    }
}

/// The bits of these units.
pub(super) fn map(units: impl Iterator<Item = Unit>) -> [u8; MAP_BYTES] {
    let mut bytes = [0; MAP_BYTES];
    for unit in units {
        if let Some(byte) = bytes.get_mut(unit.place() / 8) {
            *byte |= 1 << (unit.place() % 8);
        }
    }
    bytes
}

/// Bits that a number takes.
pub(super) fn width(number: u32) -> u8 {
    u8::try_from(u32::BITS - number.leading_zeros()).unwrap_or(32)
}

/// Writes numbers one after the other.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
    held: u64,
    bits: u8,
}

impl Writer {
    /// Adds a number, which takes `width` bits at most.
    pub(super) fn add(&mut self, number: u32, width: u8) {
        self.held |= u64::from(number) << self.bits;
        self.bits += width;
        while self.bits >= 8 {
            self.flush();
        }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.bits > 0 {
            self.flush();
        }
        self.bytes
    }

    fn flush(&mut self) {
        let [byte, ..] = self.held.to_le_bytes();
        self.bytes.push(byte);
        self.held >>= 8;
        self.bits = self.bits.saturating_sub(8);
    }
}

/// The number of `width` bits that starts at bit `at`.
pub(super) fn read(bytes: &[u8], at: usize, width: u8) -> Option<u32> {
    let (byte, shift) = (at / 8, at % 8);
    let ends = at.checked_add(usize::from(width))?;
    if width > 32 || ends > bytes.len().checked_mul(8)? {
        return None;
    }
    let window = bytes.iter().skip(byte).take(5).rev();
    let held = window.fold(0u64, |held, byte| held << 8 | u64::from(*byte));
    let mask = (1u64 << width) - 1;
    u32::try_from(held >> shift & mask).ok()
}

fn widen(count: u32) -> usize {
    usize::try_from(count).unwrap_or(UNITS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(numbers in prop::collection::vec(any::<u32>(), 0..50)) {
            let mut writer = Writer::default();
            for number in &numbers {
                writer.add(*number, width(*number));
            }
            let bytes = writer.finish();
            let mut at = 0;
            for number in &numbers {
                prop_assert_eq!(read(&bytes, at, width(*number)), Some(*number));
                at += usize::from(width(*number));
            }
            prop_assert_eq!(read(&bytes, at + 8, 1), None, "nothing after the end");
        }
    }
}
