//! `serve`: the server.

use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Around, init};
use crate::failure::Failure;
use crate::hub::Hub;
use crate::limits::Limits;
use crate::listen;
use crate::router::router;
use crate::settings::{File, Serving};

/// Serves until it is told to stop (SIGTERM, Ctrl-C)
#[derive(Debug, Args)]
pub(super) struct Asked {
    #[command(flatten)]
    serving: Serving,
}

pub(super) fn run(asked: Asked, file: &File, around: Around<'_>) -> Result<(), Failure> {
    let serving = asked.serving.or(file);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| Failure::Settings(error.to_string()))?;
    runtime.block_on(serve(&serving, around))
}

async fn serve(serving: &Serving, mut around: Around<'_>) -> Result<(), Failure> {
    let _mine = crate::lock::take(around.folder)?;
    let log = init::open_or_make(around.folder)?;
    let address = serving.address();
    let unheard = |error: std::io::Error| {
        Failure::Listen(format!(
            "{address} can't be listened at: {error}. Choose another with --listen."
        ))
    };
    let listener = TcpListener::bind(&address).await.map_err(unheard)?;
    let local = listener.local_addr().map_err(unheard)?;
    let (stop, stopping) = watch::channel(false);
    let limits = Limits::new(serving.rates());
    let hub = Hub::begin(log, Arc::clone(&around.clock), limits, stopping.clone()).await?;
    let mut tasks = hub.work();
    around.say(&format!("listening on http://{local}"))?;
    tracing::info!(%local, folder = %around.folder.display(), "serving");
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        stop.send_replace(true);
    });
    listen::serve(listener, router(hub), serving.taking(), stopping).await;
    while tasks.join_next().await.is_some() {}
    tracing::info!("stopped");
    Ok(())
}

async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    let _interrupted = tokio::signal::ctrl_c().await;
}
