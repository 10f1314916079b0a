//! Roles and boroughs hold on the hub, and what is for staff stays with staff.

use std::path::Path;

use serde_json::Value;

use super::desk::{Desk, hub, meet};

#[test]
fn a_curator_edits_in_their_borough_and_elsewhere_suggests() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::curator(&hub, &stage, "everywhere");
    let salford = Desk::alone(stage.path(), "salford");
    salford.json(&[
        "join",
        &hub.address,
        &hub.code("curator", "salford", &["Salford"]),
    ]);
    let [here, there] = ["Salford", "Bolton"].map(|borough| {
        desk.service(&[
            &format!("name=Generated in {borough}"),
            &format!("service_areas={borough}"),
        ])
    });
    meet(&[&desk, &salford]);
    let edit = |id: &str| salford.says(&["edit", id, "--set", "description=From Salford"]);
    assert!(edit(&here).contains("Saved on this computer, and sent with"));
    assert!(edit(&there).contains("Kept on this computer as a suggestion"));
    // Nobody gives themselves what is not theirs.
    salford.edit(&there, "service_areas=Salford");
    meet(&[&salford, &desk]);
    assert_eq!(desk.field(&here, "description"), "From Salford");
    assert!(desk.field(&there, "description").is_null());
    assert_eq!(desk.field(&there, "service_areas")[0]["name"], "Bolton");
    let open = desk.inbox();
    assert!(
        open.len() == 2 && open.iter().all(|line| line["id"] == *there),
        "{open:?}"
    );
    assert_eq!(salford.states(), ["queued", "queued", "applied"]);
    // A borough more, and what was a suggestion there is an edit.
    let all = [
        "account",
        "set",
        "salford",
        "--borough",
        "Salford",
        "--borough",
        "Bolton",
    ];
    assert!(hub.must(&all).contains("salford: curator, Bolton, Salford"));
    salford.json(&["sync"]);
    assert!(edit(&there).contains("Saved on this computer"));
    meet(&[&salford, &desk]);
    assert_eq!(desk.field(&there, "description"), "From Salford");
}

#[test]
fn who_is_taken_out_sends_nothing_loses_nothing_and_goes_on_reading() {
    let Some((stage, hub)) = hub() else { return };
    let [desk, gone, closed] =
        ["desk", "gone", "closed"].map(|name| Desk::curator(&hub, &stage, name));
    let id = desk.service(&["name=Generated choir"]);
    meet(&[&desk, &gone, &closed]);
    let devices = hub.must(&["device", "list"]);
    let line = devices
        .lines()
        .find(|line| line.contains("of gone,"))
        .expect("a line");
    let device = line.split_whitespace().next().expect("an identifier");
    assert!(
        hub.must(&["device", "revoke", device])
            .contains("is taken out")
    );
    assert!(hub.must(&["device", "list"]).contains("taken out"));
    assert!(
        hub.must(&["account", "close", "closed"])
            .contains("closed: curator, all boroughs, closed")
    );
    desk.edit(&id, "email=choir@example.org");
    meet(&[&desk]);
    for out in [&gone, &closed] {
        turned_away(out, &id);
    }
    // A new code, and it arrives, once.
    gone.json(&["join", &hub.address, &hub.code("curator", "gone", &[])]);
    meet(&[&gone, &desk]);
    assert_eq!(desk.field(&id, "description"), "Never sent");
    assert_eq!(gone.json(&["status"])["problem"], Value::Null);
    assert_eq!(gone.states(), ["merged"]);
}

/// It is said, by the exit code too; what is new comes in, and nothing that was written is lost.
fn turned_away(out: &Desk, id: &str) {
    out.edit(id, "description=Never sent");
    let ran = out.run(&["sync"]);
    assert_eq!(ran.code, 7, "{}", ran.err);
    assert!(
        ran.out.contains("Reading only: the hub takes nothing"),
        "{}",
        ran.out
    );
    for words in [
        "not paired with the hub, or no longer",
        "Ask a curator for a new pairing code",
    ] {
        assert!(ran.err.contains(words), "{}", ran.err);
    }
    assert_eq!(out.field(id, "description"), "Never sent");
    assert_eq!(out.field(id, "email"), "choir@example.org");
    let status = out.json(&["status"]);
    assert_eq!(status["reading_only"], status["problem"]);
    assert!(
        status["problem"]
            .as_str()
            .is_some_and(|why| why.contains("not paired"))
    );
    assert!(
        out.says(&["status"])
            .contains("Problem     This device is not paired")
    );
    assert_eq!(status["waiting"], 1);
}

#[test]
fn notes_for_staff_never_leave_them() {
    let Some((stage, hub)) = hub() else { return };
    let [desk, second] = ["curator", "second"].map(|name| Desk::curator(&hub, &stage, name));
    let helper = Desk::joined(&hub, (stage.path(), "helper"), "contributor");
    let reader = Desk::alone(stage.path(), "reader");
    reader.json(&["join", &hub.address]);
    let secret = "generated-in-confidence";
    let note = format!(r#"signpost.internal=[{{"label":"Staff","text":"{secret}"}}]"#);
    let id = desk.service(&["name=Generated refuge", &note]);
    meet(&[&desk, &second, &helper, &reader]);
    for other in [&helper, &reader, &second] {
        assert_eq!(other.field(&id, "name"), "Generated refuge");
    }
    let files = stage.path().join("files");
    hub.must(&["publish", files.to_str().expect("a path")]);
    hub.must(&["export", files.join("all.ndjson").to_str().expect("a path")]);
    for folder in [&helper.folder, &reader.folder, &files] {
        assert!(!holds(folder, secret), "{}", folder.display());
    }
    assert!(holds(&second.folder, secret));
}

/// Whether any file below a folder holds a text, packed or not.
fn holds(folder: &Path, text: &str) -> bool {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths = entries.map(|entry| entry.expect("an entry").path());
    paths.any(|path| {
        if path.is_dir() {
            return holds(&path, text);
        }
        let bytes = std::fs::read(&path).expect("a file");
        let unpacked = wire::pack::read(&bytes).map(|lines| {
            let bodies = lines.map_while(Result::ok).filter_map(|line| line.body);
            bodies
                .map(|body| body.0.get().to_owned())
                .collect::<String>()
        });
        let plain = bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes());
        plain || unpacked.is_ok_and(|unpacked| unpacked.contains(text))
    })
}
