//! Identity of a record.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A UUID that names a record for ever, on every device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(Uuid);

/// The namespace under which names become identifiers: UUIDv5 of the DNS name `signpost.directory`.
const NAMESPACE: Uuid = Uuid::from_u128(0x95a1_4091_65b5_5723_8edb_6c79_4960_32e0);

impl RecordId {
    /// The identifier of something that has a stable name, such as `need/social-isolation`:
    /// the same name gives the same identifier on every machine (UUIDv5).
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    }

    /// An identifier by chance, made of sixteen random bytes (a `UUID` of version 4).
    #[must_use]
    pub fn by_chance(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// The sixteen bytes, in network order.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// The identifier of sixteen bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

/// The text is not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an identifier: it should look like 01234567-89ab-cdef-0123-456789abcdef")]
pub struct ParseIdError(pub String);

impl FromStr for RecordId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text.trim())
            .map(Self)
            .map_err(|_ignored| ParseIdError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_the_same_identifier_every_time() {
        assert_eq!(
            RecordId::named("need/wellbeing"),
            RecordId::named("need/wellbeing")
        );
        assert_ne!(
            RecordId::named("need/wellbeing"),
            RecordId::named("need/employment")
        );
    }

    #[test]
    fn one_by_chance_says_that_it_is() {
        let id = RecordId::by_chance([0xff; 16]);
        assert_eq!(id.to_string(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn text_and_back() {
        let id = RecordId::named("x");
        assert_eq!(id.to_string().parse::<RecordId>(), Ok(id));
        assert!("x".parse::<RecordId>().is_err());
    }
}
