//! The fields as people choose them.

use domain::Catalogue;

use super::{Field, FieldGroup, FieldOption};

use FieldGroup::{GettingIn, Organisation, Other, Place, Service, Terms};

/// Every field in the order of its group, with a field for each taxonomy that a service is tied to.
#[must_use]
pub fn fields(catalogue: &Catalogue) -> Vec<FieldOption> {
    let mut all: Vec<FieldOption> = PLAIN.iter().map(option).collect();
    let terms = catalogue
        .taxonomies()
        .iter()
        .filter(|taxonomy| !OF_SCHEMES.contains(&taxonomy.code.as_str()))
        .map(|taxonomy| FieldOption {
            field: Field::Term(taxonomy.code.clone()),
            label: taxonomy.name.clone(),
            group: Terms,
            help: taxonomy.description.clone(),
            many: true,
        });
    let at = all
        .iter()
        .position(|option| option.group == Organisation)
        .unwrap_or(all.len());
    all.splice(at..at, terms);
    all
}

/// Whether several columns may fill a field.
#[must_use]
pub(super) fn may_repeat(field: &Field) -> bool {
    matches!(field, Field::Term(_))
        || PLAIN
            .iter()
            .any(|plain| plain.many && plain.field == *field)
}

/// Taxonomies that describe schemes of social prescribing rather than what people are sent to.
const OF_SCHEMES: [&str; 3] = ["model", "prescribing-level", "role"];

struct Plain {
    field: Field,
    label: &'static str,
    group: FieldGroup,
    help: &'static str,
    many: bool,
}

fn option(plain: &Plain) -> FieldOption {
    FieldOption {
        field: plain.field.clone(),
        label: plain.label.to_owned(),
        group: plain.group,
        help: plain.help.to_owned(),
        many: plain.many,
    }
}

const fn one(field: Field, label: &'static str, group: FieldGroup, help: &'static str) -> Plain {
    Plain {
        field,
        label,
        group,
        help,
        many: false,
    }
}

const fn many(field: Field, label: &'static str, group: FieldGroup, help: &'static str) -> Plain {
    Plain {
        field,
        label,
        group,
        help,
        many: true,
    }
}

static PLAIN: [Plain; 40] = [
    one(
        Field::Name,
        "Name of the service",
        Service,
        "Every row needs one.",
    ),
    many(
        Field::AlternateName,
        "Other name",
        Service,
        "What it is also called.",
    ),
    one(
        Field::Summary,
        "In one line",
        Service,
        "What it is and for whom.",
    ),
    many(
        Field::Description,
        "Description",
        Service,
        "What it does. Several columns become paragraphs.",
    ),
    many(
        Field::Keywords,
        "Keywords",
        Service,
        "Words by which it should be found; a list in a cell is taken apart.",
    ),
    one(
        Field::Status,
        "Open or closed",
        Service,
        "Open, closed, paused, full, waiting list.",
    ),
    one(Field::Alert, "Good to know before going", Service, ""),
    one(
        Field::CheckedOn,
        "Last checked on",
        Service,
        "The day somebody confirmed it. The day of an edit is not that.",
    ),
    one(
        Field::SourceId,
        "Identifier in this source",
        Service,
        "By this a row is known again next time. It must be another for every row.",
    ),
    many(
        Field::Phone,
        "Telephone",
        GettingIn,
        "Several numbers in a cell are told apart.",
    ),
    many(Field::Email, "Email", GettingIn, ""),
    many(Field::Url, "Web page", GettingIn, ""),
    many(
        Field::Contact,
        "Telephone, email or web page",
        GettingIn,
        "Each value tells what it is.",
    ),
    many(
        Field::ApplicationProcess,
        "How people get in",
        GettingIn,
        "How to refer, to book, to join.",
    ),
    many(Field::Eligibility, "Who may come", GettingIn, "In words."),
    one(
        Field::MinimumAge,
        "From age",
        GettingIn,
        "\"16+\" and \"5 to 11\" are read too.",
    ),
    one(Field::MaximumAge, "Up to age", GettingIn, ""),
    many(Field::Fees, "What it costs", GettingIn, ""),
    one(Field::WaitTime, "Waiting time", GettingIn, ""),
    many(
        Field::OpeningHours,
        "Opening hours",
        GettingIn,
        "Kept as written; read as days and times where they are plain. A column for each day will do.",
    ),
    many(Field::Languages, "Languages", GettingIn, ""),
    many(
        Field::Coverage,
        "Area covered",
        Terms,
        "Whose residents may use it, by code or name.",
    ),
    one(
        Field::OrganisationName,
        "Organisation",
        Organisation,
        "Who runs it.",
    ),
    one(
        Field::OrganisationDescription,
        "About the organisation",
        Organisation,
        "",
    ),
    one(
        Field::OrganisationUrl,
        "Organisation's website",
        Organisation,
        "",
    ),
    one(
        Field::OrganisationEmail,
        "Organisation's email",
        Organisation,
        "",
    ),
    many(
        Field::OrganisationPhone,
        "Organisation's telephone",
        Organisation,
        "",
    ),
    one(Field::CharityNumber, "Charity number", Organisation, ""),
    one(Field::CompanyNumber, "Company number", Organisation, ""),
    one(
        Field::PlaceName,
        "Name of the place",
        Place,
        "The venue or building.",
    ),
    many(
        Field::Address,
        "Address",
        Place,
        "A line of it or all of it; several columns in their order.",
    ),
    one(Field::City, "Town or city", Place, ""),
    one(Field::County, "County", Place, ""),
    one(Field::Postcode, "Postcode", Place, ""),
    one(Field::Latitude, "Latitude", Place, "Degrees north."),
    one(Field::Longitude, "Longitude", Place, "Degrees east."),
    many(Field::Access, "Access for disabled people", Place, ""),
    many(Field::Transport, "How to get there", Place, ""),
    many(
        Field::Internal,
        "For staff only",
        Other,
        "Kept with the entry, marked not public, never exported unless asked.",
    ),
    many(
        Field::Extra,
        "Keep under its heading",
        Other,
        "Kept with the entry where no field is right.",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::test_data::catalogue;
    use super::*;

    #[test]
    fn every_field_is_offered_once_and_terms_stand_before_the_organisation() {
        let all = fields(&catalogue());
        let mut names: Vec<String> = all.iter().map(|option| option.field.to_string()).collect();
        let at = |name: &str| names.iter().position(|other| other == name).unwrap();
        assert!(at("coverage") < at("term:need") && at("term:way-in") < at("organisation_name"));
        assert!(!names.iter().any(|name| name == "term:model"));
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(
            all.iter()
                .all(|option| option.field.to_string().parse::<Field>().is_ok())
        );
    }
}
