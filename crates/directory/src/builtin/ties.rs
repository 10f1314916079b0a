//! The terms of an entry, as ties between its service and the taxonomies.

use domain::{Attribute, RecordId};

use super::known::Known;
use super::table::{Said, Table};

/// A key of an entry, the taxonomy of its codes, and whether they are an editor's reading of the
/// description instead of the source's own statement.
type Field = (&'static str, &'static str, bool);

/// Lists of `{ term, detail }`.
const DETAILED: [Field; 2] = [("needs", "need", true), ("populations", "population", true)];

/// Single codes.
const SINGLE: [Field; 3] = [
    ("tier", "tier", true),
    ("delivery_level", "delivery-level", true),
    ("role", "role", true),
];

/// Lists of codes.
const LISTS: [Field; 7] = [
    ("activities", "activity", true),
    ("support_types", "support-type", true),
    ("models", "model", false),
    ("does", "what-it-does", true),
    ("referrers", "referral-source", false),
    ("way_in", "way-in", false),
    ("meets_you", "meets-you", false),
];

/// Ties being made for one entry.
struct Ties<'k> {
    slug: &'k str,
    known: &'k Known<'k>,
    made: Vec<Attribute>,
}

/// All terms that an entry gives.
pub(super) fn read(table: &mut Table<'_>, slug: &str, known: &Known<'_>) -> Vec<Attribute> {
    let made = Vec::new();
    let mut ties = Ties { slug, known, made };
    for field in DETAILED {
        for mut item in table.tables(field.0, "a list of tables, as in [{ term = \"…\" }]") {
            let (term, detail) = (item.required("term"), item.text("detail"));
            ties.add(&item, field, term, detail);
            item.close();
        }
    }
    for field in SINGLE {
        if let Some(code) = table.text(field.0) {
            ties.add(table, field, code, None);
        }
    }
    for field in LISTS {
        for code in table.texts(field.0) {
            ties.add(table, field, code, None);
        }
    }
    ties.made
}

impl Ties<'_> {
    fn add(&mut self, table: &Table<'_>, field: Field, code: Said<'_>, detail: Option<Said<'_>>) {
        let (_, taxonomy, assessed) = field;
        let mut attribute = match self.known.attribute(taxonomy, code.text) {
            Ok(attribute) => attribute,
            Err(_) if code.text.is_empty() => return,
            Err(message) => return table.fault(code, message),
        };
        // The same population with another detail is another tie.
        let apart = detail.map_or_else(String::new, |detail| format!("/{}", detail.text));
        let name = format!(
            "service/{}/attribute/{taxonomy}/{}{apart}",
            self.slug, code.text
        );
        attribute.id = RecordId::named(&name).to_string();
        attribute.value = detail.map(Said::owned);
        attribute.assessed = assessed;
        if self.made.iter().any(|other| other.id == attribute.id) {
            table.fault(
                code,
                format!("\"{}\" stands here twice: keep one", code.text),
            );
        }
        self.made.push(attribute);
    }
}
