//! What occurrences of a word are worth (BM25), by the length of the text they stand in. Lengths are
//! kept as tantivy keeps them, rounded to a byte.

use tantivy::fieldnorm::FieldNormReader;

use crate::schema::SATURATION;

/// Occurrences beyond this many change nothing.
pub(crate) const MOST_OCCURRENCES: usize = 4;
/// What one occurrence in a field of each length is worth, and what two, three and four are.
pub(crate) type Gains = Vec<[f32; MOST_OCCURRENCES]>;

/// A length as the index keeps it.
pub(crate) fn rounded(length: u32) -> u32 {
    FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(length))
}

#[expect(clippy::cast_precision_loss, reason = "a mean")]
pub(crate) fn average(lengths: &[u8]) -> f64 {
    let each = lengths
        .iter()
        .map(|id| f64::from(FieldNormReader::id_to_fieldnorm(*id)));
    each.sum::<f64>() / lengths.len().max(1) as f64
}

/// The gain of so many occurrences in a text of this many words.
pub(crate) fn gain_of(gains: &Gains, length: u32, times: u32) -> f32 {
    let id = FieldNormReader::fieldnorm_to_id(length);
    let of_length = gains.get(usize::from(id)).copied().unwrap_or_default();
    let at = (times as usize).clamp(1, MOST_OCCURRENCES) - 1;
    of_length.get(at).copied().unwrap_or_default()
}

/// BM25's gain for each length and number of occurrences; one occurrence in a text of average
/// length gives one.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "lengths and counts are small"
)]
pub(crate) fn gains(average: f64, length_counts: f32) -> Gains {
    let average = average.max(1.0) as f32;
    let gain = |length: f32, times: usize| {
        let norm = SATURATION * (1.0 - length_counts + length_counts * length / average);
        times as f32 * (SATURATION + 1.0) / (times as f32 + norm)
    };
    let of_length = |id: u8| {
        let length = FieldNormReader::id_to_fieldnorm(id) as f32;
        std::array::from_fn(|n| gain(length, n + 1))
    };
    (0..=u8::MAX).map(of_length).collect()
}
