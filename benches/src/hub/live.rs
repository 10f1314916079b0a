//! Desks that one process keeps current: its memory for them, how long until the last of them has
//! heard of a change, and how long until the last has fetched it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::line::Line;
use super::process::{Device, Hub, Serving};
use super::{Answer, Asked, median, memory};

/// Connections that are begun at the same time.
const BEGUN: usize = 128;
/// Desks that fetch at the same time: a process may have so many more files open.
const FETCHING: usize = 2_000;
/// Until everybody must have a change.
const LONGEST: Duration = Duration::from_secs(60);
/// After it has heard of a change, a desk waits for so many milliseconds, each another time.
const SPREAD: (u64, u64) = (100, 1_400);

/// A desk: the connection on which it listens, and what it has.
struct Desk {
    events: Line,
    number: u64,
    sequence: u64,
}

/// When a change came to a desk.
struct Came {
    heard: Instant,
    fetched: Instant,
}

pub(super) fn measure(asked: &Asked) -> Answer<Vec<String>> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("hub").display().to_string();
    let hub = Hub::make(&asked.program, &["--data", &data]);
    let serving = hub.serve();
    let mut device = hub.join(&serving, "a device");
    push(&mut device, &serving)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let before = memory(serving.id(), "VmRSS:")?;
    let mut desks = runtime.block_on(connect(&serving, asked.listeners))?;
    let after = memory(serving.id(), "VmRSS:")?;
    let mut seen = Seen::default();
    for _ in 0..asked.rounds {
        let host = host(&serving).to_owned();
        let coming = runtime.spawn(follow(desks, host, device.last + 1));
        let began = Instant::now();
        push(&mut device, &serving)?;
        let (back, came) = runtime.block_on(coming)??;
        desks = back;
        seen.add(began, &came);
    }
    let each = after.saturating_sub(before) * 1024 / u64::try_from(asked.listeners.max(1))?;
    let most = memory(serving.id(), "VmHWM:")?;
    let mut rows = vec![
        format!(
            "| desks that listen to one process | {} |\n",
            asked.listeners
        ),
        format!(
            "| memory of the process with them | {} MB |\n",
            after / 1024
        ),
        format!("| of that for each of them | {each} bytes |\n"),
        format!(
            "| its memory while all fetch, at most | {} MB |\n",
            most / 1024
        ),
    ];
    rows.extend(seen.rows());
    Ok(rows)
}

fn push(device: &mut Device, serving: &Serving) -> Answer<()> {
    let pushed = device.push(&serving.address, 1);
    pushed
        .map(drop)
        .ok_or_else(|| "the hub takes nothing".into())
}

fn host(serving: &Serving) -> &str {
    serving.address.trim_start_matches("http://")
}

/// Milliseconds from a push until so many desks had heard of it or had it.
#[derive(Default)]
struct Seen {
    half_heard: Vec<f64>,
    all_heard: Vec<f64>,
    all_fetched: Vec<f64>,
}

impl Seen {
    fn add(&mut self, began: Instant, came: &[Came]) {
        let after = |at: Option<Instant>| at.map(|at| (at - began).as_secs_f64() * 1e3);
        let mut heard: Vec<Instant> = came.iter().map(|one| one.heard).collect();
        heard.sort_unstable();
        self.half_heard
            .extend(after(heard.get(heard.len() / 2).copied()));
        self.all_heard.extend(after(heard.last().copied()));
        self.all_fetched
            .extend(after(came.iter().map(|one| one.fetched).max()));
    }

    fn rows(self) -> [String; 3] {
        let row = |what: &str, values| format!("| {what} | {:.0} ms |\n", median(values));
        [
            row(
                "a change, from its push until half have heard",
                self.half_heard,
            ),
            row("until the last has heard", self.all_heard),
            row("until the last has fetched it", self.all_fetched),
        ]
    }
}

/// Connects so many, each greeted by the hub and with everything that is published.
async fn connect(hub: &Serving, many: usize) -> Answer<Vec<Desk>> {
    let room = Arc::new(Semaphore::new(BEGUN));
    let mut tasks = JoinSet::new();
    for number in 0..many {
        let (host, room) = (host(hub).to_owned(), Arc::clone(&room));
        tasks.spawn(async move {
            let _begun = room.acquire().await?;
            let number = u64::try_from(number)?;
            let mut events = Line::connect(&host, number).await?;
            events.ask(&host, "/live").await?;
            events.until("data: ").await?;
            let mut desk = Desk {
                events,
                number,
                sequence: 0,
            };
            desk.fetch(&host).await?;
            Answer::Ok(desk)
        });
    }
    let mut desks = Vec::with_capacity(many);
    while let Some(desk) = tasks.join_next().await {
        desks.push(desk??);
    }
    Ok(desks)
}

/// Lets each of them hear of a sequence and fetch it.
async fn follow(desks: Vec<Desk>, host: String, to: u64) -> Answer<(Vec<Desk>, Vec<Came>)> {
    let room = Arc::new(Semaphore::new(FETCHING));
    let mut tasks = JoinSet::new();
    for mut desk in desks {
        let (host, room) = (host.clone(), Arc::clone(&room));
        tasks.spawn(async move {
            let came = desk.follow(&host, &room, to);
            let came = tokio::time::timeout(LONGEST, came).await??;
            Answer::Ok((desk, came))
        });
    }
    let (mut desks, mut all) = (Vec::new(), Vec::new());
    while let Some(one) = tasks.join_next().await {
        let (desk, came) = one??;
        desks.push(desk);
        all.push(came);
    }
    Ok((desks, all))
}

impl Desk {
    async fn follow(&mut self, host: &str, room: &Semaphore, to: u64) -> Answer<Came> {
        self.events.until(&format!("data: {to}\n")).await?;
        let heard = Instant::now();
        tokio::time::sleep(self.patience()).await;
        let _place = room.acquire().await?;
        self.fetch(host).await?;
        match self.sequence >= to {
            true => Ok(Came {
                heard,
                fetched: Instant::now(),
            }),
            false => Err("the hub told of something that it does not show".into()),
        }
    }

    /// Desks do not come all at once.
    fn patience(&self) -> Duration {
        let (least, most) = SPREAD;
        // Any odd number that is large enough scatters them.
        let by_chance = self.number.wrapping_mul(2_654_435_761) % (most - least);
        Duration::from_millis(least + by_chance)
    }

    /// Head, manifest, and the packs that it lacks, on a connection of their own.
    async fn fetch(&mut self, host: &str) -> Answer<()> {
        let mut line = Line::connect(host, self.number).await?;
        let signed: wire::SignedHead = serde_json::from_slice(&line.get(host, "/head").await?)?;
        let head: wire::Head = serde_json::from_str(&signed.head)?;
        let path = format!("/manifests/{}", head.manifest);
        let manifest: wire::Manifest = serde_json::from_slice(&line.get(host, &path).await?)?;
        let position = (self.sequence > 0).then_some(self.sequence);
        for pack in manifest.needed(position).packs {
            line.get(host, &format!("/packs/{}", pack.hash)).await?;
        }
        self.sequence = head.sequence;
        Ok(())
    }
}
