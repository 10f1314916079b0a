//! The directory as the window holds it: opened in the background at start, so that the window is
//! there at once; whoever asks before it is ready waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use directory::{AppError, Code, Directory, Error, Heard, InStep, Now, Proxy, Today};
use time::OffsetDateTime;

/// The one directory of this window; clones are the same one.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Shared>);

struct Shared {
    folder: PathBuf,
    proxy: Proxy,
    /// The folder is the usual one, so that the key to the hub may lie in the system's keychain.
    usual: bool,
    standing: Mutex<Standing>,
    settled: Condvar,
    /// The copy is kept in step with its hub for as long as this is here.
    in_step: Mutex<Option<InStep>>,
    /// Who is told of what comes in.
    window: OnceLock<Box<dyn Fn(Heard) + Send + Sync>>,
}

enum Standing {
    Opening,
    Open(Arc<Directory>),
    /// Kept and told to whoever asks, until it is tried again.
    Failed(AppError),
}

impl Desk {
    /// Begins to open the directory in a folder, the usual one or another; the web is reached through
    /// this proxy.
    pub(crate) fn open(folder: &Path, usual: bool, proxy: Proxy) -> Self {
        let desk = Self(Arc::new(Shared {
            folder: folder.to_owned(),
            proxy,
            usual,
            standing: Mutex::new(Standing::Opening),
            settled: Condvar::new(),
            in_step: Mutex::default(),
            window: OnceLock::new(),
        }));
        desk.begin();
        desk
    }

    /// Does one journey away from the thread that draws the window.
    ///
    /// # Errors
    /// What the journey says, or why the directory could not be opened.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        journey: impl FnOnce(&Directory, Today) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, AppError> {
        self.act(move |directory, now| journey(directory, now.date()))
            .await
    }

    /// The same for a journey that says at which moment something was done.
    ///
    /// # Errors
    /// What the journey says, or why the directory could not be opened.
    pub(crate) async fn act<T: Send + 'static>(
        &self,
        journey: impl FnOnce(&Directory, Now) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, AppError> {
        let desk = self.clone();
        let asked = move || Ok(journey(&*desk.directory()?, now())?);
        let answered = tauri::async_runtime::spawn_blocking(asked).await;
        answered.unwrap_or_else(|error| Err(internal(&error.to_string())))
    }

    /// Tries once more to open a directory that could not be opened.
    pub(crate) fn retry(&self) {
        let mut standing = self.standing();
        if matches!(*standing, Standing::Failed(_)) {
            *standing = Standing::Opening;
            drop(standing);
            self.begin();
        }
    }

    /// Says who is told how the copy stands to its hub, and when entries changed.
    pub(crate) fn tell(&self, window: impl Fn(Heard) + Send + Sync + 'static) {
        let _told_already = self.0.window.set(Box::new(window));
    }

    /// Lets go of the directory, so that its files are closed before the program ends.
    pub(crate) fn close(&self) {
        drop(self.in_step().take());
        self.settle(Standing::Failed(internal("Signpost is being closed.")));
    }

    fn begin(&self) {
        let desk = self.clone();
        let open = move || {
            let proxy = desk.0.proxy.clone();
            let opened = catch_unwind(AssertUnwindSafe(|| {
                Directory::open(&desk.0.folder)
                    .map(|directory| directory.through(proxy).with_keychain(desk.0.usual))
            }));
            desk.settle(match opened {
                Ok(Ok(directory)) => {
                    let directory = Arc::new(directory);
                    desk.keep_in_step(&directory);
                    Standing::Open(directory)
                }
                Ok(Err(error)) => Standing::Failed(error.into()),
                Err(_) => Standing::Failed(internal("The directory could not be opened.")),
            });
        };
        let opener = std::thread::Builder::new().name("open".to_owned());
        if let Err(error) = opener.spawn(open) {
            self.settle(Standing::Failed(internal(&error.to_string())));
        }
    }

    /// Keeps the copy in step with its hub in the background. Without a thread for it, syncing waits
    /// until somebody asks for it.
    fn keep_in_step(&self, directory: &Arc<Directory>) {
        let desk = Arc::downgrade(&self.0);
        let heard = move |heard| {
            if let Some(window) = desk.upgrade().as_ref().and_then(|desk| desk.window.get()) {
                window(heard);
            }
        };
        *self.in_step() = directory.keep_in_step(Box::new(now), heard).ok();
    }

    fn in_step(&self) -> MutexGuard<'_, Option<InStep>> {
        let in_step = self.0.in_step.lock();
        in_step.unwrap_or_else(PoisonError::into_inner)
    }

    /// The directory, once it is open.
    fn directory(&self) -> Result<Arc<Directory>, AppError> {
        let opening = |standing: &mut Standing| matches!(standing, Standing::Opening);
        let settled = self.0.settled.wait_while(self.standing(), opening);
        match &*settled.unwrap_or_else(PoisonError::into_inner) {
            Standing::Open(directory) => Ok(Arc::clone(directory)),
            Standing::Failed(error) => Err(error.clone()),
            Standing::Opening => Err(internal("The directory is not open yet.")),
        }
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        let standing = self.0.standing.lock();
        standing.unwrap_or_else(PoisonError::into_inner)
    }

    fn settle(&self, standing: Standing) {
        *self.standing() = standing;
        self.0.settled.notify_all();
    }
}

/// This moment where the computer stands, by universal time where it doesn't say.
pub(crate) fn now() -> Now {
    OffsetDateTime::now_local().unwrap_or_else(|_| OffsetDateTime::now_utc())
}

fn internal(why: &str) -> AppError {
    AppError {
        code: Code::Internal,
        message: format!("{why} If it goes on, close Signpost and start it again."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(desk: &Desk) -> Result<u32, AppError> {
        let asked = desk.ask(|directory, today| directory.status(today));
        tauri::async_runtime::block_on(asked).map(|status| status.entries)
    }

    #[test]
    fn who_asks_at_once_waits_until_it_is_open() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(
            entries(&Desk::open(folder.path(), false, Proxy::default())).expect("a directory") > 50
        );
    }

    #[test]
    fn a_failure_is_told_to_everybody_until_trying_again_succeeds() {
        let folder = tempfile::tempdir().expect("a folder");
        let taken = folder.path().join("data");
        std::fs::write(&taken, "a file where the folder should be").expect("a file");

        let desk = Desk::open(&taken, false, Proxy::default());
        let first = entries(&desk).expect_err("no folder");
        assert_eq!(entries(&desk), Err(first));
        desk.retry();
        entries(&desk).expect_err("still no folder");

        std::fs::remove_file(&taken).expect("removed");
        desk.retry();
        entries(&desk).expect("a directory");
    }

    #[test]
    fn a_journey_that_panics_is_an_error_and_the_next_one_works() {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Desk::open(folder.path(), false, Proxy::default());
        let lost = desk.ask(|_, _| -> Result<(), Error> { panic!("lost on the way") });
        let error = tauri::async_runtime::block_on(lost).expect_err("an error");
        assert_eq!(error.code, Code::Internal);
        entries(&desk).expect("a directory");
    }
}
