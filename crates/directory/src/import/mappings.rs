//! Mappings that somebody saved by name.

use std::collections::BTreeMap;

use interchange::mapping::{self, Mapping};
use interchange::tables::Heading;
use store::Op;

use crate::error::Error;
use crate::open::Directory;

const KEY: &str = "mappings";
/// A saved mapping is proposed from this share of known headings on.
const FITS: f64 = 0.9;

impl Directory {
    /// The names of the saved mappings.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn mappings(&self) -> Result<Vec<String>, Error> {
        Ok(self.saved_mappings()?.into_keys().collect())
    }

    /// A saved mapping.
    ///
    /// # Errors
    /// [`Error::NoMapping`], [`Error::Store`].
    pub fn mapping(&self, name: &str) -> Result<Mapping, Error> {
        let mut saved = self.saved_mappings()?;
        let names: Vec<String> = saved.keys().cloned().collect();
        saved.remove(name.trim()).ok_or_else(|| Error::NoMapping {
            name: name.to_owned(),
            known: names,
        })
    }

    /// Saves a mapping, in place of the one of the same name.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::NoName`].
    pub fn save_mapping(&self, name: &str, mapping: &Mapping) -> Result<(), Error> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Error::NoName);
        }
        let mut saved = self.saved_mappings()?;
        saved.insert(name.to_owned(), mapping.clone());
        self.keep_mappings(&saved)
    }

    /// Removes a saved mapping; one that is not there is no error.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn remove_mapping(&self, name: &str) -> Result<(), Error> {
        let mut saved = self.saved_mappings()?;
        if saved.remove(name.trim()).is_none() {
            return Ok(());
        }
        self.keep_mappings(&saved)
    }

    /// The saved mapping that fits these headings best, if one fits well.
    pub(crate) fn fitting(&self, headings: &[Heading]) -> Result<Option<(String, Mapping)>, Error> {
        let saved = self.saved_mappings()?.into_iter();
        let scored =
            saved.map(|(name, mapping)| (mapping::fits(&mapping, headings), name, mapping));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0));
        Ok(best
            .filter(|(score, ..)| *score >= FITS)
            .map(|(_, name, mapping)| (name, mapping)))
    }

    fn saved_mappings(&self) -> Result<BTreeMap<String, Mapping>, Error> {
        let kept = self.store().setting(KEY)?;
        Ok(kept
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default())
    }

    fn keep_mappings(&self, saved: &BTreeMap<String, Mapping>) -> Result<(), Error> {
        let value = serde_json::to_value(saved).unwrap_or_default();
        self.indexer.transact(Op::SetSetting {
            key: KEY.to_owned(),
            value,
        })?;
        Ok(())
    }
}
