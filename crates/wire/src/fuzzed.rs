//! What the fuzz targets hold, for a moment: arbitrary bytes, and what is valid with a little altered.

#[path = "../../../fuzz/bodies.rs"]
mod bodies;

use domain::{Act, FieldChange, FieldName, Kind, RecordId, ValueChange};
use proptest::prelude::*;
use serde_json::{json, value::RawValue};
use wire::{
    Digests, Hash, Head, Line, LineBody, Manifest, Operation, PackRef, Segment, Signer, pack,
};

fn packed() -> Vec<u8> {
    let body = json!({"name": "Made up", "attributes": [{"taxonomy_term": {"code": "x"}}]});
    let line = |n: u8| Line {
        kind: "service".to_owned(),
        id: RecordId::from_bytes([n; 16]),
        version: u64::from(n),
        at: 0,
        body: (n != 3).then(|| LineBody(RawValue::from_string(body.to_string()).unwrap())),
    };
    let lines: Vec<Line> = (0..5).map(line).collect();
    pack::write(&lines, 3).unwrap().remove(0).bytes
}

fn unpacked() -> Vec<u8> {
    let lines = pack::read(&packed()).unwrap();
    let lines = lines.map(|line| serde_json::to_string(&line.unwrap()).unwrap() + "\n");
    lines.collect::<String>().into_bytes()
}

fn head() -> Head {
    Head {
        protocol: wire::PROTOCOL,
        min_reader: wire::PROTOCOL,
        hub: RecordId::named("hub"),
        epoch: 1,
        sequence: 7,
        root: Hash::of(b"root"),
        manifest: Hash::of(b"manifest"),
        made_at: "2026-11-22T09:00:00Z".to_owned(),
        keys: vec![Signer::from_secret(&[8; 32]).public()],
        expires_at: "2026-11-29T09:00:00Z".to_owned(),
    }
}

fn heads() -> Vec<Vec<u8>> {
    let signed = head().sign(&[Signer::from_secret(&[7; 32])]).unwrap();
    vec![
        json!(signed).to_string().into_bytes(),
        json!(head()).to_string().into_bytes(),
    ]
}

fn operations() -> Vec<Vec<u8>> {
    let change = |field: &str, what| FieldChange {
        field: FieldName::new(field),
        what,
    };
    let tie = json!({"taxonomy_term": {"code": "a", "taxonomy": "need"}});
    let set = |added, removed| ValueChange::Set { added, removed };
    let one = |old, new| ValueChange::Value { old, new };
    let changes = vec![
        change("name", one(None, Some(json!("A")))),
        change("attributes.need", set(vec![tie.clone()], vec![json!("x")])),
        change("attributes.cost", set(vec![tie], vec![])),
        change("signpost.state", one(Some(json!({"kind": "open"})), None)),
        change(
            "schedules",
            one(
                None,
                Some(json!([{"opens_at": "09:00", "closes_at": "05:00"}])),
            ),
        ),
        change(
            "service_areas",
            one(Some(json!([{"extent": "E1"}])), Some(json!([]))),
        ),
    ];
    let acts = [
        Act::Edit { changes },
        Act::Flag {
            text: "Closed".to_owned(),
        },
    ];
    let operation = |act| Operation {
        id: Some(RecordId::named("operation")),
        device: RecordId::named("desk"),
        sequence: 1,
        at: "2026-11-22T09:00:00Z".to_owned(),
        kind: Kind::Service,
        record: RecordId::named("service"),
        base: 0,
        act,
        before_joining: true,
    };
    acts.map(|act| json!(operation(act)).to_string().into_bytes())
        .to_vec()
}

fn manifest() -> Vec<u8> {
    let pack = |name: &str| PackRef {
        hash: Hash::of(name.as_bytes()),
        size: 9,
        from_bucket: 0,
        to_bucket: 255,
    };
    let segment = |after, to| Segment {
        after,
        to,
        packs: vec![pack("segment")],
    };
    let manifest = Manifest {
        epoch: 1,
        sequence: 9,
        snapshot_sequence: 5,
        snapshot: vec![pack("snapshot")],
        segments: vec![segment(5, 8), segment(8, 9)],
        roots: vec![(8, Hash::of(b"8")), (9, Hash::of(b"9"))],
        digests: Digests::default().to_hex(),
        counts: std::collections::BTreeMap::from([("service".to_owned(), 1)]),
    };
    json!(manifest).to_string().into_bytes()
}

/// Valid bytes with a stretch taken out, doubled or overwritten.
fn altered(valid: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let place = any::<prop::sample::Index>();
    let words = prop::sample::select(vec![
        "", "null", "[]", "{}", "\"", "-1", "1e999", "0", "}", "\u{0}", "\\ud800",
    ]);
    (prop::sample::select(valid), place, 0..12_usize, words).prop_map(
        |(mut bytes, place, length, word)| {
            let from = place.index(bytes.len());
            let to = (from + length).min(bytes.len());
            bytes.splice(from..to, word.bytes());
            bytes
        },
    )
}

#[test]
fn what_is_valid_holds() {
    bodies::pack(&packed());
    bodies::pack(&unpacked());
    heads().iter().for_each(|bytes| bodies::head(bytes));
    operations()
        .iter()
        .for_each(|bytes| bodies::operation(bytes));
    bodies::manifest(&manifest());
}

proptest! {
    #[test]
    fn any_bytes_are_borne(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        bodies::pack(&bytes);
        bodies::head(&bytes);
        bodies::operation(&bytes);
        bodies::manifest(&bytes);
    }

    #[test]
    fn an_altered_pack_is_borne(bytes in altered(vec![packed(), unpacked()])) {
        bodies::pack(&bytes);
    }

    #[test]
    fn an_altered_head_is_borne(bytes in altered(heads())) {
        bodies::head(&bytes);
    }

    #[test]
    fn an_altered_operation_is_borne(bytes in altered(operations())) {
        bodies::operation(&bytes);
    }

    #[test]
    fn an_altered_manifest_is_borne(bytes in altered(vec![manifest()])) {
        bodies::manifest(&bytes);
    }
}
