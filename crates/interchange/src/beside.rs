//! Files that appear whole or not at all.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// A file beside the one wanted, which takes its name at the end; others may read it as they may any
/// other file.
///
/// # Errors
/// What the system says.
pub fn beside(wanted: &Path) -> io::Result<NamedTempFile> {
    let folder = wanted.parent();
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".signpost-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}
