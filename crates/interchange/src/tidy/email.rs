//! Addresses of electronic mail out of a cell.

use super::{Remark, quoted};

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Emails {
    /// The addresses, in their order, as they were written but for marks around them.
    pub addresses: Vec<String>,
    /// Everything else in the text, in its order; empty: there is nothing.
    pub rest: String,
}

/// The addresses in a text. What has an @ and is none is told, and left in the rest.
#[must_use]
pub fn emails(text: &str, remarks: &mut Vec<Remark>) -> Emails {
    let mut found = Emails::default();
    if !text.contains('@') {
        text.trim().clone_into(&mut found.rest);
        return found;
    }
    let apart = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '/' | '<' | '>' | '(' | ')' | '"' | '|')
    };
    for token in text.split_inclusive(apart) {
        let bare = token.trim_end_matches(apart);
        if !bare.contains('@') {
            found.rest.push_str(token);
            continue;
        }
        match address(bare) {
            Some(address) if found.addresses.iter().all(|known| known != address) => {
                found.addresses.push(address.to_owned());
            }
            Some(_) => {}
            None => {
                remarks.push(Remark::doubt(format!(
                    "{} is not an email address; kept as written",
                    quoted(bare)
                )));
                found.rest.push_str(token);
            }
        }
    }
    found.rest = leftover(&found.rest);
    found
}

/// What is left beside addresses, without the words and marks that only led to them.
fn leftover(rest: &str) -> String {
    const LEADS: [&str; 8] = ["email", "e-mail", "or email", "mail", "or", "and", "&", "e"];
    const MARKS: [char; 12] = [' ', '\n', ',', ';', ':', '/', '|', '<', '>', '(', ')', '.'];
    let rest = rest.trim();
    let bare = rest.trim_matches(MARKS);
    let only_leads = bare.is_empty() || LEADS.iter().any(|lead| bare.eq_ignore_ascii_case(lead));
    if only_leads {
        String::new()
    } else {
        rest.to_owned()
    }
}

fn address(token: &str) -> Option<&str> {
    let start = token.trim_start_matches(['\'', '.', ':', '[', '*']);
    let start = ["mailto:", "email:", "e-mail:", "e:"]
        .into_iter()
        .find_map(|lead| {
            Some(start.get(lead.len()..)?).filter(|_| {
                start
                    .get(..lead.len())
                    .is_some_and(|s| s.eq_ignore_ascii_case(lead))
            })
        })
        .unwrap_or(start);
    let bare = start.trim_end_matches(['.', ':', '\'', ']', '*', '!', '?']);
    let (local, host) = bare.split_once('@')?;
    let fine = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+-=^_`{}~".contains(c);
    let local_fine = !local.is_empty()
        && local.len() <= 64
        && local.chars().all(fine)
        && !local.contains("..")
        && local.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && !local.ends_with('.');
    (local_fine && super::web::is_host(host)).then_some(bare)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> (Vec<String>, String, usize) {
        let mut remarks = Vec::new();
        let found = emails(text, &mut remarks);
        (found.addresses, found.rest, remarks.len())
    }

    #[test]
    fn addresses_are_freed_of_what_stands_around_them() {
        for (text, addresses, rest) in [
            ("a@example.org", vec!["a@example.org"], ""),
            ("mailto:a@example.org.", vec!["a@example.org"], ""),
            (
                "a@example.org; b@example.org",
                vec!["a@example.org", "b@example.org"],
                "",
            ),
            ("Jo <jo@example.org>", vec!["jo@example.org"], "Jo <"),
            (
                "a@example.org 0161 496 0000",
                vec!["a@example.org"],
                "0161 496 0000",
            ),
            ("Email: a@example.org", vec!["a@example.org"], ""),
        ] {
            let found = read(text);
            assert_eq!(found.0, addresses, "{text}");
            assert_eq!(
                found.1.trim_end_matches(['<', ' ']),
                rest.trim_end_matches(['<', ' ']),
                "{text}"
            );
            assert_eq!(found.2, 0, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_kept_and_flagged() {
        for text in [
            "a...b@example.org",
            "a@b@example.org",
            "a@example",
            "@example.org",
        ] {
            assert_eq!(read(text), (vec![], text.to_owned(), 1), "{text}");
        }
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in "([a-z.@:;,<> ']|mailto:|@example\\.org){0,20}|.*") {
            for address in emails(&text, &mut Vec::new()).addresses {
                prop_assert_eq!(emails(&address, &mut Vec::new()).addresses, vec![address]);
            }
        }
    }
}
