//! What is published now, ready to be sent.

use std::io::Write as _;

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use wire::Hash;

use crate::log::Publication;

/// The head and manifest of one publication.
pub(crate) struct Shown {
    /// Which publication.
    pub(crate) number: u64,
    /// The head.
    pub(crate) head: Bytes,
    /// Its tag, in quotation marks: the first 16 digits of its hash.
    pub(crate) tag: String,
    /// The manifest's name.
    pub(crate) manifest: Hash,
    /// The manifest.
    pub(crate) manifest_text: Bytes,
    /// The manifest for those who unpack it.
    pub(crate) manifest_packed: Bytes,
}

impl Shown {
    /// What this publication shows.
    pub(crate) fn of(publication: &Publication) -> Self {
        let head = Bytes::from(publication.head.clone());
        let hash: String = Hash::of(&head).to_string().chars().take(16).collect();
        let manifest_text = Bytes::from(publication.manifest_text.clone());
        Self {
            number: publication.number,
            tag: format!("\"{hash}\""),
            head,
            manifest: publication.manifest,
            manifest_packed: packed(&manifest_text),
            manifest_text,
        }
    }
}

/// As gzip; empty where that fails, which it does not in memory.
pub(crate) fn packed(bytes: &[u8]) -> Bytes {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    let written = packer.write_all(bytes).and_then(|()| packer.finish());
    written.map(Bytes::from).unwrap_or_default()
}
