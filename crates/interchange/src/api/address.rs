//! The address of an API, and what is asked for below it.

use std::net::IpAddr;

use ureq::http::Uri;
use ureq::http::uri::Scheme;

use crate::InterchangeError;

/// Where an API is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Without `/services`, query and closing slash.
    base: String,
    /// What is asked along with every request.
    query: Vec<String>,
}

/// How many services a page should have, where the address doesn't say.
pub(super) const PER_PAGE: u64 = 100;

impl Address {
    /// Reads what somebody typed.
    pub(super) fn read(typed: &str) -> Result<Self, InterchangeError> {
        let typed = typed.trim();
        let whole = typed.split('#').next().unwrap_or_default();
        let whole = if whole.contains("://") {
            whole.to_owned()
        } else {
            format!("https://{whole}")
        };
        let not_one = |why: &str| InterchangeError::Network {
            address: typed.split('?').next().unwrap_or_default().to_owned(),
            why: why.to_owned(),
        };
        let uri = whole.parse::<Uri>().map_err(|error| {
            not_one(&format!(
                "is not a web address ({error}); check the spelling"
            ))
        })?;
        web(&uri).map_err(|why| not_one(&why))?;
        let query = uri.query().unwrap_or_default().split('&');
        let query = query.filter(|pair| !pair.is_empty() && key(pair) != "page");
        Ok(Self {
            base: base(&uri).ok_or_else(|| not_one("names no computer; check the spelling"))?,
            query: query.map(str::to_owned).collect(),
        })
    }

    /// The same API at another base, as it moved there.
    pub(super) fn at(&self, base: &str) -> Self {
        Self {
            base: base.to_owned(),
            query: self.query.clone(),
        }
    }

    /// Where the API is, without query.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// What tells this address from others.
    pub(super) fn name(&self) -> String {
        format!("{}?{}", self.base, self.query.join("&"))
    }

    /// Moves to where a list was found in the end, so that no later request is redirected.
    pub(super) fn moved(&mut self, list: &Uri) {
        let path = list.path().trim_end_matches('/');
        if path.ends_with("/services")
            && let Some(base) = base(list)
        {
            self.base = base;
        }
    }

    /// Where the API says what it is.
    pub(super) fn root(&self) -> Result<Uri, InterchangeError> {
        self.uri("/", &[])
    }

    /// A page of services.
    pub(super) fn page(&self, number: u64, sized: bool) -> Result<Uri, InterchangeError> {
        let mut more = vec![format!("page={number}")];
        if sized && !self.query.iter().any(|pair| key(pair) == "per_page") {
            more.push(format!("per_page={PER_PAGE}"));
        }
        self.uri("/services", &more)
    }

    /// One service.
    pub(super) fn service(&self, id: &str) -> Result<Uri, InterchangeError> {
        self.uri(&format!("/services/{}", escaped(id)), &[])
    }

    /// An error of the computer there. Queries are left out, as they may hold a key.
    pub(super) fn error(&self, why: &str) -> InterchangeError {
        InterchangeError::Network {
            address: self.base.clone(),
            why: why.to_owned(),
        }
    }

    /// Whether it is on this computer.
    pub(super) fn here(&self) -> bool {
        let uri = self.base.parse::<Uri>().unwrap_or_default();
        let host = uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    fn uri(&self, path: &str, more: &[String]) -> Result<Uri, InterchangeError> {
        let pairs: Vec<&str> = self.query.iter().chain(more).map(String::as_str).collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{}{path}{mark}{}", self.base, pairs.join("&"))
            .parse()
            .map_err(|error| self.error(&format!("{path} can't be asked for: {error}")))
    }
}

/// Where a redirect leads: only within the web, never from what can't be overheard to what can.
pub(super) fn follow(from: &Uri, location: &str) -> Result<Uri, String> {
    let location = location.split('#').next().unwrap_or_default();
    let scheme = from.scheme_str().unwrap_or("https");
    let authority = from.authority().map_or("", |authority| authority.as_str());
    let named = location
        .split_once(':')
        .is_some_and(|(name, _)| !name.contains(['/', '?']));
    let whole = if named {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else if location.starts_with('/') {
        format!("{scheme}://{authority}{location}")
    } else if location.starts_with('?') {
        format!("{scheme}://{authority}{}{location}", from.path())
    } else {
        let folder = from
            .path()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{}", plain(folder, location))
    };
    let to = whole
        .parse::<Uri>()
        .map_err(|error| format!("sent on to an address that is none ({error})"))?;
    web(&to).map_err(|why| format!("sent on to an address that {why}"))?;
    if from.scheme() == Some(&Scheme::HTTPS) && to.scheme() != Some(&Scheme::HTTPS) {
        return Err("sent on from https to http, where anybody can read along; \
             ask who runs it for its https address"
            .to_owned());
    }
    Ok(to)
}

/// A path beside others in a folder, without the steps up.
fn plain(folder: &str, location: &str) -> String {
    let (path, query) = location.split_at(location.find('?').unwrap_or(location.len()));
    let mut steps: Vec<&str> = folder.split('/').collect();
    for step in path.split('/') {
        match step {
            "." => {}
            ".." if steps.len() > 1 => drop(steps.pop()),
            ".." => {}
            step => steps.push(step),
        }
    }
    format!("{}{query}", steps.join("/"))
}

fn web(uri: &Uri) -> Result<(), String> {
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("begins with neither http:// nor https://".to_owned());
    }
    if uri.authority().is_some_and(|it| it.as_str().contains('@')) {
        return Err("has a name or password in it; leave out what stands before the @".to_owned());
    }
    Ok(())
}

fn base(uri: &Uri) -> Option<String> {
    let authority = uri.authority().filter(|it| !it.host().is_empty())?;
    let path = uri.path().trim_end_matches('/');
    let path = path.strip_suffix("/services").unwrap_or(path);
    let path = path.trim_end_matches('/');
    Some(format!("{}://{authority}{path}", uri.scheme_str()?))
}

fn key(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}

/// As a step of a path.
fn escaped(id: &str) -> String {
    let mut text = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Address, follow};

    fn asked(typed: &str) -> (String, String, String) {
        let address = Address::read(typed).unwrap();
        let page = address.page(1, true).unwrap().to_string();
        let one = address.service("a/b é").unwrap().to_string();
        (address.root().unwrap().to_string(), page, one)
    }

    #[test]
    fn an_address_is_taken_with_and_without_services_and_scheme() {
        let as_hoped = (
            "https://api.example.org/v3/".to_owned(),
            "https://api.example.org/v3/services?page=1&per_page=100".to_owned(),
            "https://api.example.org/v3/services/a%2Fb%20%C3%A9".to_owned(),
        );
        for typed in [
            "https://api.example.org/v3",
            "https://api.example.org/v3/",
            "https://api.example.org/v3/services",
            " https://api.example.org/v3/services/?page=7#top ",
            "api.example.org/v3",
        ] {
            assert_eq!(asked(typed), as_hoped, "{typed}");
        }
    }

    #[test]
    fn queries_are_kept_and_a_size_that_was_typed_stands() {
        let (root, page, one) = asked("http://localhost:8080/services?key=x&per_page=20&page=3");
        assert_eq!(root, "http://localhost:8080/?key=x&per_page=20");
        assert_eq!(
            page,
            "http://localhost:8080/services?key=x&per_page=20&page=1"
        );
        assert!(one.ends_with("?key=x&per_page=20"));
    }

    #[test]
    fn what_is_no_address_on_the_web_is_refused_without_its_secrets() {
        for typed in [
            "",
            "ftp://example.org",
            "https://",
            "not an address",
            "https://me:pw@x.org",
        ] {
            assert!(Address::read(typed).is_err(), "{typed}");
        }
        let said = Address::read("gopher://x.org/?key=secret")
            .unwrap_err()
            .to_string();
        assert!(!said.contains("secret"), "{said}");
    }

    #[test]
    fn this_computer_is_known() {
        for (typed, here) in [
            ("http://localhost:1", true),
            ("http://127.0.0.2:1/x", true),
            ("http://[::1]:1", true),
            ("https://localhost.example.org", false),
        ] {
            assert_eq!(Address::read(typed).unwrap().here(), here, "{typed}");
        }
    }

    #[test]
    fn redirects_stay_on_the_web() {
        let from = "https://a.org/x/services?page=1".parse().unwrap();
        for (location, to) in [
            ("https://b.org/services", "https://b.org/services"),
            ("//b.org/services", "https://b.org/services"),
            ("/y/services?q#part", "https://a.org/y/services?q"),
            ("list", "https://a.org/x/list"),
            ("../list?at=1:2", "https://a.org/list?at=1:2"),
            ("?page=2", "https://a.org/x/services?page=2"),
        ] {
            assert_eq!(
                follow(&from, location).unwrap().to_string(),
                to,
                "{location}"
            );
        }
        for location in [
            "http://a.org/services",
            "file:///etc/passwd",
            "javascript:1",
            "https://u@b.org",
        ] {
            assert!(follow(&from, location).is_err(), "{location}");
        }
    }
}
