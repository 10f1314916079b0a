//! The formats that the published schemas ask for.

use domain::RecordId;
use time::Date;
use time::format_description::well_known::{Iso8601, Rfc3339};

/// A UUID in the usual form: 8-4-4-4-12 hexadecimal digits.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.matches('-').count() == 4 && text.parse::<RecordId>().is_ok()
}

/// A URI with a scheme, by the characters that RFC 3986 allows.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.bytes();
    let begins = letters.next().is_some_and(|b| b.is_ascii_alphabetic());
    begins
        && letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        && !rest.is_empty()
        && rest.bytes().all(is_uri_byte)
        && percents_are_whole(rest)
}

fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

fn percents_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let mut digits = after.bytes().take(2);
        let hex = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_hexdigit());
        hex(digits.next()) && hex(digits.next())
    })
}

/// `www.example.org` with a scheme; none: it is no such address.
pub(super) fn with_scheme(text: &str) -> Option<String> {
    let text = text.trim();
    let host = text.get(..4)?.eq_ignore_ascii_case("www.");
    let address = || format!("https://{text}");
    (host && !text.contains(char::is_whitespace)).then(address)
}

/// A text as the URI it most likely is: a scheme added, characters escaped; none: it is none.
pub(super) fn to_uri(text: &str) -> Option<String> {
    let text = text.trim();
    let with_scheme = with_scheme(text).unwrap_or_else(|| text.to_owned());
    if with_scheme.contains(char::is_whitespace) {
        return None;
    }
    let mut uri = String::with_capacity(with_scheme.len());
    for byte in with_scheme.bytes() {
        if is_uri_byte(byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    is_uri(&uri).then_some(uri)
}

/// An address for mail, as far as the schemas look: something, `@`, something.
pub(super) fn is_email(text: &str) -> bool {
    let sides = text.rsplit_once('@');
    sides.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
}

/// A day: `2026-11-22`.
pub(super) fn is_date(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([4, 2, 2])
        && parts.iter().all(|part| digits(part))
        && Date::parse(text, &Iso8601::DATE).is_ok()
}

/// A day with a time and zone, by RFC 3339.
pub(super) fn is_moment(text: &str) -> bool {
    time::OffsetDateTime::parse(&text.to_ascii_uppercase(), &Rfc3339).is_ok()
}

/// A time of day: `10:00`, `10:00:00`, with or without a zone.
pub(super) fn is_time(text: &str) -> bool {
    let clock = text.split(['Z', '+', '-']).next().unwrap_or(text);
    let parts: Vec<&str> = clock.split(':').collect();
    let two = |part: &&str| {
        part.get(..2)
            .is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()))
    };
    (2..=3).contains(&parts.len()) && parts.iter().all(two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        assert!(is_uuid("AC148810-d857-441c-9679-408f346de14b"));
        assert!(!is_uuid("ac148810d857441c9679408f346de14b"));
        for good in [
            "http://x.org/a?b=%20",
            "mailto:a@b.c",
            "tel:0161",
            "urn:x:y",
        ] {
            assert!(is_uri(good), "{good}");
        }
        for bad in [
            "",
            "x.org",
            "www.x.org",
            "http:",
            "http://x y",
            "http://é",
            "http://%zz",
            "1a:b",
        ] {
            assert!(!is_uri(bad), "{bad}");
        }
        assert!(is_email("a@b") && !is_email("a.b") && !is_email("@b"));
        assert!(is_date("2026-11-22") && !is_date("22/11/2026") && !is_date("2026-W01-1"));
        assert!(is_moment("2023-03-15T10:30:45.123Z") && !is_moment("2023-03-15"));
        assert!(is_time("10:00") && is_time("10:00:00Z") && !is_time("noon"));
    }

    #[test]
    fn addresses_are_mended_where_there_is_one_way_to() {
        assert_eq!(to_uri(" www.x.org/é ").unwrap(), "https://www.x.org/%C3%A9");
        assert_eq!(to_uri("http://x.org/a|b").unwrap(), "http://x.org/a%7Cb");
        assert_eq!(to_uri("see our page"), None);
        assert_eq!(to_uri(""), None);
    }
}
