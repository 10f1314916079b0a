//! What a cell puts into a draft, field by field.

use domain::{Attribute, Check, CostOption, InternalNote, Language, Rest, When};

use super::contact::{contact, organisation_contact};
use super::draft::{Draft, add};
use super::mapper::Mapper;
use super::plan::{Planned, Terms};
use super::{Field, organisation, place, status};
use crate::tidy::{Remark, ages, date, fold, pieces, quoted};

/// At most so many values of one sort come from one row.
const MOST: usize = 100;

/// Ties the draft to what a column's rules say of a value; false: the value means nothing and goes.
pub(super) fn follow_rules(draft: &mut Draft, rules: &Terms, text: &str) -> bool {
    if rules.is_empty() {
        return true;
    }
    if let Some(terms) = rules.get(&fold(text)) {
        tie(draft, terms);
        return !terms.is_empty();
    }
    for piece in pieces(text, true) {
        if let Some(terms) = rules.get(&fold(piece)) {
            tie(draft, terms);
        }
    }
    true
}

fn tie(draft: &mut Draft, terms: &[Attribute]) {
    for term in terms {
        if !draft
            .service
            .attributes
            .iter()
            .any(|known| known.id == term.id)
        {
            draft.service.attributes.push(term.clone());
        }
    }
}

/// Puts a text into the field of its column.
pub(super) fn fill(
    mapper: &Mapper<'_>,
    draft: &mut Draft,
    column: &Planned,
    at: usize,
    text: &str,
) {
    let (heading, field) = (column.heading.as_str(), &column.field);
    let one_line = || text.replace('\n', " ");
    match field {
        Field::SourceId => draft.source_id = Some(one_line()),
        Field::Name => draft.service.name = one_line(),
        Field::AlternateName => other_name(draft, one_line()),
        Field::Summary => add(&mut draft.service.signpost.summary, text, " "),
        Field::Description => add(&mut draft.service.description, text, "\n\n"),
        Field::Keywords => keywords(draft, text),
        Field::Alert => add(&mut draft.service.alert, text, "\n"),
        Field::Url | Field::Email | Field::Phone | Field::Contact => {
            contact(draft, field, heading, text);
        }
        Field::ApplicationProcess => add(&mut draft.service.application_process, text, "\n"),
        Field::Eligibility => add(&mut draft.service.eligibility_description, text, "\n"),
        Field::Status | Field::CheckedOn | Field::MinimumAge | Field::MaximumAge => {
            exact(draft, field, heading, text);
        }
        Field::Fees => fees(draft, text),
        Field::WaitTime => add(&mut draft.service.wait_time, text, "\n"),
        Field::OpeningHours if column.day => draft.hours.push(format!("{heading} {text}")),
        Field::OpeningHours => draft.hours.push(text.to_owned()),
        Field::Languages => languages(draft, text),
        Field::Coverage => draft.coverage.push((at, text.to_owned())),
        Field::Term(taxonomy) => terms(draft, mapper.terms(taxonomy), column, text),
        Field::OrganisationName => draft.organisation.name = Some(one_line()),
        Field::OrganisationDescription => add(&mut draft.organisation.description, text, "\n\n"),
        Field::OrganisationUrl | Field::OrganisationEmail | Field::OrganisationPhone => {
            organisation_contact(draft, field, heading, text);
        }
        Field::CharityNumber => organisation::charity_number(draft, text),
        Field::CompanyNumber => organisation::company_number(draft, text),
        Field::PlaceName => draft.place.name = Some(one_line()),
        Field::Address => draft.place.lines.push(text.to_owned()),
        Field::City => draft.place.city = Some(one_line()),
        Field::County => draft.place.county = Some(one_line()),
        Field::Postcode => place::postcode(draft, text, mapper.districts()),
        Field::Latitude => place::latitude(draft, (at, heading), text),
        Field::Longitude => place::longitude(draft, (at, heading), text),
        Field::Access => draft.place.access.push(text.to_owned()),
        Field::Transport => draft.place.transport.push(text.to_owned()),
        Field::Internal => internal(draft, heading, text),
        Field::Extra => draft.keep(heading, text),
    }
}

/// What cannot be read exactly is told and kept under its heading.
fn exact(draft: &mut Draft, field: &Field, heading: &str, text: &str) {
    let read = if *field == Field::Status {
        status::say(&mut draft.service, text)
    } else if *field == Field::CheckedOn {
        checked(draft, date(text))
    } else {
        aged(draft, text, *field == Field::MinimumAge)
    };
    if !read {
        let message = format!("{} could not be read; kept under its heading", quoted(text));
        draft.doubt(message);
        draft.keep(heading, text);
    }
}

fn other_name(draft: &mut Draft, name: String) {
    if draft.service.alternate_name.is_none() {
        draft.service.alternate_name = Some(name);
    } else {
        draft.service.signpost.other_names.push(name);
    }
}

fn keywords(draft: &mut Draft, text: &str) {
    let keywords = &mut draft.service.signpost.keywords;
    for piece in pieces(text, true).take(MOST) {
        if !keywords.iter().any(|known| known == piece) {
            keywords.push(piece.to_owned());
        }
    }
}

fn checked(draft: &mut Draft, when: Option<When>) -> bool {
    let Some(when) = when else {
        return false;
    };
    if when.first() == when.last() {
        draft.service.assured_date = Some(when.as_str().to_owned());
    } else {
        draft.service.signpost.checks.push(Check {
            of: None,
            when,
            how: None,
            by: None,
            rest: Rest::new(),
        });
    }
    true
}

fn aged(draft: &mut Draft, text: &str, lowest: bool) -> bool {
    // "999" and "200" say that there is no upper bound.
    if !lowest && text.parse::<u32>().is_ok_and(|age| age > 110) {
        draft.remarks.push(Remark::note(format!(
            "{} is taken as no upper bound",
            quoted(text)
        )));
        return true;
    }
    let Some(read) = ages(text) else {
        return false;
    };
    let bare = text.bytes().all(|b| b.is_ascii_digit());
    let (from, to) = if lowest || !bare {
        (read.from, read.to)
    } else {
        (None, read.from)
    };
    if let Some(from) = from {
        draft.service.minimum_age = Some(from.into());
    }
    if let Some(to) = to {
        draft.service.maximum_age = Some(to.into());
    }
    true
}

fn fees(draft: &mut Draft, text: &str) {
    add(&mut draft.service.fees_description, text, "\n");
    let amount = text.strip_prefix('£').filter(|amount| amount.len() <= 8);
    let plain = amount.filter(|amount| amount.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    let pounds = plain.and_then(|amount| amount.parse::<f64>().ok());
    if let Some(amount) = pounds.and_then(serde_json::Number::from_f64) {
        draft.service.cost_options.push(CostOption {
            currency: Some("GBP".to_owned()),
            amount: Some(amount),
            ..CostOption::default()
        });
    }
}

fn languages(draft: &mut Draft, text: &str) {
    let names = pieces(text, true)
        .flat_map(|piece| piece.split(" and "))
        .map(|name| name.trim().trim_start_matches("and "));
    for name in names.filter(|name| !name.is_empty()).take(MOST) {
        let language = Language {
            name: Some(name.to_owned()),
            ..Language::default()
        };
        if !draft.service.languages.contains(&language) {
            draft.service.languages.push(language);
        }
    }
}

fn terms(draft: &mut Draft, known: Option<&Terms>, column: &Planned, text: &str) {
    let meant = |value: &str| column.rules.get(value).or_else(|| known?.get(value));
    if let Some(terms) = meant(&fold(text)) {
        return tie(draft, terms);
    }
    for piece in pieces(text, true).take(MOST) {
        match meant(&fold(piece)) {
            Some(terms) => tie(draft, terms),
            None => {
                draft.doubt(format!(
                    "{} is no term that is known; kept under its heading",
                    quoted(piece)
                ));
                draft.keep(&column.heading, piece);
            }
        }
    }
}

fn internal(draft: &mut Draft, heading: &str, text: &str) {
    draft.service.signpost.internal.push(InternalNote {
        label: heading.to_owned(),
        text: text.to_owned(),
        rest: Rest::new(),
    });
}
