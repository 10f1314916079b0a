//! Finds the lines of members in a document's text, for what is told of them.

use std::collections::HashMap;

/// The lines, counted from 0, of the members to which these ways lead.
pub(super) fn of<'a>(text: &[u8], ways: impl Iterator<Item = &'a str>) -> HashMap<&'a str, u64> {
    let wanted: HashMap<&str, ()> = ways.map(|way| (way, ())).collect();
    let mut finder = Finder {
        rest: text,
        line: 0,
        way: String::new(),
        wanted,
        found: HashMap::new(),
    };
    let _end = finder.value();
    finder.found
}

struct Finder<'a, 'w> {
    rest: &'a [u8],
    line: u64,
    way: String,
    wanted: HashMap<&'w str, ()>,
    found: HashMap<&'w str, u64>,
}

impl Finder<'_, '_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.line += u64::from(*first == b'\n');
        self.rest = rest;
        Some(*first)
    }

    fn past_space(&mut self) -> Option<u8> {
        while self.rest.first()?.is_ascii_whitespace() {
            let _space = self.next();
        }
        self.rest.first().copied()
    }

    /// A value. The text was parsed before, so its depth is bounded.
    fn value(&mut self) -> Option<()> {
        match self.past_space()? {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => self.text().map(|_text| ()),
            _ => {
                while !matches!(self.rest.first(), None | Some(b',' | b'}' | b']')) {
                    let _letter = self.next();
                }
                Some(())
            }
        }
    }

    fn object(&mut self) -> Option<()> {
        let _open = self.next();
        while self.past_space()? == b'"' {
            let line = self.line;
            let name = self.text()?;
            let before = self.way.len();
            if !self.way.is_empty() {
                self.way.push('.');
            }
            self.way.push_str(&name);
            self.note(line);
            let _colon = self.past_space()?;
            let _colon = self.next();
            self.value()?;
            self.way.truncate(before);
            if self.past_space()? == b',' {
                let _comma = self.next();
            }
        }
        self.next().map(|_close| ())
    }

    fn array(&mut self) -> Option<()> {
        let _open = self.next();
        let mut number = 0;
        while self.past_space()? != b']' {
            let before = self.way.len();
            self.way.push_str(&format!("[{number}]"));
            number += 1;
            self.note(self.line);
            self.value()?;
            self.way.truncate(before);
            if self.past_space()? == b',' {
                let _comma = self.next();
            }
        }
        self.next().map(|_close| ())
    }

    /// A text, as it is written between its marks.
    fn text(&mut self) -> Option<String> {
        let _mark = self.next();
        let mut text = Vec::new();
        loop {
            match self.next()? {
                b'"' => return Some(String::from_utf8_lossy(&text).into_owned()),
                b'\\' => {
                    text.push(b'\\');
                    text.push(self.next()?);
                }
                letter => text.push(letter),
            }
        }
    }

    fn note(&mut self, line: u64) {
        if let Some((way, ())) = self.wanted.get_key_value(self.way.as_str()) {
            let _first = self.found.entry(way).or_insert(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_in_their_lines() {
        let text =
            "{\"a\" : 1,\n \"b\":[ {\"c\":\"x\\\"\n\"},\n{\"c\":{}}, 5 ],\n\"d\":{\"e\"\n:null}}";
        let ways = ["a", "b", "b[0].c", "b[1].c", "b[2]", "d.e", "nowhere"];
        let found = of(text.as_bytes(), ways.into_iter());
        let lines: Vec<_> = ways.iter().map(|way| found.get(way).copied()).collect();
        assert_eq!(
            lines,
            [Some(0), Some(1), Some(1), Some(3), Some(3), Some(4), None]
        );
    }
}
