//! Web addresses out of a cell.
//!
//! An address without a scheme gains `http://`: that is what typing it into a browser means. Which
//! sites answer over TLS isn't known here; browsers try that first by themselves, and nearly every
//! such site leads on from `http`, while `https://` in front of one that has none leads nowhere.

use super::{Remark, quoted};

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addresses {
    /// The addresses, each with its scheme, in their order.
    pub addresses: Vec<String>,
    /// Everything else in the text; empty: there is nothing.
    pub rest: String,
}

/// An address is no longer than this.
const LONGEST: usize = 2_000;

/// The web addresses in a text. What looks like one and isn't is told, and left in the rest.
#[must_use]
pub fn web_addresses(text: &str, remarks: &mut Vec<Remark>) -> Addresses {
    let mut found = Addresses::default();
    for token in text.split_whitespace() {
        let bare = token
            .trim_start_matches(['<', '(', '[', '"', '\''])
            .trim_end_matches(['>', ')', ']', '"', '\'', ',', ';', '.', '|']);
        if bare.is_empty() {
            continue;
        }
        match address(bare) {
            Some(address) if found.addresses.contains(&address) => {}
            Some(address) => found.addresses.push(address),
            None => {
                if looks_like_one(bare) {
                    remarks.push(Remark::doubt(format!(
                        "{} is not a web address; kept as written",
                        quoted(bare)
                    )));
                }
                if !found.rest.is_empty() {
                    found.rest.push(' ');
                }
                found.rest.push_str(token);
            }
        }
    }
    if matches!(found.rest.as_str(), "or" | "and" | "&" | "/" | "," | "|") {
        found.rest.clear();
    }
    found
}

/// Whether a name can be a computer's on the web: labels parted by dots, the last one of letters.
pub(super) fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(label)
        && last.chars().count() >= 2
        && (last.starts_with("xn--") || last.chars().all(char::is_alphabetic))
}

fn address(token: &str) -> Option<String> {
    if token.len() > LONGEST
        || token
            .chars()
            .any(|c| c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '}'))
    {
        return None;
    }
    let lower = token.get(..8).unwrap_or(token).to_ascii_lowercase();
    let (scheme, rest) = if lower.starts_with("https://") {
        ("https://", token.get(8..)?)
    } else if lower.starts_with("http://") {
        ("http://", token.get(7..)?)
    } else {
        ("http://", token)
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    let port_fine = !port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit());
    let host = host.trim_end_matches('.').to_lowercase();
    let only_www = host
        .strip_prefix("www.")
        .is_some_and(|name| !name.contains('.'));
    if !is_host(&host) || only_www || !port_fine {
        return None;
    }
    let port = authority
        .find(':')
        .and_then(|at| authority.get(at..))
        .unwrap_or_default();
    Some(format!("{scheme}{host}{port}{path}"))
}

/// Whether somebody meant a web address by it, or something that must not become one.
fn looks_like_one(token: &str) -> bool {
    let lower = token.get(..11).unwrap_or(token).to_ascii_lowercase();
    lower.starts_with("http")
        || lower.starts_with("www")
        || lower.starts_with("javascript:")
        || lower.starts_with("data:")
        || lower.starts_with("file:")
        || token.contains('.') && token.chars().any(char::is_alphabetic) && !token.contains('@')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> (Vec<String>, String, usize) {
        let mut remarks = Vec::new();
        let found = web_addresses(text, &mut remarks);
        (found.addresses, found.rest, remarks.len())
    }

    #[test]
    fn addresses_gain_a_scheme_and_lose_what_stands_around_them() {
        for (text, address) in [
            ("www.example.org", "http://www.example.org"),
            ("WWW.EXAMPLE.ORG.", "http://www.example.org"),
            ("example.org/Path?q=1#x", "http://example.org/Path?q=1#x"),
            ("HTTPS://Example.org/A", "https://example.org/A"),
            ("http://example.org:8080/", "http://example.org:8080/"),
            ("(http://example.org)", "http://example.org"),
        ] {
            assert_eq!(
                read(text),
                (vec![address.to_owned()], String::new(), 0),
                "{text}"
            );
        }
        let two = read("http://example.org  http://example.com/a");
        assert_eq!(two.0, ["http://example.org", "http://example.com/a"]);
    }

    #[test]
    fn what_is_no_address_is_kept_and_flagged() {
        for text in [
            "http//:www.example.org",
            "javascript:alert(1)",
            "house.m336wx",
            "www.example",
            "http://",
            "data:text/html,x",
        ] {
            assert_eq!((read(text).0, read(text).2), (vec![], 1), "{text}");
        }
        assert_eq!(read("not yet"), (vec![], "not yet".to_owned(), 0));
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in "(https?://|www\\.|[a-z.:/?#<>()é-]){0,20}|.*") {
            for address in web_addresses(&text, &mut Vec::new()).addresses {
                prop_assert_eq!(web_addresses(&address, &mut Vec::new()).addresses, vec![address]);
            }
        }
    }
}
