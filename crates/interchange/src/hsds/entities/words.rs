//! Taxonomies, the ties to their terms, and what is said about the data themselves.

use super::Entity;
use super::build::{any_key, attributes, date, id, key, metadata, one, text, uri};

pub(super) const ATTRIBUTE: Entity = Entity {
    name: "attribute",
    file: "attributes",
    fields: &[
        id("id").needed(),
        any_key("link_id").needed_in_tables(),
        key("taxonomy_term_id", "taxonomy_term").needed_in_tables(),
        text("link_type"),
        text("link_entity").needed_in_tables(),
        text("value"),
        text("label"),
    ],
    links: &[
        one("taxonomy_term", "taxonomy_term", "taxonomy_term_id"),
        metadata(),
    ],
};

pub(super) const TAXONOMY_TERM: Entity = Entity {
    name: "taxonomy_term",
    file: "taxonomy_terms",
    fields: &[
        id("id").needed(),
        text("code"),
        text("name").needed(),
        text("description").needed(),
        key("parent_id", "taxonomy_term"),
        text("taxonomy"),
        text("language"),
        key("taxonomy_id", "taxonomy"),
        uri("term_uri"),
    ],
    links: &[
        one("taxonomy_detail", "taxonomy", "taxonomy_id"),
        metadata(),
    ],
};

pub(super) const TAXONOMY: Entity = Entity {
    name: "taxonomy",
    file: "taxonomies",
    fields: &[
        id("id").needed(),
        text("name").needed(),
        text("description").needed(),
        uri("uri"),
        text("version"),
    ],
    links: &[metadata()],
};

pub(super) const METADATA: Entity = Entity {
    name: "metadata",
    file: "metadata",
    fields: &[
        id("id").needed(),
        any_key("resource_id").needed_in_tables(),
        text("resource_type").needed_in_tables(),
        date("last_action_date").needed(),
        text("last_action_type").needed(),
        text("field_name").needed(),
        text("previous_value").needed(),
        text("replacement_value").needed(),
        text("updated_by").needed(),
    ],
    links: &[],
};

pub(super) const META_TABLE_DESCRIPTION: Entity = Entity {
    name: "meta_table_description",
    file: "meta_table_descriptions",
    fields: &[
        id("id").needed(),
        text("name"),
        text("language"),
        text("character_set"),
    ],
    links: &[attributes(), metadata()],
};
