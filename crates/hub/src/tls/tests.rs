//! A hub that speaks TLS itself, with a certificate made for the test.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Tls;
use crate::listen::{Taking, serve};

/// Makes a certificate and its key; false, said, where there is no openssl.
fn make(folder: &Path, name: &str) -> bool {
    let mut openssl = Command::new("openssl");
    openssl
        .current_dir(folder)
        .args(["req", "-x509", "-newkey", "ec"]);
    openssl.args([
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "1",
    ]);
    openssl.args([
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
        "-subj",
        &format!("/CN={name}"),
    ]);
    match openssl.output() {
        Ok(made) => made.status.success(),
        Err(_none) => {
            println!("skipped: openssl is not installed on this machine");
            false
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_speaks_tls_and_reads_its_certificate_again() {
    let folder = tempfile::tempdir().unwrap();
    let files = ["cert.pem", "key.pem"].map(|name| folder.path().join(name));
    assert!(
        Tls::read(&files[0], &files[1]).is_err(),
        "there is none yet"
    );
    if !make(folder.path(), "first") {
        return;
    }
    let tls = Arc::new(Tls::read(&files[0], &files[1]).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}/", listener.local_addr().unwrap());
    let (stop, stopping) = watch::channel(false);
    let taking = Taking {
        connections: 10,
        behind_proxy: false,
    };
    let router = Router::new().route("/", get(async || "here"));
    let served = serve((listener, Some(Arc::clone(&tls))), router, taking, stopping);
    let served = tokio::spawn(served);
    assert_eq!(asked(&address).await, "here");
    let mut before = tls.acceptor().config().clone();
    assert!(make(folder.path(), "second"));
    tls.read_again().unwrap();
    assert!(!Arc::ptr_eq(&before, tls.acceptor().config()));
    assert_eq!(asked(&address).await, "here");
    // What can't be read takes nothing away.
    std::fs::write(&files[0], "nothing").unwrap();
    before = tls.acceptor().config().clone();
    assert!(tls.read_again().is_err());
    assert!(Arc::ptr_eq(&before, tls.acceptor().config()));
    stop.send_replace(true);
    served.await.unwrap();
}

async fn asked(address: &str) -> String {
    let address = address.to_owned();
    let ask = move || {
        let tls = ureq::tls::TlsConfig::builder()
            .disable_verification(true)
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .proxy(None)
            .build();
        let mut answer = ureq::Agent::from(config).get(&address).call().unwrap();
        answer.body_mut().read_to_string().unwrap()
    };
    tokio::task::spawn_blocking(ask).await.unwrap()
}
