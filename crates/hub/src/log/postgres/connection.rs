//! Connections to the primary, and what its errors mean.

use std::str::FromStr;
use std::time::Duration;

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime,
};
use tokio_postgres::config::{SslMode, TargetSessionAttrs};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, Error, IsolationLevel, Transaction};

use super::tls::Tls;
use crate::log::LogError;

/// Connections of one process.
const CONNECTIONS: usize = 16;
/// How long to wait for a connection, or for the database to answer one.
const WAIT: Duration = Duration::from_secs(10);
/// After so long without a word, a database that went away is noticed.
const SILENCE: Duration = Duration::from_secs(10);

/// The lock of whoever decides. The numbers are ours alone within a hub's database.
pub(super) const DECIDING: i64 = 0x5349_474e_0001;
/// The lock of whoever makes the schema.
pub(super) const MAKING: i64 = 0x5349_474e_0002;

/// For every new connection. What the hub says is kept must be: a database that is set to answer
/// before it has written is told to write first (stricter settings stay). A process that hangs in the
/// middle does not keep the others waiting for ever.
const MANNERS: &str = "
    SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write');
    SET idle_in_transaction_session_timeout = '30s';
    SET lock_timeout = '30s'";

/// Reads the address, `postgres://…` or `host=… user=…`, with what a hub needs of a connection: of
/// several hosts the one that can be written to; TLS where it asks for it.
pub(super) fn config(address: &str) -> Result<Config, LogError> {
    // The address is not repeated in the error: it may hold a password.
    let unread = |error: Error| {
        LogError::Other(format!(
            "the address of the database can't be read: {}",
            std::error::Error::source(&error)
                .map_or_else(|| error.to_string(), ToString::to_string)
        ))
    };
    let mut config = Config::from_str(address).map_err(unread)?;
    if config.get_ssl_mode() == SslMode::Prefer {
        // Half a promise: nobody would know what it came to.
        config.ssl_mode(SslMode::Disable);
    }
    config
        .application_name("signpost-hub")
        .target_session_attrs(TargetSessionAttrs::ReadWrite)
        .connect_timeout(WAIT)
        .keepalives_idle(SILENCE)
        .keepalives_interval(Duration::from_secs(3))
        .keepalives_retries(3)
        .tcp_user_timeout(SILENCE);
    Ok(config)
}

/// A pool of connections to this database; none is made yet.
pub(super) fn pool(config: Config, tls: Tls) -> Result<Pool, LogError> {
    let how = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let prepare = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _metrics| {
        Box::pin(async move {
            client
                .batch_execute(MANNERS)
                .await
                .map_err(HookError::Backend)
        })
    });
    Pool::builder(Manager::from_config(config, tls, how))
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT))
        .create_timeout(Some(WAIT))
        .post_create(prepare)
        .build()
        .map_err(|error| LogError::Other(error.to_string()))
}

/// A connection of the pool.
pub(super) async fn connection(pool: &Pool) -> Result<Object, LogError> {
    pool.get().await.map_err(|error| match error {
        PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => {
            told(error)
        }
        PoolError::Timeout(_)
        | PoolError::Closed
        | PoolError::NoRuntimeSpecified
        | PoolError::PostCreateHook(_) => LogError::Busy(error.to_string()),
    })
}

/// Begins to read: all of it sees one moment.
pub(super) async fn moment(
    client: &mut Object,
) -> Result<deadpool_postgres::Transaction<'_>, LogError> {
    let begin = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead);
    begin.read_only(true).start().await.map_err(told)
}

/// Waits for a lock, and holds it until the transaction ends.
pub(super) async fn lock(tx: &Transaction<'_>, which: i64) -> Result<(), LogError> {
    let sql = "SELECT pg_advisory_xact_lock($1)";
    tx.execute(sql, &[&which]).await.map(drop).map_err(told)
}

/// What an error of the database means.
pub(super) fn told(error: Error) -> LogError {
    let Some(said) = error.as_db_error() else {
        let said = std::error::Error::source(&error);
        let said = said.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
        // Without an answer: the connection broke, or could not be made.
        let sort = if is_ours(&error) {
            LogError::Other
        } else {
            LogError::Busy
        };
        return sort(said);
    };
    let text = said.message().to_owned();
    let code = said.code();
    if *code == SqlState::UNIQUE_VIOLATION && said.constraint() == Some("account_name_key") {
        return LogError::NameTaken;
    }
    match code.code().get(..2) {
        _ if *code == SqlState::DISK_FULL => LogError::Full(text),
        _ if *code == SqlState::READ_ONLY_SQL_TRANSACTION => LogError::Busy(text),
        // Connection, rollback for concurrency, resources, object in use, intervention.
        Some("08" | "40" | "53" | "55" | "57") => LogError::Busy(text),
        Some("XX") => LogError::Damaged(text),
        _ => LogError::Other(text),
    }
}

/// Whether we asked for something that the answer does not hold.
fn is_ours(error: &Error) -> bool {
    let said = error.to_string();
    [
        "deserializing",
        "serializing",
        "unexpected number of rows",
        "invalid column",
    ]
    .iter()
    .any(|part| said.contains(part))
}
