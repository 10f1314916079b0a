//! The part that is killed: this test program, started again as a hub that does one thing.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::meeting::hub::{TestHub, line};

/// Tells the program which part it is.
const PART: &str = "SIGNPOST_HUB_PART";
const TEST: &str = "meeting::hub_killed::part::what_is_killed";
/// How the test program ends by itself: all is well, or it is not.
const BY_ITSELF: [i32; 2] = [0, 101];

/// A program that runs beside this one, until it is killed.
pub(super) struct Other {
    child: Child,
    /// It ends with whoever holds this: waiting for it must not let it go.
    _input: Option<ChildStdin>,
}

impl Other {
    /// A desk's program.
    pub(super) fn desk(child: Child) -> Self {
        Self {
            child,
            _input: None,
        }
    }

    /// Starts it with a verb; it is to end at a point, if there is one.
    pub(super) fn doing(hub: &TestHub, words: &[&str], point: Option<&str>) -> Self {
        let now = hub.now().unix_timestamp();
        let part = json!({"words": hub.words(words), "point": point, "now": now});
        let mut child = Command::new(std::env::current_exe().expect("this program"));
        child
            .args([TEST, "--exact", "--nocapture"])
            .env(PART, part.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = child.spawn().expect("started");
        Self {
            _input: child.stdin.take(),
            child,
        }
    }

    /// Starts one that serves in place of a hub, and waits until it does, or ends.
    pub(super) fn serving(hub: &mut TestHub, point: Option<&str>) -> Self {
        let words = hub.serving();
        hub.stop();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut other = Self::doing(hub, &words, point);
        let said = BufReader::new(other.child.stdout.as_mut().expect("its output"));
        let mut lines = said.lines().map_while(Result::ok);
        let _listens = lines.find(|said| said.contains("listening on"));
        other
    }

    /// Whether it runs no more.
    pub(super) fn is_over(&mut self) -> bool {
        self.child.try_wait().expect("a child").is_some()
    }

    /// Waits for its end. True: it ended at its point.
    pub(super) fn ends(&mut self) -> bool {
        let status = self.child.wait().expect("a child");
        !BY_ITSELF.map(Some).contains(&status.code())
    }

    /// Kills it after so long.
    #[expect(
        clippy::disallowed_methods,
        reason = "any moment is as good as another, and none is waited for"
    )]
    pub(super) fn is_killed_after(&mut self, delay: Duration) {
        std::thread::sleep(delay);
        self.kill();
    }

    /// Kills it, unless it has ended. True: it had ended at its point.
    pub(super) fn kill(&mut self) -> bool {
        let over = self.is_over();
        self.child.kill().expect("a child");
        self.ends() && over
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Not a test by itself: what another test starts to have it killed.
#[test]
fn what_is_killed() {
    let Some(part) = std::env::var_os(PART) else {
        return;
    };
    let part: Value = serde_json::from_str(&part.to_string_lossy()).expect("a part");
    if let Some(point) = part["point"].as_str() {
        failpoints::arm(point);
    }
    std::thread::spawn(end_with_the_other);
    let words = part["words"].as_array().expect("words");
    let words = words.iter().map(|word| word.as_str().expect("a word"));
    let words: Vec<String> = words.map(str::to_owned).collect();
    let now = part["now"].as_u64().expect("a time");
    let (out, people) = (&mut std::io::stdout(), &mut std::io::sink());
    hub::obey(line(&words), Arc::new(move || now), out, people).expect("done");
}

/// Whoever started this program holds its input: nobody leaves a hub behind.
fn end_with_the_other() {
    let mut nothing = Vec::new();
    drop(std::io::stdin().read_to_end(&mut nothing));
    std::process::abort();
}
