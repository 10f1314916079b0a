//! Ways to get in touch, told apart by what they are.

use domain::{Phone, Url};

use super::Field;
use super::draft::{Draft, phone};
use crate::Weight;
use crate::tidy::{Remark, emails, fold, phones, quoted, web_addresses};

/// Email, web addresses and telephone numbers out of a cell; what is none of them is kept.
pub(super) fn contact(draft: &mut Draft, field: &Field, heading: &str, text: &str) {
    let any = *field == Field::Contact;
    let mut rest = text.to_owned();
    if any || *field == Field::Email || rest.contains('@') {
        let found = emails(&rest, &mut draft.remarks);
        rest = found.rest;
        for address in found.addresses {
            if draft.service.email.is_none() {
                draft.service.email = Some(address);
            } else if draft.service.email.as_deref() != Some(address.as_str()) {
                draft.keep(heading, &address);
            }
        }
    }
    if *field == Field::Url || rest.contains("://") || rest.to_ascii_lowercase().contains("www.") {
        let found = web_addresses(&rest, &mut draft.remarks);
        rest = found.rest;
        found
            .addresses
            .into_iter()
            .for_each(|address| web_page(draft, address));
    }
    if any || *field == Field::Phone {
        let found = phones(&rest, &mut draft.remarks);
        rest = found.rest.unwrap_or_default();
        found.numbers.into_iter().for_each(|number| {
            let phone = phone(number);
            if !draft.service.phones.contains(&phone) {
                draft.service.phones.push(phone);
            }
        });
    }
    keep_words(draft, heading, &rest);
}

/// Words that are no way to get in touch stay under their heading. "None" and "no phone" say that
/// there is none.
fn keep_words(draft: &mut Draft, heading: &str, rest: &str) {
    let words = fold(rest);
    let says_none = words.is_empty()
        || matches!(words.as_str(), "none" | "no" | "nil")
        || words.starts_with("no ") && words.len() < 14;
    if !says_none {
        let told = draft
            .remarks
            .iter()
            .any(|remark| remark.weight == Weight::Doubtful);
        let digits = rest.bytes().any(|b| b.is_ascii_digit());
        let message = format!(
            "{} is no way to get in touch; kept under its heading",
            quoted(rest.trim())
        );
        match (told, digits) {
            (true, _) => {}
            (false, true) => draft.doubt(message),
            (false, false) => draft.remarks.push(Remark::note(message)),
        }
        draft.keep(heading, rest.trim());
    }
}

fn web_page(draft: &mut Draft, address: String) {
    let service = &mut draft.service;
    if service.url.is_none() {
        service.url = Some(address);
    } else if service.url.as_ref() != Some(&address)
        && !service
            .additional_urls
            .iter()
            .any(|known| known.url == address)
    {
        service.additional_urls.push(Url {
            url: address,
            ..Url::default()
        });
    }
}

pub(super) fn organisation_contact(draft: &mut Draft, field: &Field, heading: &str, text: &str) {
    let (mut addresses, rest);
    if *field == Field::OrganisationPhone {
        let found = phones(text, &mut draft.remarks);
        let numbers: Vec<Phone> = found.numbers.into_iter().map(phone).collect();
        draft.organisation.phones.extend(numbers);
        return keep_words(draft, heading, &found.rest.unwrap_or_default());
    } else if *field == Field::OrganisationEmail {
        let found = emails(text, &mut draft.remarks);
        (addresses, rest) = (found.addresses.into_iter(), found.rest);
        draft.organisation.email = addresses.next();
    } else {
        let found = web_addresses(text, &mut draft.remarks);
        (addresses, rest) = (found.addresses.into_iter(), found.rest);
        draft.organisation.url = addresses.next();
    }
    addresses.for_each(|address| draft.keep(heading, &address));
    keep_words(draft, heading, &rest);
}
