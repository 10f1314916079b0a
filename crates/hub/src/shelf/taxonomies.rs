//! Signpost's own taxonomies: the same files that desks carry.

use domain::{Catalogue, RecordId};
use serde::Deserialize;
use serde_json::{Value, json};

macro_rules! carried {
    ($code:literal) => {
        (
            $code,
            include_str!(concat!("../../../../assets/taxonomies/", $code, ".toml")),
        )
    };
}

const FILES: [(&str, &str); 16] = [
    carried!("activity"),
    carried!("commissioned"),
    carried!("cost"),
    carried!("delivery-level"),
    carried!("funding"),
    carried!("meets-you"),
    carried!("model"),
    carried!("need"),
    carried!("population"),
    carried!("prescribing-level"),
    carried!("referral-source"),
    carried!("role"),
    carried!("support-type"),
    carried!("tier"),
    carried!("way-in"),
    carried!("what-it-does"),
];

#[derive(Deserialize)]
struct File {
    name: String,
    description: String,
    #[serde(default)]
    term: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    name: String,
    #[serde(default)]
    description: String,
}

/// A taxonomy or a term as the API tells it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// Identity.
    pub(super) id: RecordId,
    /// Of a term: its taxonomy.
    pub(super) taxonomy: Option<RecordId>,
    /// In the shape of HSDS.
    pub(super) body: Value,
}

/// The identity of a taxonomy that is known by its code or name only.
pub(super) fn taxonomy_id(code: &str) -> RecordId {
    RecordId::named(&format!("taxonomy/{code}"))
}

/// Signpost's own taxonomies, each with its terms in the order of their identifiers. A fault in a
/// file is ruled out by the test below, and by those of the desk.
pub(super) fn built_in() -> Vec<(Word, Vec<Word>)> {
    let read = |(code, text): &(&str, &str)| {
        let file: File = toml::from_str(text).ok()?;
        Some(taxonomy(code, file))
    };
    FILES.iter().filter_map(read).collect()
}

fn taxonomy(code: &str, file: File) -> (Word, Vec<Word>) {
    let id = taxonomy_id(code);
    let term = |row: Row| {
        let term = Catalogue::term_id(code, &row.code);
        let body = json!({
            "id": term.to_string(),
            "code": row.code,
            "name": row.name,
            "description": row.description,
            "taxonomy": code,
            "taxonomy_id": id.to_string(),
        });
        Word {
            id: term,
            taxonomy: Some(id),
            body,
        }
    };
    let body = json!({
        "id": id.to_string(),
        "name": file.name,
        "description": file.description,
    });
    let word = Word {
        id,
        taxonomy: None,
        body,
    };
    (word, file.term.into_iter().map(term).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_taxonomy_of_the_folder_is_carried() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/taxonomies");
        let files = std::fs::read_dir(folder).unwrap().count();
        let read = built_in();
        assert_eq!(read.len(), files);
        for (taxonomy, terms) in read {
            assert!(!terms.is_empty(), "{}", taxonomy.body);
        }
    }
}
