//! The published stream as files: `hub`, `head`, `manifests/<hash>`, `packs/<hash>`; in a folder, or
//! in one ZIP without compression.

use std::collections::HashSet;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use wire::{Hash, Manifest, SignedHead};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::failure::Failure;
use crate::log::{Log, LogError, Publication};
use crate::publish::hub_info;

/// Writes a publication into a folder: packs first, the head last, each file whole or not at all. Packs
/// of the publication before stay for those who are fetching.
pub(crate) async fn folder(log: &dyn Log, latest: &Publication, to: &Path) -> Result<(), Failure> {
    let mut stay: HashSet<String> = before(to).unwrap_or_default();
    for folder in ["packs", "manifests"] {
        let folder = to.join(folder);
        fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
    }
    for hash in latest.packs()? {
        let name = hash.to_string();
        let path = to.join("packs").join(&name);
        if !path.exists() {
            put(&path, &bytes(log, hash).await?)?;
            failpoints::reach("files:pack");
        }
        stay.insert(name);
    }
    let manifest = latest.manifest.to_string();
    put(
        &to.join("manifests").join(&manifest),
        latest.manifest_text.as_bytes(),
    )?;
    stay.insert(manifest);
    failpoints::reach("files:manifest");
    put(&to.join("hub"), info(log).await?.as_bytes())?;
    failpoints::reach("files:hub");
    put(&to.join("head"), latest.head.as_bytes())?;
    failpoints::reach("files:head");
    for folder in ["packs", "manifests"] {
        forget(&to.join(folder), &stay)?;
    }
    Ok(())
}

/// What the head that is there names.
fn before(folder: &Path) -> Option<HashSet<String>> {
    let head = SignedHead::read(&fs::read(folder.join("head")).ok()?).ok()?;
    let head: wire::Head = serde_json::from_str(&head.head).ok()?;
    let name = head.manifest.to_string();
    let manifest = fs::read(folder.join("manifests").join(&name)).ok()?;
    let manifest = Manifest::read(&manifest).ok()?;
    let segments = manifest.segments.iter().flat_map(|segment| &segment.packs);
    let packs = manifest
        .snapshot
        .iter()
        .chain(segments)
        .map(|pack| pack.hash.to_string());
    Some(packs.chain([name]).collect())
}

async fn info(log: &dyn Log) -> Result<String, Failure> {
    let info = serde_json::to_string(&hub_info(&log.about().await?));
    info.map_err(|error| Failure::File(error.to_string()))
}

async fn bytes(log: &dyn Log, hash: Hash) -> Result<Vec<u8>, Failure> {
    let gone = || LogError::Busy("it published again meanwhile".to_owned());
    Ok(log.pack(hash).await?.ok_or_else(gone)?)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::file(path, error);
    let mut file = interchange::beside(path).map_err(|error| failed(&error))?;
    file.write_all(bytes).map_err(|error| failed(&error))?;
    file.as_file().sync_all().map_err(|error| failed(&error))?;
    failpoints::reach("files:written");
    file.persist(path)
        .map(drop)
        .map_err(|error| failed(&error.error))
}

/// Takes away files that are named by a hash and no longer needed.
fn forget(folder: &Path, stay: &HashSet<String>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::file(folder, &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.parse::<Hash>().is_ok() && !stay.contains(&name) {
            fs::remove_file(entry.path()).map_err(failed)?;
            failpoints::reach("files:forgotten");
        }
    }
    Ok(())
}

/// Writes a publication into one file.
pub(crate) async fn bundle(log: &dyn Log, latest: &Publication, to: &Path) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::file(to, error);
    let file = interchange::beside(to).map_err(|error| failed(&error))?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let info = info(log).await?;
    let manifest = format!("manifests/{}", latest.manifest);
    let mut parts = vec![
        ("hub".to_owned(), info.into_bytes()),
        ("head".to_owned(), latest.head.clone().into_bytes()),
        (manifest, latest.manifest_text.clone().into_bytes()),
    ];
    let mut packs = latest.packs()?.into_iter();
    loop {
        for (name, bytes) in parts.drain(..) {
            zip.start_file(name, stored())
                .map_err(|error| failed(&error))?;
            zip.write_all(&bytes).map_err(|error| failed(&error))?;
            failpoints::reach("bundle:part");
        }
        let Some(hash) = packs.next() else {
            break;
        };
        parts.push((format!("packs/{hash}"), bytes(log, hash).await?));
    }
    let file = zip.finish().map_err(|error| failed(&error))?;
    let file = file.into_inner().map_err(|error| failed(&error))?;
    file.as_file().sync_all().map_err(|error| failed(&error))?;
    failpoints::reach("bundle:written");
    file.persist(to)
        .map(drop)
        .map_err(|error| failed(&error.error))
}

/// Packs are compressed already. No time stands in it, so that the same makes the same file.
fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}
