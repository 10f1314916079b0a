//! What a newer hub publishes: members that nobody here knows in manifest, references and lines; a
//! sort of record that nobody here knows; a record that nobody here can read.

use domain::RecordId;
use serde_json::{Value, json};
use wire::{Digests, Hash, bucket_of, digest};

/// What is published, as it travels.
pub(super) struct Told {
    pub(super) manifest: Vec<u8>,
    /// Packs that are new.
    pub(super) packs: Vec<Vec<u8>>,
}

impl Told {
    pub(super) fn as_it_is(manifest: &Value) -> Self {
        Self {
            manifest: manifest.to_string().into_bytes(),
            packs: Vec::new(),
        }
    }
}

/// A sort of record that nobody here knows: its identifier and text.
pub(super) fn event() -> (RecordId, String) {
    let id = RecordId::named("generated event");
    let text = format!(r#"{{"id":"{id}",  "name":"Generated fair", "deep":[1.50,null]}}"#);
    (id, text)
}

/// A service in a state that nobody here knows.
pub(super) fn unreadable() -> (RecordId, String) {
    let id = RecordId::named("generated unreadable service");
    let text = format!(r#"{{"id":"{id}","name":"Generated floating choir","status":"seasonal"}}"#);
    (id, text)
}

/// The same, as a newer hub says it.
pub(super) fn newer(mut manifest: Value, pack: impl Fn(&str) -> Vec<u8>) -> Told {
    let mut packs = Vec::new();
    let mut more = added();
    let mut lists: Vec<&mut Value> = Vec::new();
    let (snapshot, segments) = both(&mut manifest);
    lists.push(snapshot);
    for segment in segments {
        segment["made_by"] = json!("process 2");
        lists.push(&mut segment["packs"]);
    }
    for reference in lists
        .into_iter()
        .flat_map(|list| list.as_array_mut().expect("packs"))
    {
        let bytes = pack(reference["hash"].as_str().expect("a hash"));
        // What is new in kind stands among the first records that were ever published.
        let more = std::mem::take(&mut more);
        packs.push(packed_anew(reference, &bytes, more));
    }
    let mut digests = Digests::from_hex(manifest["digests"].as_str().expect("digests"));
    for (kind, id, text) in added() {
        let digests = digests.as_mut().expect("digests");
        digests.add(&id, digest::of(kind, &id, 1, &text));
    }
    manifest["digests"] = json!(digests.expect("digests").to_hex());
    manifest["counts"]["event"] = json!(1);
    manifest["dictionary"] = json!({"hash": Hash::of(b"none"), "size": 9});
    Told {
        manifest: manifest.to_string().into_bytes(),
        packs,
    }
}

fn added() -> Vec<(&'static str, RecordId, String)> {
    let ((event, text), (service, other)) = (event(), unreadable());
    vec![("event", event, text), ("service", service, other)]
}

/// The snapshot's packs, and the segments.
fn both(manifest: &mut Value) -> (&mut Value, &mut Vec<Value>) {
    let members = manifest.as_object_mut().expect("a manifest");
    let mut parts = members.iter_mut().filter_map(|(name, value)| {
        let wanted = ["snapshot", "segments"].contains(&name.as_str());
        wanted.then_some(value)
    });
    let (snapshot, segments) = (
        parts.next().expect("packs"),
        parts.next().expect("segments"),
    );
    (snapshot, segments.as_array_mut().expect("segments"))
}

/// A pack with these records beside its own, and its reference.
fn packed_anew(
    reference: &mut Value,
    bytes: &[u8],
    more: Vec<(&'static str, RecordId, String)>,
) -> Vec<u8> {
    let text = String::from_utf8(wire::push::unpack(bytes).expect("a pack")).expect("text");
    let line = |line: &str| {
        let line = format!(r#"{},"w":{{"why":["a typo"]}}}}"#, &line[..line.len() - 1]);
        let read: wire::Line = serde_json::from_str(&line).expect("a line");
        ((read.id, read.kind), line)
    };
    let mut lines: Vec<_> = text.lines().map(line).collect();
    for (kind, id, text) in more {
        let line = format!(r#"{{"k":"{kind}","id":"{id}","v":1,"t":1795334400,"b":{text}}}"#);
        lines.push(((id, kind.to_owned()), line));
    }
    lines.sort();
    let ends = [lines.first(), lines.last()].map(|line| bucket_of(&line.expect("a line").0.0));
    let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
    let packed = wire::push::pack(text.as_bytes()).expect("packed");
    *reference = json!({
        "hash": Hash::of(&packed), "size": packed.len(), "from_bucket": ends[0], "to_bucket": ends[1],
        "unpacked": text.len(),
    });
    packed
}
