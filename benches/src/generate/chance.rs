//! Chance that is the same every time: a small generator of its own, so that no other crate's new
//! version changes what is generated.

/// `SplitMix64`.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from zero to below `end`; zero when there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u128::try_from(end).unwrap_or(u128::MAX);
        usize::try_from((u128::from(self.next()) * end) >> 64).unwrap_or(0)
    }

    /// From `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// From zero to below one.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(crate) fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True so many times in a thousand.
    pub(crate) fn permille(&mut self, times: usize) -> bool {
        self.below(1000) < times
    }

    /// One of them, each as likely.
    pub(crate) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> Option<&'a T> {
        of.get(self.below(of.len())).copied()
    }

    /// The number of one of so many, the first ones much likelier, as words are in texts: the chance
    /// of each is about one over its place (Zipf's law).
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "counts of words are small"
    )]
    pub(crate) fn early(&mut self, of: usize) -> usize {
        // The inverse of the sum of 1/(n + 3): its first places are a little less extreme.
        let place = 3.0 * ((of as f64 / 3.0 + 1.0).powf(self.part()) - 1.0);
        (place as usize).min(of.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn early_places_are_likelier_and_late_ones_happen() {
        let mut chance = Chance::new(1);
        let drawn: Vec<usize> = (0..20_000).map(|_| chance.early(1000)).collect();
        let times =
            |range: std::ops::Range<usize>| drawn.iter().filter(|n| range.contains(n)).count();
        assert!(times(0..10) > 4_000 && times(0..10) < 8_000);
        assert!(times(900..1000) > 100);
        assert_eq!(drawn.iter().filter(|n| **n >= 1000).count(), 0);
    }
}
