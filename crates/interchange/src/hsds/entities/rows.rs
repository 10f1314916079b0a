//! The rows that hang on a service, organisation or place.

use super::Entity;
use super::build::{
    DAYS, FREQUENCY, WHERE, attributes, date, email, id, key, many, metadata, moment, number, one,
    one_of, text, time, uri,
};

pub(super) const PHONE: Entity = Entity {
    name: "phone",
    file: "phones",
    fields: &[
        id("id").needed(),
        key("location_id", "location"),
        key("service_id", "service"),
        key("organization_id", "organization"),
        key("contact_id", "contact"),
        key("service_at_location_id", "service_at_location"),
        text("number").needed(),
        number("extension"),
        text("type"),
        text("description"),
    ],
    links: &[
        many("languages", "language", "phone_id"),
        attributes(),
        metadata(),
    ],
};

pub(super) const CONTACT: Entity = Entity {
    name: "contact",
    file: "contacts",
    fields: &[
        id("id").needed(),
        key("organization_id", "organization"),
        key("service_id", "service"),
        key("service_at_location_id", "service_at_location"),
        key("location_id", "location"),
        text("name"),
        text("title"),
        text("department"),
        email("email"),
    ],
    links: &[
        many("phones", "phone", "contact_id"),
        attributes(),
        metadata(),
    ],
};

pub(super) const ADDRESS: Entity = Entity {
    name: "address",
    file: "addresses",
    fields: &[
        id("id").needed(),
        key("location_id", "location"),
        text("attention"),
        text("address_1").needed(),
        text("address_2"),
        text("city").needed(),
        text("region"),
        text("state_province").needed(),
        text("postal_code").needed(),
        text("country").needed(),
        one_of("address_type", WHERE).needed(),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const SCHEDULE: Entity = Entity {
    name: "schedule",
    file: "schedules",
    fields: &[
        id("id").needed(),
        key("service_id", "service"),
        key("location_id", "location"),
        key("service_at_location_id", "service_at_location"),
        date("valid_from"),
        date("valid_to"),
        date("dtstart"),
        number("timezone"),
        date("until"),
        number("count"),
        one_of("wkst", DAYS),
        one_of("freq", FREQUENCY),
        number("interval"),
        text("byday"),
        text("byweekno"),
        text("bymonthday"),
        text("byyearday"),
        text("description"),
        time("opens_at"),
        time("closes_at"),
        uri("schedule_link"),
        text("attending_type"),
        text("notes"),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const FUNDING: Entity = Entity {
    name: "funding",
    file: "funding",
    fields: &[
        id("id").needed(),
        key("organization_id", "organization"),
        key("service_id", "service"),
        text("source"),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const SERVICE_AREA: Entity = Entity {
    name: "service_area",
    file: "service_areas",
    fields: &[
        id("id").needed(),
        key("service_id", "service"),
        key("service_at_location_id", "service_at_location"),
        text("name"),
        text("description"),
        text("extent"),
        text("extent_type"),
        text("uri"),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const REQUIRED_DOCUMENT: Entity = Entity {
    name: "required_document",
    file: "required_documents",
    fields: &[
        id("id").needed(),
        key("service_id", "service"),
        text("document"),
        uri("uri"),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const LANGUAGE: Entity = Entity {
    name: "language",
    file: "languages",
    fields: &[
        id("id").needed(),
        key("service_id", "service"),
        key("location_id", "location"),
        key("phone_id", "phone"),
        text("name"),
        text("code"),
        text("note"),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const ACCESSIBILITY: Entity = Entity {
    name: "accessibility",
    file: "accessibility",
    fields: &[
        id("id").needed(),
        key("location_id", "location"),
        text("description"),
        text("details"),
        uri("url"),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const COST_OPTION: Entity = Entity {
    name: "cost_option",
    file: "cost_options",
    fields: &[
        id("id").needed(),
        key("service_id", "service").needed_in_tables(),
        date("valid_from"),
        date("valid_to"),
        text("option"),
        text("currency"),
        number("amount"),
        text("amount_description"),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const ORGANIZATION_IDENTIFIER: Entity = Entity {
    name: "organization_identifier",
    file: "organization_identifiers",
    fields: &[
        id("id").needed(),
        key("organization_id", "organization").needed_in_tables(),
        text("identifier_scheme"),
        text("identifier_type").needed(),
        text("identifier").needed(),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const URL: Entity = Entity {
    name: "url",
    file: "url",
    fields: &[
        id("id").needed(),
        text("label"),
        uri("url").needed(),
        key("organization_id", "organization"),
        key("service_id", "service"),
    ],
    links: &[attributes(), metadata()],
};

pub(super) const SERVICE_CAPACITY: Entity = Entity {
    name: "service_capacity",
    file: "service_capacity",
    fields: &[
        id("id").needed(),
        key("service_id", "service").needed_in_tables(),
        key("unit_id", "unit").needed_in_tables(),
        number("available").needed(),
        number("maximum"),
        text("description"),
        moment("updated").needed(),
    ],
    links: &[
        one("unit", "unit", "unit_id").needed(),
        attributes(),
        metadata(),
    ],
};

pub(super) const UNIT: Entity = Entity {
    name: "unit",
    file: "units",
    fields: &[
        id("id").needed(),
        text("name").needed(),
        text("scheme"),
        text("identifier"),
        uri("uri"),
    ],
    links: &[attributes(), metadata()],
};
