//! Where things are in this workspace, and what to do when one isn't there.

use std::path::{Path, PathBuf};

/// The folder of the whole workspace.
pub(crate) fn top() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the workspace's folder")
}

/// A program of this workspace as the tests' own build left it.
pub(crate) fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("this program's path");
    // target/<profile>/deps/<this>
    let profile = tests.ancestors().nth(2).expect("the build's folder");
    profile.join(name)
}

/// A program of the system, if it is installed.
pub(crate) fn installed(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let mut candidates = std::env::split_paths(&folders).map(|folder| folder.join(name));
    candidates.find(|path| path.is_file())
}

/// Says that a test is passed over for want of something; fails where everything has to be there.
pub(crate) fn pass_over(missing: &str) {
    let must_run = std::env::var_os("CI").is_some_and(|value| value != "false" && value != "0");
    assert!(!must_run, "{missing}");
    eprintln!("passed over: {missing}");
}
