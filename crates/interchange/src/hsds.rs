//! HSDS and Open Referral UK: what their tables hold, and every version of them in and out.
//!
//! [`read()`] takes JSON of HSDS 1.1 to 3.1 and Open Referral UK 1.0 and 3.0: a record, an array, a page
//! (`contents` or `content`), NDJSON, or a folder of such files; [`full_service`] is its inverse.
//! A file is never held as a whole: memory is bounded by one document (16 MiB) and what is kept to
//! make one record of several documents' (32 MiB for services, organisations and places each; beyond
//! that 40 bytes or so a record).
//!
//! A document that is valid by the published schemas of HSDS 3 or Open Referral UK 3 goes out as it
//! came in, members that nobody knows included, but for these **normalisations**:
//!
//! - Numbers are read as 64 bits; `latitude` and `longitude` are written with a fraction (`51.0`).
//! - UUIDs are written in small letters with hyphens. An identifier that is no UUID becomes the one of
//!   `<namespace>/<entity>/<identifier>`, and so does whatever refers to it; the original goes with the
//!   record as its source identifier.
//! - A row without an identifier gets one from its parent's, its entity and what it says.
//! - A null in a member that HSDS knows is left out. Members that it does not know keep theirs.
//! - HTML in texts that HSDS knows becomes plain text (tags and character references only; `a < b`
//!   stays). Letters that a wrong encoding made are told and stay.
//! - A number as text, text as a number, one record where a list is due, another case of a listed
//!   value and `www.` without a scheme are set right, and it is told. Anything else of a wrong kind is
//!   left out, and it is told where.
//! - Of a member that stands twice in an object the first counts; it is told.
//! - A record that several documents hold comes in as one: what was read first counts, members and
//!   rows that only the others have are added; contradictions are told. What is nested wins over an
//!   `organization_id` or `location_id` beside it that says something else.
//! - An organisation or place that is only named by its identifier stands nested in the export as
//!   well, where the directory has it. The locations of an organisation stay in its document.
//! - A service of an organisation's document comes in by itself and gains its `organization_id`; a
//!   service at a location becomes part of its service.
//! - `assessed: false` of an attribute and an empty `signpost` are the same as none; of `signpost`,
//!   notes for staff (`internal`) never go out.
//!
//! **Earlier versions**: what has a home in HSDS 3.1 goes there (terms to `attributes`, hours to
//! `schedules`, addresses to `addresses`, `eligibility` to ages and words, UK 1.0's `locations` to
//! `service_at_locations`…), everything else stays as it is. A status that is not given or unknown is
//! `active`, a place without a type `physical`.
//!
//! **Out**, records that say less than the schemas ask for are completed: required texts that nobody
//! knows are there and empty, optional addresses of the web and mail that would not be valid are
//! mended where there is one way to and left out otherwise, rows whose identifiers are no UUIDs get
//! ones, rows that lack more than text are left out.

pub mod entities;
pub mod tabular;

mod encoding;
mod feed;
mod formats;
mod ids;
mod json;
mod lines;
mod normal;
mod plain;
mod read;
mod remarks;
mod scan;
mod seen;
mod upgrade;
mod validate;
mod walk;
mod which;
mod write;

pub use feed::Feed;
pub use read::{Summary, read, read_from};
pub use validate::validate;
pub use write::{JsonShape, JsonWriter, full_service, organisation, place};

#[cfg(test)]
mod tests;
