//! `taxonomies/<code>.toml`: terms with stable codes.

use domain::{Catalogue, Rest, Taxonomy, TaxonomyTerm};

use super::fault::Faults;
use super::shelf::Document;
use super::table::{Said, Sorted, Table, Unique};

pub(super) fn read(documents: &[Document<'_>], faults: &Faults) -> Vec<Taxonomy> {
    documents
        .iter()
        .map(|document| taxonomy(document.name, document.table(faults)))
        .collect()
}

fn taxonomy(code: &str, mut file: Table<'_>) -> Taxonomy {
    let taxonomy = Taxonomy {
        code: code.to_owned(),
        name: file.required("name").owned(),
        description: file.required("description").owned(),
        source: file.required("source").owned(),
        terms: terms(code, &mut file),
    };
    file.close();
    taxonomy
}

/// In display order: by `order`, those without one last, then by name.
fn terms(taxonomy: &str, file: &mut Table<'_>) -> Vec<TaxonomyTerm> {
    let (mut unique, mut sorted) = (Unique::default(), Sorted::default());
    let mut terms = Vec::new();
    for mut table in file.records("term") {
        let code = table.slug("code");
        unique.add(&table, code);
        sorted.add(&table, code);
        let term = TaxonomyTerm {
            id: Catalogue::term_id(taxonomy, code.text).to_string(),
            code: Some(code.owned()),
            name: table.required("name").owned(),
            description: table.text("description").map(Said::owned),
            taxonomy: Some(taxonomy.to_owned()),
            rest: Rest::new(),
        };
        let order = table.whole_number("order").unwrap_or(i64::MAX);
        terms.push((order, term));
        table.close();
    }
    terms.sort_by(|(m, a), (n, b)| (m, &a.name).cmp(&(n, &b.name)));
    terms.into_iter().map(|(_, term)| term).collect()
}
