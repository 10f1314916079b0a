//! The bytes of a file with their lines and columns.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::{LONGEST, Tick};
use crate::{InterchangeError, Spot};

/// Reads bytes and knows where it is.
pub(super) struct Bytes<R> {
    reader: BufReader<R>,
    spot: Spot,
    done: u64,
    told: u64,
    line: u64,
    column: u64,
}

/// After so many bytes it is told how many they are.
const OFTEN: u64 = 128 * 1024;

/// Adds to a copy as long as it is not too long; then there is none any more.
pub(super) fn add(copy: &mut Option<Vec<u8>>, bytes: &[u8]) {
    let fits = |text: &Vec<u8>| text.len().saturating_add(bytes.len()) <= LONGEST;
    match copy {
        Some(text) if fits(text) => text.extend_from_slice(bytes),
        Some(_) => *copy = None,
        None => {}
    }
}

impl<R: Read> Bytes<R> {
    pub(super) fn new(reader: R, spot: &Spot) -> Self {
        Self {
            reader: BufReader::with_capacity(64 * 1024, reader),
            spot: spot.clone(),
            done: 0,
            told: 0,
            line: 1,
            column: 1,
        }
    }

    /// How many bytes were read.
    pub(super) fn done(&self) -> u64 {
        self.done
    }

    /// The line and column of the next byte.
    pub(super) fn place(&self) -> (u64, u64) {
        (self.line, self.column)
    }

    /// The next byte; none: the end of the file.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, InterchangeError> {
        let spot = &self.spot;
        let chunk = self
            .reader
            .fill_buf()
            .map_err(|source| unread(spot, source))?;
        Ok(chunk.first().copied())
    }

    /// Goes beyond the next byte, if it was looked at.
    pub(super) fn skip(&mut self) -> Option<u8> {
        let byte = self.reader.buffer().first().copied()?;
        self.reader.consume(1);
        self.count(&[byte]);
        Some(byte)
    }

    /// The next byte that is no white space.
    pub(super) fn past_space(&mut self) -> Result<Option<u8>, InterchangeError> {
        loop {
            match self.peek()? {
                Some(b' ' | b'\t' | b'\r' | b'\n') => {
                    let _space = self.skip();
                }
                other => return Ok(other),
            }
        }
    }

    /// Goes beyond this byte, which has to be here.
    pub(super) fn expect(&mut self, byte: u8, why: &str) -> Result<(), InterchangeError> {
        if self.past_space()? != Some(byte) {
            return Err(self.broken(why));
        }
        let _there = self.skip();
        Ok(())
    }

    /// Goes beyond one value and copies it.
    pub(super) fn value(
        &mut self,
        copy: &mut Option<Vec<u8>>,
        tick: &mut Tick<'_>,
    ) -> Result<(), InterchangeError> {
        let began = self.line;
        let mut state = Value::default();
        loop {
            let spot = &self.spot;
            let chunk = self
                .reader
                .fill_buf()
                .map_err(|source| unread(spot, source))?;
            let (used, ended) = state.read(chunk);
            let Some(taken) = chunk.get(..used) else {
                return Ok(());
            };
            let nothing_left = chunk.is_empty();
            add(copy, taken);
            let (lines, column) = counted(taken, self.column);
            self.line += lines;
            self.column = column;
            self.done += taken.len() as u64;
            self.reader.consume(used);
            if self.done - self.told >= OFTEN {
                self.told = self.done;
                tick(self.done)?;
            }
            if ended && !state.is_empty() {
                return Ok(());
            }
            if ended {
                return Err(self.broken("a value is due here"));
            }
            if nothing_left {
                return Err(self.cut_off(began));
            }
        }
    }

    /// What is here is wrong.
    pub(super) fn broken(&mut self, why: &str) -> InterchangeError {
        let at_end = matches!(self.peek(), Ok(None));
        let why = if at_end {
            "the file ends too early: it was probably cut off. Get it again."
        } else {
            why
        };
        InterchangeError::Broken {
            spot: self.spot.at_line(self.line),
            why: format!("column {}: {why}", self.column),
        }
    }

    fn cut_off(&self, began: u64) -> InterchangeError {
        InterchangeError::Broken {
            spot: self.spot.at_line(self.line),
            why: format!(
                "column {}: the file ends inside what begins in line {began}: it was probably cut \
                 off. Get it again.",
                self.column
            ),
        }
    }

    fn count(&mut self, taken: &[u8]) {
        let (lines, column) = counted(taken, self.column);
        self.line += lines;
        self.column = column;
        self.done += taken.len() as u64;
    }
}

fn unread(spot: &Spot, source: std::io::Error) -> InterchangeError {
    InterchangeError::io(Path::new(&spot.file), source)
}

/// The lines that end in these bytes, and the column after them.
fn counted(taken: &[u8], column: u64) -> (u64, u64) {
    let lines = taken.iter().filter(|byte| **byte == b'\n').count() as u64;
    let column = match taken.iter().rev().position(|byte| *byte == b'\n') {
        Some(after) => after as u64 + 1,
        None => column + taken.len() as u64,
    };
    (lines, column)
}

/// How far into a value one is.
#[derive(Default)]
struct Value {
    depth: u64,
    inside: Inside,
    ended: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Inside {
    /// Nothing but brackets.
    #[default]
    Brackets,
    /// A number, or `true` and the like.
    Word,
    /// Text.
    Text,
    /// Text, just after a backslash.
    Escape,
}

impl Value {
    /// How many of these bytes belong to it, and whether it ends with them.
    fn read(&mut self, chunk: &[u8]) -> (usize, bool) {
        if chunk.is_empty() {
            self.ended |= self.inside == Inside::Word && self.depth == 0;
            return (0, self.ended);
        }
        for (at, byte) in chunk.iter().enumerate() {
            match self.inside {
                Inside::Escape => self.inside = Inside::Text,
                Inside::Text => self.text(*byte),
                Inside::Brackets | Inside::Word if self.depth == 0 && is_beyond(*byte) => {
                    return (at, true);
                }
                Inside::Brackets | Inside::Word => self.outside(*byte),
            }
            if self.ended {
                return (at + 1, true);
            }
        }
        (chunk.len(), false)
    }

    fn text(&mut self, byte: u8) {
        match byte {
            b'\\' => self.inside = Inside::Escape,
            b'"' => {
                self.inside = Inside::Brackets;
                self.ended = self.depth == 0;
            }
            _ => {}
        }
    }

    fn outside(&mut self, byte: u8) {
        match byte {
            b'"' => self.inside = Inside::Text,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.ended = self.depth == 0;
            }
            _ if self.depth == 0 => self.inside = Inside::Word,
            _ => {}
        }
    }

    /// Nothing of a value was there.
    fn is_empty(&self) -> bool {
        self.inside == Inside::Brackets && !self.ended
    }
}

/// Whether a byte can't belong to a value that no bracket holds together.
fn is_beyond(byte: u8) -> bool {
    matches!(
        byte,
        b',' | b']' | b'}' | b':' | b' ' | b'\t' | b'\r' | b'\n'
    )
}
