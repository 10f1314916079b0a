//! The fail points of a crate, as they stand in its code: so none is forgotten.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::files::below;

const REACH: &str = "failpoints::reach(";

/// The points in the code below a folder, each with the files in which it stands.
pub(crate) fn of(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut points: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for text in below(folder) {
        for rest in text.content.split(REACH).skip(1) {
            let name = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
            let (name, _) = name.expect("a point is named where it stands");
            let files = points.entry(name.to_owned()).or_default();
            files.insert(text.name.clone());
        }
    }
    assert!(!points.is_empty(), "no point in {folder}");
    points
}
