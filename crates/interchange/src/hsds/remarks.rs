//! What is to be told of one document, each with the way to the member in question.

use std::collections::HashMap;
use std::fmt;

use super::lines;
use crate::{Finding, Intake, Spot, Stop, Weight};

/// The way to a member from the top of its document: `phones[0].number`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way<'a> {
    /// The document.
    Top,
    /// A member of this name.
    Member(&'a Way<'a>, &'a str),
    /// The element of an array, counted from 0.
    Item(&'a Way<'a>, usize),
}

impl Way<'_> {
    pub(super) fn to<'a>(&'a self, member: &'a str) -> Way<'a> {
        Way::Member(self, member)
    }

    pub(super) fn item(&self, number: usize) -> Way<'_> {
        Way::Item(self, number)
    }
}

impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Way::Top => Ok(()),
            Way::Member(Way::Top, name) => f.write_str(name),
            Way::Member(before, name) => write!(f, "{before}.{name}"),
            Way::Item(before, number) => write!(f, "{before}[{number}]"),
        }
    }
}

/// So many remarks on one document are told one by one.
const MOST: usize = 100;

/// The remarks on one document.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    list: Vec<(Weight, String, String)>,
    more: u64,
    refuses: bool,
    text: Option<Vec<u8>>,
}

impl Remarks {
    /// On a document of which this is the text, so that lines are told as well.
    pub(super) fn on(text: Vec<u8>) -> Self {
        Self {
            text: Some(text),
            ..Self::default()
        }
    }

    /// The same, where ways no longer lead through the text as it was.
    pub(super) fn apart(mut self) -> Self {
        self.text = None;
        self
    }

    fn add(&mut self, weight: Weight, at: &Way<'_>, message: String) {
        if self.list.len() < MOST {
            self.list.push((weight, at.to_string(), message));
        } else {
            self.more += 1;
        }
    }

    pub(super) fn refuse(&mut self, at: &Way<'_>, message: String) {
        self.refuses = true;
        self.add(Weight::Refused, at, message);
    }

    /// Whether anything was refused.
    pub(super) fn refuses(&self) -> bool {
        self.refuses
    }

    pub(super) fn doubt(&mut self, at: &Way<'_>, message: String) {
        self.add(Weight::Doubtful, at, message);
    }

    pub(super) fn note(&mut self, at: &Way<'_>, message: String) {
        self.add(Weight::Note, at, message);
    }

    /// How many are doubts, and how many notes.
    pub(super) fn counts(&self) -> (u64, u64) {
        let of = |weight| self.list.iter().filter(|(is, ..)| *is == weight).count() as u64;
        (
            of(Weight::Doubtful) + u64::from(self.more > 0),
            of(Weight::Note),
        )
    }

    /// Tells all of them.
    pub(super) fn tell(
        self,
        intake: &mut dyn Intake,
        spot: &Spot,
        record: Option<&str>,
    ) -> Result<(), Stop> {
        let finding = |weight, spot, message| Finding {
            weight,
            spot,
            record: record.map(str::to_owned),
            message,
        };
        let lines = match &self.text {
            Some(text) if !self.list.is_empty() => {
                lines::of(text, self.list.iter().map(|(_, at, _)| at.as_str()))
            }
            _ => HashMap::new(),
        };
        for (weight, at, message) in &self.list {
            let mut spot = spot.clone();
            if let (Some(first), Some(line)) = (spot.line, lines.get(at.as_str())) {
                spot.line = Some(first + line);
            }
            if !at.is_empty() {
                spot = spot.in_column(at);
            }
            intake.find(finding(*weight, spot, message.clone()))?;
        }
        if self.more > 0 {
            let message = format!(
                "{} more remarks on this record are left out here",
                self.more
            );
            intake.find(finding(Weight::Doubtful, spot.clone(), message))?;
        }
        Ok(())
    }
}

/// The beginning of a value, short enough for a message.
pub(super) fn quoted(value: &serde_json::Value) -> String {
    const LONGEST: usize = 60;
    if value.is_array() {
        return "a list".to_owned();
    }
    if value.is_object() {
        return "a record".to_owned();
    }
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
