//! The organisation behind a row.

use domain::{Linked, Many, Organisation, Phone, RecordId, Rest};
use serde_json::Value;

use super::draft::{Draft, OrganisationDraft};
use crate::tidy::{fold, quoted};

/// The charity number of a cell as its register writes it.
pub(super) fn charity_number(draft: &mut Draft, text: &str) {
    let number = compact(text);
    let number = [
        "registeredcharity",
        "charityno",
        "charitynumber",
        "no.",
        "no",
    ]
    .iter()
    .fold(number.as_str(), |rest, word| {
        rest.strip_prefix(word).unwrap_or(rest)
    })
    .to_uppercase();
    let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let whole = digits.split('-').next().unwrap_or_default();
    let letters = number.strip_suffix(digits).unwrap_or_default();
    let fine = digits.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && match letters {
            "" => (6..=7).contains(&whole.len()),
            "SC" | "SCO" | "NIC" => whole.len() >= 5 && whole.len() <= 6,
            _ => false,
        };
    if !fine {
        draft.doubt(format!(
            "{} is not a charity number; kept as written",
            quoted(text)
        ));
    }
    draft.organisation.charity = Some(if fine { number } else { text.to_owned() });
}

/// The company number of a cell: eight places, whose zeros in front a spreadsheet may have dropped.
pub(super) fn company_number(draft: &mut Draft, text: &str) {
    let number = compact(text).to_uppercase();
    let all_digits = number.bytes().all(|b| b.is_ascii_digit());
    let (letters, digits) = number.split_at_checked(2).unwrap_or((&number, ""));
    let with_letters = letters.bytes().all(|b| b.is_ascii_uppercase())
        && digits.len() == 6
        && digits.bytes().all(|b| b.is_ascii_digit());
    let said = if all_digits && (4..=8).contains(&number.len()) {
        format!("{number:0>8}")
    } else if with_letters {
        number
    } else {
        draft.doubt(format!(
            "{} is not a company number; kept as written",
            quoted(text)
        ));
        text.to_owned()
    };
    draft.organisation.company = Some(said);
}

fn compact(text: &str) -> String {
    let marks = |c: &char| !c.is_whitespace() && !matches!(c, ':' | '#' | '(' | ')');
    text.chars()
        .filter(marks)
        .flat_map(char::to_lowercase)
        .collect()
}

impl OrganisationDraft {
    /// Whether the row says anything of it.
    pub(super) fn is_said(&self) -> bool {
        self.name.is_some()
            || self.charity.is_some()
            || self.company.is_some()
            || self.url.is_some()
            || self.email.is_some()
            || self.description.is_some()
            || !self.phones.is_empty()
    }

    /// By what it is known again: its number, or else its name.
    pub(super) fn key(&self, service: &str) -> String {
        match &self.charity {
            Some(number) => format!("charity {number}"),
            None => fold(self.name.as_deref().unwrap_or(service)),
        }
    }

    /// As a record; without a name of its own it has the service's.
    pub(super) fn into_record(self, id: RecordId, service: &str) -> Organisation {
        let part = |name: &str| RecordId::named(&format!("{id}/{name}")).to_string();
        let phones = self.phones.into_iter().enumerate();
        let numbers = [
            ("GB-CHC", "Charity number", self.charity),
            ("GB-COH", "Company number", self.company),
        ];
        let identifiers = numbers
            .into_iter()
            .filter_map(|(scheme, kind, number)| Some((scheme, kind, number?)))
            .map(|(scheme, kind, number)| identifier(part(scheme), scheme, kind, number));
        Organisation {
            id,
            name: self.name.unwrap_or_else(|| service.to_owned()),
            alternate_name: None,
            description: self.description,
            email: self.email,
            website: self.url,
            additional_websites: Many::default(),
            phones: phones
                .map(|(n, phone)| Phone {
                    id: part(&format!("phone/{n}")),
                    ..phone
                })
                .collect(),
            organization_identifiers: identifiers.collect(),
            attributes: Many::default(),
            rest: Rest::new(),
        }
    }
}

/// By the codes of org-id.guide.
fn identifier(id: String, scheme: &str, kind: &str, number: String) -> Linked {
    let scheme = match (scheme, number.get(..2)) {
        ("GB-CHC", Some("SC")) => "GB-SC",
        ("GB-CHC", Some("NI")) => "GB-NIC",
        _ => scheme,
    };
    let rest = [
        ("identifier_scheme", scheme.to_owned()),
        ("identifier_type", kind.to_owned()),
        ("identifier", number),
    ];
    Linked {
        id,
        rest: rest
            .into_iter()
            .map(|(member, text)| (member.to_owned(), Value::from(text)))
            .collect(),
    }
}
