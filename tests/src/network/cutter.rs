//! A line that is cut after so many bytes, counted over all connections and both directions.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What is cut after the last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severed {
    /// The connection that carried it; new ones work.
    Connection,
    /// The whole line, until it is mended.
    Line,
}

/// A line to an address.
pub(crate) struct Cutter {
    address: SocketAddr,
    line: Arc<Line>,
}

struct Line {
    target: Mutex<SocketAddr>,
    meter: Mutex<Meter>,
    over: AtomicBool,
}

#[derive(Default)]
struct Meter {
    passed: u64,
    cut: Option<(u64, Severed)>,
    dead: bool,
}

impl Cutter {
    /// A line to this address, whole.
    pub(crate) fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let line = Arc::new(Line {
            target: Mutex::new(target),
            meter: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let serving = Arc::clone(&line);
        thread::spawn(move || serving.serve(&listener));
        Self { address, line }
    }

    /// Where desks call.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// It leads elsewhere now.
    pub(crate) fn lead_to(&self, target: SocketAddr) {
        *held(&self.line.target) = target;
    }

    /// Counts anew, and cuts after this byte.
    pub(crate) fn cut_after(&self, bytes: u64, severed: Severed) {
        *held(&self.line.meter) = Meter {
            cut: Some((bytes, severed)),
            ..Meter::default()
        };
    }

    /// Counts anew, and cuts no more. How many bytes had passed.
    pub(crate) fn mend(&self) -> u64 {
        std::mem::take(&mut *held(&self.line.meter)).passed
    }
}

impl Drop for Cutter {
    fn drop(&mut self) {
        self.line.over.store(true, Ordering::SeqCst);
        // Wakes whoever waits for a connection.
        drop(TcpStream::connect(self.address));
    }
}

impl Line {
    fn serve(self: &Arc<Self>, listener: &TcpListener) {
        for caller in listener.incoming().flatten() {
            if self.over.load(Ordering::SeqCst) {
                return;
            }
            let target = *held(&self.target);
            if held(&self.meter).dead {
                continue;
            }
            let Ok(called) = TcpStream::connect(target) else {
                continue;
            };
            self.both_ways(&caller, &called);
        }
    }

    fn both_ways(self: &Arc<Self>, caller: &TcpStream, called: &TcpStream) {
        let ended = Arc::new(AtomicBool::new(false));
        for (from, to) in [(caller, called), (called, caller)] {
            let (Ok(from), Ok(to)) = (from.try_clone(), to.try_clone()) else {
                continue;
            };
            let (line, ended) = (Arc::clone(self), Arc::clone(&ended));
            thread::spawn(move || line.carry(from, to, &ended));
        }
    }

    /// Carries one way of a connection that `ended` tells the end of.
    fn carry(&self, mut from: TcpStream, mut to: TcpStream, ended: &AtomicBool) {
        // An answer in two packets would wait for the other side's word that the first one came.
        drop(to.set_nodelay(true));
        let mut bytes = [0; 8 * 1024];
        loop {
            let read = from.read(&mut bytes).unwrap_or(0);
            let (allowed, cut) = self.allow(read);
            // What is said because of the last bytes does not come back any more.
            if ended.fetch_or(cut, Ordering::SeqCst) {
                break;
            }
            let written = to.write_all(&bytes[..allowed]);
            if read == 0 && !cut {
                // Nothing more is said this way; the other one may go on.
                drop(to.shutdown(Shutdown::Write));
                return;
            }
            if cut || written.is_err() {
                break;
            }
        }
        for end in [from, to] {
            drop(end.shutdown(Shutdown::Both));
        }
    }

    /// How many of these bytes pass, and whether the connection ends with them.
    fn allow(&self, read: usize) -> (usize, bool) {
        let mut meter = held(&self.meter);
        if meter.dead {
            return (0, true);
        }
        let bytes = read as u64;
        let Some((at, severed)) = meter.cut else {
            meter.passed += bytes;
            return (read, false);
        };
        let left = at.saturating_sub(meter.passed);
        meter.passed += bytes.min(left);
        if bytes < left || bytes == 0 {
            return (read, false);
        }
        meter.cut = None;
        meter.dead = severed == Severed::Line;
        (usize::try_from(left).expect("less than was read"), true)
    }
}

fn held<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (mut from, mut to) = (stream.try_clone().expect("a stream"), stream);
                thread::spawn(move || drop(std::io::copy(&mut from, &mut to)));
            }
        });
        address
    }

    fn call(cutter: &Cutter) -> usize {
        let mut stream = TcpStream::connect(cutter.address()).expect("a line");
        drop(stream.write_all(b"0123456789"));
        drop(stream.shutdown(Shutdown::Write));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        answer.len()
    }

    #[test]
    fn a_line_carries_exactly_so_many_bytes() {
        let cutter = Cutter::to(echo());
        cutter.cut_after(13, Severed::Line);
        assert_eq!(call(&cutter), 3);
        assert_eq!(call(&cutter), 0);
        assert_eq!(cutter.mend(), 13);
        cutter.cut_after(4, Severed::Connection);
        assert_eq!(call(&cutter), 0);
        cutter.mend();
        let mut stream = TcpStream::connect(cutter.address()).expect("a line");
        stream.write_all(b"whole").expect("sent");
        let mut answer = [0; 5];
        stream.read_exact(&mut answer).expect("an answer");
        assert_eq!(&answer, b"whole");
    }
}
