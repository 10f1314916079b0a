//! The value of a field as people read it: hours as lines, terms and areas by their names.

use domain::{
    Accessibility, Address, Attribute, Check, CostOption, FieldName, HsdsStatus, InternalNote,
    Kind, Language, Phone, RecordId, Schedule, ServiceArea, ServiceAtLocation, State, StateKind,
    Url,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{filled, shortened};

/// Letters of what nobody here knows how to show.
const LONGEST_STRANGE: usize = 200;

/// What another record is called.
pub(crate) type NameOf<'d> = dyn Fn(Kind, RecordId) -> Option<String> + 'd;

/// A field's value as people read it; none: nothing is said.
pub(crate) fn value(field: &FieldName, value: &Value, name_of: &NameOf<'_>) -> Option<String> {
    let said = match field.as_str() {
        "phones" => each(value, "; ", |phone: Phone| {
            Some(with(&phone.number, phone.description))
        }),
        "additional_urls" | "additional_websites" => {
            each(value, "; ", |link: Url| Some(with(&link.url, link.label)))
        }
        "schedules" => each(value, "\n", |schedule: Schedule| hours(&schedule)),
        "service_at_locations" => each(value, "\n", |tie| Some(tied(&tie, name_of))),
        "cost_options" => each(value, "; ", |cost: CostOption| price(&cost)),
        "addresses" => each(value, "; ", |address: Address| Some(line(&address))),
        "accessibility" => each(value, "; ", |note: Accessibility| {
            filled(note.description.as_ref()).or_else(|| filled(note.details.as_ref()))
        }),
        "signpost.internal" => each(value, "\n", |note: InternalNote| {
            Some(format!("{}: {}", note.label, note.text))
        }),
        "signpost.checks" => each(value, "; ", |check: Check| Some(checked(&check))),
        "signpost.state" => one(value, |state: State| Some(state_said(&state))),
        "signpost.private" => value.as_bool().map(|yes| {
            if yes {
                "private: others see its area only"
            } else {
                "public"
            }
            .to_owned()
        }),
        "status" => one(value, |status: HsdsStatus| {
            Some(status_said(status).to_owned())
        }),
        "organization_id" => named(Kind::Organisation, value, name_of),
        "organization" => value
            .get("id")
            .and_then(|id| named(Kind::Organisation, id, name_of)),
        "service_areas" | "languages" => elements(field, value),
        name if name.starts_with("attributes.") => elements(field, value),
        _ => None,
    };
    said.or_else(|| plain(value))
}

/// An element of a set as people read it.
pub(crate) fn element(field: &FieldName, element: &Value) -> Option<String> {
    let said = match field.as_str() {
        "service_areas" => one(element, |area: ServiceArea| area.name.or(area.extent)),
        "languages" => one(element, |language: Language| language.name),
        name if name.starts_with("attributes.") => one(element, |tie: Attribute| {
            let term = tie.taxonomy_term?;
            Some(with(&term.name, tie.value))
        }),
        _ => None,
    };
    said.or_else(|| plain(element))
}

fn elements(field: &FieldName, value: &Value) -> Option<String> {
    let said = value
        .as_array()?
        .iter()
        .filter_map(|one| element(field, one));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn each<T: DeserializeOwned>(
    value: &Value,
    between: &str,
    say: impl Fn(T) -> Option<String>,
) -> Option<String> {
    let said = value
        .as_array()?
        .iter()
        .filter_map(|one| self::one(one, &say));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(between))
}

fn one<T: DeserializeOwned>(value: &Value, say: impl Fn(T) -> Option<String>) -> Option<String> {
    say(T::deserialize(value).ok()?)
}

fn named(kind: Kind, id: &Value, name_of: &NameOf<'_>) -> Option<String> {
    name_of(kind, id.as_str()?.parse().ok()?)
}

/// What was said, with a word about it in brackets.
fn with(said: &str, about: Option<String>) -> String {
    match filled(about.as_ref()) {
        Some(about) => format!("{} ({about})", said.trim()),
        None => said.trim().to_owned(),
    }
}

fn hours(schedule: &Schedule) -> Option<String> {
    let dated = |name: &str| schedule.rest.get(name).and_then(Value::as_str);
    let written = filled(schedule.description.as_ref());
    let bare = Schedule {
        description: None,
        ..schedule.clone()
    };
    // Both are shown: who compares two versions has to see which of the two changed.
    let line = match (bare.line(), written) {
        (Some(line), Some(words)) => format!("{line} ({words})"),
        (line, words) => line.or(words)?,
    };
    let monthly = schedule.freq.as_deref() == Some("MONTHLY");
    let line = if monthly {
        format!("each month: {line}")
    } else {
        line
    };
    Some(match (dated("valid_from"), dated("valid_to")) {
        (None, None) => line,
        (Some(from), None) => format!("{line}, from {from}"),
        (None, Some(until)) => format!("{line}, until {until}"),
        (Some(from), Some(until)) => format!("{line}, from {from} until {until}"),
    })
}

fn tied(tie: &ServiceAtLocation, name_of: &NameOf<'_>) -> String {
    let name = tie.place().and_then(|id| name_of(Kind::Place, id));
    let name = name.unwrap_or_else(|| "A place without a name".to_owned());
    let said = [filled(tie.description.as_ref())].into_iter().flatten();
    let parts: Vec<String> = said.chain(tie.schedules.iter().filter_map(hours)).collect();
    if parts.is_empty() {
        return name;
    }
    format!("{name}: {}", parts.join("; "))
}

fn price(cost: &CostOption) -> Option<String> {
    let bare = CostOption {
        amount_description: None,
        ..cost.clone()
    };
    match (bare.line(), filled(cost.amount_description.as_ref())) {
        (Some(line), Some(words)) => Some(format!("{line} ({words})")),
        (line, words) => line.or(words),
    }
}

fn line(address: &Address) -> String {
    let parts = [
        &address.address_1,
        &address.address_2,
        &address.city,
        &address.postal_code,
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|part| filled(part.as_ref()))
        .collect();
    parts.join(", ")
}

fn status_said(status: HsdsStatus) -> &'static str {
    match status {
        HsdsStatus::Active => "runs",
        HsdsStatus::Inactive => "does not run now",
        HsdsStatus::Defunct => "closed",
        HsdsStatus::TemporarilyClosed => "closed for a while",
    }
}

fn state_said(state: &State) -> String {
    let kind = match state.kind {
        StateKind::Open => "open",
        StateKind::Paused => "paused",
        StateKind::Full => "full",
        StateKind::WaitingList => "waiting list",
        StateKind::FundingEnds => "funding ends",
        StateKind::Closed => "closed",
    };
    let since = state
        .since
        .as_ref()
        .map(|when| format!("since {}", when.named()));
    let until = state
        .until
        .as_ref()
        .map(|when| format!("until {}", when.named()));
    let words = filled(state.words.as_ref());
    let more = [since, until, words].into_iter().flatten();
    std::iter::once(kind.to_owned())
        .chain(more)
        .collect::<Vec<_>>()
        .join(", ")
}

fn checked(check: &Check) -> String {
    let of = check.of.as_ref().map(|of| format!("{of}, "));
    let how = check.how.map(|how| format!(", {}", how.said()));
    let by = check.by.as_ref().map(|by| format!(", {by}"));
    let [of, how, by] = [of, how, by].map(Option::unwrap_or_default);
    format!("{of}{}{how}{by}", check.when.named())
}

/// What has no words of its own.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => filled(Some(text)),
        Value::Array(items) if items.is_empty() => Some("known to be none".to_owned()),
        Value::Array(items) => {
            let said: Vec<String> = items.iter().filter_map(plain).collect();
            (!said.is_empty()).then(|| said.join(", "))
        }
        Value::Object(members) => {
            let told = ["name", "label", "title", "description", "value"];
            let told = told
                .iter()
                .find_map(|name| filled(members.get(*name)?.as_str().map(str::to_owned).as_ref()));
            told.or_else(|| Some(shortened(&value.to_string(), LONGEST_STRANGE)))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(field: &str, of: &Value) -> Option<String> {
        value(&FieldName::new(field), of, &|_, _| {
            Some("The Generated Hall".to_owned())
        })
    }

    #[test]
    fn values_are_said_as_people_read_them() {
        let tie = "01234567-89ab-cdef-0123-456789abcdef";
        for (field, of, expected) in [
            (
                "phones",
                json!([{"number": "0161 496 0000", "description": "desk"}]),
                "0161 496 0000 (desk)",
            ),
            (
                "schedules",
                json!([{"byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}, {"description": "by arrangement"}]),
                "Monday, 09:00 to 12:00\nby arrangement",
            ),
            (
                "service_at_locations",
                json!([{"id": tie, "location_id": tie, "schedules": [{"byday": "TU"}]}]),
                "The Generated Hall: Tuesday",
            ),
            ("organization_id", json!(tie), "The Generated Hall"),
            (
                "attributes.need",
                json!([{"taxonomy_term": {"id": "x", "name": "Wellbeing"}, "value": "sleep"}]),
                "Wellbeing (sleep)",
            ),
            (
                "service_areas",
                json!([{"name": "Salford"}, {"extent": "E1"}]),
                "Salford, E1",
            ),
            (
                "signpost.state",
                json!({"kind": "full", "until": "2027-01"}),
                "full, until January 2027",
            ),
            (
                "cost_options",
                json!([{"amount": 3, "amount_description": "for tea"}]),
                "£3 (for tea)",
            ),
            ("minimum_age", json!(16), "16"),
            (
                "signpost.checks",
                json!([{"of": "cost", "when": "2026-11-22", "how": "phoned", "by": "Desk"}]),
                "cost, 22 November 2026, by phone, Desk",
            ),
            ("zzz", json!({"deep": 1}), r#"{"deep":1}"#),
            ("phones", json!([]), "known to be none"),
        ] {
            assert_eq!(said(field, &of).as_deref(), Some(expected), "{field}");
        }
        assert_eq!(said("description", &json!(" ")), None);
    }
}
