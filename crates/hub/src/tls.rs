//! TLS by certificate and key in files, for hubs without a proxy in front. They are read again when
//! the process is told to (SIGHUP): connections that stand keep theirs, new ones get the new ones.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::failure::Failure;

/// Certificate and key.
pub(crate) struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    now: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    /// Reads a chain of certificates and its key, both PEM.
    pub(crate) fn read(certificate: &Path, key: &Path) -> Result<Self, Failure> {
        Ok(Self {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            now: RwLock::new(config(certificate, key)?),
        })
    }

    /// Reads both again. Where that fails, what was read before stays.
    pub(crate) fn read_again(&self) -> Result<(), Failure> {
        let new = config(&self.certificate, &self.key)?;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    /// What takes the next connection.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(Arc::clone(&now))
    }
}

fn config(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, Failure> {
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| Failure::file(certificate, &error))?;
    if chain.is_empty() {
        return Err(Failure::file(certificate, &"there is no certificate in it"));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| Failure::file(key, &error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(chain, secret)
        });
    let mut config = config.map_err(|error| Failure::file(certificate, &error))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
