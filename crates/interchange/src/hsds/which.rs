//! Which entity a document is one of.

use serde_json::{Map, Value};

use super::entities::{self, Entity};

/// Members of earlier versions that tell entities apart.
const EARLIER: &[(&str, &[&str])] = &[
    (
        "service",
        &[
            "organisation",
            "organisation_id",
            "min_age",
            "max_age",
            "locations",
            "regular_schedules",
            "regular_schedule",
            "taxonomies",
            "service_taxonomys",
            "service_taxonomies",
            "eligibilitys",
            "eligibilities",
            "attending_type",
            "attending_access",
            "deliverable_type",
        ],
    ),
    ("organization", &["services", "url"]),
    (
        "location",
        &[
            "physical_addresses",
            "physical_address",
            "postal_addresses",
            "postal_address",
            "accessibility_for_disabilities",
            "geometry",
            "service_at_locations",
        ],
    ),
    ("taxonomy_term", &["vocabulary", "slug", "children", "term"]),
];

/// The entity of which a document most likely is one. Where members don't tell, the file's name does.
pub(super) fn of(members: &Map<String, Value>, file: &str) -> Option<&'static Entity> {
    let name = if is_tie(members) {
        "service_at_location"
    } else {
        most_alike(members, file)
    };
    entities::entity(name)
}

/// A service at a location, which has no name of its own.
fn is_tie(members: &Map<String, Value>) -> bool {
    let has = |name| members.contains_key(name);
    !has("name") && (has("service") || has("service_id")) && (has("location") || has("location_id"))
}

fn most_alike(members: &Map<String, Value>, file: &str) -> &'static str {
    const CANDIDATES: [&str; 5] = [
        "service",
        "organization",
        "location",
        "taxonomy_term",
        "taxonomy",
    ];
    let mut best = ("service", 0);
    for name in CANDIDATES {
        let points = points(name, members) * 4 + usize::from(is_named(file, name)) * 3;
        if points > best.1 {
            best = (name, points);
        }
    }
    best.0
}

fn points(name: &str, members: &Map<String, Value>) -> usize {
    let Some(entity) = entities::entity(name) else {
        return 0;
    };
    let earlier = EARLIER.iter().find(|(of, _)| *of == name);
    let earlier = earlier.map_or(&[][..], |(_, names)| names);
    let knows = |member: &&String| {
        let member = member.as_str();
        entity.field(member).is_some() || entity.link(member).is_some() || earlier.contains(&member)
    };
    members.keys().filter(knows).count()
}

/// `organizations.json` and the like; British spelling too.
fn is_named(file: &str, entity: &str) -> bool {
    let file = file.to_ascii_lowercase().replace("organis", "organiz");
    let file = file.rsplit(['/', '\\']).next().unwrap_or_default();
    match entity {
        "taxonomy" => file.starts_with("taxonom") && !file.contains("term"),
        "service" => file.starts_with("service") && !file.starts_with("service_at"),
        other => file.starts_with(other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_tell_what_a_document_is() {
        for (document, file, name) in [
            (json!({"id":1,"name":"A"}), "x.json", "service"),
            (
                json!({"id":1,"name":"A"}),
                "in/Organisations.json",
                "organization",
            ),
            (
                json!({"id":1,"name":"A","status":"active","organization":{}}),
                "x.json",
                "service",
            ),
            (
                json!({"id":1,"name":"A","description":"","url":"","logo":"","uri":"","services":[]}),
                "x.json",
                "organization",
            ),
            (
                json!({"id":1,"name":"A","location_type":"physical","latitude":1}),
                "x.json",
                "location",
            ),
            (
                json!({"id":1,"service":{},"location":{}}),
                "x.json",
                "service_at_location",
            ),
            (
                json!({"id":1,"name":"A","description":"","taxonomy":"x","parent_id":1}),
                "x.json",
                "taxonomy_term",
            ),
            (
                json!({"id":1,"name":"A","description":"","version":"1"}),
                "x.json",
                "taxonomy",
            ),
            (
                json!({"id":1,"name":"A","url":"","min_age":1,"locations":[],"taxonomies":[]}),
                "x.json",
                "service",
            ),
        ] {
            let entity = of(document.as_object().unwrap(), file).unwrap();
            assert_eq!(entity.name, name, "{document}");
        }
    }
}
