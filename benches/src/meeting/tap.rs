//! A tap between copies and their server: passes everything on and counts its bytes.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{JoinHandle, spawn};

/// A tap, until it is dropped.
#[derive(Debug)]
pub struct Tap {
    address: SocketAddr,
    bytes: Arc<AtomicU64>,
    closed: Arc<AtomicBool>,
    listener: Option<JoinHandle<()>>,
}

impl Tap {
    /// Opens a tap on a free port of this computer, before a server.
    ///
    /// # Errors
    /// Of the system, when there is no port.
    pub fn before(server: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let (bytes, closed) = (Arc::<AtomicU64>::default(), Arc::<AtomicBool>::default());
        let (counted, ended) = (Arc::clone(&bytes), Arc::clone(&closed));
        let listen = move || {
            let open = |_: &TcpStream| !ended.load(Ordering::Acquire);
            for copy in listener.incoming().map_while(Result::ok).take_while(open) {
                // A server that is gone is the copy's business: it sees its connection end.
                let _joined = join(copy, server, &counted);
            }
        };
        Ok(Self {
            address,
            bytes,
            closed,
            listener: Some(spawn(listen)),
        })
    }

    /// Where copies find it.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Bytes in both directions since this was last asked.
    #[must_use]
    pub fn drain(&self) -> u64 {
        self.bytes.swap(0, Ordering::AcqRel)
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::Release);
        // One more connection lets it see that it is closed.
        let _woken = TcpStream::connect(self.address);
        let _ended = self.listener.take().map(JoinHandle::join);
    }
}

fn join(copy: TcpStream, server: SocketAddr, bytes: &Arc<AtomicU64>) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    for end in [&copy, &server] {
        end.set_nodelay(true)?;
    }
    let (there, back) = (Arc::clone(bytes), Arc::clone(bytes));
    let (from, to) = (copy.try_clone()?, server.try_clone()?);
    spawn(move || pass(from, to, &there));
    spawn(move || pass(server, copy, &back));
    Ok(())
}

fn pass(mut from: TcpStream, mut to: TcpStream, bytes: &AtomicU64) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        bytes.fetch_add(read as u64, Ordering::AcqRel);
        let Some(Ok(())) = buffer.get(..read).map(|part| to.write_all(part)) else {
            break;
        };
    }
    for end in [&from, &to] {
        let _ended = end.shutdown(Shutdown::Both);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_counted_both_ways() {
        let server = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let tap = Tap::before(server.local_addr().unwrap()).unwrap();
        let mut copy = TcpStream::connect(tap.address()).unwrap();
        copy.write_all(b"hello").unwrap();
        let (mut there, _) = server.accept().unwrap();
        let mut heard = [0; 5];
        there.read_exact(&mut heard).unwrap();
        there.write_all(b"yes").unwrap();
        let mut answer = [0; 3];
        copy.read_exact(&mut answer).unwrap();
        assert_eq!((&heard, &answer), (b"hello", b"yes"));
        assert_eq!((tap.drain(), tap.drain()), (8, 0));
    }
}
