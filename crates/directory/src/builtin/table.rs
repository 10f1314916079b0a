//! Reading a TOML table field by field: a fault is noted and reading goes on.
//!
//! A missing or wrong value is read as an empty one. Nothing is made of it, as a set of files with
//! any fault is refused as a whole.

use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::AssetFile;
use super::fault::{At, Faults};
use crate::nearest::advice;

/// A text with the key and the spot where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) key: &'static str,
    pub(super) text: &'a str,
    pub(super) at: At<'a>,
}

impl Said<'_> {
    pub(super) fn owned(self) -> String {
        self.text.to_owned()
    }
}

/// A table being read.
pub(super) struct Table<'a> {
    faults: &'a Faults,
    entries: &'a DeTable<'a>,
    /// The record it holds, for messages.
    what: String,
    at: At<'a>,
    asked: Vec<&'static str>,
}

impl<'a> Table<'a> {
    /// The whole of a file.
    pub(super) fn of_file(file: AssetFile<'a>, tree: &'a DeTable<'a>, faults: &'a Faults) -> Self {
        Self {
            faults,
            entries: tree,
            what: "file".to_owned(),
            at: At { file, offset: 0 },
            asked: Vec::new(),
        }
    }

    fn spot(&self, offset: usize) -> At<'a> {
        At {
            file: self.at.file,
            offset,
        }
    }

    /// Notes a fault of a field.
    pub(super) fn fault(&self, said: Said<'_>, message: String) {
        let what = format!("{}, {}", self.what, said.key);
        self.faults.add(said.at, &what, message);
    }

    fn mistyped(&self, key: &'static str, value: &Spanned<DeValue<'_>>, should: &str) {
        let at = self.spot(value.span().start);
        let is = value.get_ref().type_str();
        let what = format!("{}, {key}", self.what);
        let message = format!("should be {should}, but is of type {is}");
        self.faults.add(at, &what, message);
    }

    fn value(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.entries.get(key)
    }

    /// Notes that a key is missing, and what to write.
    pub(super) fn missing(&self, key: &'static str, write: &str) {
        let message = format!("has no \"{key}\": write {write}");
        self.faults.add(self.at, &self.what, message);
    }

    fn as_text(
        &self,
        key: &'static str,
        value: &'a Spanned<DeValue<'a>>,
        should: &str,
    ) -> Option<Said<'a>> {
        let Some(text) = value.get_ref().as_str() else {
            self.mistyped(key, value, should);
            return None;
        };
        let at = self.spot(value.span().start);
        let said = Said { key, text, at };
        if text.trim().is_empty() {
            self.fault(said, "is blank: leave it out if it is not known".to_owned());
        } else if text.trim() != text {
            self.fault(said, "has spaces around it: take them out".to_owned());
        }
        Some(said)
    }

    /// A text, if it is there.
    pub(super) fn text(&mut self, key: &'static str) -> Option<Said<'a>> {
        let value = self.value(key)?;
        self.as_text(key, value, "text in quotes")
    }

    /// A text that has to be there.
    pub(super) fn required(&mut self, key: &'static str) -> Said<'a> {
        if !self.entries.contains_key(key) {
            self.missing(key, &format!("{key} = \"…\""));
        }
        let (text, at) = ("", self.at);
        self.text(key).unwrap_or(Said { key, text, at })
    }

    /// A text that has to be there and names the record from here on: lower-case letters, digits and
    /// hyphens, as identifiers are made of it.
    pub(super) fn slug(&mut self, key: &'static str) -> Said<'a> {
        let said = self.required(key);
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !said.text.chars().all(allowed) {
            let message = format!("\"{}\": write small letters, digits and hyphens", said.text);
            self.fault(said, message);
        }
        self.named(said);
        said
    }

    /// Messages name the record by this text from here on.
    pub(super) fn named(&mut self, said: Said<'_>) {
        if !said.text.is_empty() {
            self.what = format!("{} {}", self.what, said.text);
        }
    }

    /// A list of texts, if it is there.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<Said<'a>> {
        let should = "a list of texts, as in [\"…\", \"…\"]";
        let items = self.list(key, should).iter();
        items
            .filter_map(|item| self.as_text(key, item, should))
            .collect()
    }

    fn list(&mut self, key: &'static str, should: &str) -> &'a [Spanned<DeValue<'a>>] {
        let Some(value) = self.value(key) else {
            return &[];
        };
        let Some(list) = value.get_ref().as_array() else {
            self.mistyped(key, value, should);
            return &[];
        };
        if list.is_empty() {
            let at = self.spot(value.span().start);
            let what = format!("{}, {key}", self.what);
            let message = "is an empty list: leave it out if nothing is known";
            self.faults.add(at, &what, message.to_owned());
        }
        list
    }

    /// Tables in a list, each called by this word in messages.
    pub(super) fn tables(&mut self, key: &'static str, should: &str) -> Vec<Self> {
        let mut tables = Vec::new();
        for item in self.list(key, should) {
            let Some(entries) = item.get_ref().as_table() else {
                self.mistyped(key, item, should);
                continue;
            };
            tables.push(Self {
                faults: self.faults,
                entries,
                what: match self.what.as_str() {
                    "file" => key.to_owned(),
                    what => format!("{what}, {key}"),
                },
                at: self.spot(item.span().start),
                asked: Vec::new(),
            });
        }
        tables
    }

    /// The tables of the file's records; there has to be one.
    pub(super) fn records(&mut self, key: &'static str) -> Vec<Self> {
        let should = format!("tables, each under [[{key}]]");
        if !self.entries.contains_key(key) {
            self.missing(key, &format!("at least one table [[{key}]]"));
        }
        self.tables(key, &should)
    }

    /// A whole number, if it is there.
    pub(super) fn whole_number(&mut self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        let integer = value.get_ref().as_integer();
        let number = integer.and_then(|i| i64::from_str_radix(i.as_str(), i.radix()).ok());
        if number.is_none() {
            self.mistyped(key, value, "a whole number without quotes");
        }
        number
    }

    /// One of these words, which has to be there, as what it stands for.
    pub(super) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let said = self.required(key);
        let found = choices.iter().find(|(word, _)| *word == said.text);
        if found.is_none() && !said.text.is_empty() {
            let words: Vec<_> = choices.iter().map(|(word, _)| (*word, *word)).collect();
            let advice = advice(said.text, &words);
            self.fault(
                said,
                format!("\"{}\" is not known here: {advice}", said.text),
            );
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// Notes every key that nobody asked for.
    pub(super) fn close(self) {
        let asked: Vec<_> = self.asked.iter().map(|key| (*key, *key)).collect();
        for key in self.entries.keys() {
            let name: &str = key.get_ref();
            if !self.asked.contains(&name) {
                let message = format!("unknown key \"{name}\": {}", advice(name, &asked));
                self.faults
                    .add(self.spot(key.span().start), &self.what, message);
            }
        }
    }
}

/// Texts of which no two may be the same, over all files of a kind.
#[derive(Default)]
pub(super) struct Unique<'a>(HashMap<&'a str, At<'a>>);

impl<'a> Unique<'a> {
    pub(super) fn add(&mut self, table: &Table<'_>, said: Said<'a>) {
        if said.text.is_empty() {
            return;
        }
        if let Some(first) = self.0.get(said.text) {
            let message = format!("\"{}\" stands already at {first}: keep one", said.text);
            table.fault(said, message);
        } else {
            self.0.insert(said.text, said.at);
        }
    }
}

/// Texts that have to stand in the order of their bytes, so that two people's additions to a file
/// seldom meet and nobody looks for long.
#[derive(Default)]
pub(super) struct Sorted<'a>(&'a str);

impl<'a> Sorted<'a> {
    pub(super) fn add(&mut self, table: &Table<'_>, said: Said<'a>) {
        if said.text < self.0 && !said.text.is_empty() {
            let message = format!("\"{}\" belongs before \"{}\": sort them", said.text, self.0);
            table.fault(said, message);
        }
        self.0 = said.text;
    }
}
