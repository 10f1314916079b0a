//! What keeps a form from being saved: what a record may not say, and what a form has that no
//! record could.

use domain::{FieldName, Record, When};

use super::FieldFault;
use super::form::{CostForm, PlaceForm, RecordForm, ScheduleForm, ServiceForm};
use super::hours::{DAY_NAMES, is_time};
use super::text::{blank, number};

/// Everything that is wrong with a form and with the record that it would make. What was so before,
/// as its source wrote it, keeps nobody from mending something else.
pub(super) fn faults(
    form: &RecordForm,
    (before_form, before): (&RecordForm, Option<&Record>),
    after: &Record,
) -> Vec<FieldFault> {
    let mut found = match (form, before_form) {
        (RecordForm::Service(form), RecordForm::Service(before)) => of_service(form, before),
        (RecordForm::Place(form), RecordForm::Place(before)) => of_place(form, before),
        _ => Vec::new(),
    };
    let known = before.map(|before| domain::faults(form.kind(), before));
    let known = known.unwrap_or_default();
    let of_record = domain::faults(form.kind(), after);
    for fault in of_record
        .into_iter()
        .filter(|fault| fault.grave || !known.contains(fault))
    {
        let part = form_field(&fault.field);
        let field = match fault.entry {
            Some(entry) => format!("{part}.{entry}"),
            None => part.to_owned(),
        };
        if !found.iter().any(|told| told.message == fault.message) {
            found.push(FieldFault {
                field,
                message: fault.message,
            });
        }
    }
    found
}

fn of_service(form: &ServiceForm, before: &ServiceForm) -> Vec<FieldFault> {
    let mut found = Vec::new();
    for (field, label, age) in [
        ("minimum_age", "From age", &form.minimum_age),
        ("maximum_age", "Up to age", &form.maximum_age),
    ] {
        if blank(age.as_ref()).is_some_and(|age| number(&age).is_none()) {
            found.push(fault(
                field,
                format!("{label}: write a number of years, such as 16."),
            ));
        }
    }
    if blank(form.state_until.as_ref()).is_some_and(|until| until.parse::<When>().is_err()) {
        let message = "Until: write a date such as 2027-03-31, or a month such as 2027-03.";
        found.push(fault("state_until", message.to_owned()));
    }
    let amount = |cost: &CostForm| blank(cost.amount.as_ref());
    if form
        .costs
        .iter()
        .filter_map(amount)
        .any(|amount| number(&amount).is_none())
    {
        let message = "Cost: write the amount as a number of pounds, such as 3.50; anything else goes into the words beside it.";
        found.push(fault("costs", message.to_owned()));
    }
    found.extend(of_hours("schedules", &form.schedules, &before.schedules));
    for tie in &form.places {
        let former = before.places.iter().find(|known| known.place == tie.place);
        let former = former
            .map(|tie| tie.schedules.as_slice())
            .unwrap_or_default();
        found.extend(of_hours("places", &tie.schedules, former));
    }
    found
}

fn of_place(form: &PlaceForm, before: &PlaceForm) -> Vec<FieldFault> {
    let mut found = Vec::new();
    for (field, label, degrees) in [
        ("latitude", "Latitude", &form.latitude),
        ("longitude", "Longitude", &form.longitude),
    ] {
        if blank(degrees.as_ref()).is_some_and(|degrees| degrees.parse::<f64>().is_err()) {
            let message = format!("{label}: write degrees as a number, such as 53.48095.");
            found.push(fault(field, message));
        }
    }
    found.extend(of_hours("schedules", &form.schedules, &before.schedules));
    found
}

/// Times that are none, and words that still tell the hours that were.
fn of_hours(field: &str, lines: &[ScheduleForm], before: &[ScheduleForm]) -> Vec<FieldFault> {
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| !before.contains(line)) {
        let times = [&line.opens, &line.closes].map(|time| blank(time.as_ref()));
        if times.iter().flatten().any(|time| !is_time(time)) {
            let message = "Opening hours: write times as 09:30 or 14:00.";
            found.push(fault(field, message.to_owned()));
        }
        let words = blank(line.words.as_ref());
        let Some(words) = words.filter(|words| tells_hours(words)) else {
            continue;
        };
        let kept = |was: &&ScheduleForm| blank(was.words.as_ref()).as_ref() == Some(&words);
        if before.iter().any(|was| kept(&was)) && !times_are_in(line, before) {
            found.push(fault(
                field,
                format!("Opening hours: they changed, but the words still say \"{words}\". Change the words too, or empty them."),
            ));
        }
    }
    found
}

/// True when days and times of a line are those of one before, whatever the words are.
fn times_are_in(line: &ScheduleForm, before: &[ScheduleForm]) -> bool {
    let bare = |line: &ScheduleForm| ScheduleForm {
        words: None,
        ..line.clone()
    };
    before.iter().any(|was| bare(was) == bare(line))
}

/// True for words that name a day or a time.
fn tells_hours(words: &str) -> bool {
    let words = words.to_lowercase();
    words.chars().any(|c| c.is_ascii_digit()) || DAY_NAMES.iter().any(|day| words.contains(day))
}

fn fault(field: &str, message: String) -> FieldFault {
    FieldFault {
        field: field.to_owned(),
        message,
    }
}

/// The part of a form in which a field stands.
pub(super) fn form_field(field: &FieldName) -> &str {
    let name = field.as_str();
    match name {
        "additional_urls" | "additional_websites" => "links",
        "status" | "signpost.state" => "state",
        "eligibility_description" => "eligibility",
        "fees_description" => "fees",
        "cost_options" => "costs",
        "service_at_locations" => "places",
        "service_areas" => "areas",
        "organization_id" | "organization" => "organisation",
        "accessibility" => "access",
        "addresses" => "postcode",
        _ if name.starts_with("attributes.") => "terms",
        _ => name.strip_prefix("signpost.").unwrap_or(name),
    }
}
