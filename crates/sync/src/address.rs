//! Where a hub is: on the web, or in files.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use ureq::http::Uri;

/// Where a hub is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// On the web.
    Web(WebAddress),
    /// A folder that was published, or a bundle in one file.
    Files(PathBuf),
}

/// An address on the web, without query and closing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress {
    base: String,
    host: String,
}

/// What was typed is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{typed}” {why}")]
pub struct BadAddress {
    /// What was typed.
    pub typed: String,
    /// What is wrong with it, and what to do.
    pub why: String,
}

impl Address {
    /// Reads what somebody typed: a web address, where `https` is assumed unless it is on this
    /// computer; or the path of a folder or file, absolute or beginning with a dot.
    ///
    /// # Errors
    /// [`BadAddress`].
    pub fn read(typed: &str) -> Result<Self, BadAddress> {
        let text = typed.trim();
        let path = Path::new(text);
        if path.is_absolute() || text.starts_with('.') {
            return Ok(Self::Files(path.to_path_buf()));
        }
        WebAddress::read(text).map(Self::Web)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Web(web) => f.write_str(&web.base),
            Self::Files(path) => path.display().fmt(f),
        }
    }
}

impl WebAddress {
    fn read(text: &str) -> Result<Self, BadAddress> {
        let bad = |why: &str| BadAddress {
            // Neither a password nor a key is repeated.
            typed: text
                .rsplit('@')
                .next()
                .and_then(|rest| rest.split(['?', '#']).next())
                .unwrap_or_default()
                .to_owned(),
            why: why.to_owned(),
        };
        let whole = if text.contains("://") {
            text.to_owned()
        } else {
            // Whether it is on this computer shows once it is taken apart.
            let guess = format!("https://{text}");
            let here = guess.parse::<Uri>().is_ok_and(|uri| here(&uri));
            format!("{}://{text}", if here { "http" } else { "https" })
        };
        let uri = whole.parse::<Uri>().map_err(|error| {
            bad(&format!(
                "is not a web address ({error}); check the spelling"
            ))
        })?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(bad("names no computer; check the spelling"));
        };
        if !matches!(scheme, "http" | "https") {
            return Err(bad("begins with neither http:// nor https://"));
        }
        if authority.as_str().contains('@') {
            return Err(bad(
                "has a name or password in it; leave out what stands before the @",
            ));
        }
        if authority.host().is_empty() {
            return Err(bad("names no computer; check the spelling"));
        }
        Ok(Self {
            base: format!("{scheme}://{authority}{}", uri.path().trim_end_matches('/')),
            host: authority.host().to_owned(),
        })
    }

    /// What is asked for below it.
    pub(crate) fn join(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.base
    }

    /// The computer's name.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it is on this computer.
    #[must_use]
    pub fn here(&self) -> bool {
        loopback(&self.host)
    }

    /// True where others in the network could read along, and answer in the hub's place.
    #[must_use]
    pub fn open_to_others(&self) -> bool {
        self.base.starts_with("http://") && !self.here()
    }
}

fn here(uri: &Uri) -> bool {
    uri.host().is_some_and(loopback)
}

fn loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn read(typed: &str) -> String {
        match Address::read(typed) {
            Ok(Address::Web(web)) => format!(
                "{}{}{}",
                web.as_str(),
                if web.here() { " (here)" } else { "" },
                if web.open_to_others() { " (open)" } else { "" },
            ),
            Ok(Address::Files(path)) => format!("files {}", path.display()),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_is_typed_becomes_an_address() {
        let said = [
            "hub.example.org",
            " https://hub.example.org/signpost/?x=1#y ",
            "http://hub.example.org",
            "localhost:8787",
            "127.0.0.1:8787/",
            "[::1]:8787",
            "http://[::1]:8787",
            "/media/stick/hub.bundle",
            "./published",
            "ftp://hub.example.org",
            "https://me:secret@hub.example.org",
            "https://",
            "",
            "two words",
        ]
        .map(read);
        insta::assert_snapshot!(said.join("\n"), @"
        https://hub.example.org
        https://hub.example.org/signpost
        http://hub.example.org (open)
        http://localhost:8787 (here)
        http://127.0.0.1:8787 (here)
        http://[::1]:8787 (here)
        http://[::1]:8787 (here)
        files /media/stick/hub.bundle
        files ./published
        “ftp://hub.example.org” begins with neither http:// nor https://
        “hub.example.org” has a name or password in it; leave out what stands before the @
        “https://” is not a web address (empty string); check the spelling
        “” is not a web address (empty string); check the spelling
        “two words” is not a web address (invalid uri character); check the spelling
        ");
    }
}
