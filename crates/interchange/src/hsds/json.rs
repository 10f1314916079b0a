//! One document's text made a value, with members that stand twice told.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// A document that was read.
#[derive(Debug)]
pub(super) struct Parsed {
    /// What it says.
    pub(super) value: Value,
    /// Names of members that stand twice in one object; the first counts.
    pub(super) twice: Vec<String>,
}

/// So many members that stand twice are told; more say nothing new.
const MOST_TWICE: usize = 20;

/// Reads a text as JSON.
pub(super) fn parse(text: &[u8]) -> Result<Parsed, serde_json::Error> {
    let twice = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Any(&twice).deserialize(&mut reader)?;
    reader.end()?;
    Ok(Parsed {
        value,
        twice: twice.into_inner(),
    })
}

struct Any<'a>(&'a RefCell<Vec<String>>);

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value);
        number
            .map(Value::Number)
            .ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Any(self.0))? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(Any(self.0))?;
            if !members.contains_key(&name) {
                let _none = members.insert(name, value);
                continue;
            }
            let mut twice = self.0.borrow_mut();
            if twice.len() < MOST_TWICE {
                twice.push(name);
            }
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_that_serde_reads() {
        let text = r#"{"a":[1,-2,3.5,1e300,null,true,"é"],"b":{"c":{}}}"#;
        let parsed = parse(text.as_bytes()).unwrap();
        assert_eq!(parsed.value, serde_json::from_str::<Value>(text).unwrap());
        assert!(parsed.twice.is_empty());
    }

    #[test]
    fn of_members_that_stand_twice_the_first_counts_and_it_is_told() {
        let parsed = parse(br#"{"a":1,"b":{"x":1,"x":2},"a":3}"#).unwrap();
        assert_eq!(parsed.value, serde_json::json!({"a":1,"b":{"x":1}}));
        assert_eq!(parsed.twice, ["x", "a"]);
    }

    #[test]
    fn hostile_texts_are_refused_without_harm() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        for text in [
            deep.as_bytes(),
            b"NaN",
            b"1e400",
            br#""\ud800""#,
            b"\"\xe9\"",
            b"{} {}",
        ] {
            assert!(parse(text).is_err());
        }
    }
}
