//! What a played hub has and does.

use std::collections::BTreeMap;

use domain::{Account, Act, Record, RecordId, Role, Verdict};
use serde_json::value::RawValue;
use wire::{
    Digests, Hash, Head, HubInfo, JoinAnswer, JoinRequest, Line, LineBody, Manifest, Operation,
    PackRef, Push, Pushed, Segment, Signer, StaffPage, Taken, Told,
};

use super::{hub_id, service};
use crate::{HubFault, Published, Token};

/// The hub.
#[derive(Clone)]
pub(in crate::tests) struct State {
    pub(in crate::tests) signers: Vec<[u8; 32]>,
    pub(in crate::tests) epoch: u64,
    pub(in crate::tests) sequence: u64,
    pub(in crate::tests) minute: u64,
    pub(in crate::tests) min_reader: u32,
    pub(in crate::tests) expires_at: String,
    pub(in crate::tests) account: Account,
    /// The last publication shows what was accepted.
    pub(in crate::tests) publishes: bool,
    /// How much of each page a desk of this version does not understand.
    pub(in crate::tests) not_understood: usize,
    /// How many operations it has decided.
    pub(in crate::tests) decided: usize,
    /// How many operations it decides of one request.
    pub(in crate::tests) decides: usize,
    pub(in crate::tests) told: Vec<Told>,
    pub(in crate::tests) operations: Vec<(Hash, Taken)>,
    pub(in crate::tests) files: BTreeMap<String, Vec<u8>>,
    pub(in crate::tests) records: BTreeMap<(RecordId, String), Line>,
    published: u64,
    root: Hash,
    snapshot_sequence: u64,
    snapshot: Vec<PackRef>,
    segments: Vec<Segment>,
    roots: Vec<(u64, Hash)>,
    paired: Option<(RecordId, Hash)>,
    /// What it took, by the ids of the operations, whichever device sent them.
    known: BTreeMap<RecordId, (Operation, Verdict)>,
}

impl State {
    /// A hub with nothing.
    pub(in crate::tests) fn empty() -> Self {
        Self {
            signers: vec![[1; 32]],
            epoch: 1,
            sequence: 0,
            minute: 0,
            min_reader: wire::PROTOCOL,
            expires_at: "2099-01-01T00:00:00Z".to_owned(),
            account: Account {
                name: "Salford desk".to_owned(),
                role: Role::Curator,
                boroughs: Vec::new(),
            },
            publishes: true,
            not_understood: 0,
            decided: 0,
            decides: usize::MAX,
            told: Vec::new(),
            operations: Vec::new(),
            files: BTreeMap::new(),
            records: BTreeMap::new(),
            published: 0,
            root: wire::root::first(hub_id(), 1),
            snapshot_sequence: 0,
            snapshot: Vec::new(),
            segments: Vec::new(),
            roots: Vec::new(),
            paired: None,
            known: BTreeMap::new(),
        }
    }

    /// Accepts a change: a record as it is now, or gone.
    pub(in crate::tests) fn put(&mut self, id: RecordId, name: Option<&str>) -> u64 {
        self.accept(id, name.map(|name| service(id, name)))
    }

    fn accept(&mut self, id: RecordId, text: Option<String>) -> u64 {
        self.sequence += 1;
        let kind = "service".to_owned();
        let body = text.map(|text| LineBody(RawValue::from_string(text).unwrap()));
        let line = Line {
            kind: kind.clone(),
            id,
            version: self.sequence,
            at: 1_795_348_800 + self.sequence,
            body,
        };
        self.records.insert((id, kind), line);
        self.sequence
    }

    /// Publishes what was accepted, and signs a head.
    pub(in crate::tests) fn publish(&mut self) {
        let after = self.published;
        if self.sequence > after {
            let lines = self.lines(after);
            let packs = self.pack(&lines);
            let hashes: Vec<Hash> = packs.iter().map(|pack| pack.hash).collect();
            self.root = wire::root::next(self.root, &hashes);
            self.roots.push((self.sequence, self.root));
            self.published = self.sequence;
            let to = self.sequence;
            self.segments.push(Segment { after, to, packs });
        }
        self.sign();
    }

    /// Puts everything into a new snapshot.
    pub(in crate::tests) fn compact(&mut self) {
        let lines: Vec<Line> = self
            .lines(0)
            .into_iter()
            .filter(|line| line.body.is_some())
            .collect();
        self.snapshot = self.pack(&lines);
        self.snapshot_sequence = self.published;
        self.segments.clear();
        self.files.retain(|path, _| !path.starts_with("/packs"));
        self.snapshot = self.pack(&lines);
        self.sign();
    }

    /// As after a restore from a backup: it says so by another epoch.
    pub(in crate::tests) fn next_epoch(&mut self) {
        self.epoch += 1;
        self.root = wire::root::first(hub_id(), self.epoch);
        self.roots.clear();
        self.sequence += 1;
        self.published = self.sequence;
        self.roots.push((self.published, self.root));
        self.compact();
    }

    fn lines(&self, after: u64) -> Vec<Line> {
        let lines = self.records.values().filter(|line| line.version > after);
        lines.cloned().collect()
    }

    fn pack(&mut self, lines: &[Line]) -> Vec<PackRef> {
        let packs = wire::pack::write(lines, 3).unwrap();
        let packs = packs.into_iter().map(|pack| {
            let made = PackRef {
                hash: pack.hash,
                size: pack.bytes.len() as u64,
                from_bucket: pack.from_bucket,
                to_bucket: pack.to_bucket,
            };
            self.files
                .insert(Published::Pack(pack.hash).path(), pack.bytes);
            made
        });
        packs.collect()
    }

    pub(in crate::tests) fn digests(&self) -> Digests {
        let mut digests = Digests::default();
        for line in self
            .records
            .values()
            .filter(|line| line.version <= self.published)
        {
            if let Some(body) = &line.body {
                let digest = wire::digest::of(&line.kind, &line.id, line.version, body.0.get());
                digests.add(&line.id, digest);
            }
        }
        digests
    }

    pub(in crate::tests) fn manifest(&self) -> Manifest {
        let there = self
            .records
            .values()
            .filter(|line| line.body.is_some())
            .count();
        Manifest {
            epoch: self.epoch,
            sequence: self.published,
            snapshot_sequence: self.snapshot_sequence,
            snapshot: self.snapshot.clone(),
            segments: self.segments.clone(),
            roots: self.roots.clone(),
            digests: self.digests().to_hex(),
            counts: BTreeMap::from([("service".to_owned(), there as u64)]),
        }
    }

    pub(in crate::tests) fn sign(&mut self) {
        self.minute += 1;
        let manifest = serde_json::to_vec(&self.manifest()).unwrap();
        let hash = Hash::of(&manifest);
        let signers: Vec<Signer> = self.signers.iter().map(Signer::from_secret).collect();
        let head = Head {
            protocol: wire::PROTOCOL,
            min_reader: self.min_reader,
            hub: hub_id(),
            epoch: self.epoch,
            sequence: self.published,
            root: self.root,
            manifest: hash,
            made_at: format!(
                "2026-11-22T{:02}:{:02}:00Z",
                self.minute / 60,
                self.minute % 60
            ),
            keys: signers.iter().map(Signer::public).collect(),
            expires_at: self.expires_at.clone(),
        };
        let head = serde_json::to_vec(&head.sign(&signers).unwrap()).unwrap();
        let info = serde_json::to_vec(&self.info()).unwrap();
        self.files.retain(|path, _| !path.starts_with("/manifests"));
        self.files
            .insert(Published::Manifest(hash).path(), manifest);
        self.files.insert("/head".to_owned(), head);
        self.files.insert("/hub".to_owned(), info);
    }

    fn info(&self) -> HubInfo {
        HubInfo {
            hub: hub_id(),
            name: "Made-up hub".to_owned(),
            protocol: wire::PROTOCOL,
            min_reader: self.min_reader,
            keys: self
                .signers
                .iter()
                .map(|key| Signer::from_secret(key).public())
                .collect(),
        }
    }

    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, HubFault> {
        let missing = || HubFault::Missing(format!("{path} is not there"));
        self.files.get(path).cloned().ok_or_else(missing)
    }

    pub(in crate::tests) fn paired(&mut self, request: &JoinRequest) -> JoinAnswer {
        let device = RecordId::named(&request.key_hash.to_string());
        self.paired = Some((device, request.key_hash));
        self.operations.clear();
        JoinAnswer {
            info: self.info(),
            device,
            account: self.account.clone(),
        }
    }

    /// Knows the device that another state of this hub knows.
    pub(in crate::tests) fn pair_as(&mut self, other: &Self) {
        self.paired = other.paired;
    }

    /// The device that is paired.
    pub(in crate::tests) fn device(&self) -> Option<RecordId> {
        self.paired.map(|(device, _)| device)
    }

    pub(super) fn may(&self, token: &Token) -> Result<(), HubFault> {
        if self.paired == Some((token.device, Hash::of(token.key()))) {
            return Ok(());
        }
        Err(HubFault::Denied("This device was signed off.".to_owned()))
    }

    pub(in crate::tests) fn pushed(&mut self, push: &Push) -> Pushed {
        let mut answer = Pushed {
            verdicts: Vec::new(),
            last: 0,
            epoch: self.epoch,
            cloned: false,
            account: self.account.clone(),
        };
        for text in push.operations.iter().take(self.decides) {
            let operation = Operation::read(text.get()).unwrap();
            let number = usize::try_from(operation.sequence).unwrap();
            let known = self.operations.get(number - 1).cloned();
            match known {
                Some((hash, taken)) if hash == operation.hash() => answer.verdicts.push(taken),
                Some(_) => {
                    answer.cloned = true;
                    break;
                }
                None if number == self.operations.len() + 1 => {
                    let taken = match self.taken_before(&operation) {
                        Some(taken) => taken,
                        None => self.decide(&operation),
                    };
                    self.operations.push((operation.hash(), taken.clone()));
                    answer.verdicts.push(taken);
                }
                None => break,
            }
        }
        answer.last = self.operations.len() as u64;
        if self.publishes {
            self.publish();
        }
        answer
    }

    fn taken_before(&self, operation: &Operation) -> Option<Taken> {
        let (first, verdict) = self.known.get(&operation.id?)?;
        let hash = operation.said().hash_as(first.device, first.sequence);
        if hash != first.hash() {
            return None;
        }
        let (sequence, verdict) = (operation.sequence, verdict.clone());
        Some(Taken { sequence, verdict })
    }

    fn decide(&mut self, operation: &Operation) -> Taken {
        let taken = self.judged(operation);
        if let Some(id) = operation.id {
            let first = (operation.clone(), taken.verdict.clone());
            self.known.entry(id).or_insert(first);
        }
        taken
    }

    fn judged(&mut self, operation: &Operation) -> Taken {
        self.decided += 1;
        let id = operation.record;
        let verdict = match &operation.act {
            Act::Edit { changes } => {
                let key = (id, "service".to_owned());
                let line = self.records.get(&key).and_then(|line| line.body.clone());
                let mut record: Record = match line {
                    Some(body) => serde_json::from_str(body.0.get()).unwrap(),
                    None => domain::change::created(id),
                };
                domain::change::laid_over(operation.kind, &mut record, changes);
                let text = serde_json::to_string(&record).unwrap();
                let sequence = Some(self.accept(id, Some(text)));
                Verdict::Applied { sequence }
            }
            Act::Flag { text } if text.is_empty() => Verdict::Refused {
                code: domain::Refusal::Invalid,
                reason: "Say what is wrong.".to_owned(),
            },
            Act::Suggest { .. }
            | Act::Flag { .. }
            | Act::Check { .. }
            | Act::Remove { .. }
            | Act::Resolve { .. } => Verdict::Queued { item: id },
        };
        let sequence = operation.sequence;
        Taken { sequence, verdict }
    }

    pub(in crate::tests) fn page(&self, after: u64) -> StaffPage {
        let from = usize::try_from(after).unwrap().min(self.told.len());
        let to = self.told.len().min(from + 2);
        StaffPage {
            told: self.told[from..to].to_vec(),
            cursor: to as u64,
            more: to < self.told.len(),
            epoch: self.epoch,
            account: self.account.clone(),
            not_understood: self.not_understood,
        }
    }
}
