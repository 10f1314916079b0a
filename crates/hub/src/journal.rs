//! What is written down about the hub's work: on the standard error output, as text or JSON.

use tracing_subscriber::EnvFilter;

use crate::failure::Failure;
use crate::settings::Common;

/// How much can be written down.
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Begins to write down.
pub(crate) fn begin(common: &Common) -> Result<(), Failure> {
    let level = common.log.as_deref().unwrap_or("info");
    // A word that is no level would be taken for a part of the program, and all else left out.
    let known = |part: &str| part.contains('=') || LEVELS.contains(&part.trim());
    if !level.split(',').all(known) {
        let levels = LEVELS.join(", ");
        return Err(Failure::Settings(format!(
            "--log {level}: write one of {levels}."
        )));
    }
    let filter = EnvFilter::builder().parse(level);
    let filter = filter.map_err(|error| Failure::Settings(format!("--log {level}: {error}.")))?;
    let written = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // Somebody who has begun already, as a test does, goes on.
    let _begun = match common.log_json {
        Some(true) => written.json().try_init(),
        Some(false) | None => written.with_target(false).try_init(),
    };
    Ok(())
}
