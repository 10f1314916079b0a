//! Packs that were altered, cut short, or made by a newer Signpost.

use std::fs;

use proptest::prelude::*;

use super::{Folder, code};
use crate::postcodes::Pack;
use crate::postcodes::encode::{BEFORE, FORMAT, checksum};

fn small() -> Vec<u8> {
    let folder = Folder::new();
    let list = "postcode,lat,lon,borough,terminated\nM1 1AA,53.48,-2.23,A,\nM1 1AB,53.49,-2.2,B,\n\
                M2 1AB,53.49,-2.2,B,\nM1 1AC,,,,2020\nSK9 1AC,,,,\n";
    folder.import(&[&folder.file("list.csv", list)]).unwrap();
    fs::read(folder.pack()).unwrap()
}

#[test]
fn every_altered_or_missing_byte_is_noticed() {
    let whole = small();
    assert!(Pack::read(&whole).is_ok());
    for at in 0..whole.len() {
        assert!(Pack::read(&whole[..at]).is_err(), "cut short at {at}");
        for bit in 0..8 {
            let mut altered = whole.clone();
            altered[at] ^= 1 << bit;
            assert!(Pack::read(&altered).is_err(), "bit {bit} of byte {at}");
        }
    }
    let mut longer = whole;
    longer.push(0);
    assert!(Pack::read(&longer).is_err());
}

#[test]
fn the_message_says_what_to_do() {
    let folder = Folder::new();
    let mut newer = small();
    newer[8..12].copy_from_slice(&(FORMAT + 1).to_le_bytes());
    for (content, said) in [
        (newer, "newer Signpost"),
        (b"SQLite format 3\0".to_vec(), "not a pack"),
        (small()[..100].to_vec(), "damaged"),
        (Vec::new(), "not a pack"),
    ] {
        let path = folder.file("postcodes.pack", content);
        let message = Pack::open(&path).err().unwrap().to_string();
        assert!(message.starts_with("postcodes.pack: "), "{message}");
        assert!(
            message.contains(said) && message.contains("import"),
            "{message}"
        );
    }
}

proptest! {
    /// What somebody made up with a right checksum is refused or answered, never a panic.
    #[test]
    fn a_forged_pack_does_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut forged = small();
        for (at, byte) in changes {
            let at = BEFORE + at.index(forged.len() - BEFORE);
            forged[at] = byte;
        }
        let sum = checksum(&forged[BEFORE..]);
        forged[BEFORE - 4..BEFORE].copy_from_slice(&sum.to_le_bytes());
        if let Ok(pack) = Pack::read(&forged) {
            for text in ["M1 1AA", "M1 1AB", "M1 1AC", "M2 1AB", "SK9 1AC", "M3 3AA"] {
                let _found = pack.lookup(&code(text));
                let _middle = pack.middle(code(text).outcode());
            }
        }
    }
}
