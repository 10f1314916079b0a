//! A page of a list of services, in the shapes that servers give it.

use super::text;

/// More on one page is a fault.
const ENTRIES: usize = 100_000;

/// Longer is no identifier.
const LONGEST_ID: usize = 512;

/// What a page says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page<'a> {
    /// Each entry as it was sent.
    pub(super) entries: Vec<&'a str>,
    /// How many services there are, it says.
    pub(super) total: Option<u64>,
    /// How many pages there are, it says.
    pub(super) pages: Option<u64>,
    /// Whether it says to be the first.
    pub(super) first: Option<bool>,
    /// Whether it says to be the last.
    pub(super) last: Option<bool>,
}

impl<'a> Page<'a> {
    /// Reads a page out of text that was found to be JSON.
    pub(super) fn read(json: &'a str) -> Result<Self, String> {
        let mut page = Self::default();
        let mut list = json.trim_start().starts_with('[').then_some(json);
        for (name, value) in text::members(json) {
            match name.as_str() {
                "contents" | "content" | "services" | "items" | "results" | "data"
                    if value.starts_with('[') =>
                {
                    list = Some(value);
                }
                "total_items" | "totalElements" | "total" => page.total = number(value),
                "total_pages" | "totalPages" => page.pages = number(value),
                "first_page" | "first" => page.first = value.parse().ok(),
                "last_page" | "last" => page.last = value.parse().ok(),
                _ => {}
            }
        }
        let list = list.ok_or(
            "answered, but not with a list of services: check that the address is that of an \
             HSDS or Open Referral UK service",
        )?;
        page.entries = text::elements(list).take(ENTRIES + 1).collect();
        if page.entries.len() > ENTRIES {
            return Err(format!(
                "sent more than {ENTRIES} services on one page; ask who runs it for smaller pages"
            ));
        }
        Ok(page)
    }
}

/// The identifier of a service, whether written as text or as a number; of text that was found to
/// be JSON.
pub(super) fn id(service: &str) -> Option<String> {
    let (_, value) = text::members(service).find(|(name, _)| name == "id")?;
    let number = value
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    let id = if number {
        value.to_owned()
    } else {
        serde_json::from_str::<String>(value).ok()?
    };
    // Of dots alone it would be a step up in an address.
    let fit = id.len() <= LONGEST_ID && id.bytes().any(|byte| byte != b'.');
    fit.then_some(id)
}

fn number(value: &str) -> Option<u64> {
    value.trim_matches('"').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Page, id};

    #[test]
    fn pages_of_every_version_are_read() {
        let third = r#"{"total_items": 3, "total_pages": 2, "page_number": 1, "size": 2,
            "first_page": true, "last_page": false, "empty": false,
            "contents": [{"id": "a"}, {"id": "b"}]}"#;
        let first = r#"{"totalElements": "3", "totalPages": 2, "number": 1, "size": 2,
            "first": true, "last": false, "content": [{"id": "a"}, {"id": "b"}]}"#;
        let page = Page::read(third).unwrap();
        assert_eq!(page.entries, [r#"{"id": "a"}"#, r#"{"id": "b"}"#]);
        assert_eq!((page.total, page.pages), (Some(3), Some(2)));
        assert_eq!((page.first, page.last), (Some(true), Some(false)));
        assert_eq!(Page::read(first).unwrap(), page);
        assert_eq!(Page::read(r#"[{"id": 1}]"#).unwrap().entries.len(), 1);
        assert!(Page::read(r#"{"message": "hello", "data": {}}"#).is_err());
        assert!(Page::read("7").is_err());
    }

    #[test]
    fn an_identifier_is_text_or_a_number() {
        assert_eq!(id(r#"{"name": "x", "id": "a"}"#).as_deref(), Some("a"));
        assert_eq!(id(r#"{"id": 12}"#).as_deref(), Some("12"));
        for none in [
            r#"{}"#,
            r#"{"id": null}"#,
            r#"{"id": ""}"#,
            r#"{"id": ".."}"#,
            "3",
            "[]",
        ] {
            assert_eq!(id(none), None, "{none}");
        }
        assert_eq!(id(&format!(r#"{{"id": "{}"}}"#, "x".repeat(600))), None);
    }
}
