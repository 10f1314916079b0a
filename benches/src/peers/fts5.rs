//! SQLite's full-text index, as well as it can be done: one pass over the matching rows with their
//! BM25 ranks, counting from an array in memory, instead of one statement for each facet.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use rusqlite::{Connection, params};

use super::{Marks, Options, Peer, Question, Tally, asked, each_row};
use crate::keys::Key;
use crate::signpost::{by_class, time_all};

/// Results shown.
const SHOWN: usize = 10;

const SCHEMA: &str = "
    PRAGMA journal_mode = off; PRAGMA synchronous = off;
    PRAGMA cache_size = -262144; PRAGMA mmap_size = 4294967296; PRAGMA temp_store = memory;
    CREATE TABLE entry (row INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
    CREATE VIRTUAL TABLE found USING fts5 (
      name, other, tags, body, content = '', prefix = '1 2 3',
      tokenize = 'porter unicode61 remove_diacritics 2'
    );";

const SEARCH: &str =
    "SELECT rowid, bm25(found, 10.0, 8.0, 5.0, 1.0) FROM found WHERE found MATCH ?1";

struct Fts5 {
    conn: Connection,
    /// Of each row, which count from one.
    marks: Vec<Marks>,
}

/// What is told of a search.
struct Answer {
    tally: Tally,
    entries: Vec<String>,
}

/// Indexes the services of a prepared folder and asks for each key so many times.
///
/// # Errors
/// What SQLite or the store said.
pub fn measure(folder: &Path, keys: &[Key], rounds: usize) -> Result<Peer, Box<dyn Error>> {
    let options = Options::of(folder)?;
    let file = tempfile::NamedTempFile::new_in(folder.parent().unwrap_or(folder))?;
    let mut build_s = 0.0;
    let fts5 = Fts5::build(file.path(), folder, &options, &mut build_s)?;
    let keys = asked(keys);
    let mut told = 0;
    let times = time_all(&keys, rounds, |key| {
        let answer = fts5.search(&options.question(key))?;
        // Looked at, so that nothing of it can be left out.
        told += answer.entries.len() + answer.tally.total as usize;
        Ok(())
    })?;
    if told == 0 {
        return Err("FTS5 found nothing at all".into());
    }
    let name = format!("SQLite {} FTS5", rusqlite::version());
    Ok(Peer {
        name,
        build_s,
        classes: by_class(&keys, &times),
    })
}

impl Fts5 {
    fn build(
        file: &Path,
        folder: &Path,
        options: &Options,
        build_s: &mut f64,
    ) -> Result<Self, Box<dyn Error>> {
        let conn = Connection::open(file)?;
        conn.execute_batch(SCHEMA)?;
        conn.set_prepared_statement_cache_capacity(16);
        let before = Instant::now();
        let tx = conn.unchecked_transaction()?;
        let mut marks = Vec::new();
        each_row(folder, options, |[name, other, tags, body], own| {
            marks.push(own);
            let row = i64::try_from(marks.len())?;
            tx.prepare_cached("INSERT INTO entry (row, body) VALUES (?1, ?2)")?
                .execute(params![row, body])?;
            tx.prepare_cached(
                "INSERT INTO found (rowid, name, other, tags, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![row, name, other, tags, body])?;
            Ok(())
        })?;
        tx.commit()?;
        conn.execute("INSERT INTO found (found) VALUES ('optimize')", [])?;
        *build_s = before.elapsed().as_secs_f64();
        Ok(Self { conn, marks })
    }

    fn search(&self, question: &Question) -> rusqlite::Result<Answer> {
        let mut tally = Tally::default();
        let mut best = Best::default();
        let mut take = |marks: Marks, row: i64, rank: f64| {
            if tally.add(marks, question.chosen) {
                best.add(row, rank);
            }
        };
        let asked = expression(question);
        if asked.is_empty() {
            (1..)
                .zip(&self.marks)
                .for_each(|(row, marks)| take(*marks, row, 0.0));
        } else {
            let mut select = self.conn.prepare_cached(SEARCH)?;
            let mut rows = select.query([asked])?;
            while let Some(found) = rows.next()? {
                let row = found.get(0)?;
                take(self.marks(row), row, found.get(1)?);
            }
        }
        let mut entry = self
            .conn
            .prepare_cached("SELECT body FROM entry WHERE row = ?1")?;
        let entries = best
            .rows()
            .map(|row| entry.query_row([row], |found| found.get(0)));
        let entries = entries.collect::<Result<_, _>>()?;
        Ok(Answer { tally, entries })
    }

    fn marks(&self, row: i64) -> Marks {
        let at = usize::try_from(row - 1).unwrap_or(usize::MAX);
        self.marks.get(at).copied().unwrap_or_default()
    }
}

/// The best rows so far.
#[derive(Default)]
struct Best(BinaryHeap<(Reverse<u64>, i64)>);

impl Best {
    fn add(&mut self, row: i64, rank: f64) {
        self.0.push((ordered(rank), row));
        if self.0.len() > SHOWN {
            self.0.pop();
        }
    }

    /// Best first.
    fn rows(self) -> impl Iterator<Item = i64> {
        self.0.into_sorted_vec().into_iter().map(|(_, row)| row)
    }
}

/// A number that is the smaller the better the rank is.
fn ordered(rank: f64) -> Reverse<u64> {
    // Better ranks are further below zero, and the bits of negative numbers grow as they fall.
    Reverse(rank.to_bits())
}

fn expression(question: &Question) -> String {
    let whole = question.words.iter().map(|word| format!("\"{word}\""));
    let open = question.open.iter().map(|word| format!("\"{word}\"*"));
    let parts: Vec<String> = whole.chain(open).collect();
    parts.join(if question.any { " OR " } else { " AND " })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_ranks_come_first() {
        let mut ranks = [-0.5, -7.0, -1e-9, -3.0];
        ranks.sort_by_key(|rank| ordered(*rank));
        assert_eq!(ranks, [-7.0, -3.0, -0.5, -1e-9]);
    }
}
