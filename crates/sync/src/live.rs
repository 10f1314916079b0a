//! The hub's live events: each says that there is something new, and nothing else. They are never
//! needed: without them the copy asks now and then.

mod events;

use std::io::{self, Read};
use std::sync::Arc;
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use crate::hub::{HttpHub, Network, Stop};
use crate::worker::{Bell, Why};
use crate::{HubFault, WebAddress, backoff};
use events::Events;

/// A hub that has no live events is asked again as rarely.
const NONE_THERE: Duration = Duration::from_secs(900);
/// A stream that lasted this long was a good one.
const GOOD: Duration = Duration::from_secs(30);

/// Listens until it is dropped.
#[derive(Debug)]
pub struct Live {
    stop: Stop,
    thread: Thread,
}

impl Live {
    /// Listens to the hub at this address, and rings the bell at each event. Connects again as
    /// often as needed.
    ///
    /// # Errors
    /// When no thread can be started, or the proxy has no valid address.
    pub fn start(address: &WebAddress, network: &Network, bell: Bell) -> io::Result<Self> {
        let stop = Stop::default();
        let hub = HttpHub::new(address.clone(), network, stop.clone());
        let hub = Arc::new(hub.map_err(io::Error::other)?);
        let own = stop.clone();
        let listen = move || listen(&hub, &own, &bell);
        let thread = thread::Builder::new()
            .name("live".to_owned())
            .spawn(listen)?;
        Ok(Self {
            stop,
            thread: thread.thread().clone(),
        })
    }
}

impl Drop for Live {
    /// The thread ends at the next sign of the hub at the latest; it holds nothing of the copy.
    fn drop(&mut self) {
        self.stop.say();
        self.thread.unpark();
    }
}

fn listen(hub: &HttpHub, stop: &Stop, bell: &Bell) {
    let mut failures = 0;
    while !stop.was_said() {
        let begun = Instant::now();
        let ended = hub.live().map(|stream| follow(stream, stop, bell));
        bell.live(false);
        failures = match begun.elapsed() {
            lasted if lasted > GOOD => 1,
            _ => failures + 1,
        };
        let wait = match ended {
            Err(HubFault::Missing(_)) => NONE_THERE,
            Err(HubFault::Busy { after, .. }) => backoff::wait(failures, after, crate::dice()),
            _ => backoff::wait(failures, None, crate::dice()),
        };
        let waiting = Instant::now();
        while !stop.was_said() && waiting.elapsed() < wait {
            thread::park_timeout(wait.saturating_sub(waiting.elapsed()));
        }
    }
}

/// Rings at each event until the stream ends.
fn follow(mut stream: Box<dyn Read + Send>, stop: &Stop, bell: &Bell) {
    let mut events = Events::default();
    let mut piece = [0; 1_024];
    while !stop.was_said() {
        let Ok(read @ 1..) = stream.read(&mut piece) else {
            return;
        };
        // Whatever came before this line was read: the stream is there.
        bell.live(true);
        let Ok(new) = events.take(piece.get(..read).unwrap_or_default()) else {
            return;
        };
        if new && !stop.was_said() {
            bell.ring(Why::Live);
        }
    }
}
