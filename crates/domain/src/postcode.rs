//! Postcodes, as Royal Mail shapes them: an outcode (`M6`) and an incode (`5JA`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The first half of a postcode, in capitals: `M6`, `SK13`, `EC1A`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Outcode(String);

/// A whole postcode in its usual shape: capitals, one space.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Postcode {
    outcode: Outcode,
    incode: String,
}

/// Where somebody is, as far as it was said: a postcode or only its first half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// A whole postcode.
    Postcode(Postcode),
    /// The first half.
    Outcode(Outcode),
}

/// The text does not have the shape of a postcode. It is not mended by guess.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a postcode: it should look like M6 5JA, or M6 for the first half")]
pub struct ParsePostcodeError(pub String);

impl Postcode {
    /// The first half.
    #[must_use]
    pub fn outcode(&self) -> &Outcode {
        &self.outcode
    }
}

impl Outcode {
    /// As text, in capitals.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Whereabouts {
    /// The first half, which is always known.
    #[must_use]
    pub fn outcode(&self) -> &Outcode {
        match self {
            Self::Postcode(postcode) => postcode.outcode(),
            Self::Outcode(outcode) => outcode,
        }
    }
}

impl FromStr for Whereabouts {
    type Err = ParsePostcodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse()
            .map(Self::Postcode)
            .or_else(|_| text.parse().map(Self::Outcode))
    }
}

/// Letters `A`, digits `9`, anything else as it is: the shapes an outcode may have.
fn shape(text: &str) -> String {
    let one = |c: char| match c {
        'A'..='Z' => 'A',
        '0'..='9' => '9',
        other => other,
    };
    text.chars().map(one).collect()
}

fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

impl FromStr for Outcode {
    type Err = ParsePostcodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = compact(text);
        match shape(&code).as_str() {
            "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A" => Ok(Self(code)),
            _ => Err(ParsePostcodeError(text.to_owned())),
        }
    }
}

impl FromStr for Postcode {
    type Err = ParsePostcodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || ParsePostcodeError(text.to_owned());
        let code = compact(text);
        let split = code.len().checked_sub(3).ok_or_else(refuse)?;
        let (out, incode) = code.split_at_checked(split).ok_or_else(refuse)?;
        if shape(incode) != "9AA" {
            return Err(refuse());
        }
        // A space in another place than before the incode is a slip that may mean another postcode.
        let parts: Vec<&str> = text.split_whitespace().collect();
        if parts.len() == 2 && parts.last().map(|part| part.len()) != Some(3) || parts.len() > 2 {
            return Err(refuse());
        }
        let outcode = out.parse().ok().ok_or_else(refuse)?;
        Ok(Self {
            outcode,
            incode: incode.to_owned(),
        })
    }
}

impl fmt::Display for Outcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.outcode, self.incode)
    }
}

impl TryFrom<String> for Outcode {
    type Error = ParsePostcodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl TryFrom<String> for Postcode {
    type Error = ParsePostcodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Outcode> for String {
    fn from(code: Outcode) -> Self {
        code.0
    }
}

impl From<Postcode> for String {
    fn from(code: Postcode) -> Self {
        code.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_that_exist_are_read() {
        for (text, usual) in [
            ("m6 5ja", "M6 5JA"),
            ("SK130AA", "SK13 0AA"),
            (" ec1a 1bb ", "EC1A 1BB"),
        ] {
            assert_eq!(text.parse::<Postcode>().unwrap().to_string(), usual);
        }
        assert_eq!("m6".parse::<Outcode>().unwrap().as_str(), "M6");
    }

    #[test]
    fn slips_are_refused_not_mended() {
        for text in [
            "WA154 1HF",
            "M6 5J",
            "",
            "6M 5JA",
            "M6 5JAA",
            "M 65 JA",
            "é6 5JA",
        ] {
            assert!(text.parse::<Postcode>().is_err(), "{text}");
        }
    }

    #[test]
    fn whereabouts_prefers_the_whole_postcode() {
        assert!(matches!("M6 5JA".parse(), Ok(Whereabouts::Postcode(_))));
        assert!(matches!("M6".parse(), Ok(Whereabouts::Outcode(_))));
        assert!("somewhere".parse::<Whereabouts>().is_err());
    }
}
