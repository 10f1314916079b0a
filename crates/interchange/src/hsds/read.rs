//! Reading JSON.

use std::io::Read;
use std::path::Path;

use super::encoding::Text;
use super::feed::Feed;
use super::walk;
use crate::{Intake, InterchangeError, Spot};

/// What came of reading or checking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents met.
    pub documents: u64,
    /// Different services handed on.
    pub services: u64,
    /// Different organisations handed on.
    pub organisations: u64,
    /// Different places handed on.
    pub places: u64,
    /// Records left out.
    pub refused: u64,
    /// Findings that somebody should look at.
    pub doubtful: u64,
    /// Findings that one may want to know.
    pub notes: u64,
}

/// Reads a JSON file of any version and shape, or all of a folder.
///
/// # Errors
/// [`InterchangeError`] where a file can't be read, is broken or is not JSON at all, and when the
/// intake stops it. What was read wholly before has been handed on by then.
pub fn read(
    path: &Path,
    namespace: &str,
    intake: &mut dyn Intake,
) -> Result<Summary, InterchangeError> {
    let mut feed = Feed::new(namespace, intake);
    walk::walk(path, &mut feed)?;
    Ok(feed.finish())
}

/// Reads JSON from anywhere into a feed: an entry of an archive, an answer from the web.
/// `total`: its bytes, or 0 where that is not known.
///
/// # Errors
/// As [`read`].
pub fn read_from(
    reader: impl Read,
    spot: &Spot,
    total: u64,
    feed: &mut Feed<'_>,
) -> Result<(), InterchangeError> {
    let failed = |error| InterchangeError::io(Path::new(&spot.file), error);
    let text = Text::open(reader).map_err(failed)?;
    let times = if text.is_wide() { 2 } else { 1 };
    walk::documents(text, spot, feed, &|done| (done * times, total))
}
