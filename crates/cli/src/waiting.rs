//! Something that takes a while, with its progress on a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use directory::{Directory, Error, JobProgress};

/// The one job of this program.
pub(crate) const JOB: &str = "command line";
/// Between two looks at how far it is.
const TURN: Duration = Duration::from_millis(200);
/// Nothing is shown of what is done before.
const PATIENCE: u32 = 5;

/// Does it, and meanwhile says on a terminal how far it is.
pub(crate) fn watched<T: Send>(
    directory: &Directory,
    work: impl FnOnce() -> Result<T, Error> + Send,
) -> Result<T, Error> {
    if !io::stderr().is_terminal() {
        return work();
    }
    let (ended, end) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || show(directory, &end));
        let done = work();
        drop(ended);
        done
    })
}

fn show(directory: &Directory, end: &Receiver<()>) {
    let mut turns = 0;
    while end.recv_timeout(TURN) == Err(RecvTimeoutError::Timeout) {
        turns += 1;
        let progress = directory.job_progress(JOB).filter(|_| turns >= PATIENCE);
        if let Some(progress) = progress {
            let _unseen = write!(io::stderr(), "\r\x1b[K{}", said(&progress));
        }
    }
    if turns >= PATIENCE {
        let _unseen = write!(io::stderr(), "\r\x1b[K");
    }
}

fn said(progress: &JobProgress) -> String {
    let part = progress
        .per_mille
        .map_or_else(String::new, |part| format!(" {} %", part / 10));
    let left = progress
        .seconds_left
        .map_or_else(String::new, |seconds| match seconds {
            0..100 => format!(", about {seconds} s left"),
            more => format!(", about {} min left", more.div_ceil(60)),
        });
    format!("{}{part}{left}", progress.said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_in_words() {
        let progress = |per_mille, seconds_left| JobProgress {
            said: "Reading".to_owned(),
            per_mille,
            seconds_left,
        };
        assert_eq!(said(&progress(None, None)), "Reading");
        assert_eq!(
            said(&progress(Some(417), Some(9))),
            "Reading 41 %, about 9 s left"
        );
        assert_eq!(
            said(&progress(Some(10), Some(150))),
            "Reading 1 %, about 3 min left"
        );
    }
}
