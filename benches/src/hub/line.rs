//! A connection to a hub with as little around it as can be, so that one process can have thousands.

use std::io::ErrorKind;
use std::net::Ipv4Addr;

use tokio::net::{TcpSocket, TcpStream};

use super::Answer;

/// Bytes read at once.
const PIECE: usize = 4 * 1024;

/// A connection, and what was read from it and not yet taken.
pub(super) struct Line {
    stream: TcpStream,
    heard: Vec<u8>,
}

impl Line {
    /// Connects as the desk of this number, from an address of its own as desks do: thousands of
    /// connections from one address would keep the system looking for a port that is free.
    pub(super) async fn connect(host: &str, desk: u64) -> Answer<Self> {
        let [.., second, third, fourth] = desk.to_be_bytes();
        let own = Ipv4Addr::new(127, second.saturating_add(1), third, fourth);
        let socket = TcpSocket::new_v4()?;
        socket.bind((own, 0).into())?;
        Ok(Self {
            stream: socket.connect(host.parse()?).await?,
            heard: Vec::new(),
        })
    }

    /// Asks for something, and does not wait for the answer.
    pub(super) async fn ask(&self, host: &str, path: &str) -> Answer<()> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n");
        let mut rest = request.as_bytes();
        while !rest.is_empty() {
            self.stream.writable().await?;
            match self.stream.try_write(rest) {
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Asks for something that is there; its body.
    pub(super) async fn get(&mut self, host: &str, path: &str) -> Answer<Vec<u8>> {
        self.ask(host, path).await?;
        let head = self.until("\r\n\r\n").await?;
        let head = String::from_utf8(head)?.to_ascii_lowercase();
        if !head.starts_with("http/1.1 200") {
            return Err(format!("{path}: {head}").into());
        }
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.ok_or("an answer without length")?.trim().parse()?;
        while self.heard.len() < length {
            self.hear().await?;
        }
        let rest = self.heard.split_off(length);
        Ok(std::mem::replace(&mut self.heard, rest))
    }

    /// Reads until it has heard this; everything up to there.
    pub(super) async fn until(&mut self, what: &str) -> Answer<Vec<u8>> {
        loop {
            let mut parts = self.heard.windows(what.len());
            if let Some(at) = parts.position(|part| part == what.as_bytes()) {
                let rest = self.heard.split_off(at + what.len());
                return Ok(std::mem::replace(&mut self.heard, rest));
            }
            self.hear().await?;
        }
    }

    async fn hear(&mut self) -> Answer<()> {
        loop {
            self.stream.readable().await?;
            let mut bytes = [0; PIECE];
            match self.stream.try_read(&mut bytes) {
                Ok(0) => return Err("the hub hung up".into()),
                Ok(read) => {
                    self.heard.extend(bytes.get(..read).unwrap_or_default());
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}
