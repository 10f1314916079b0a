//! The hub's identity, and news of what happens in its log.

use domain::RecordId;
use tokio::sync::watch;

/// What a hub is.
#[derive(Debug, Clone)]
pub(crate) struct About {
    /// Its identity, for ever.
    pub(crate) hub: RecordId,
    /// What people call it.
    pub(crate) name: String,
    /// Grows when it is restored from a backup.
    pub(crate) epoch: u64,
    /// Its keys: the first signs, the next one waits for its turn.
    pub(crate) keys: Vec<SigningKey>,
}

impl About {
    /// The epoch that begins when it is restored now. It comes after every one that desks may have
    /// seen: neither a backup nor a database that was replaced knows of those that began from the same
    /// backup before, but the clock has gone on since.
    pub(crate) fn next_epoch(latest: u64, now: u64) -> u64 {
        latest.saturating_add(1).max(now)
    }
}

/// A key that signs heads: the 32 secret bytes of Ed25519.
#[derive(Clone)]
pub(crate) struct SigningKey(pub(crate) [u8; 32]);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// Tells those who wait that something happened; what, they look up themselves.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// Operations came into the inbox.
    pub(crate) taken_in: Bell,
    /// Operations were decided, or items, accounts or private members changed.
    pub(crate) decided: Bell,
    /// There is a new publication.
    pub(crate) published: Bell,
}

impl News {
    /// Another process may have done anything.
    pub(crate) fn ring_all(&self) {
        self.taken_in.ring();
        self.decided.ring();
        self.published.ring();
    }
}

/// Rings for whoever listens at that moment or later.
#[derive(Debug, Default)]
pub(crate) struct Bell(watch::Sender<()>);

impl Bell {
    pub(crate) fn ring(&self) {
        self.0.send_replace(());
    }

    pub(crate) fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}
