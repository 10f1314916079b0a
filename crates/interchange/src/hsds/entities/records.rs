//! The four entities that stand by themselves, and the programme a service may belong to.

use super::Entity;
use super::build::{
    STATUS, WHERE, attributes, date, email, id, key, many, metadata, moment, number, one, one_of,
    text, uri,
};

pub(super) const ORGANIZATION: Entity = Entity {
    name: "organization",
    file: "organizations",
    fields: &[
        id("id").needed(),
        text("name").needed(),
        text("alternate_name"),
        text("description").needed(),
        email("email"),
        uri("website"),
        text("tax_status"),
        text("tax_id"),
        number("year_incorporated"),
        text("legal_status"),
        text("logo"),
        uri("uri"),
        key("parent_organization_id", "organization"),
    ],
    links: &[
        many("additional_websites", "url", "organization_id"),
        many("funding", "funding", "organization_id"),
        many("contacts", "contact", "organization_id"),
        many("phones", "phone", "organization_id"),
        many("locations", "location", "organization_id"),
        many("programs", "program", "organization_id"),
        many(
            "organization_identifiers",
            "organization_identifier",
            "organization_id",
        ),
        attributes(),
        metadata(),
    ],
};

pub(super) const PROGRAM: Entity = Entity {
    name: "program",
    file: "programs",
    fields: &[
        id("id").needed(),
        key("organization_id", "organization").needed_in_tables(),
        text("name").needed(),
        text("alternate_name"),
        text("description").needed(),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const SERVICE: Entity = Entity {
    name: "service",
    file: "services",
    fields: &[
        id("id").needed(),
        key("organization_id", "organization").needed_in_tables(),
        key("program_id", "program"),
        text("name").needed(),
        text("alternate_name"),
        text("description"),
        uri("url"),
        email("email"),
        one_of("status", STATUS).needed(),
        text("interpretation_services"),
        text("application_process"),
        text("fees_description"),
        text("wait_time"),
        text("fees"),
        text("accreditations"),
        text("eligibility_description"),
        number("minimum_age"),
        number("maximum_age"),
        date("assured_date"),
        email("assurer_email"),
        text("licenses"),
        text("alert"),
        moment("last_modified"),
    ],
    links: &[
        many("additional_urls", "url", "service_id"),
        many("phones", "phone", "service_id"),
        many("schedules", "schedule", "service_id"),
        many("service_areas", "service_area", "service_id"),
        many("service_at_locations", "service_at_location", "service_id"),
        many("languages", "language", "service_id"),
        one("organization", "organization", "organization_id"),
        many("funding", "funding", "service_id"),
        many("cost_options", "cost_option", "service_id"),
        one("program", "program", "program_id"),
        many("required_documents", "required_document", "service_id"),
        many("contacts", "contact", "service_id"),
        many("capacities", "service_capacity", "service_id"),
        attributes(),
        metadata(),
    ],
};

pub(super) const SERVICE_AT_LOCATION: Entity = Entity {
    name: "service_at_location",
    file: "service_at_location",
    fields: &[
        id("id").needed(),
        key("service_id", "service").needed_in_tables(),
        key("location_id", "location").needed_in_tables(),
        text("description"),
    ],
    links: &[
        many("service_areas", "service_area", "service_at_location_id"),
        many("contacts", "contact", "service_at_location_id"),
        many("phones", "phone", "service_at_location_id"),
        many("schedules", "schedule", "service_at_location_id"),
        one("location", "location", "location_id"),
        attributes(),
        metadata(),
    ],
};

pub(super) const LOCATION: Entity = Entity {
    name: "location",
    file: "locations",
    fields: &[
        id("id").needed(),
        one_of("location_type", WHERE).needed(),
        uri("url"),
        key("organization_id", "organization"),
        text("name"),
        text("alternate_name"),
        text("description"),
        text("transportation"),
        number("latitude"),
        number("longitude"),
        text("external_identifier"),
        text("external_identifier_type"),
    ],
    links: &[
        many("languages", "language", "location_id"),
        many("addresses", "address", "location_id"),
        many("contacts", "contact", "location_id"),
        many("accessibility", "accessibility", "location_id"),
        many("phones", "phone", "location_id"),
        many("schedules", "schedule", "location_id"),
        attributes(),
        metadata(),
    ],
};
