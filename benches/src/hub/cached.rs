//! What a published change costs the hub when many desks fetch it: with nothing in front, and with
//! nginx as a cache.

use std::collections::{BTreeMap, HashSet};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::process::{Device, Hub, Serving, agent};
use super::{Answer, Asked, answered, pause, published};

/// A cache may answer for so long with a head that was right: after that it asks.
const FRESH: Duration = Duration::from_secs(16);
/// A desk that has the former head asks again after so long.
const BETWEEN: Duration = Duration::from_millis(500);
/// Desks that ask at the same time.
const AT_ONCE: usize = 16;
/// What desks in step ask for.
const ROUTES: [&str; 3] = ["/head", "/manifests/{hash}", "/packs/{hash}"];

/// A desk that follows what is published.
#[derive(Default)]
struct Reader {
    tag: Option<String>,
    sequence: u64,
    has: HashSet<String>,
}

/// nginx, until it is dropped.
struct Cache {
    child: Child,
    address: String,
}

impl Drop for Cache {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

pub(super) fn measure(asked: &Asked) -> Answer<Vec<String>> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("hub").display().to_string();
    let hub = Hub::make(&asked.program, &["--data", &data]);
    let serving = hub.serve();
    let mut device = hub.join(&serving, "a device");
    device
        .push(&serving.address, 500)
        .ok_or("the hub takes nothing")?;
    let address = serving.address.clone();
    let mut rows = vec![row(
        "nothing in front",
        &address,
        (&serving, &mut device),
        asked,
    )?];
    match Cache::before(&serving, folder.path())? {
        Some(cache) => {
            let address = cache.address.clone();
            rows.push(row(
                "nginx in front",
                &address,
                (&serving, &mut device),
                asked,
            )?);
        }
        None => rows.push("| nginx is not installed here | | |\n".to_owned()),
    }
    Ok(rows)
}

fn row(
    name: &str,
    address: &str,
    (hub, device): (&Serving, &mut Device),
    asked: &Asked,
) -> Answer<String> {
    let mut readers: Vec<Reader> = Vec::new();
    readers.resize_with(asked.readers, Reader::default);
    fetch_all(&mut readers, address, device.last)?;
    let before = answered(hub)?;
    for _ in 0..asked.rounds {
        device
            .push(&hub.address, 1)
            .ok_or("the hub takes nothing")?;
        let late = Instant::now() + Duration::from_secs(30);
        while published(hub)? < device.last {
            if Instant::now() > late {
                return Err("the hub does not publish".into());
            }
        }
        if address != hub.address {
            pause(FRESH);
        }
        fetch_all(&mut readers, address, device.last)?;
    }
    let after = answered(hub)?;
    let (requests, bytes) = since(&before, &after);
    let rounds = u64::try_from(asked.rounds.max(1))?;
    let (readers, requests, bytes) = (asked.readers, requests / rounds, bytes / rounds);
    Ok(format!(
        "| {readers} desks, {name} | {requests} | {bytes} |\n"
    ))
}

type Counts = BTreeMap<String, (u64, u64)>;

/// Requests and bytes between two moments, of what desks ask for.
fn since(before: &Counts, after: &Counts) -> (u64, u64) {
    let of = |counts: &Counts, route: &str| counts.get(route).copied().unwrap_or_default();
    ROUTES.iter().fold((0, 0), |(requests, bytes), route| {
        let (before, after) = (of(before, route), of(after, route));
        (requests + after.0 - before.0, bytes + after.1 - before.1)
    })
}

/// Lets all of them fetch until each has this sequence: a cache may tell some the former head first.
fn fetch_all(readers: &mut [Reader], address: &str, to: u64) -> Answer<()> {
    while readers.iter().any(|reader| reader.sequence < to) {
        let mut behind: Vec<&mut Reader> = readers
            .iter_mut()
            .filter(|reader| reader.sequence < to)
            .collect();
        let size = behind.len().div_ceil(AT_ONCE).max(1);
        std::thread::scope(|scope| {
            let some = behind.chunks_mut(size);
            let fetching: Vec<_> = some
                .map(|some| scope.spawn(|| fetch(some, address)))
                .collect();
            for one in fetching {
                one.join().map_err(|_panicked| "a desk broke off")??;
            }
            Answer::Ok(())
        })?;
        pause(BETWEEN);
    }
    Ok(())
}

fn fetch(readers: &mut [&mut Reader], address: &str) -> Answer<()> {
    let agent = agent();
    readers
        .iter_mut()
        .try_for_each(|reader| reader.fetch(&agent, address))
}

impl Reader {
    /// Head, and if it is new: manifest, and the packs that it lacks.
    fn fetch(&mut self, agent: &ureq::Agent, address: &str) -> Answer<()> {
        let mut asked = agent.get(format!("{address}/head"));
        if let Some(tag) = &self.tag {
            asked = asked.header("if-none-match", tag);
        }
        let mut answer = asked.call()?;
        if answer.status() == 304 {
            return Ok(());
        }
        let tag = answer.headers().get("etag").ok_or("a head without tag")?;
        self.tag = Some(tag.to_str()?.to_owned());
        let signed: wire::SignedHead = answer.body_mut().read_json()?;
        let head: wire::Head = serde_json::from_str(&signed.head)?;
        self.sequence = head.sequence;
        let path = format!("{address}/manifests/{}", head.manifest);
        let manifest: wire::Manifest = agent.get(path).call()?.body_mut().read_json()?;
        let segments = manifest.segments.iter().flat_map(|segment| &segment.packs);
        for pack in manifest.snapshot.iter().chain(segments) {
            if self.has.insert(pack.hash.to_string()) {
                let path = format!("{address}/packs/{}", pack.hash);
                agent.get(path).call()?.body_mut().read_to_vec()?;
            }
        }
        Ok(())
    }
}

impl Cache {
    /// Starts nginx before a hub; none: it is not installed.
    fn before(hub: &Serving, folder: &Path) -> Answer<Option<Self>> {
        let known = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"];
        let Some(program) = known
            .map(PathBuf::from)
            .into_iter()
            .find(|path| path.exists())
        else {
            return Ok(None);
        };
        let free = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let own = folder.join("nginx");
        std::fs::create_dir_all(&own)?;
        std::fs::write(
            own.join("nginx.conf"),
            settings(&hub.address, &free.to_string()),
        )?;
        let mut child = Command::new(program)
            .arg("-p")
            .arg(&own)
            .args(["-c", "nginx.conf", "-e", "error.log"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let address = format!("http://{free}");
        let late = Instant::now() + Duration::from_secs(30);
        while agent().get(format!("{address}/health")).call().is_err() {
            if Instant::now() > late || child.try_wait()?.is_some() {
                let said = std::fs::read_to_string(own.join("error.log")).unwrap_or_default();
                return Err(format!("nginx does not start: {said}").into());
            }
            pause(Duration::from_millis(50));
        }
        Ok(Some(Self { child, address }))
    }
}

/// As the operator's guide has it, in a folder of its own.
fn settings(hub: &str, listen: &str) -> String {
    format!(
        "daemon off; master_process off; pid nginx.pid; worker_processes 1;\n\
         events {{ worker_connections 4096; }}\n\
         http {{\n\
         access_log off;\n\
         client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n\
         uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n\
         proxy_cache_path cache keys_zone=hub:10m max_size=1g;\n\
         server {{ listen {listen};\n\
         location / {{ proxy_pass {hub}; proxy_http_version 1.1;\n\
         proxy_set_header Connection \"\"; proxy_set_header Host $host;\n\
         proxy_cache hub; proxy_cache_lock on; proxy_cache_revalidate on;\n\
         proxy_cache_use_stale updating; }} }} }}\n"
    )
}
