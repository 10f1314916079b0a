//! What was measured, as Markdown.

use std::fmt::{self, Display, Formatter};

use crate::keys::Class;
use crate::peers::Peer;
use crate::prepare::Prepared;
use crate::samples::Spread;
use crate::signpost::{ClassTimes, Measured};

/// Everything about one number of services.
#[derive(Debug)]
pub struct Report {
    /// How many were asked for.
    pub services: usize,
    /// How the folder came about.
    pub prepared: Prepared,
    /// Signpost.
    pub measured: Measured,
    /// The whole program; absent when it has not been built.
    pub cold: Option<Spread>,
    /// The others.
    pub peers: Vec<Peer>,
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n## {} services\n", grouped(self.prepared.services))?;
        self.folder(f)?;
        self.latency(f)?;
        if !self.peers.is_empty() {
            self.beside(f)?;
        }
        writeln!(f, "\nSlowest keys (median of the processor's time):\n")?;
        for (text, class, p50) in &self.measured.slowest {
            writeln!(
                f,
                "- {p50:.2} ms: \u{201c}{text}\u{201d} ({})",
                class.said()
            )?;
        }
        Ok(())
    }
}

impl Report {
    fn folder(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { prepared, .. } = self;
        let each = prepared.records / (prepared.services.max(1) as u64);
        let build = if self.services == 16_000 {
            "\u{2264} 5 s"
        } else {
            ""
        };
        let ratio = megabytes(prepared.index) / megabytes(prepared.text);
        let (database, index) = (megabytes(prepared.database), megabytes(prepared.index));
        writeln!(f, "| what | measured | target |\n| --- | ---: | ---: |")?;
        writeln!(f, "| records loaded | {:.1} s | |", prepared.load_s)?;
        writeln!(
            f,
            "| index built, from nothing until ready | {:.1} s | {build} |",
            prepared.build_s
        )?;
        writeln!(
            f,
            "| database | {database:.1} MB ({each} bytes a record) | |"
        )?;
        writeln!(
            f,
            "| index, of the texts in it | {index:.1} MB of {:.1} MB: {ratio:.2}\u{d7} | \u{2264} 1\u{d7} |",
            megabytes(prepared.text)
        )?;
        self.running(f)
    }

    fn running(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Measured {
            open_ms,
            first_ms,
            resident,
            edit: (stored, found),
            ..
        } = &self.measured;
        writeln!(f, "| opened with a ready index | {open_ms:.1} ms | |")?;
        writeln!(f, "| first search after that | {first_ms:.1} ms | |")?;
        if let Some(cold) = &self.cold {
            writeln!(
                f,
                "| start of the program to its answer, median | {:.0} ms | |",
                cold.p50
            )?;
        }
        writeln!(
            f,
            "| memory after all searches | {:.0} MB | |",
            megabytes(*resident)
        )?;
        writeln!(
            f,
            "| one change: stored + found, median | {:.1} + {:.1} ms (p99 {:.1} + {:.1}) | \u{2264} 50 ms |",
            stored.p50, found.p50, stored.p99, found.p99
        )
    }

    fn latency(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n| keys | samples | p50 ms | p99 ms | max ms | p99 CPU ms | target p99 | |"
        )?;
        writeln!(f, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")?;
        for ClassTimes { class, wall, cpu } in &self.measured.classes {
            let Spread {
                samples,
                p50,
                p99,
                max,
            } = wall;
            let target = class.target_ms(self.services);
            let met = if *p99 <= target { "met" } else { "**missed**" };
            let (samples, class) = (grouped(*samples), class.said());
            writeln!(
                f,
                "| {class} | {samples} | {p50:.2} | {p99:.2} | {max:.2} | {:.2} | {target} | {met} |",
                cpu.p99
            )?;
        }
        Ok(())
    }

    fn beside(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let columns = "built s | keys | samples | p50 ms | p99 ms | p50 ratio | p99 ratio";
        writeln!(f, "\n| beside Signpost | {columns} |")?;
        writeln!(f, "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |")?;
        for peer in &self.peers {
            let both = peer.classes.iter();
            for (theirs, ours) in both.filter_map(|theirs| Some((theirs, self.ours(theirs.class)?)))
            {
                let (class, theirs, ours) = (theirs.class.said(), theirs.wall, ours.wall);
                let ratios = (theirs.p50 / ours.p50, theirs.p99 / ours.p99);
                writeln!(
                    f,
                    "| {} | {:.1} | {class} | {} | {:.2} | {:.2} | {:.1}\u{d7} | {:.1}\u{d7} |",
                    peer.name,
                    peer.build_s,
                    grouped(theirs.samples),
                    theirs.p50,
                    theirs.p99,
                    ratios.0,
                    ratios.1
                )?;
            }
        }
        Ok(())
    }

    fn ours(&self, class: Class) -> Option<&ClassTimes> {
        self.measured.classes.iter().find(|own| own.class == class)
    }
}

/// With commas between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sizes of files are far below 2^52"
)]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(super::grouped(65), "65");
        assert_eq!(super::grouped(200_065), "200,065");
        assert_eq!(super::grouped(1_000_000), "1,000,000");
    }
}
