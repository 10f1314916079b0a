//! The plain names of fields, as people at the desk know them.

use crate::FieldName;

const LABELS: [(&str, &str); 49] = [
    ("name", "Name"),
    ("alternate_name", "Other name"),
    ("signpost.other_names", "More names"),
    ("signpost.summary", "In one line"),
    ("description", "Description"),
    ("organization_id", "Organisation"),
    ("organization", "Organisation"),
    ("url", "Website"),
    ("website", "Website"),
    ("additional_urls", "More web pages"),
    ("additional_websites", "More web pages"),
    ("email", "Email"),
    ("phones", "Telephone"),
    ("status", "State"),
    ("signpost.state", "State"),
    ("application_process", "How to get in"),
    ("fees_description", "Cost in words"),
    ("cost_options", "Prices"),
    ("wait_time", "Waiting time"),
    ("eligibility_description", "Who may come"),
    ("minimum_age", "From age"),
    ("maximum_age", "Up to age"),
    ("assured_date", "Last checked"),
    ("signpost.checks", "Checks"),
    ("alert", "To know before going"),
    ("schedules", "Opening hours"),
    ("service_areas", "Areas served"),
    ("service_at_locations", "Places"),
    ("languages", "Languages"),
    ("funding", "Funding"),
    ("signpost.keywords", "Search words"),
    ("signpost.provenance", "Where it came from"),
    ("signpost.internal", "Notes for staff"),
    ("signpost.private", "Private address"),
    ("organization_identifiers", "Registration numbers"),
    ("location_type", "Sort of place"),
    ("latitude", "Latitude"),
    ("longitude", "Longitude"),
    ("transportation", "How to get there"),
    ("addresses", "Address"),
    ("accessibility", "Access"),
    ("attributes.need", "Needs"),
    ("attributes.population", "Who it is for"),
    ("attributes.activity", "Activities"),
    ("attributes.tier", "Tier"),
    ("attributes.cost", "Cost"),
    ("attributes.way-in", "Ways in"),
    ("attributes.meets-you", "Where it meets you"),
    ("attributes.", "Other terms"),
];

const MORE_TERMS: [(&str, &str); 9] = [
    ("attributes.commissioned", "Commissioned"),
    ("attributes.delivery-level", "Delivery level"),
    ("attributes.funding", "Funding"),
    ("attributes.model", "Model"),
    ("attributes.prescribing-level", "Prescribing level"),
    ("attributes.referral-source", "Who may refer"),
    ("attributes.role", "Role"),
    ("attributes.support-type", "Support"),
    ("attributes.what-it-does", "What it does"),
];

impl FieldName {
    /// What people call it: "Opening hours". A field that this version does not know goes by its own
    /// name.
    #[must_use]
    pub fn label(&self) -> &str {
        let known = LABELS.iter().chain(&MORE_TERMS);
        let found = known.into_iter().find(|(name, _)| *name == self.as_str());
        found.map_or_else(
            || {
                let name = self.as_str();
                name.strip_prefix("attributes.").unwrap_or(name)
            },
            |(_, label)| label,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, change};

    #[test]
    fn every_field_that_is_known_has_a_plain_name() {
        for field in Kind::ALL.into_iter().flat_map(change::fields) {
            assert_ne!(field.label(), field.as_str());
        }
        assert_eq!(FieldName::new("schedules").label(), "Opening hours");
        assert_eq!(FieldName::new("attributes.esd").label(), "esd");
    }
}
