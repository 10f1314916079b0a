//! The text of JSON, cut where its values begin and end, so that documents are kept as they were
//! sent, to the last digit.
//!
//! All of it takes text that was found to be JSON; of other text it makes nonsense, but no harm.

/// The values in an array.
pub(super) fn elements(array: &str) -> impl Iterator<Item = &str> {
    let inside = array.trim().strip_prefix('[');
    let inside = inside.and_then(|text| text.strip_suffix(']'));
    cut(inside.unwrap_or_default(), b',')
}

/// The names and values in an object.
pub(super) fn members(object: &str) -> impl Iterator<Item = (String, &str)> {
    let inside = object.trim().strip_prefix('{');
    let inside = inside.and_then(|text| text.strip_suffix('}'));
    cut(inside.unwrap_or_default(), b',').filter_map(|member| {
        let end = outside(member, b':')?;
        let (name, value) = member.split_at_checked(end)?;
        let name = serde_json::from_str(name).ok()?;
        Some((name, value.strip_prefix(':')?.trim()))
    })
}

/// The same on one line, without the space between values.
pub(super) fn squeezed(json: &str) -> String {
    let mut quotes = Quotes::default();
    let kept = json.chars().filter(|&letter| {
        let quoted = quotes.pass(letter == '"', letter == '\\');
        quoted || !letter.is_ascii_whitespace()
    });
    kept.collect()
}

/// The parts between the marks that stand outside strings and brackets.
fn cut(text: &str, mark: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text).filter(|text| !text.trim().is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let end = outside(text, mark).unwrap_or(text.len());
        rest = text.get(end + 1..);
        text.get(..end).map(str::trim)
    })
}

/// Where the first such mark stands outside strings and brackets.
fn outside(text: &str, mark: u8) -> Option<usize> {
    let mut quotes = Quotes::default();
    let mut depth = 0_u32;
    text.bytes().position(|byte| {
        if quotes.pass(byte == b'"', byte == b'\\') {
            return false;
        }
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            other => return other == mark && depth == 0,
        }
        false
    })
}

/// Whether a string is open.
#[derive(Default)]
struct Quotes {
    open: bool,
    escaped: bool,
}

impl Quotes {
    /// Passes a letter; whether it belongs to a string.
    fn pass(&mut self, quote: bool, backslash: bool) -> bool {
        let was = self.open;
        self.open = if quote && !self.escaped { !was } else { was };
        self.escaped = was && backslash && !self.escaped;
        was || self.open
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::{elements, members, squeezed};

    #[test]
    fn every_digit_and_letter_is_kept() {
        let sent = "{\r\n \"a b\" : [ 1.50, 12345678901234567890123 ],\t\"q\": \"\\\" , [\\\\\" }";
        assert_eq!(
            squeezed(sent),
            r#"{"a b":[1.50,12345678901234567890123],"q":"\" , [\\"}"#
        );
        let told: Vec<_> = members(sent).collect();
        assert_eq!(
            told[0],
            ("a b".to_owned(), "[ 1.50, 12345678901234567890123 ]")
        );
        assert_eq!(told[1].1, r#""\" , [\\""#);
        assert_eq!(elements(" [ ] ").count(), 0);
        assert_eq!(members("{}").count(), 0);
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            "[a\"\\\\,:\\[\\]{} é\n]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            let name = "[a\",:{}\\\\]{0,4}";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(name, inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_is_cut_where_its_values_are(values in prop::collection::vec(json(), 0..4)) {
            let text = serde_json::to_string_pretty(&values).unwrap();
            prop_assert_eq!(squeezed(&text), serde_json::to_string(&values).unwrap());
            let parts: Vec<Value> = elements(&text).map(|part| part.parse().unwrap()).collect();
            prop_assert_eq!(&parts, &values);
            for object in values.iter().filter_map(Value::as_object) {
                let text = serde_json::to_string_pretty(object).unwrap();
                let told = members(&text).map(|(name, value)| (name, value.parse().unwrap()));
                let told: serde_json::Map<String, Value> = told.collect();
                prop_assert_eq!(&told, object);
            }
        }

        #[test]
        fn no_text_does_harm(text in "[\\[\\]{}\",:\\\\ a1é]{0,40}") {
            drop(squeezed(&text));
            prop_assert!(elements(&text).count() <= text.len() + 1);
            prop_assert!(members(&text).count() <= text.len() + 1);
        }
    }
}
