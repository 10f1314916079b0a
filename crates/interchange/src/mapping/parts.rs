//! Identifiers of a service's parts, made from the service's own: the same each time.

use domain::{CostOption, Language, Many, Phone, RecordId, Schedule, Service, Url};

/// Gives every part that has no identifier one.
pub(super) fn identify(service: &mut Service) {
    let of = service.id;
    numbered(&mut service.phones, of, "phone", |part: &mut Phone| {
        &mut part.id
    });
    numbered(
        &mut service.schedules,
        of,
        "schedule",
        |part: &mut Schedule| &mut part.id,
    );
    numbered(
        &mut service.languages,
        of,
        "language",
        |part: &mut Language| &mut part.id,
    );
    numbered(&mut service.additional_urls, of, "url", |part: &mut Url| {
        &mut part.id
    });
    numbered(
        &mut service.cost_options,
        of,
        "cost",
        |part: &mut CostOption| &mut part.id,
    );
}

fn numbered<T: Clone>(
    parts: &mut Many<T>,
    of: RecordId,
    what: &str,
    id: fn(&mut T) -> &mut String,
) {
    if parts.is_empty() {
        return;
    }
    let named = parts.iter().cloned().enumerate().map(|(n, mut part)| {
        *id(&mut part) = RecordId::named(&format!("{of}/{what}/{n}")).to_string();
        part
    });
    *parts = named.collect();
}
