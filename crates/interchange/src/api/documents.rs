//! Asks for every service that was listed.

use super::text::squeezed;
use super::verdict::{Kind, Refusal};
use super::{Fetch, page};
use crate::InterchangeError;

/// A document is never larger.
pub(super) const LARGEST: u64 = 32 << 20;
/// So many faults in a row are not those of single services: the fetch ends, to be gone on with.
const IN_A_ROW: usize = 5;

impl Fetch<'_> {
    /// Asks for what is not there yet.
    pub(super) fn documents(&mut self) -> Result<(), InterchangeError> {
        let pending = self.spool.pending();
        let mut row: Vec<(String, String)> = Vec::new();
        for id in pending {
            self.tell_of(row.len())?;
            let uri = self.address.service(&id)?;
            match self.caller.get(&uri, LARGEST)? {
                Ok(data) => {
                    match fit(&id, &data.text) {
                        Ok(document) => self.spool.keep(&id, &document)?,
                        Err(why) => self.spool.skip(&id, &why)?,
                    }
                    self.skip_all(&mut row)?;
                }
                Err(Refusal { kind, why }) => match kind {
                    Kind::Gone | Kind::Unfit => self.spool.skip(&id, &why)?,
                    Kind::Denied | Kind::Passing if row.len() + 1 < IN_A_ROW => row.push((id, why)),
                    Kind::Denied | Kind::Passing | Kind::Away => return Err(self.refused(&why)),
                },
            }
        }
        self.skip_all(&mut row)?;
        self.tell_of(0)
    }

    fn skip_all(&mut self, row: &mut Vec<(String, String)>) -> Result<(), InterchangeError> {
        for (id, why) in row.drain(..) {
            self.spool.skip(&id, &why)?;
        }
        Ok(())
    }

    fn tell_of(&mut self, waiting: usize) -> Result<(), InterchangeError> {
        let done = self.spool.finished() + u64::try_from(waiting).unwrap_or_default();
        Ok(self.caller.step(done, self.spool.known().max(done))?)
    }
}

/// The document on one line, if it is that of the service that was asked for.
pub(super) fn fit(asked: &str, text: &str) -> Result<String, String> {
    let id = page::id(text).ok_or("what came is not a service: it has no identifier")?;
    if id.to_lowercase() == asked.to_lowercase() {
        Ok(squeezed(text))
    } else {
        let id: String = id.chars().take(80).collect();
        Err(format!("another service came instead: {id}"))
    }
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn a_document_is_that_of_the_service_asked_for() {
        assert_eq!(fit("7", "{\n \"id\": 7 }").unwrap(), r#"{"id":7}"#);
        assert!(fit("ab-C", r#"{"id": "AB-c"}"#).is_ok());
        assert!(fit("a", r#"{"id": "b"}"#).is_err());
        assert!(fit("a", r#"[{"id": "a"}]"#).is_err());
        assert!(fit("a", r#"{"message": "not found"}"#).is_err());
    }
}
