//! The code by which a device is paired: 8 characters that people read out and type.

use std::fmt;
use std::str::FromStr;

use crate::Hash;

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code.
const LENGTH: usize = 8;
/// Characters by which its pairing is found; the others are the secret.
const FINDER: usize = 3;

/// A code in its usual shape.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// The code of five random bytes.
    #[must_use]
    pub fn of(random: [u8; 5]) -> Self {
        let bits = random
            .iter()
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let one = |at: usize| {
            let five = bits >> (5 * (LENGTH - 1 - at)) & 31;
            let found = usize::try_from(five).ok().and_then(|at| ALPHABET.get(at));
            found.map_or('0', |byte| char::from(*byte))
        };
        Self((0..LENGTH).map(one).collect())
    }

    /// What the pairing is found by. Not secret.
    #[must_use]
    pub fn finder(&self) -> &str {
        self.0.get(..FINDER).unwrap_or_default()
    }

    /// What the hub keeps of it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(format!("signpost pairing {}", self.0).as_bytes())
    }
}

/// As people read it: `ABCD-EFGH`.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at_checked(LENGTH / 2).unwrap_or_default();
        write!(f, "{first}-{second}")
    }
}

/// A code is a secret for ten minutes: logs have its finder only.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({}…)", self.finder())
    }
}

/// What was typed is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a pairing code has 8 letters and digits, such as 7K3M-Q2XA")]
pub struct BadCode;

impl FromStr for Code {
    type Err = BadCode;

    /// In capitals or not, with dash, spaces or neither; O is 0, I and L are 1.
    fn from_str(text: &str) -> Result<Self, BadCode> {
        let meant = |c: char| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let is_ours = |c: &char| u8::try_from(*c).is_ok_and(|byte| ALPHABET.contains(&byte));
        let mut code = String::new();
        let between = |c: &char| !(c.is_whitespace() || "-–‐‑".contains(*c));
        for c in text.chars().filter(between).map(meant) {
            if !is_ours(&c) || code.len() >= LENGTH {
                return Err(BadCode);
            }
            code.push(c);
        }
        if code.len() == LENGTH {
            Ok(Self(code))
        } else {
            Err(BadCode)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn typed_as_people_type() {
        let code: Code = "ab0d-1fgh".parse().unwrap();
        for text in ["ABOD LFGH", " abodifgh ", "AB0D–1FGH"] {
            assert_eq!(text.parse(), Ok(code.clone()), "{text}");
        }
        assert_eq!(code.to_string(), "AB0D-1FGH");
        assert_eq!(code.finder(), "AB0");
        assert_eq!(format!("{code:?}"), "Code(AB0…)");
        for text in [
            "",
            "ABCD-EFG",
            "ABCD-EFGHJ",
            "ABCD-EFGU",
            "ABCD-EFG€",
            "ABCD-EFGé",
        ] {
            assert_eq!(text.parse::<Code>(), Err(BadCode), "{text}");
        }
        assert_eq!(Code::of([0xff; 5]).to_string(), "ZZZZ-ZZZZ");
    }

    proptest! {
        #[test]
        fn every_code_can_be_typed_as_it_is_shown(random: [u8; 5]) {
            let code = Code::of(random);
            prop_assert_eq!(code.to_string().parse(), Ok(code.clone()));
            prop_assert_eq!(code.to_string().to_lowercase().replace('-', " ").parse(), Ok(code));
        }

        #[test]
        fn whatever_is_typed_is_a_code_or_none(text in "\\PC{0,20}") {
            if let Ok(code) = text.parse::<Code>() {
                prop_assert_eq!(code.to_string().parse(), Ok(code));
            }
        }
    }
}
