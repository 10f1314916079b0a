//! Packs there and back, cut and altered.

use proptest::prelude::*;
use serde_json::value::RawValue;

use super::*;
use crate::LineBody;

fn line(id: [u8; 16], version: u64, body: Option<String>) -> Line {
    Line {
        kind: "service".to_owned(),
        id: RecordId::from_bytes(id),
        version,
        at: 1_795_000_000,
        body: body.map(|text| LineBody(RawValue::from_string(text).unwrap())),
    }
}

fn all(packs: &[Packed]) -> Vec<Line> {
    let lines = packs.iter().flat_map(|pack| read(&pack.bytes).unwrap());
    lines.map(Result::unwrap).collect()
}

/// Text that does not compress: every byte by a recurrence.
fn noise(length: usize, seed: u32) -> String {
    let mut state = seed | 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(
            b"0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz-_.,:;!?+*"
                [usize::try_from(state >> 26).unwrap()],
        )
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn the_body_is_the_very_text() {
    let body = r#"{ "name" : "A","n":1.50,"z":[ ] }"#;
    let packs = write(
        &[
            line([1; 16], 7, Some(body.to_owned())),
            line([0; 16], 8, None),
        ],
        9,
    )
    .unwrap();
    let lines = all(&packs);
    assert_eq!(lines[1].body.as_ref().unwrap().0.get(), body);
    assert_eq!((lines[0].version, &lines[0].body), (8, &None));
    assert_eq!(
        (packs[0].from_bucket, packs[0].to_bucket, packs[0].lines),
        (0, 1, 2)
    );
    assert_eq!(packs[0].hash, crate::Hash::of(&packs[0].bytes));
}

#[test]
fn no_pack_is_larger_than_it_may_be() {
    let id = |n: u8| [n; 16];
    let lines: Vec<Line> = (0..8)
        .map(|n| {
            line(
                id(n),
                1,
                Some(format!("\"{}\"", noise(500_000, u32::from(n) + 7))),
            )
        })
        .collect();
    let packs = write(&lines, 1).unwrap();
    assert!(packs.len() > 2);
    assert!(packs.iter().all(|pack| pack.bytes.len() <= LARGEST_PACK));
    assert_eq!(all(&packs), lines);
    assert!(packs.is_sorted_by(|a, b| a.to_bucket < b.from_bucket));
    let huge = line(id(9), 1, Some(format!("\"{}\"", noise(1_600_000, 3))));
    assert!(matches!(write(&[huge], 1), Err(PackError::Unfit { .. })));
}

#[test]
fn what_does_not_fit_is_refused() {
    let broken = line([1; 16], 1, Some("{\n}".to_owned()));
    assert!(matches!(write(&[broken], 1), Err(PackError::Unfit { .. })));
    let twice = [line([1; 16], 1, None), line([1; 16], 2, None)];
    assert!(matches!(write(&twice, 1), Err(PackError::Order { .. })));
    assert!(write(&[], 19).unwrap().is_empty());
    assert!(matches!(read(&[]), Err(PackError::Damaged(_))));
    let text = |text: &str| {
        read(&zstd::bulk::compress(text.as_bytes(), 1).unwrap())
            .unwrap()
            .collect::<Vec<_>>()
    };
    let a = r#"{"k":"service","id":"00000000-0000-0000-0000-000000000001","v":1,"t":1}"#;
    assert!(matches!(
        text(a)[..],
        [Err(PackError::CutOff { number: 1 })]
    ));
    assert!(matches!(
        text(&format!("{a}\n{a}\n"))[..],
        [Ok(_), Err(PackError::Order { .. })]
    ));
    assert!(matches!(
        text(&format!("{a}\n\n{a}\n"))[..],
        [Ok(_), Err(PackError::Line { number: 2, .. })]
    ));
}

#[test]
fn a_small_pack_cannot_fill_the_memory() {
    let bomb = zstd::bulk::compress(&vec![b' '; LARGEST_UNPACKED + 1], 19).unwrap();
    assert!(bomb.len() < 10_000);
    assert!(matches!(read(&bomb), Err(PackError::TooLong)));
    assert!(matches!(
        read(&vec![0; LARGEST_PACK + 1]),
        Err(PackError::TooLarge { .. })
    ));
    // A frame that claims a window of a gigabyte.
    let claims = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 0x01, 0x00, 0x00];
    assert!(matches!(read(&claims), Err(PackError::Damaged(_))));
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let one = (
        any::<[u8; 16]>(),
        any::<u64>(),
        prop::option::of("[a-zé\"\\\\ ]{0,40}"),
    );
    prop::collection::btree_map(any::<[u8; 16]>(), one, 0..30).prop_map(|lines| {
        let lines = lines.into_iter().map(|(id, (_, version, text))| {
            line(
                id,
                version,
                text.map(|text| serde_json::to_string(&text).unwrap()),
            )
        });
        lines.collect()
    })
}

proptest! {
    #[test]
    fn lines_come_back_sorted_and_equal_lines_make_equal_packs(lines in lines(), level in 1..4) {
        let packs = write(&lines, level).unwrap();
        prop_assert_eq!(&all(&packs), &lines);
        let mut turned = lines;
        turned.reverse();
        prop_assert_eq!(write(&turned, level).unwrap(), packs);
    }

    #[test]
    fn a_cut_pack_is_an_error(lines in lines(), cut in any::<prop::sample::Index>()) {
        for pack in write(&lines, 3).unwrap() {
            let cut = cut.index(pack.bytes.len());
            let read = read(&pack.bytes[..cut]).map(|lines| lines.collect::<Result<Vec<_>, _>>());
            prop_assert!(!matches!(read, Ok(Ok(_))), "cut at {}", cut);
        }
    }
}
