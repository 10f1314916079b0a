//! The words of the directory as types.
//!
//! Records have the shape of HSDS 3.1 / Open Referral UK 3.0: the same field names, every attribute
//! that this version does not know kept in `rest`. What Signpost adds stands in one place, the
//! `signpost` member of a record.
//!
//! Pure: no I/O, no clock, no async. What needs today's date is given it.

mod act;
mod area;
mod attribute;
pub mod change;
mod check;
mod date;
mod fault;
mod freshness;
mod geo;
mod id;
mod item;
mod kind;
mod labels;
mod linked;
mod many;
mod merge;
mod organisation;
mod place;
mod postcode;
pub mod private;
mod provenance;
mod role;
mod service;
mod state;
mod taxonomy;
mod thesaurus;
mod verdict;

pub use act::{Act, Resolution};
pub use area::{Area, AreaKind, Areas, GssCode, OutcodeArea};
pub use attribute::Attribute;
pub use change::{FieldChange, FieldName, Record, ValueChange};
pub use check::{Check, CheckHow};
pub use date::{ParseWhenError, When};
pub use fault::{FieldFault, LARGEST_RECORD, faults};
pub use freshness::{Freshness, STALE_AFTER_DAYS};
pub use geo::{BadPoint, Point};
pub use id::{ParseIdError, RecordId};
pub use item::{Conflict, ConflictField, Item, ItemSort, ItemState, Sender};
pub use kind::Kind;
pub use linked::{
    Accessibility, Address, CostOption, Held, Language, Linked, Phone, Schedule, Url,
};
pub use many::Many;
pub use merge::{Merged, merge};
pub use organisation::Organisation;
pub use place::{Place, ServiceAtLocation};
pub use postcode::{Outcode, ParsePostcodeError, Postcode, Whereabouts};
pub use provenance::Provenance;
pub use role::{Account, Boroughs, Role};
pub use service::{HsdsStatus, InternalNote, Service, ServiceArea, ServiceNotes};
pub use state::{State, StateKind};
pub use taxonomy::{Catalogue, Taxonomy, TaxonomyTerm};
pub use thesaurus::ThesaurusGroup;
pub use verdict::{Refusal, Verdict};

/// Members of a record that this version does not know: kept, stored and sent on untouched.
pub type Rest = serde_json::Map<String, serde_json::Value>;
