//! Taking connections and serving them until the hub stops.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, Request};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tower_service::Service as _;

use crate::router::Peer;
use crate::tls::Tls;

/// For the lines of a request.
const LONGEST_HEADERS: Duration = Duration::from_secs(15);
/// Bytes kept of a connection at most.
const LARGEST_BUFFER: usize = 64 * 1024;
/// For requests under way when the hub stops.
const LONGEST_END: Duration = Duration::from_secs(10);
/// After the system had no connection to give.
const AFTER_FAULT: Duration = Duration::from_millis(100);

/// How connections are taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taking {
    /// At once.
    pub(crate) connections: usize,
    /// Whether a proxy says where requests come from (`X-Forwarded-For`).
    pub(crate) behind_proxy: bool,
}

/// Serves until it is to stop, then finishes what is under way.
pub(crate) async fn serve(
    (listener, tls): (TcpListener, Option<Arc<Tls>>),
    router: Router,
    taking: Taking,
    mut stopping: watch::Receiver<bool>,
) {
    let builder = Arc::new(protocols());
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(taking.connections));
    loop {
        let (stream, from, permit) = tokio::select! {
            _ = stopping.wait_for(|stops| *stops) => break,
            taken = take(&listener, &room) => taken,
        };
        let router = router.clone();
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            let said = taking
                .behind_proxy
                .then(|| forwarded(request.headers()))
                .flatten();
            request
                .extensions_mut()
                .insert(Peer(said.unwrap_or(from.ip())));
            router.clone().call(request)
        });
        let watcher = graceful.watcher();
        let builder = Arc::clone(&builder);
        let acceptor = tls.as_ref().map(|tls| tls.acceptor());
        tokio::spawn(async move {
            let Some(stream) = prepared(stream, acceptor).await else {
                return;
            };
            let connection = builder
                .serve_connection(TokioIo::new(stream), service)
                .into_owned();
            if let Err(error) = watcher.watch(connection).await {
                tracing::trace!(%error, "a connection ended early");
            }
            drop(permit);
        });
    }
    drop(listener);
    if tokio::time::timeout(LONGEST_END, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests were not finished in time");
    }
}

/// How HTTP is spoken.
fn protocols() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(LONGEST_HEADERS)
        .max_buf_size(LARGEST_BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100);
    builder
}

/// A connection that goes both ways, with or without TLS.
trait Both: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Both for S {}

/// A connection after its handshake, if there is to be one; none: it failed, or took too long.
async fn prepared(stream: TcpStream, acceptor: Option<TlsAcceptor>) -> Option<Box<dyn Both>> {
    let Some(acceptor) = acceptor else {
        return Some(Box::new(stream));
    };
    let shaken = tokio::time::timeout(LONGEST_HEADERS, acceptor.accept(stream)).await;
    match shaken {
        Ok(Ok(stream)) => Some(Box::new(stream)),
        Ok(Err(error)) => {
            tracing::trace!(%error, "a handshake failed");
            None
        }
        Err(_late) => None,
    }
}

/// The next connection, when there is room for it.
async fn take(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    loop {
        let permit = Arc::clone(room).acquire_owned().await.ok();
        match listener.accept().await {
            Ok((stream, from)) => {
                // Small answers go at once; where the system refuses, they go a little later.
                let _slower = stream.set_nodelay(true);
                return (stream, from, permit);
            }
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                tokio::time::sleep(AFTER_FAULT).await;
            }
        }
    }
}

/// Where a request comes from, as the nearest proxy says.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let told = headers.get_all("x-forwarded-for").iter().next_back()?;
    told.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}
