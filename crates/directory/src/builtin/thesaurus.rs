//! `thesaurus/<theme>.toml`: what people say, and what services call it.

use domain::ThesaurusGroup;

use super::fault::Faults;
use super::known::Known;
use super::shelf::Document;
use super::table::{Said, Sorted, Table, Unique};

pub(super) fn read(
    documents: &[Document<'_>],
    known: &Known<'_>,
    faults: &Faults,
) -> Vec<ThesaurusGroup> {
    let mut groups = Vec::new();
    // A phrase that two groups claim would lead to either by chance.
    let (mut ids, mut phrases) = (Unique::default(), Unique::default());
    for document in documents {
        let mut file = document.table(faults);
        let mut sorted = Sorted::default();
        for mut table in file.records("group") {
            let id = table.slug("id");
            ids.add(&table, id);
            sorted.add(&table, id);
            let plain = table.texts("plain");
            check_plain(&table, &plain, &mut phrases);
            groups.push(group(table, known, (id, plain)));
        }
        file.close();
    }
    groups
}

fn check_plain<'a>(table: &Table<'a>, plain: &[Said<'a>], phrases: &mut Unique<'a>) {
    let mut sorted = Sorted::default();
    if plain.is_empty() {
        table.missing("plain", "what people say, in a list");
    }
    for &phrase in plain {
        phrases.add(table, phrase);
        sorted.add(table, phrase);
        let usual = usual(phrase.text);
        if phrase.text != usual {
            table.fault(phrase, format!("\"{}\" should be \"{usual}\"", phrase.text));
        }
    }
}

/// As searches are compared: small letters, no apostrophes, single spaces.
fn usual(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    words.join(" ").to_lowercase().replace(['\'', '’'], "")
}

fn group(
    mut table: Table<'_>,
    known: &Known<'_>,
    (id, plain): (Said<'_>, Vec<Said<'_>>),
) -> ThesaurusGroup {
    let owned = |list: Vec<Said<'_>>| list.into_iter().map(Said::owned).collect();
    let group = ThesaurusGroup {
        id: id.owned(),
        plain: owned(plain),
        words: owned(table.texts("words")),
        needs: known.codes(&mut table, "needs", "need"),
        activities: known.codes(&mut table, "activities", "activity"),
        populations: known.codes(&mut table, "populations", "population"),
        conditions: owned(table.texts("conditions")),
    };
    table.close();
    group
}
