//! When two values say the same.

use serde_json::Value;

use super::FieldName;

/// True when two values of this field say the same: as [`same`], and a service without `status` is
/// an active one.
pub(crate) fn same_field(field: &FieldName, a: Option<&Value>, b: Option<&Value>) -> bool {
    if field.as_str() != "status" {
        return same(a, b);
    }
    let active = Value::from("active");
    let or_active = |value: Option<&Value>| value.filter(|v| !v.is_null()).cloned();
    same(
        Some(&or_active(a).unwrap_or_else(|| active.clone())),
        Some(&or_active(b).unwrap_or_else(|| active.clone())),
    )
}

/// True when two values say the same. Reading a record into types and writing it again may add an
/// empty `id` or leave out a `null`, and writes 53 as 53.0; none of that is a change.
pub(crate) fn same(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a.filter(|v| !v.is_null()), b.filter(|v| !v.is_null())) {
        (None, None) => true,
        (Some(a), Some(b)) => same_value(a, b),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let told = |(name, value): &(&String, &Value)| !says_nothing(name, value);
            let all = |one: &crate::Rest, other: &crate::Rest| {
                one.iter()
                    .filter(told)
                    .all(|(name, value)| same(Some(value), other.get(name)))
            };
            all(a, b) && b.iter().filter(told).all(|(name, _)| a.contains_key(name))
        }
        (Value::Number(a), Value::Number(b)) if a.is_f64() != b.is_f64() => {
            a.as_f64() == b.as_f64()
        }
        (a, b) => a == b,
    }
}

/// Members that the types write where there were none.
fn says_nothing(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => name == "id" && text.is_empty(),
        Value::Bool(yes) => name == "assessed" && !yes,
        Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    }
}
