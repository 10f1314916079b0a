//! Several programs on one copy, and a copy that can't be written.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::desk::{Desk, Ran, hub, meet, stage};
use crate::network::Middleman;
use crate::workspace::program;

#[test]
fn two_syncs_at_once_take_turns_and_what_is_written_meanwhile_waits_for_neither() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::curator(&hub, &stage, "desk");
    let id = desk.service(&["name=Generated allotment"]);
    // Somebody on the way is slow, so that the syncs overlap.
    let pushes = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&pushes);
    let socket = hub
        .address
        .strip_prefix("http://")
        .and_then(|it| it.parse().ok());
    let slow = Middleman::before(socket, move |asked, answer| {
        counted.fetch_add(
            u32::from(asked.starts_with("POST /operations")),
            Ordering::SeqCst,
        );
        std::thread::park_timeout(Duration::from_millis(150));
        answer
    });
    desk.json(&["join", &format!("http://{}", slow.address())]);
    desk.edit(&id, "email=first@example.org");
    let pushed = pushes.load(Ordering::SeqCst);
    let syncing: Vec<_> = (0..2)
        .map(|_| {
            let mut command = desk.command(&["sync", "--json"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().expect("started")
        })
        .collect();
    let said = desk.says(&["edit", &id, "--set", "description=Written meanwhile"]);
    assert!(said.contains("Saved on this computer"), "{said}");
    for one in syncing {
        let output = one.wait_with_output().expect("an answer");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(pushes.load(Ordering::SeqCst) > pushed);
    meet(&[&desk]);
    assert_eq!(desk.states(), ["applied", "applied", "applied"]);
    let reader = Desk::alone(stage.path(), "reader");
    reader.json(&["join", &hub.address]);
    assert_eq!(reader.field(&id, "description"), "Written meanwhile");
    assert_eq!(reader.field(&id, "email"), "first@example.org");
}

#[test]
fn a_folder_that_can_not_be_made_is_named() {
    let Some(stage) = stage() else { return };
    let file = stage.path().join("a file");
    std::fs::write(&file, "").expect("written");
    let desk = Desk::alone(&file, "desk");
    for words in [
        &["status"][..],
        &["edit", "--new", "service", "--set", "name=x"],
        &["sync"],
    ] {
        let said = desk.fails(words, 3);
        assert!(said.contains("a file"), "{said}");
    }
    let mut hub = Command::new(program("signpost-hub"));
    let ran = Ran::of(hub.args(["init", "--data"]).arg(&desk.folder));
    assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{}", ran.err);
    assert!(ran.err.contains("a file"), "{}", ran.err);
}

/// A small disk of its own in a folder; it goes with this.
struct Disk(PathBuf);

impl Disk {
    /// None, said, where this may not be.
    fn at(folder: &Path) -> Option<Self> {
        std::fs::create_dir_all(folder).expect("a folder");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"])
            .arg(folder);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        if !mounted {
            println!("skipped: no disk can be made here");
            return None;
        }
        Some(Self(folder.to_owned()))
    }

    /// Leaves nothing free; what takes the room.
    fn fill(&self) -> PathBuf {
        let ballast = self.0.join("ballast");
        let mut file = File::create(&ballast).expect("a file");
        for block in [1 << 16, 1 << 10, 1] {
            while file.write_all(&vec![0; block]).is_ok() {}
        }
        ballast
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(&self.0).output());
    }
}

#[test]
fn a_disk_that_is_full_refuses_what_it_can_not_keep_and_loses_nothing() {
    let Some((stage, hub)) = hub() else { return };
    let Some(disk) = Disk::at(&stage.path().join("desk")) else {
        return;
    };
    let desk = Desk::curator(&hub, &stage, "desk");
    let id = desk.service(&["name=Generated before the disk was full"]);
    meet(&[&desk]);
    desk.edit(&id, "email=kept@example.org");
    let long = format!("description={}", "Generated. ".repeat(1_500));
    let ballast = disk.fill();
    let ran = desk.run(&["edit", &id, "--set", &long]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{}", ran.err);
    assert!(ran.err.contains("full"), "{}", ran.err);
    // What was there can be read and searched, and is kept; an answer says beside it what is wrong.
    let shown = desk.run(&["show", &id, "--json"]);
    assert!(
        shown.code == 0 && shown.out.contains("kept@example.org"),
        "{}",
        shown.err
    );
    let found = desk.run(&["search", "before the disk"]);
    assert!(
        found.code == 0 && found.out.contains("Generated before"),
        "{}",
        found.err
    );
    let ran = desk.run(&["sync"]);
    assert_eq!(ran.code, 3, "{} {}", ran.out, ran.err);
    std::fs::remove_file(ballast).expect("room");
    assert!(desk.field(&id, "description").is_null());
    desk.edit(&id, &long);
    meet(&[&desk]);
    assert_eq!(desk.states(), ["applied", "applied", "applied"]);
}
