//! The index on disk: the same answers as from memory, and no panic whatever became of its files.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::*;
use crate::{Builder, IndexError, OpenIndex, Turn};

const TEXTS: [&str; 5] = [
    "Befriending and home visits",
    "Debt advice and bereavement counselling",
    "Walking group in the park, with coffee",
    "Art, painting and drawing",
    "Breakfast club for armed forces",
];

fn documents(count: i64) -> Vec<Document> {
    let one = |row: i64| {
        let text = TEXTS[usize::try_from(row).unwrap() % TEXTS.len()];
        let borough = ["B1", "B2", "B3"][usize::try_from(row).unwrap() % 3];
        service(
            row,
            &format!("Thing {row}"),
            text,
            &[(Dimension::Borough, borough), (Dimension::Need, "work")],
        )
    };
    (1..=count).map(one).collect()
}

fn built(home: &Path, documents: &[Document]) -> Engine {
    let engine = Engine::new(vocabulary());
    let mut builder = Builder::new(
        home,
        "store",
        engine.vocabulary(),
        Turn::take(home).unwrap(),
    )
    .unwrap();
    documents
        .iter()
        .for_each(|document| builder.add(document).unwrap());
    builder.finish(7).unwrap();
    let index = OpenIndex::open(home, "store", engine.vocabulary()).unwrap();
    assert_eq!((index.revision(), index.services()), (7, documents.len()));
    engine.replace(index);
    engine
}

#[test]
fn what_is_on_disk_is_found_like_what_is_in_memory() {
    let home = tempfile::tempdir().unwrap();
    let documents = documents(200);
    let (disk, memory) = (built(home.path(), &documents), engine(&documents));
    for text in [
        "",
        "b",
        "wa",
        "walk",
        "debt advice",
        "lonely",
        "bereavment",
        "veteran in salford",
        "painting group",
        "thing 17",
    ] {
        let (a, b) = (
            disk.search(&query(text)).unwrap(),
            memory.search(&query(text)).unwrap(),
        );
        assert_eq!(
            (a.total, &a.counts, a.unknown_by, &a.notes),
            (b.total, &b.counts, b.unknown_by, &b.notes),
            "{text}"
        );
        let order = |answer: &Answer| {
            answer
                .hits
                .iter()
                .map(|hit| (hit.row, hit.score))
                .collect::<Vec<_>>()
        };
        assert_eq!(order(&a), order(&b), "{text}");
    }
}

#[test]
fn a_changed_record_is_found_at_once_as_it_is_now() {
    let home = tempfile::tempdir().unwrap();
    let engine = built(home.path(), &documents(50));
    engine.put(&[service(
        7,
        "Kite makers",
        "Flying on windy days",
        &[(Dimension::Borough, "B2")],
    )]);
    assert_eq!(found(&engine, "kite"), [7]);
    assert!(!found(&engine, "thing 7").contains(&7));
    engine.put(&[service(7, "Kite menders", "Mending", &[])]);
    assert_eq!(found(&engine, "kite menders"), [7]);
    engine.remove(&[7]);
    assert!(found(&engine, "kite").is_empty());
    assert_eq!(engine.services(), 49);
}

#[test]
fn an_index_of_another_store_or_with_other_words_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let _engine = built(home.path(), &documents(3));
    assert!(matches!(
        OpenIndex::open(home.path(), "another", &vocabulary()),
        Err(IndexError::Outdated)
    ));
    let fewer = Vocabulary::new(&Catalogue::default(), &areas(), &[]);
    assert!(matches!(
        OpenIndex::open(home.path(), "store", &fewer),
        Err(IndexError::Outdated)
    ));
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(
        OpenIndex::open(empty.path(), "store", &vocabulary()),
        Err(IndexError::Absent(_))
    ));
}

#[test]
fn a_builder_that_stops_half_way_leaves_the_former_index() {
    let home = tempfile::tempdir().unwrap();
    let _engine = built(home.path(), &documents(3));
    let mut builder = Builder::new(
        home.path(),
        "store",
        &vocabulary(),
        Turn::take(home.path()).unwrap(),
    )
    .unwrap();
    builder.add(&documents(1)[0]).unwrap();
    assert!(matches!(
        builder.add(&documents(1)[0]),
        Err(IndexError::Order { .. })
    ));
    drop(builder);
    assert_eq!(
        OpenIndex::open(home.path(), "store", &vocabulary())
            .unwrap()
            .services(),
        3
    );
    // What was left half written goes when the next one is built.
    let _engine = built(home.path(), &documents(4));
    assert_eq!(
        fs::read_dir(home.path())
            .unwrap()
            .filter(|e| e.as_ref().unwrap().path().is_dir())
            .count(),
        2
    );
}

fn files(home: &Path) -> Vec<PathBuf> {
    let inner = fs::read_dir(home)
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.is_dir())
        .unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(inner)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.push(home.join("index"));
    files.sort();
    files
}

/// Opens, verifies and searches a damaged index; true when the damage was noticed.
fn noticed(home: &Path) -> bool {
    let look = || {
        let index = OpenIndex::open(home, "store", &vocabulary())?;
        let engine = Engine::new(vocabulary());
        engine.replace(index);
        engine.verify()?;
        engine.search(&query("walk"))
    };
    !matches!(catch_unwind(AssertUnwindSafe(look)), Ok(Ok(_)))
}

#[test]
fn damage_is_noticed() {
    let pristine = tempfile::tempdir().unwrap();
    drop(built(pristine.path(), &documents(100)));
    assert!(!noticed(pristine.path()));
    for file in files(pristine.path()) {
        let good = fs::read(&file).unwrap();
        let mut flipped = good.clone();
        if let Some(byte) = flipped.get_mut(good.len() / 2) {
            *byte ^= 0x55;
        }
        let name = file.file_name().unwrap().to_string_lossy();
        let harmless = file.extension().is_none() || good.is_empty() || name == ".managed.json";
        for bad in [flipped, good[..good.len() / 2].to_vec(), Vec::new()] {
            fs::write(&file, bad).unwrap();
            // A changed label or list of files may still be true.
            assert!(noticed(pristine.path()) || harmless, "{}", file.display());
        }
        fs::write(&file, &good).unwrap();
    }
    assert!(!noticed(pristine.path()));
}
