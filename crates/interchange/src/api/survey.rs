//! Finds out with a few requests how a server gives its services: where its pages begin, what
//! version it says it speaks, and whether whole documents stand in the list or have to be asked for.

use serde_json::Value;

use super::page::{self, Page};
use super::spool::{Form, Stage};
use super::text::squeezed;
use super::verdict::{Kind, Refusal};
use super::{Fetch, documents, listing};
use crate::InterchangeError;

/// What a server says of itself is never larger.
const ABOUT: u64 = 1 << 20;
/// Larger services are not compared, but asked for.
const COMPARED: usize = 1 << 20;

impl Fetch<'_> {
    /// Looks at the first page and a few of its services.
    pub(super) fn survey(&mut self) -> Result<(), InterchangeError> {
        let first = self.first_page()?;
        let (about, samples) = {
            let page = Page::read(&first).map_err(|why| self.refused(&why))?;
            (page.first, samples(&page))
        };
        // A server that counts from 0 says of page 1 that it isn't the first.
        let first_page = u64::from(about != Some(false));
        let version = self.version()?;
        let form = self.form(&samples)?;
        self.held = Some((1, first));
        let base = self.address.base().to_owned();
        self.spool.set(|head| {
            (head.base, head.version) = (base, version);
            (head.form, head.first_page) = (form, first_page);
            head.stage = Stage::Surveyed;
        })
    }

    /// Page 1, with a size if the server lets it be chosen.
    fn first_page(&mut self) -> Result<String, InterchangeError> {
        let refused = match self.page_one(true)? {
            Ok(text) => return Ok(text),
            Err(refusal) => refusal,
        };
        if refused.kind == Kind::Unfit
            && let Ok(text) = self.page_one(false)?
        {
            return Ok(text);
        }
        Err(self.refused(&refused.why))
    }

    fn page_one(&mut self, sized: bool) -> Result<Result<String, Refusal>, InterchangeError> {
        let uri = self.address.page(1, sized)?;
        let data = match self.caller.get(&uri, listing::LARGEST)? {
            Ok(data) => data,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.address.moved(&data.uri);
        self.spool.set(|head| head.sized = sized)?;
        Ok(Ok(data.text))
    }

    /// The version that the server says it speaks, if it says so.
    fn version(&mut self) -> Result<Option<String>, InterchangeError> {
        let about = self.caller.get_once(&self.address.root()?, ABOUT)?;
        let about = about.and_then(|data| serde_json::from_str::<Value>(&data.text).ok());
        let version = about.as_ref().and_then(|about| about.get("version"));
        Ok(version.and_then(Value::as_str).map(str::to_owned))
    }

    /// Whether a service by itself says more than its entry in the list. What was asked for is
    /// kept, so that nothing is asked for twice.
    fn form(&mut self, samples: &[(String, String)]) -> Result<Form, InterchangeError> {
        let mut told = Vec::new();
        let mut fault = None;
        for (id, entry) in samples {
            let uri = self.address.service(id)?;
            match self.caller.get(&uri, documents::LARGEST)? {
                Ok(data) => told.push((id, entry, documents::fit(id, &data.text))),
                Err(Refusal { kind, why }) => match kind {
                    Kind::Gone | Kind::Unfit => told.push((id, entry, Err(why))),
                    Kind::Denied => {}
                    Kind::Passing => fault = Some(why),
                    Kind::Away => return Err(self.refused(&why)),
                },
            }
        }
        let mut documents = told
            .iter()
            .filter_map(|(_, entry, it)| Some((entry, it.as_ref().ok()?)));
        let any = documents.clone().next().is_some();
        if let (false, Some(why)) = (any, fault) {
            return Err(self.refused(&why));
        }
        if documents.all(|(entry, document)| covers(entry, document)) {
            return Ok(Form::Entries);
        }
        for (id, _, document) in &told {
            match document {
                Ok(document) => self.spool.keep(id, document)?,
                Err(why) => self.spool.skip(id, why)?,
            }
        }
        Ok(Form::Documents)
    }
}

/// The first, the middle and the last service of a page.
fn samples(page: &Page<'_>) -> Vec<(String, String)> {
    let count = page.entries.len();
    let mut places = vec![0, count / 2, count.saturating_sub(1)];
    places.dedup();
    let entries = places.iter().filter_map(|&place| page.entries.get(place));
    let mut named: Vec<_> = entries
        .filter_map(|entry| Some((page::id(entry)?, squeezed(entry))))
        .collect();
    named.dedup_by(|one, other| one.0 == other.0);
    named
}

/// Whether an entry has every member that the document has.
fn covers(entry: &str, document: &str) -> bool {
    if entry == document {
        return true;
    }
    if entry.len().max(document.len()) > COMPARED {
        return false;
    }
    match (serde_json::from_str(entry), serde_json::from_str(document)) {
        (Ok(entry), Ok(document)) => has_all(&entry, &document),
        _ => false,
    }
}

fn has_all(entry: &Value, document: &Value) -> bool {
    match document {
        Value::Object(members) => members.iter().all(|(name, value)| {
            let empty = matches!(value, Value::Null) || value.as_array().is_some_and(Vec::is_empty);
            let held = entry.get(name);
            held.map_or(empty, |held| has_all(held, value))
        }),
        Value::Array(values) => entry.as_array().is_some_and(|held| {
            held.len() >= values.len() && held.iter().zip(values).all(|(a, b)| has_all(a, b))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            !entry.is_null() || document.is_null()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn an_entry_covers_a_document_that_says_no_more() {
        let entry = r#"{"id":"a","phones":[{"number":"1"}],"status":"active"}"#;
        for (document, covered) in [
            (r#"{"id":"a"}"#, true),
            (
                r#"{"status":"changed","id":"a","url":null,"contacts":[]}"#,
                true,
            ),
            (r#"{"id":"a","url":"https://example.org"}"#, false),
            (
                r#"{"id":"a","phones":[{"number":"1","languages":[{"name":"x"}]}]}"#,
                false,
            ),
            (
                r#"{"id":"a","phones":[{"number":"1"},{"number":"2"}]}"#,
                false,
            ),
        ] {
            assert_eq!(covers(entry, document), covered, "{document}");
        }
    }
}
