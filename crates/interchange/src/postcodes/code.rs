//! A postcode as a sector (`M6 5`) and the unit in it (`JA`).

use domain::{Outcode, Postcode};

/// Units that a sector may have: two letters.
pub(super) const UNITS: usize = 26 * 26;

/// The outcode filled up with blanks, and the digit after it: sorts by outcode, then by digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Sector(pub(super) [u8; 5]);

/// The last two letters, from `AA` = 0 to `ZZ` = 675.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Unit(u16);

impl Sector {
    /// The outcode's part.
    pub(super) fn outcode(self) -> [u8; 4] {
        let [a, b, c, d, _digit] = self.0;
        [a, b, c, d]
    }
}

impl Unit {
    /// Where it stands among the units of a sector.
    pub(super) fn place(self) -> usize {
        usize::from(self.0)
    }
}

/// An outcode as the part of a sector.
pub(super) fn outcode(code: &Outcode) -> [u8; 4] {
    let mut filled = [b' '; 4];
    for (slot, letter) in filled.iter_mut().zip(code.as_str().bytes()) {
        *slot = letter;
    }
    filled
}

/// The two parts of a postcode. None is never met, as a postcode was checked when it was read.
pub(super) fn split(postcode: &Postcode) -> Option<(Sector, Unit)> {
    let text = postcode.to_string();
    let [.., digit, first, last] = text.as_bytes() else {
        return None;
    };
    let [a, b, c, d] = outcode(postcode.outcode());
    let letter = |byte: &u8| byte.checked_sub(b'A').filter(|n| *n < 26).map(u16::from);
    let unit = Unit(letter(first)? * 26 + letter(last)?);
    Some((Sector([a, b, c, d, *digit]), unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_fall_apart_into_sector_and_unit() {
        let of = |text: &str| split(&text.parse().unwrap()).unwrap();
        assert_eq!(of("M6 5JA"), (Sector(*b"M6  5"), Unit(9 * 26)));
        assert_eq!(of("ec1a1zz"), (Sector(*b"EC1A1"), Unit(675)));
        assert_eq!(
            outcode(&"M6".parse().unwrap()),
            of("M6 5JA").0.outcode(),
            "an outcode finds its sectors"
        );
    }
}
