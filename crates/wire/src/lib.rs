//! What hub and desks depend on while travelling: the published stream, signed and named by its
//! contents; operations with a verdict each; the staff stream; joining.
//!
//! A type here is a promise to other releases: members are only ever added, unknown ones are
//! ignored or kept. [`PROTOCOLS`] says since when what holds. No I/O, no clock.

// The bodies of the fuzz targets name this crate as others do.
#[cfg(test)]
extern crate self as wire;

mod code;
pub mod digest;
#[cfg(test)]
mod fuzzed;
mod hash;
mod head;
mod hex;
mod history;
mod join;
mod line;
mod manifest;
mod operation;
pub mod pack;
pub mod push;
pub mod root;
mod staff;

pub use code::{BadCode, Code};
pub use digest::{BadDigests, Digests};
pub use hash::{BadHash, Hash};
pub use head::{Head, HeadError, LARGEST_HEAD, Signature, SignedHead, Signer};
pub use history::{History, PastChange};
pub use join::{HubInfo, JoinAnswer, JoinRequest, PublicKey};
pub use line::{Line, LineBody, bucket_of};
pub use manifest::{
    LARGEST_MANIFEST, LATEST_ROOTS, Manifest, ManifestError, Needed, PackRef, Segment,
};
pub use operation::{Operation, Push, Pushed, Said, Taken, Unreadable};
pub use pack::{PackError, Packed};
pub use staff::{PrivateMembers, StaffPage, Told};

/// The protocol's versions by their dates, the newest last, with what each brought.
pub const PROTOCOLS: [(u32, &str); 1] = [(
    20_261_101,
    "packs, head and manifest; operations with verdicts; staff stream; joining by code",
)];

/// The newest protocol that this version speaks: a date as a number, `20261101`.
pub const PROTOCOL: u32 = 20_261_101;

/// Operations in one push at most.
pub const MOST_OPERATIONS: usize = 500;
/// Bytes of one operation as JSON at most.
pub const LARGEST_OPERATION: usize = 256 * 1024;
/// Bytes of a compressed pack at most.
pub const LARGEST_PACK: usize = 1024 * 1024;
/// Bytes of a pack's lines at most: what keeps a hostile pack from filling the memory.
pub const LARGEST_UNPACKED: usize = 16 * 1024 * 1024;
/// Buckets by the first byte of a record's identifier.
pub const BUCKETS: usize = 256;
