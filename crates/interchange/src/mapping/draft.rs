//! A row on its way to records.

use domain::{GssCode, Phone, Point, Postcode, RecordId, Rest, Service};
use serde_json::Value;

use crate::tidy::{Number, Remark};

/// What was read of a row so far.
pub(super) struct Draft {
    /// The service; its identifier and those of its parts come last.
    pub(super) service: Service,
    /// Its identifier in the source.
    pub(super) source_id: Option<String>,
    /// When it is open, as written, a text for each column.
    pub(super) hours: Vec<String>,
    /// What was said of coverage, each with its column.
    pub(super) coverage: Vec<(usize, String)>,
    /// Who runs it.
    pub(super) organisation: OrganisationDraft,
    /// Where it happens.
    pub(super) place: PlaceDraft,
    /// What is kept under its heading.
    pub(super) extra: Rest,
    /// What is to be told of the cell being read.
    pub(super) remarks: Vec<Remark>,
    /// What is to be told, with the column where it is known.
    pub(super) told: Vec<(Option<usize>, Remark)>,
}

/// What a row says of an organisation.
#[derive(Default)]
pub(super) struct OrganisationDraft {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) url: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phones: Vec<Phone>,
    pub(super) charity: Option<String>,
    pub(super) company: Option<String>,
}

/// What a row says of a place.
#[derive(Default)]
pub(super) struct PlaceDraft {
    pub(super) name: Option<String>,
    pub(super) lines: Vec<String>,
    pub(super) city: Option<String>,
    pub(super) county: Option<String>,
    /// As it is kept.
    pub(super) postal_code: Option<String>,
    /// Where the text is a postcode.
    pub(super) postcode: Option<Postcode>,
    /// Where the postcode lies, by the files of postcodes.
    pub(super) point: Option<Point>,
    /// The district in which the postcode lies.
    pub(super) district: Option<GssCode>,
    pub(super) latitude: Option<(usize, f64)>,
    pub(super) longitude: Option<(usize, f64)>,
    pub(super) access: Vec<String>,
    pub(super) transport: Vec<String>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            service: Service::named(RecordId::from_bytes([0; 16]), ""),
            source_id: None,
            hours: Vec::new(),
            coverage: Vec::new(),
            organisation: OrganisationDraft::default(),
            place: PlaceDraft::default(),
            extra: Rest::new(),
            remarks: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Keeps a text under its heading; where there is one already, both.
    pub(super) fn keep(&mut self, heading: &str, text: &str) {
        match self.extra.get_mut(heading) {
            Some(Value::String(kept)) if kept == text => {}
            Some(Value::String(kept)) => {
                kept.push('\n');
                kept.push_str(text);
            }
            Some(_) | None => {
                self.extra.insert(heading.to_owned(), Value::from(text));
            }
        }
    }

    pub(super) fn doubt(&mut self, message: String) {
        self.remarks.push(Remark::doubt(message));
    }

    /// Gives what was remarked of a cell its column.
    pub(super) fn tell(&mut self, column: Option<usize>) {
        let remarks = self.remarks.drain(..);
        self.told.extend(remarks.map(|remark| (column, remark)));
    }
}

/// Puts a text into a member, after what is there.
pub(super) fn add(member: &mut Option<String>, text: &str, between: &str) {
    match member {
        Some(there) if there == text => {}
        Some(there) => {
            there.push_str(between);
            there.push_str(text);
        }
        None => *member = Some(text.to_owned()),
    }
}

/// A telephone number as HSDS has it, without an identifier yet.
pub(super) fn phone(number: Number) -> Phone {
    let mut rest = Rest::new();
    if let Some(extension) = number.extension {
        rest.insert("extension".to_owned(), Value::from(extension));
    }
    if let Some(kind) = number.kind {
        rest.insert("type".to_owned(), Value::from(kind));
    }
    Phone {
        id: String::new(),
        number: number.number,
        description: number.about,
        rest,
    }
}
