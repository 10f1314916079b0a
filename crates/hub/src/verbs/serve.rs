//! `serve`: the server.

use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Around, init, wait};
use crate::failure::Failure;
use crate::hub::Hub;
use crate::limits::Limits;
use crate::listen;
use crate::router::router;
use crate::settings::{File, Serving};
use crate::shelf::Shelf;
use crate::tls::Tls;

/// Serves until it is told to stop (SIGTERM, Ctrl-C)
#[derive(Debug, Args)]
pub(super) struct Asked {
    #[command(flatten)]
    serving: Serving,
}

pub(super) fn run(asked: Asked, file: &File, around: Around<'_>) -> Result<(), Failure> {
    let serving = asked.serving.or(file);
    wait(serve(&serving, around))
}

async fn serve(serving: &Serving, mut around: Around<'_>) -> Result<(), Failure> {
    let _mine = around.place.take()?;
    let tls = serving.tls()?.map(Arc::new);
    let log = init::open_or_make(around.place).await?;
    failpoints::reach("serve:opened");
    let areas = Arc::new(crate::areas::built_in());
    let shelf = Arc::new(Shelf::open(around.place.folder(), areas)?);
    let address = serving.address();
    let unheard = |error: std::io::Error| {
        Failure::Listen(format!(
            "{address} can't be listened at: {error}. Choose another with --listen."
        ))
    };
    let listener = TcpListener::bind(&address).await.map_err(unheard)?;
    let local = listener.local_addr().map_err(unheard)?;
    let (stop, stopping) = watch::channel(false);
    let pace = (Limits::new(serving.rates()), serving.publish_pause());
    let clock = Arc::clone(&around.clock);
    let hub = Hub::begin((log, shelf), clock, pace, stopping.clone()).await?;
    failpoints::reach("serve:begun");
    let mut tasks = hub.work();
    let scheme = if tls.is_some() { "https" } else { "http" };
    around.say(&format!("listening on {scheme}://{local}"))?;
    tracing::info!(%local, place = %around.place.name(), "serving");
    if let Some(tls) = &tls {
        tokio::spawn(read_again(Arc::clone(tls)));
    }
    let until = around.until.take();
    tokio::spawn(async move {
        match until {
            // Whoever could say so is gone: that says it too.
            Some(mut until) => drop(until.wait_for(|stops| *stops).await),
            None => told_to_stop().await,
        }
        tracing::info!("stopping");
        stop.send_replace(true);
    });
    let router = router(hub, serving.public_address.clone());
    listen::serve((listener, tls), router, serving.taking(), stopping).await;
    while tasks.join_next().await.is_some() {}
    tracing::info!("stopped");
    Ok(())
}

/// Reads certificate and key again whenever the process is told to.
async fn read_again(tls: Arc<Tls>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut told) = signal(SignalKind::hangup()) else {
            return;
        };
        while told.recv().await.is_some() {
            match tls.read_again() {
                Ok(()) => tracing::info!("certificate and key are read again"),
                Err(error) => tracing::error!(%error, "the former certificate stays"),
            }
        }
    }
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
