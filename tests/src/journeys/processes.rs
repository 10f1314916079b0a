//! Programs that a journey starts, and what the kernel tells of them.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

use super::machine::comes_to_hold;

/// 127.0.0.1, `::1` and no address at all, as the kernel writes them.
const HERE: [&str; 5] = [
    "0100007F:",
    "00000000000000000000000001000000:",
    "0000000000000000FFFF00000100007F:",
    "00000000:",
    "00000000000000000000000000000000:",
];

/// A program with all that it started; they end with this.
pub(super) struct Group(Child);

impl Group {
    pub(super) fn start(command: &mut Command) -> Self {
        let started = command.process_group(0).stdin(Stdio::null()).spawn();
        Self(started.unwrap_or_else(|error| panic!("{command:?} did not start: {error}")))
    }

    /// The first line that it prints.
    pub(super) fn first_line(&mut self) -> String {
        let output = self.0.stdout.take().expect("its output");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("a line");
        line.trim().to_owned()
    }

    /// True while one of them bears this name.
    pub(super) fn any(&self, name: &str) -> bool {
        // The kernel keeps 15 letters of it.
        let short: String = name.chars().take(15).collect();
        self.members().iter().any(|id| {
            let kept = fs::read_to_string(format!("/proc/{id}/comm"));
            kept.is_ok_and(|kept| kept.trim() == short)
        })
    }

    /// Where the connections of all of them lead, as the kernel writes it: those to this computer
    /// itself are left out.
    pub(super) fn connections_elsewhere(&self) -> Vec<String> {
        let sockets: BTreeSet<String> = self.members().iter().flat_map(|id| sockets(id)).collect();
        let mut found = Vec::new();
        for table in ["tcp", "tcp6", "udp", "udp6"] {
            let lines = fs::read_to_string(format!("/proc/net/{table}")).unwrap_or_default();
            let connections = lines.lines().skip(1).map(|line| {
                let columns: Vec<&str> = line.split_whitespace().collect();
                (columns[2].to_owned(), columns[9].to_owned())
            });
            let elsewhere = connections.filter(|(leads_to, socket)| {
                sockets.contains(socket) && !HERE.iter().any(|here| leads_to.starts_with(here))
            });
            found.extend(elsewhere.map(|(leads_to, _)| format!("{table} {leads_to}")));
        }
        found
    }

    /// The identifiers of all of them that have not ended.
    fn members(&self) -> Vec<String> {
        let all = fs::read_dir("/proc").expect("the running programs");
        let ids = all.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let group = self.0.id().to_string();
        ids.filter(|id| {
            // After the name in brackets: state, parent, group, and in the 18th place threads.
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            let after = stat.rsplit(')').next().unwrap_or_default();
            let words: Vec<&str> = after.split_whitespace().collect();
            // One that has ended may have threads that have not.
            let ended = words.first() == Some(&"Z") && words.get(17) == Some(&"1");
            !ended && words.get(2) == Some(&group.as_str())
        })
        .collect()
    }

    /// True once the program itself has ended by itself, and well.
    pub(super) fn ended_well(&mut self) -> Option<bool> {
        let status = self.0.try_wait().expect("its state");
        status.map(|status| status.success())
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        // They may have ended before.
        let _ended = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        let _reaped = self.0.wait();
        // A window that is still ending would be taken for the first one by the next start.
        let _gone = comes_to_hold(|| self.members().is_empty());
    }
}

/// The sockets that a program holds.
fn sockets(id: &str) -> Vec<String> {
    let Ok(open) = fs::read_dir(format!("/proc/{id}/fd")) else {
        return Vec::new();
    };
    let targets = open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
    let socket = |target: std::path::PathBuf| {
        let target = target.to_string_lossy().into_owned();
        let number = target.strip_prefix("socket:[")?.strip_suffix(']')?;
        Some(number.to_owned())
    };
    targets.filter_map(socket).collect()
}
