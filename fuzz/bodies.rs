//! What must hold of any bytes whatever. The fuzzer runs these for hours, the tests of `wire` for a
//! moment.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each fuzz target takes one of them"
)]

use domain::{Act, Kind, Record, change};
use wire::{Head, LARGEST_UNPACKED, Manifest, Operation, SignedHead, Signer, pack};

/// A pack: bounded, an error rather than a panic, and what could be read can be written again.
pub(crate) fn pack(bytes: &[u8]) {
    lines(bytes);
    // As the lines of a pack too, or nothing would come past the decompression.
    if let Ok(packed) = zstd(bytes) {
        lines(&packed);
    }
}

fn lines(bytes: &[u8]) {
    let Ok(lines) = pack::read(bytes) else {
        return;
    };
    let mut size = 0;
    let mut whole = Vec::new();
    for line in lines {
        let Ok(line) = line else {
            return;
        };
        size += line.body.as_ref().map_or(0, |body| body.0.get().len());
        assert!(size <= LARGEST_UNPACKED, "unpacked beyond the bound");
        whole.push(line);
    }
    let packs = pack::write(&whole, 1).expect("lines that were read can be written");
    let again = packs
        .iter()
        .flat_map(|pack| pack::read(&pack.bytes).expect("a pack"));
    let again: Vec<_> = again.map(|line| line.expect("a line")).collect();
    assert_eq!(again, whole);
}

/// Bytes as a frame of zstd that holds them as they are.
fn zstd(bytes: &[u8]) -> Result<Vec<u8>, std::num::TryFromIntError> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
    let mut blocks = bytes.chunks(1 << 16).peekable();
    if blocks.peek().is_none() {
        frame.extend([1, 0, 0]);
    }
    while let Some(block) = blocks.next() {
        let last = u32::from(blocks.peek().is_none());
        let header = u32::try_from(block.len())? << 3 | last;
        let [a, b, c, _] = header.to_le_bytes();
        frame.extend([a, b, c]);
        frame.extend(block);
    }
    Ok(frame)
}

/// A head: nothing is believed that the key did not sign.
pub(crate) fn head(bytes: &[u8]) {
    let signer = Signer::from_secret(&[7; 32]);
    if let Ok(signed) = SignedHead::read(bytes)
        && let Ok(head) = signed.verify(&[signer.public()])
    {
        let text = serde_json::from_str::<Head>(&signed.head).expect("what was believed");
        assert_eq!(text, head);
    }
    // As the text of a head that was signed, too.
    if let Ok(head) = serde_json::from_slice::<Head>(bytes) {
        let signed = head.sign(std::slice::from_ref(&signer)).expect("a head");
        if let Ok(believed) = signed.verify(&[signer.public()]) {
            assert_eq!(believed, head);
        }
    }
}

/// An operation: it keeps its hash on its way, and merging it never panics nor loses what is there.
pub(crate) fn operation(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(operation) = Operation::read(text) else {
        return;
    };
    let again = serde_json::to_string(&operation).expect("an operation");
    let read: Operation = serde_json::from_str(&again).expect("an operation");
    assert_eq!(read.hash(), operation.hash());
    let (Act::Edit { changes } | Act::Suggest { changes, .. }) = &operation.act else {
        return;
    };
    for kind in Kind::ALL {
        let mut record = change::created(operation.record);
        change::laid_over(kind, &mut record, changes);
        applied(kind, &record, changes);
        applied(kind, &change::created(operation.record), changes);
        change::laid_over(kind, &mut record, &change::invert(changes));
        let _faults = domain::faults(kind, &record);
        let members = domain::private::members(kind, &record);
        let mut public = domain::private::public(kind, &record);
        domain::private::join(kind, &mut public, &members);
    }
}

fn applied(kind: Kind, record: &Record, changes: &[domain::FieldChange]) {
    let merged = domain::merge(kind, record, changes);
    assert_eq!(merged.record.get("id"), record.get("id"));
    for conflict in merged
        .conflicts
        .iter()
        .flat_map(|conflict| &conflict.fields)
    {
        let waits = !merged.applied.contains(&conflict.field);
        let kept = change::value(record, &conflict.field)
            == change::value(&merged.record, &conflict.field);
        assert!(kept || !waits, "{} was changed and waits", conflict.field);
    }
}

/// A manifest: one that is taken adds up, and whoever follows it comes to its end.
pub(crate) fn manifest(bytes: &[u8]) {
    let Ok(manifest) = Manifest::read(bytes) else {
        return;
    };
    let all = manifest.needed(None);
    assert!(all.whole && all.packs.len() >= manifest.snapshot.len());
    assert!(manifest.needed(Some(manifest.sequence)).packs.is_empty());
    for segment in &manifest.segments {
        let needed = manifest.needed(Some(segment.after));
        assert!(!needed.whole && needed.packs.len() >= segment.packs.len());
    }
}
