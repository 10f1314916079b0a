//! `directory/<name>.toml`: entries, each an organisation with the service it gives.

use domain::{
    Check, CheckHow, HsdsStatus, Language, Many, Organisation, Place, Provenance, RecordId, Rest,
    Service, ServiceArea, ServiceAtLocation, ServiceNotes, When,
};

use super::fault::Faults;
use super::known::Known;
use super::shelf::Document;
use super::table::{Said, Sorted, Table, Unique};
use super::ties;

/// A summary longer than this does not fit the line that lists show of it; characters.
const LONGEST_SUMMARY: usize = 140;

const STATUSES: [(&str, HsdsStatus); 4] = [
    ("active", HsdsStatus::Active),
    ("inactive", HsdsStatus::Inactive),
    ("defunct", HsdsStatus::Defunct),
    ("temporarily closed", HsdsStatus::TemporarilyClosed),
];

/// What one entry becomes.
pub(super) struct Records {
    pub(super) organisation: Organisation,
    pub(super) places: Vec<Place>,
    pub(super) service: Service,
}

/// What a file says of all its entries.
struct Header {
    source: String,
    licence: String,
    /// When the source was right; absent only when it could not be read.
    checked: Option<When>,
    checked_by: Option<String>,
    entered_by: Option<String>,
}

pub(super) fn read(documents: &[Document<'_>], known: &Known<'_>, faults: &Faults) -> Vec<Records> {
    let mut records = Vec::new();
    let mut unique = Unique::default();
    for document in documents {
        let mut file = document.table(faults);
        let header = header(&mut file);
        let mut sorted = Sorted::default();
        for mut table in file.records("entry") {
            let slug = table.slug("slug");
            unique.add(&table, slug);
            sorted.add(&table, slug);
            records.push(entry(table, slug.text, known, &header));
        }
        file.close();
    }
    records
}

fn header(file: &mut Table<'_>) -> Header {
    let (source, licence) = (file.required("source"), file.required("licence"));
    let checked = file.required("checked");
    let when: Result<When, _> = checked.text.parse();
    if let Err(error) = &when {
        file.fault(checked, error.to_string());
    }
    Header {
        source: source.owned(),
        licence: licence.owned(),
        checked: when.ok(),
        checked_by: file.text("checked_by").map(Said::owned),
        entered_by: file.text("entered_by").map(Said::owned),
    }
}

fn entry(mut table: Table<'_>, slug: &str, known: &Known<'_>, header: &Header) -> Records {
    let organisation = organisation(slug, table.required("name").text);
    let id = RecordId::named(&format!("service/{slug}"));
    let mut service = Service::named(id, &organisation.name);
    let (places, ties) = places(&mut table, slug);
    let mut names = table.texts("alternate_names").into_iter().map(Said::owned);
    service.organization_id = Some(organisation.id);
    service.alternate_name = names.next();
    service.signpost = notes(&mut table, header);
    service.signpost.other_names = names.collect();
    service.description = Some(table.required("description").owned());
    service.eligibility_description = table.text("who_for").map(Said::owned);
    service.application_process = table.text("application_process").map(Said::owned);
    service.service_areas = coverage(&mut table, slug, known).into_iter().collect();
    service.attributes = ties::read(&mut table, slug, known).into_iter().collect();
    service.languages = languages(&mut table, slug).into_iter().collect();
    service.service_at_locations = ties.into_iter().collect();
    service.status = table.choice("status", &STATUSES).unwrap_or_default();
    table.close();
    Records {
        organisation,
        places,
        service,
    }
}

/// Only its name: what the source says is said of the service.
fn organisation(slug: &str, name: &str) -> Organisation {
    Organisation {
        id: RecordId::named(&format!("organisation/{slug}")),
        name: name.to_owned(),
        alternate_name: None,
        description: None,
        email: None,
        website: None,
        additional_websites: Many::default(),
        phones: Many::default(),
        organization_identifiers: Many::default(),
        attributes: Many::default(),
        rest: Rest::new(),
    }
}

/// Summary, keywords, and where all of it comes from.
fn notes(table: &mut Table<'_>, header: &Header) -> ServiceNotes {
    let summary = table.required("summary");
    let length = summary.text.chars().count();
    if length > LONGEST_SUMMARY {
        let message = format!("has {length} characters: {LONGEST_SUMMARY} at most");
        table.fault(summary, message);
    }
    let report: Vec<&str> = table.texts("report").iter().map(|part| part.text).collect();
    let check = header.checked.clone().map(|when| Check {
        of: None,
        when,
        how: Some(CheckHow::Published),
        by: header.checked_by.clone(),
        rest: Rest::new(),
    });
    let provenance = Provenance {
        source: header.source.clone(),
        at: (!report.is_empty()).then(|| report.join("; ")),
        dated: header.checked.clone(),
        entered_by: header.entered_by.clone(),
        licence: Some(header.licence.clone()),
        rest: Rest::new(),
    };
    ServiceNotes {
        summary: Some(summary.owned()),
        keywords: table
            .texts("keywords")
            .into_iter()
            .map(Said::owned)
            .collect(),
        checks: check.into_iter().collect(),
        provenance: vec![provenance].into(),
        ..ServiceNotes::default()
    }
}

fn coverage(table: &mut Table<'_>, slug: &str, known: &Known<'_>) -> Vec<ServiceArea> {
    let mut covered = Vec::new();
    let mut unique = Unique::default();
    for code in table.texts("coverage") {
        unique.add(table, code);
        match known.area(code.text) {
            Err(message) => table.fault(code, message),
            Ok(area) => covered.push(ServiceArea {
                id: RecordId::named(&format!("service/{slug}/area/{}", area.code)).to_string(),
                name: Some(area.name.clone()),
                extent: Some(area.code.clone()),
                rest: Rest::new(),
            }),
        }
    }
    covered
}

fn languages(table: &mut Table<'_>, slug: &str) -> Vec<Language> {
    let said = table.texts("languages");
    let mut unique = Unique::default();
    said.iter().for_each(|name| unique.add(table, *name));
    let language = |name: Said<'_>| Language {
        id: RecordId::named(&format!("service/{slug}/language/{}", name.text)).to_string(),
        name: Some(name.owned()),
        rest: Rest::new(),
    };
    said.into_iter().map(language).collect()
}

/// The places that an entry names, and the service's ties to them.
fn places(table: &mut Table<'_>, slug: &str) -> (Vec<Place>, Vec<ServiceAtLocation>) {
    let (mut places, mut ties): (Vec<Place>, Vec<ServiceAtLocation>) = Default::default();
    for name in table.texts("places") {
        let path = format!("{slug}/{}", slugged(name.text));
        let place = Place::named(RecordId::named(&format!("place/{path}")), name.text);
        if places.iter().any(|other| other.id == place.id) {
            table.fault(
                name,
                format!("\"{}\" stands here twice: keep one", name.text),
            );
        }
        ties.push(ServiceAtLocation {
            id: RecordId::named(&format!("service-at-location/{path}")),
            location_id: Some(place.id),
            location: None,
            description: None,
            phones: Many::default(),
            schedules: Many::default(),
            rest: Rest::new(),
        });
        places.push(place);
    }
    (places, ties)
}

/// `Gorton day centre` as `gorton-day-centre`.
fn slugged(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}
