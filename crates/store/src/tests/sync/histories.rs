//! Random histories of one desk, beside the model.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::samples::service_id;
use super::desk::{Desk, NOON, adopt, deed, line, membership};
use super::model::{Becomes, Fields, Model, What, fields_of};
use crate::{Kind, Op, OutboxState, Scope};

const RECORDS: usize = 4;

#[derive(Debug, Clone)]
enum Step {
    Edit(usize, &'static str, Option<String>),
    Create(usize, String),
    Remove(usize),
    Withdraw(Index),
    Number(usize),
    Answer(Becomes),
    Adopt(Vec<(usize, Option<Fields>)>),
    AdoptAll(Vec<(usize, Option<Fields>)>),
    /// The last lines come once more.
    Again,
    Reopen,
}

fn word() -> impl Strategy<Value = String> {
    select(vec!["A", "B", "C", "D"]).prop_map(str::to_owned)
}

fn fields() -> impl Strategy<Value = Option<Fields>> {
    let fields = (word(), prop::option::of(word())).prop_map(|(name, url)| {
        let url = url.map(|url| ("url", url));
        [("name", name)].into_iter().chain(url).collect::<Fields>()
    });
    prop::option::weighted(0.8, fields)
}

fn lines() -> impl Strategy<Value = Vec<(usize, Option<Fields>)>> {
    prop::collection::vec((0..RECORDS, fields()), 0..RECORDS)
}

fn step() -> impl Strategy<Value = Step> {
    let record = 0..RECORDS;
    let becomes = prop_oneof![
        3 => (0..3_u64).prop_map(Becomes::Applied),
        1 => Just(Becomes::Same),
        1 => Just(Becomes::Conflict),
        1 => Just(Becomes::Queued),
        1 => Just(Becomes::Refused),
    ];
    prop_oneof![
        4 => (record.clone(), word()).prop_map(|(n, new)| Step::Edit(n, "name", Some(new))),
        3 => (record.clone(), prop::option::of(word())).prop_map(|(n, new)| Step::Edit(n, "url", new)),
        1 => (record.clone(), word()).prop_map(|(n, name)| Step::Create(n, name)),
        1 => record.prop_map(Step::Remove),
        3 => any::<Index>().prop_map(Step::Withdraw),
        3 => (1..4_usize).prop_map(Step::Number),
        4 => becomes.prop_map(Step::Answer),
        4 => lines().prop_map(Step::Adopt),
        1 => lines().prop_map(Step::AdoptAll),
        1 => Just(Step::Again),
        1 => Just(Step::Reopen),
    ]
}

/// A record's text as the hub writes it.
fn written(n: usize, fields: &Fields) -> String {
    let members = fields
        .iter()
        .map(|(name, value)| format!(r#", "{name}": "{value}""#));
    let members: String = members.collect();
    format!(
        r#"{{"id": "{}"{members}, "status" : "active"}}"#,
        service_id(n)
    )
}

/// The real desk and the model of it.
struct Both {
    desk: Desk,
    model: Model,
    /// Whether the desk has joined; until then nothing comes.
    joined: bool,
    last: Option<Op>,
}

impl Both {
    fn take(mut self, step: Step) -> Self {
        match step {
            Step::Edit(n, field, new) => {
                let what = self.model.edit(n, field, new);
                let changes = !matches!(&what, What::Edit(edit)
                    if edit.values().any(|(old, new)| old == new));
                if changes && self.model.seen(n).is_some() {
                    self.act(n, what);
                }
            }
            Step::Create(n, name) if self.model.seen(n).is_none() => {
                let what = self.model.edit(n, "name", Some(name));
                self.act(n, what);
            }
            Step::Remove(n) if self.model.seen(n).is_some() => self.act(n, What::Remove),
            Step::Withdraw(index) => self.withdraw(index),
            Step::Number(most) if self.joined => {
                self.desk.done(Op::Number { most });
                self.model.number(most);
            }
            Step::Answer(becomes) if self.joined => {
                let verdict = becomes.verdict(self.model.position);
                if let Some(sequence) = self.model.answer(becomes) {
                    self.desk.answer(vec![(sequence, verdict)]);
                }
            }
            Step::Adopt(lines) if self.joined => self.adopt(Scope::Changes, lines),
            Step::AdoptAll(lines) if self.joined => self.adopt(Scope::Whole, lines),
            Step::Again => {
                if let Some(op) = self.last.clone() {
                    self.desk.done(op);
                }
            }
            Step::Reopen => self.desk = self.desk.reopened(),
            Step::Create(..)
            | Step::Remove(_)
            | Step::Number(_)
            | Step::Answer(_)
            | Step::Adopt(_)
            | Step::AdoptAll(_) => {}
        }
        self
    }

    fn act(&mut self, n: usize, what: What) {
        self.desk.act(deed(n, what.act()));
        self.model.did(n, what);
    }

    fn withdraw(&mut self, index: Index) {
        let rows = self.desk.store.outbox(None, usize::MAX).unwrap();
        let waiting: Vec<usize> = (0..rows.len())
            .filter(|n| self.model.outbox[*n].state == OutboxState::Waiting)
            .collect();
        if waiting.is_empty() {
            return;
        }
        let chosen = *index.get(&waiting);
        let row = rows[rows.len() - 1 - chosen].row;
        let at = NOON.to_owned();
        self.desk.done(Op::Withdraw { row, at });
        self.model.withdraw(chosen);
    }

    fn adopt(&mut self, scope: Scope, lines: Vec<(usize, Option<Fields>)>) {
        let from = self.model.position;
        let lines: Vec<_> = (from + 1..)
            .zip(lines)
            .map(|(version, (n, fields))| (n, version, fields))
            .collect();
        let to = from + lines.len() as u64 + 1;
        let sent = lines.iter().map(|(n, version, fields)| {
            let text = fields.as_ref().map(|fields| written(*n, fields));
            line(*n, *version, text.as_deref())
        });
        let op = adopt(to, scope.clone(), sent.collect());
        self.desk.done(op.clone());
        self.last = Some(op);
        self.model.adopt(to, &scope, &lines);
    }

    fn agree(&self) {
        let store = &self.desk.store;
        for n in 0..RECORDS {
            let body = self.desk.body(n);
            let seen = body.as_deref().map(fields_of);
            assert_eq!(&seen, &self.model.seen(n), "record {n}");
            if !self.joined {
                continue;
            }
            let published = self.desk.published(n).filter(|(version, _)| *version > 0);
            let expected = self.model.published.get(&n).map(|(version, fields)| {
                (*version, fields.as_ref().map(|fields| written(n, fields)))
            });
            assert_eq!(&published, &expected, "record {n}");
            let over = store.outbox_of(Kind::Service, service_id(n)).unwrap();
            if !over.iter().any(|row| row.lies_over) {
                let text = expected.and_then(|(_, text)| text);
                assert_eq!(body, text, "the very text, record {n}");
            }
        }
        let mut rows = store.outbox(None, usize::MAX).unwrap();
        rows.reverse();
        for (row, one) in rows.iter().zip(&self.model.outbox) {
            assert_eq!((row.state, row.sequence), (one.state, one.sequence));
            assert_eq!(&row.deed.act, &one.what.act());
        }
        assert_eq!(rows.len(), self.model.outbox.len());
        assert_eq!(store.numbered().unwrap(), self.model.numbered);
        assert_eq!(store.digests().unwrap(), store.digests_of_bodies().unwrap());
    }
}

/// A desk that has joined and has nothing yet, or one that has not, with what was built in.
fn begin(joined: bool) -> Both {
    let mut both = Both {
        desk: Desk::new(),
        model: Model::default(),
        joined,
        last: None,
    };
    if joined {
        both.desk.done(Op::Join(Box::new(membership())));
        return both;
    }
    for n in 0..RECORDS / 2 {
        let fields = Fields::from([("name", "A".to_owned())]);
        let service = serde_json::from_str(&written(n, &fields)).unwrap();
        both.desk.done(Op::PutService(Box::new(service)));
        both.model.published.insert(n, (0, Some(fields)));
    }
    both
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_seen_is_what_was_published_and_what_lies_over_it(
        joined in prop::bool::weighted(0.8),
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let mut both = begin(joined);
        for step in steps {
            both = both.take(step);
            both.agree();
        }
        both.desk = both.desk.reopened();
        both.agree();
        both.desk.store.verify().unwrap();
    }
}
