//! How many operations travel: packed, as they say much of it twice, how a field was and how it is.

use crate::pack::unpacked;

/// What packed pushes say of themselves as `Content-Encoding`.
pub const PACKED: &str = "zstd";
/// Bytes of a push at most, as JSON.
pub const LARGEST_PUSH: usize = 16 * 1024 * 1024;
/// A shorter one is not worth packing.
pub const WORTH_PACKING: usize = 4 * 1024;

/// Quick: whoever sends it waits.
const LEVEL: i32 = 3;

/// Why a packed push can't be read.
#[derive(Debug, thiserror::Error)]
pub enum BadPush {
    /// It is longer than it may be.
    #[error("a push has {LARGEST_PUSH} bytes at most")]
    TooLong,
    /// Not zstd, altered or cut off.
    #[error("a push can't be unpacked, it was altered or cut off: {0}")]
    Damaged(#[source] std::io::Error),
}

/// Packs the JSON of a push.
///
/// # Errors
/// Of the packer, when it gets no memory.
pub fn pack(json: &[u8]) -> std::io::Result<Vec<u8>> {
    zstd::encode_all(json, LEVEL)
}

/// Unpacks the JSON of a push.
///
/// # Errors
/// [`BadPush`] when it is too long or can't be unpacked.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, BadPush> {
    let json = unpacked(bytes, LARGEST_PUSH).map_err(BadPush::Damaged)?;
    json.ok_or(BadPush::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_comes_back_and_no_longer_one_than_may_be() {
        let json = vec![b' '; LARGEST_PUSH];
        let packed = pack(&json).unwrap();
        assert!(packed.len() < LARGEST_PUSH / 100);
        assert_eq!(unpack(&packed).unwrap(), json);
        let longer = pack(&vec![b' '; LARGEST_PUSH + 1]).unwrap();
        assert!(matches!(unpack(&longer), Err(BadPush::TooLong)));
        let cut = &packed[..packed.len() / 2];
        assert!(matches!(unpack(cut), Err(BadPush::Damaged(_))));
        assert!(matches!(unpack(b"{}"), Err(BadPush::Damaged(_))));
    }
}
