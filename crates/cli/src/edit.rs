//! `signpost edit` and `signpost suggest`: changing a record by the names of its fields.

use std::io::Write;

use clap::{Args, ValueEnum};
use directory::{As, FieldText, Kind, Saved, Target};

use crate::failure::Failure;
use crate::page::Page;
use crate::surroundings::Surroundings;

/// Change a service, an organisation or a place; where you may not, it becomes a suggestion
///
/// Fields have their HSDS names, as `signpost show ID --json` has them: name, phones,
/// signpost.summary, attributes.need. A field that is no text is set to JSON; terms, areas,
/// languages and keywords also to names with commas between them.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// The record's ID, as a search gives it
    #[arg(required_unless_present = "new", conflicts_with = "new")]
    id: Option<String>,
    /// Make a new record, and print its ID
    #[arg(long, value_name = "KIND")]
    new: Option<Sort>,
    /// Set a field; FIELD= empties it
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field, required = true)]
    sets: Vec<FieldText>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Suggest a change to a record; a curator decides
#[derive(Debug, Args)]
pub(crate) struct SuggestAsked {
    /// The record's ID, as a search gives it
    id: String,
    /// Suggest a field's value; FIELD= empties it
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field, required = true)]
    sets: Vec<FieldText>,
    /// A word to the curator
    #[arg(long)]
    note: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What sort of record.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Sort {
    Service,
    Organisation,
    Place,
}

impl From<Sort> for Kind {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Service => Self::Service,
            Sort::Organisation => Self::Organisation,
            Sort::Place => Self::Place,
        }
    }
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let target = match (&asked.id, asked.new) {
        (_, Some(sort)) => Target::New(sort.into()),
        (id, None) => Target::Id(id.clone().unwrap_or_default()),
    };
    let directory = around.directory()?;
    let saved = directory.edit_fields(&target, &asked.sets, As::Edit, around.now)?;
    told(&saved, asked.json, around, out)
}

pub(crate) fn suggest(
    asked: &SuggestAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let target = Target::Id(asked.id.clone());
    let how = As::Suggestion(asked.note.clone());
    let saved = around
        .directory()?
        .edit_fields(&target, &asked.sets, how, around.now)?;
    told(&saved, asked.json, around, out)
}

/// Says what became of something that was done.
pub(crate) fn told(
    saved: &Saved,
    json: bool,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if json {
        let state = if saved.nothing { "nothing" } else { "waiting" };
        let answer = serde_json::json!({
            "id": saved.id, "row": saved.outbox, "state": state, "said": saved.said,
        });
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        return Ok(writeln!(out)?);
    }
    let mut page = Page::new(out, around.paper);
    page.paragraph(&saved.said)?;
    Ok(page.fact("ID", &saved.id)?)
}

/// `name=Age UK`, or `email=` for none.
pub(crate) fn field(text: &str) -> Result<FieldText, String> {
    let Some((field, value)) = text.split_once('=').filter(|(field, _)| !field.is_empty()) else {
        return Err("write FIELD=VALUE, such as name=\"Age UK Bolton\"".to_owned());
    };
    Ok(FieldText {
        field: field.to_owned(),
        text: (!value.is_empty()).then(|| value.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_set_or_emptied() {
        let read = |text| field(text).map(|read| (read.field, read.text));
        let said =
            |field: &str, text: Option<&str>| Ok((field.to_owned(), text.map(str::to_owned)));
        assert_eq!(read("name=A=B"), said("name", Some("A=B")));
        assert_eq!(read("email="), said("email", None));
        assert!(read("name").is_err() && read("=x").is_err());
    }
}
