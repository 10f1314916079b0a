//! Web addresses, electronic mail, telephone numbers.

use serde_json::Value;

use super::Found;

const WEB: &str = "A web address starts with https:// or http://, such as https://www.example.org";
const EMAIL: &str = "An email address looks like name@example.org; one only.";
const TELEPHONE: &str = "Write digits and spaces, such as 0161 496 0000, and an extension as ext 12. \
                         Words go into the note beside it.";

pub(super) fn check(found: &mut Found<'_>) {
    for name in ["url", "website"] {
        if found.text(name).is_some_and(|text| !is_web_address(text)) {
            found.say(name, None, WEB);
        }
    }
    for name in ["additional_urls", "additional_websites"] {
        entries(found, name, "url", is_web_address, WEB);
    }
    if found.text("email").is_some_and(|text| !is_email(text)) {
        found.say("email", None, EMAIL);
    }
    entries(found, "phones", "number", is_telephone, TELEPHONE);
    for (at, tie) in found.entries("service_at_locations") {
        let phones = tie.get("phones").and_then(Value::as_array);
        let mut numbers = phones
            .into_iter()
            .flatten()
            .filter_map(|phone| phone.get("number"));
        if numbers.any(|number| !number.as_str().is_none_or(is_telephone)) {
            found.say("service_at_locations", Some(at), TELEPHONE);
        }
    }
}

fn entries(
    found: &mut Found<'_>,
    field: &str,
    member: &str,
    is_right: fn(&str) -> bool,
    message: &str,
) {
    for (at, entry) in found.entries(field) {
        if entry
            .get(member)
            .and_then(Value::as_str)
            .is_some_and(|text| !is_right(text))
        {
            found.say(field, Some(at), message);
        }
    }
}

/// `http` or `https` and a host with a dot: what opens in a browser.
fn is_web_address(text: &str) -> bool {
    let text = text.trim();
    let rest = text.split_once("://").filter(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    });
    let Some((_, rest)) = rest else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c);
    is_host(host.split(':').next().unwrap_or_default()) && !text.contains(odd)
}

/// Names with dots between them.
fn is_host(host: &str) -> bool {
    let right = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    host.contains('.') && host.split('.').all(right)
}

fn is_email(text: &str) -> bool {
    let text = text.trim();
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>,;\"()".contains(c);
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !name.contains(odd) && is_host(host) && text.len() <= 254
    })
}

/// Three digits (999) to fifteen, the signs that people put between them, an extension.
fn is_telephone(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let (number, extension) = ["extension", "ext.", "ext", "x"]
        .into_iter()
        .find_map(|word| text.split_once(word))
        .unwrap_or((text.as_str(), "0"));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let signs = |c: char| c.is_ascii_digit() || " +-().–/\u{a0}".contains(c);
    (3..=15).contains(&digits(number))
        && number.chars().all(signs)
        && (1..=8).contains(&digits(extension))
        && extension
            .chars()
            .all(|c| c.is_ascii_digit() || " .:#".contains(c))
}
