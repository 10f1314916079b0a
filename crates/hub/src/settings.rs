//! What can be set, by flags, by the environment (`SIGNPOST_HUB_…`) or in a TOML file: whatever is
//! said first in this order counts.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde::Deserialize;

use crate::failure::Failure;
use crate::limits::Rates;
use crate::listen::Taking;
use crate::tls::Tls;

/// Where it listens where nothing else is said.
const LISTEN: &str = "127.0.0.1:8787";
/// Connections at once where nothing else is said.
const CONNECTIONS: usize = 20_000;

/// Between two publications where nothing else is said.
const PUBLISH_PAUSE: Duration = Duration::from_millis(100);

/// What can be set for a hub that serves.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Serving {
    /// Where to listen; port 0: any that is free [default: 127.0.0.1:8787]
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = address, env = "SIGNPOST_HUB_LISTEN")]
    pub(crate) listen: Option<SocketAddr>,
    /// Believe X-Forwarded-For: only behind a proxy that sets it
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true",
        env = "SIGNPOST_HUB_BEHIND_PROXY")]
    pub(crate) behind_proxy: Option<bool>,
    /// Certificate for TLS, PEM, with those that lead up to its root; read again on SIGHUP
    #[arg(long, value_name = "FILE", env = "SIGNPOST_HUB_TLS_CERT")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its key, PEM
    #[arg(long, value_name = "FILE", env = "SIGNPOST_HUB_TLS_KEY")]
    pub(crate) tls_key: Option<PathBuf>,
    /// The hub's address for others, as the API tells it, with its scheme
    #[arg(long, value_name = "URL", env = "SIGNPOST_HUB_PUBLIC_ADDRESS")]
    pub(crate) public_address: Option<String>,
    /// Connections at once [default: 20000]
    #[arg(long, value_name = "NUMBER", env = "SIGNPOST_HUB_CONNECTIONS")]
    pub(crate) connections: Option<usize>,
    /// Operations that one device may send in an hour [default: 100000]
    #[arg(long, value_name = "NUMBER", env = "SIGNPOST_HUB_OPERATIONS_AN_HOUR")]
    pub(crate) operations_an_hour: Option<u32>,
    /// Requests that one address may make in a second [default: 1000]
    #[arg(long, value_name = "NUMBER", env = "SIGNPOST_HUB_REQUESTS_A_SECOND")]
    pub(crate) requests_a_second: Option<u32>,
    /// Milliseconds between two publications at least [default: 100]
    #[arg(long, value_name = "NUMBER", env = "SIGNPOST_HUB_PUBLISH_PAUSE")]
    pub(crate) publish_pause: Option<u64>,
}

/// What can be set for every verb.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Common {
    /// Folder of the hub
    #[arg(long, global = true, value_name = "DIR", env = "SIGNPOST_HUB_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// A PostgreSQL database in place of the folder, for more than one process
    #[arg(
        long,
        global = true,
        value_name = "postgres://USER@HOST/NAME",
        env = "SIGNPOST_HUB_DATABASE",
        hide_env_values = true
    )]
    pub(crate) database: Option<String>,
    /// What is written down about its work: error, warn, info, debug [default: info]
    #[arg(long, global = true, value_name = "LEVEL", env = "SIGNPOST_HUB_LOG")]
    pub(crate) log: Option<String>,
    /// Write it down as JSON, a line each
    #[arg(long, global = true, value_name = "true|false", num_args = 0..=1, require_equals = true,
        default_missing_value = "true", env = "SIGNPOST_HUB_LOG_JSON")]
    pub(crate) log_json: Option<bool>,
}

/// The file of settings: those for every verb, and a table `[serve]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    log: Option<String>,
    log_json: Option<bool>,
    serve: Serving,
}

impl File {
    /// The file of this path; none: nothing is set in one.
    pub(crate) fn read(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let bad = |why: String| Failure::Settings(format!("{}: {why}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
        toml::from_str(&text).map_err(|error| bad(error.to_string()))
    }
}

impl Common {
    /// With what the file says where nothing else was said.
    pub(crate) fn or(self, file: &File) -> Self {
        Self {
            data: self.data.or_else(|| file.data.clone()),
            database: self.database.or_else(|| file.database.clone()),
            log: self.log.or_else(|| file.log.clone()),
            log_json: self.log_json.or(file.log_json),
        }
    }
}

impl Serving {
    /// With what the file says where nothing else was said.
    pub(crate) fn or(self, file: &File) -> Self {
        let file = &file.serve;
        Self {
            listen: self.listen.or(file.listen),
            behind_proxy: self.behind_proxy.or(file.behind_proxy),
            tls_cert: self.tls_cert.or_else(|| file.tls_cert.clone()),
            tls_key: self.tls_key.or_else(|| file.tls_key.clone()),
            public_address: self.public_address.or_else(|| file.public_address.clone()),
            connections: self.connections.or(file.connections),
            operations_an_hour: self.operations_an_hour.or(file.operations_an_hour),
            requests_a_second: self.requests_a_second.or(file.requests_a_second),
            publish_pause: self.publish_pause.or(file.publish_pause),
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        self.listen
            .map_or_else(|| LISTEN.to_owned(), |listen| listen.to_string())
    }

    /// Certificate and key, where TLS is asked for.
    pub(crate) fn tls(&self) -> Result<Option<Tls>, Failure> {
        match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Tls::read(certificate, key).map(Some),
            (None, None) => Ok(None),
            (Some(_), None) | (None, Some(_)) => {
                let told = "TLS needs both: --tls-cert FILE and --tls-key FILE.";
                Err(Failure::Settings(told.to_owned()))
            }
        }
    }

    /// How connections are taken.
    pub(crate) fn taking(&self) -> Taking {
        Taking {
            connections: self.connections.unwrap_or(CONNECTIONS).max(1),
            behind_proxy: self.behind_proxy.unwrap_or_default(),
        }
    }

    /// How long nothing more is published after something was.
    pub(crate) fn publish_pause(&self) -> Duration {
        self.publish_pause
            .map_or(PUBLISH_PAUSE, Duration::from_millis)
    }

    /// Who may ask how often.
    pub(crate) fn rates(&self) -> Rates {
        let usual = Rates::default();
        Rates {
            operations_an_hour: self.operations_an_hour.unwrap_or(usual.operations_an_hour),
            requests_a_second: self.requests_a_second.unwrap_or(usual.requests_a_second),
        }
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let wrong = "write an address in numbers with a port, such as 127.0.0.1:8787 or [::1]:8787";
    text.parse().map_err(|_no_address| wrong.to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::place::Place;

    #[test]
    fn what_is_said_first_counts() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let text = "data = \"here\"\n[serve]\nlisten = \"0.0.0.0:80\"\nbehind-proxy = true\n";
        file.write_all(text.as_bytes()).unwrap();
        let read = File::read(Some(file.path())).unwrap();
        let asked = Serving {
            listen: Some("127.0.0.1:1".parse().unwrap()),
            ..Serving::default()
        };
        let serving = asked.or(&read);
        assert_eq!(serving.address(), "127.0.0.1:1");
        assert!(serving.taking().behind_proxy);
        assert_eq!(
            Place::of(&Common::default().or(&read))
                .unwrap()
                .folder()
                .unwrap(),
            Path::new("here")
        );
        assert_eq!(Serving::default().address(), LISTEN);
    }

    #[test]
    fn a_setting_that_nobody_knows_is_told() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"[serve]\nlisen = 1\n").unwrap();
        let told = File::read(Some(file.path())).unwrap_err().to_string();
        assert!(told.contains("lisen"), "{told}");
        assert!(Place::of(&Common::default()).is_err());
    }
}
