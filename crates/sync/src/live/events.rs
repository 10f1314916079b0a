//! Reads server-sent events: `data: <sequence>` says that there is something new.

/// Bytes of a line at most.
const LONGEST_LINE: usize = 4_096;

/// A stream of events as it comes in.
#[derive(Debug, Default)]
pub(super) struct Events {
    line: Vec<u8>,
    newest: Option<u64>,
}

/// What comes is no stream of events.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotEvents;

impl Events {
    /// Takes what came; whether it says that there is something new.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<bool, NotEvents> {
        let mut new = false;
        for byte in bytes {
            match byte {
                b'\n' | b'\r' => {
                    new |= self.end();
                    self.line.clear();
                }
                _ if self.line.len() == LONGEST_LINE => return Err(NotEvents),
                byte => self.line.push(*byte),
            }
        }
        Ok(new)
    }

    fn end(&mut self) -> bool {
        let data = std::str::from_utf8(&self.line)
            .ok()
            .and_then(|line| line.strip_prefix("data:"));
        let Some(sequence) = data.and_then(|data| data.trim().parse().ok()) else {
            return false;
        };
        // The same may be told twice; another epoch begins lower.
        let new = self.newest != Some(sequence);
        self.newest = Some(sequence);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_number_that_was_not_told_before_is_news() {
        let mut events = Events::default();
        assert_eq!(events.take(b": hello\n\n"), Ok(false));
        assert_eq!(events.take(b"data: 4"), Ok(false));
        assert_eq!(events.take(b"1\n\n"), Ok(true));
        assert_eq!(events.take(b"event: x\r\ndata: 41\r\n\r\n:\n"), Ok(false));
        assert_eq!(events.take(b"data:42\n\ndata: 43\n\n"), Ok(true));
        assert_eq!(events.take(b"data: soon\n\xff\xfe\n"), Ok(false));
        assert_eq!(events.take(b"data: 7\n"), Ok(true));
        assert_eq!(events.take(&[b'x'; 5_000]), Err(NotEvents));
    }
}
