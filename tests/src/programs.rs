//! The programs on one local copy: how quickly it is made, and two at once on it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use directory::{Directory, SearchRequest};
use serde_json::Value;
use time::macros::date;

use crate::workspace::{pass_over, program};

/// A bound for any machine; the figure is printed.
const FIRST_START: Duration = Duration::from_secs(5);
const TODAY: time::Date = date!(2026 - 11 - 22);
const AT_ONCE: usize = 4;

fn search(data: &Path, words: &str) -> Command {
    let mut command = Command::new(program("signpost"));
    command
        .args(["search", words, "--json", "--data"])
        .arg(data)
        .stdout(Stdio::piped());
    command
}

fn total(data: &Directory, words: &str) -> u32 {
    let request = SearchRequest {
        text: words.to_owned(),
        limit: 1,
        ..SearchRequest::default()
    };
    data.search(&request, TODAY).expect("an answer").total
}

#[test]
fn the_built_in_directory_is_there_at_the_first_start() {
    let data = tempfile::tempdir().expect("a folder");
    for start in ["first", "second"] {
        let began = Instant::now();
        let directory = Directory::open(data.path()).expect("a directory");
        assert!(total(&directory, "debt") > 0);
        let took = began.elapsed();
        println!("the {start} start answered after {} ms", took.as_millis());
        assert!(took < FIRST_START);
    }
}

#[test]
fn several_programs_make_one_copy_at_once_and_all_answer() {
    if !program("signpost").exists() {
        pass_over("the command line is not built: cargo build -p signpost");
        return;
    }
    let data = tempfile::tempdir().expect("a folder");
    let asked: Vec<_> = (0..AT_ONCE)
        .map(|_| search(data.path(), "lonely").spawn().expect("started"))
        .collect();
    let here = Directory::open(data.path()).expect("a directory");
    let expected = total(&here, "lonely");
    for program in asked {
        let answer = program.wait_with_output().expect("an answer");
        assert!(answer.status.success());
        let answer: Value = serde_json::from_slice(&answer.stdout).expect("JSON");
        assert_eq!(answer["total"], expected);
    }
    let status = here.status(TODAY).expect("how it stands");
    assert!(status.notices.is_empty(), "{:?}", status.notices);
}

#[test]
fn what_one_program_keeps_another_reads_while_both_are_open() {
    let data = tempfile::tempdir().expect("a folder");
    let [one, other] = [0, 1].map(|_| Directory::open(data.path()).expect("a directory"));
    let mut settings = one.settings().expect("settings");
    settings.text_percent = 150;
    one.save_settings(settings).expect("kept");
    assert_eq!(other.settings().expect("settings").text_percent, 150);
    assert_eq!(total(&one, "housebound"), total(&other, "housebound"));
}
