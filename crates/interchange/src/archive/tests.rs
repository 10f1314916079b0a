use std::io::{Cursor, Write};
use std::path::PathBuf;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// A generated archive of these entries.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(body).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn saved(folder: &tempfile::TempDir, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join("a.zip");
    std::fs::write(&path, bytes).unwrap();
    path
}

fn opened(bytes: &[u8], bounds: Bounds) -> Result<(Archive, tempfile::TempDir), InterchangeError> {
    let folder = folder();
    let path = saved(&folder, bytes);
    Archive::open(&path, bounds).map(|archive| (archive, folder))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn entry(archive: &Archive, path: &str) -> Entry {
    let mut entries = archive.entries().iter();
    entries.find(|entry| entry.path == path).unwrap().clone()
}

fn text(archive: &mut Archive, path: &str) -> Result<String, InterchangeError> {
    let entry = entry(archive, path);
    let spot = archive.spot(&entry);
    let mut text = String::new();
    let mut reader = archive.read(&entry)?;
    let read = reader.read_to_string(&mut text);
    read.map(|_| text).map_err(|error| fault(&spot, &error))
}

#[test]
fn files_come_out_as_they_went_in_and_folders_are_no_files() {
    let bytes = zipped(&[
        ("in/", b""),
        ("in/a.csv", b"id\n1\n"),
        ("in\\b.csv", b"id\n2\n"),
        ("__MACOSX/in/._a.csv", b"x"),
    ]);
    let (mut archive, _folder) = opened(&bytes, Bounds::default()).unwrap();
    let paths: Vec<_> = archive.entries().iter().map(|e| e.path.clone()).collect();
    assert_eq!(paths, ["in/a.csv", "in/b.csv"]);
    assert_eq!(text(&mut archive, "in/a.csv").unwrap(), "id\n1\n");
    assert_eq!(text(&mut archive, "in/b.csv").unwrap(), "id\n2\n");
}

#[test]
fn paths_that_lead_out_refuse_the_whole() {
    for name in [
        "../a.csv",
        "a/../../b.csv",
        "/etc/a.csv",
        "C:\\a.csv",
        "..\\a",
    ] {
        let error = opened(
            &zipped(&[("ok.csv", b"id"), (name, b"id")]),
            Bounds::default(),
        );
        let said = error.unwrap_err().to_string();
        assert!(said.contains("outside it"), "{name}: {said}");
    }
}

#[test]
fn links_refuse_the_whole() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("a.csv", "/etc/hosts", SimpleFileOptions::default())
        .unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let said = opened(&bytes, Bounds::default()).unwrap_err().to_string();
    assert!(said.contains("outside it"), "{said}");
}

#[test]
fn what_swells_is_stopped_while_it_is_read() {
    let body = vec![b'a'; 24 * 1024 * 1024];
    let mut bytes = zipped(&[("a.csv", &body)]);
    let (mut archive, _folder) = opened(&bytes, Bounds::default()).unwrap();
    let error = text(&mut archive, "a.csv").unwrap_err();
    assert!(
        matches!(error, InterchangeError::TooLarge { .. }),
        "{error}"
    );

    // Both headers claim ten bytes.
    let said = u32::try_from(body.len()).unwrap().to_le_bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == said {
            bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
    }
    let (mut archive, _folder) = opened(&bytes, Bounds::default()).unwrap();
    assert_eq!(archive.entries()[0].said, 10);
    let said = text(&mut archive, "a.csv").unwrap_err().to_string();
    assert!(said.contains("larger than its declared"), "{said}");
}

#[test]
fn the_whole_is_bounded_as_well() {
    let body = vec![b'a'; 6_000];
    let bounds = Bounds {
        unpacked: 10_000,
        ..Bounds::default()
    };
    let (mut archive, _folder) = opened(&zipped(&[("a", &body), ("b", &body)]), bounds).unwrap();
    text(&mut archive, "a").unwrap();
    let said = text(&mut archive, "b").unwrap_err().to_string();
    assert!(said.contains("10000 bytes in all"), "{said}");
}

#[test]
fn too_many_entries_are_noticed_before_they_are_listed() {
    let names: Vec<String> = (0..30).map(|n| format!("{n}.csv")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
    let bounds = Bounds {
        entries: 29,
        ..Bounds::default()
    };
    let error = opened(&zipped(&entries), bounds).unwrap_err();
    assert!(
        matches!(error, InterchangeError::TooLarge { .. }),
        "{error}"
    );
}

#[test]
fn what_was_cut_off_or_damaged_says_so() {
    let bytes = zipped(&[("a.csv", &b"id,name\n1,A\n".repeat(200))]);
    let half = bytes.get(..bytes.len() / 2).unwrap();
    let said = opened(half, Bounds::default()).unwrap_err().to_string();
    assert!(said.contains("cut off"), "{said}");
    assert!(opened(b"", Bounds::default()).is_err());

    let mut bent = bytes;
    bent[60] ^= 0xff;
    let (mut archive, _folder) = opened(&bent, Bounds::default()).unwrap();
    let said = text(&mut archive, "a.csv").unwrap_err().to_string();
    assert!(said.contains("damaged"), "{said}");
}

#[test]
fn what_is_locked_says_so() {
    let mut bytes = zipped(&[("a.csv", b"id")]);
    // The first flag of both headers: encrypted.
    for (signature, flags) in [(&b"PK\x03\x04"[..], 6), (&b"PK\x01\x02"[..], 8)] {
        let at = bytes.windows(4).position(|four| four == signature).unwrap();
        bytes[at + flags] |= 1;
    }
    let (mut archive, _folder) = opened(&bytes, Bounds::default()).unwrap();
    let said = text(&mut archive, "a.csv").unwrap_err().to_string();
    assert!(said.contains("password"), "{said}");
}
