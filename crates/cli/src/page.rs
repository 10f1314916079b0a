//! Writing for people: headings, paragraphs and labelled facts, fitted to the paper.

use std::io::{self, Write};

use crate::paper::{Paper, letters, lines};

/// Letters kept for labels.
const LABEL: usize = 12;

/// Where it is written, how wide, and how far in.
pub(crate) struct Page<'a> {
    out: &'a mut dyn Write,
    paper: Paper,
    indent: usize,
}

impl<'a> Page<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, paper: Paper) -> Self {
        Self {
            out,
            paper,
            indent: 0,
        }
    }

    /// The same page, so many letters further in.
    pub(crate) fn indented(&mut self, by: usize) -> Page<'_> {
        Page {
            out: self.out,
            paper: self.paper,
            indent: self.indent + by,
        }
    }

    pub(crate) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A title in bold, broken where it is long.
    pub(crate) fn title(&mut self, text: &str) -> io::Result<()> {
        self.under("", text, true)
    }

    pub(crate) fn paragraph(&mut self, text: &str) -> io::Result<()> {
        self.under("", text, false)
    }

    /// A title that begins with a mark; what follows stands beside it: ` 1  Age UK Bolton`.
    pub(crate) fn marked(&mut self, mark: &str, title: &str) -> io::Result<()> {
        self.under(mark, title, true)
    }

    /// A number before what it counts.
    pub(crate) fn counted(&mut self, number: &str, what: &str) -> io::Result<()> {
        self.under(number, what, false)
    }

    /// One of several, with a dash.
    pub(crate) fn item(&mut self, text: &str) -> io::Result<()> {
        self.under("- ", text, false)
    }

    /// A label and what is known; below the label where a word of it is too long to stand beside it.
    pub(crate) fn fact(&mut self, label: &str, said: &str) -> io::Result<()> {
        let gap = LABEL.saturating_sub(letters(label)).max(1);
        let label = format!("{label}{}", " ".repeat(gap));
        let room = self.room(letters(&label));
        if said.split_whitespace().any(|word| letters(word) > room) {
            self.under("", &label, false)?;
            return self.under("", said, false);
        }
        self.under(&label, said, false)
    }

    /// A label and what is known; nothing where nothing is.
    pub(crate) fn known(&mut self, label: &str, said: Option<&str>) -> io::Result<()> {
        said.map_or(Ok(()), |said| self.fact(label, said))
    }

    /// A label and a list; nothing where it is empty.
    pub(crate) fn list(&mut self, label: &str, said: &[String]) -> io::Result<()> {
        let said = Some(said.join(", ")).filter(|said| !said.is_empty());
        self.known(label, said.as_deref())
    }

    /// Letters that a line takes after the margin and a mark.
    fn room(&self, mark: usize) -> usize {
        self.paper.line().saturating_sub(self.indent + mark)
    }

    /// A text whose first line begins with a mark, the others below it.
    fn under(&mut self, mark: &str, text: &str, bold: bool) -> io::Result<()> {
        let within = self.indent + letters(mark);
        let margin = " ".repeat(self.indent);
        let hanging = " ".repeat(within);
        let (on, off) = if bold && self.paper.bold {
            ("\u{1b}[1m", "\u{1b}[0m")
        } else {
            ("", "")
        };
        for (n, line) in lines(text, self.room(letters(mark))).iter().enumerate() {
            if n == 0 {
                writeln!(self.out, "{margin}{mark}{on}{line}{off}")?;
            } else {
                writeln!(self.out, "{hanging}{on}{line}{off}")?;
            }
        }
        Ok(())
    }
}
