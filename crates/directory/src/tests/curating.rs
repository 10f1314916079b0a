//! Suggestions, conflicts and removals in the inbox, as a hub tells them. All of them are made up.

mod edited;

use domain::{
    Act, Conflict, ConflictField, FieldChange, FieldName, Item, ItemSort, ItemState, RecordId,
    Resolution, Rest, Role, Sender, ValueChange,
};
use serde_json::{Value, json};
use store::{Op, StaffNews};

use super::editing::SALFORD;
use super::{Desk, NOW, desk};
use crate::{Code, InboxSort, Settle, SettleChoice, Take};

fn value(field: &str, old: Option<Value>, new: Option<Value>) -> FieldChange {
    FieldChange {
        field: FieldName::new(field),
        what: ValueChange::Value { old, new },
    }
}

impl Desk {
    /// What the hub tells, about an entry.
    fn told(&self, entry: &str, sort: ItemSort) -> String {
        let id = RecordId::named(&format!("{sort:?}"));
        let item = Item {
            id,
            cursor: 7,
            kind: domain::Kind::Service,
            record: entry.parse().unwrap(),
            name: "A generated name".to_owned(),
            sort,
            from: Sender {
                account: "Link workers".to_owned(),
                device: RecordId::named("their device"),
                sequence: 1,
                claimed_at: "2026-11-22T09:00:00Z".to_owned(),
                clock_off: false,
            },
            at: "2026-11-22T09:00:00Z".to_owned(),
            state: ItemState::Open,
            rest: Rest::new(),
        };
        let news = StaffNews {
            epoch: 1,
            cursor: 7,
            from_start: false,
            items: vec![item],
            private: Vec::new(),
            gone_items: Vec::new(),
            gone_private: Vec::new(),
            account: None,
        };
        self.directory
            .indexer
            .transact(Op::Staff(Box::new(news)))
            .unwrap();
        id.to_string()
    }

    /// The telephone numbers that the settlement waiting to be sent gives.
    fn numbers_sent(&self) -> Option<Vec<String>> {
        let Resolution::Accept { changes, .. } = self.settled() else {
            panic!("accepted")
        };
        let ValueChange::Value { new, .. } = &changes.first()?.what else {
            panic!("a value")
        };
        let numbers = new.as_ref()?.as_array()?.iter();
        numbers
            .map(|phone| Some(phone["number"].as_str()?.to_owned()))
            .collect()
    }

    /// How the item was settled, as it waits to be sent.
    fn settled(&self) -> Resolution {
        let rows = self.directory.store().outbox(None, 1).unwrap();
        let act = rows.into_iter().next().unwrap().deed.act;
        let Act::Resolve { resolution, .. } = act else {
            panic!("{act:?}")
        };
        resolution
    }
}

fn curator() -> (Desk, String) {
    let desk = desk();
    let salford = desk.service("Salford Carers' Centre");
    desk.join_as(Role::Curator, &[SALFORD]);
    (desk, salford)
}

fn suggestion() -> ItemSort {
    let term = |code: &str, name: &str| json!({"id": code, "taxonomy_term": {"id": code, "code": code, "name": name, "taxonomy": "need"}});
    ItemSort::Suggestion {
        changes: vec![
            value("phones", None, Some(json!([{"number": "0161 496 0005"}]))),
            value("minimum_age", None, Some(json!(50))),
            value("maximum_age", None, None),
            value(
                "eligibility_description",
                Some(json!("Carers.")),
                Some(json!("Carers over 50.")),
            ),
            FieldChange {
                field: FieldName::new("attributes.need"),
                what: ValueChange::Set {
                    added: vec![term("employment", "Employment")],
                    removed: vec![term("wellbeing", "Wellbeing")],
                },
            },
        ],
        note: Some("They told me.".to_owned()),
    }
}

#[test]
fn a_suggestion_is_a_line_in_the_inbox_and_beside_its_entry() {
    let (desk, id) = curator();
    let _item = desk.told(&id, suggestion());
    let inbox = desk.directory.inbox(true, NOW).unwrap();
    assert_eq!((inbox.open, inbox.conflicts, inbox.lines.len()), (1, 0, 1));
    let line = &inbox.lines[0];
    assert_eq!(line.sort, InboxSort::Suggestion);
    assert_eq!(
        (line.name.as_str(), line.from.as_str()),
        ("Salford Carers' Centre", "Link workers")
    );
    assert_eq!(
        line.said,
        "Suggests telephone, who may come and needs: They told me."
    );
    let work = desk.directory.entry_work(&id, NOW).unwrap();
    assert_eq!((work.suggestions.len(), work.flags.len()), (1, 0));
}

#[test]
fn a_suggestion_stands_side_by_side_with_what_the_directory_says() {
    let (desk, id) = curator();
    let item = desk.told(&id, suggestion());
    let whole = desk.directory.inbox_item(&item, NOW).unwrap();
    assert!(whole.can_settle);
    let field = |name: &str| {
        whole
            .fields
            .iter()
            .find(|field| field.field == name)
            .unwrap()
    };
    let phones = field("phones");
    assert_eq!(
        (phones.mine.as_deref(), phones.differs),
        (Some("0161 496 0005"), true)
    );
    let who = field("eligibility_description");
    assert_eq!(
        (who.base.as_deref(), who.theirs.as_deref()),
        (Some("Carers."), Some("Carers."))
    );
    let needs = field("attributes.need");
    assert_eq!(
        (&needs.added[..], &needs.removed[..]),
        (
            &["Employment".to_owned()][..],
            &["Wellbeing".to_owned()][..]
        )
    );
    let group = whole
        .fields
        .iter()
        .filter(|field| field.group.as_deref() == Some("Who may come"));
    assert_eq!(
        group.count(),
        2,
        "what was not touched of the group is not shown"
    );
}

#[test]
fn a_suggestion_is_taken_in_part_with_what_goes_together() {
    let (desk, id) = curator();
    let item = desk.told(&id, suggestion());
    let choice = |field: &str, take| SettleChoice {
        field: field.to_owned(),
        take,
    };
    let settle = Settle::Accept {
        choices: vec![
            choice("minimum_age", Take::Theirs),
            choice("attributes.need", Take::Both),
        ],
        note: None,
    };
    // A slip would leave the field that was meant accepted.
    let slip = Settle::Accept {
        choices: vec![choice("minimum_ag", Take::Theirs)],
        note: None,
    };
    let told = desk.directory.settle_item(&item, slip, NOW).unwrap_err();
    assert!(told.to_string().contains("minimum_age"), "{told}");
    let saved = desk
        .directory
        .settle_item(&item, settle.clone(), NOW)
        .unwrap();
    let said = "Settled on this computer, and sent with the next sync.";
    assert_eq!(saved.said, said);
    let Resolution::Accept { changes, left, .. } = desk.settled() else {
        panic!("accepted")
    };
    let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(fields, ["phones", "attributes.need"]);
    assert!(
        matches!(&changes[1].what, ValueChange::Set { added, removed } if added.len() == 1 && removed.is_empty())
    );
    let left: Vec<&str> = left.iter().map(FieldName::as_str).collect();
    assert_eq!(
        left,
        ["minimum_age", "eligibility_description", "attributes.need"]
    );
    assert!(desk.directory.inbox(true, NOW).unwrap().lines[0].waiting);
    assert_eq!(
        desk.directory
            .settle_item(&item, settle, NOW)
            .unwrap_err()
            .code(),
        Code::Invalid,
        "once only"
    );
    desk.directory.undo_last(NOW).unwrap().unwrap();
    assert!(!desk.directory.inbox(true, NOW).unwrap().lines[0].waiting);
}

#[test]
fn declining_needs_a_reason_and_the_right_borough() {
    let (desk, id) = curator();
    let item = desk.told(&id, suggestion());
    let decline = |reason: &str| {
        desk.directory.settle_item(
            &item,
            Settle::Decline {
                reason: reason.to_owned(),
            },
            NOW,
        )
    };
    assert_eq!(decline(" ").unwrap_err().code(), Code::Invalid);
    let bolton = desk.told(
        &desk.service("Age UK Bolton"),
        ItemSort::Flag {
            text: "Gone?".to_owned(),
        },
    );
    assert!(!desk.directory.inbox_item(&bolton, NOW).unwrap().can_settle);
    let elsewhere = desk.directory.settle_item(
        &bolton,
        Settle::Decline {
            reason: "No".to_owned(),
        },
        NOW,
    );
    assert_eq!(elsewhere.unwrap_err().code(), Code::Invalid);
    decline("I rang: the old number is right").unwrap();
    assert_eq!(
        desk.settled(),
        Resolution::Decline {
            reason: "I rang: the old number is right".to_owned()
        }
    );
}

/// Two different numbers for one entry: that of the directory, and one that somebody else sent.
fn two_numbers(desk: &Desk, id: &str) -> String {
    let entry = desk.directory.store().entry(id.parse().unwrap()).unwrap();
    let mut service = entry.unwrap().service;
    service.phones = vec![domain::Phone {
        number: "0161 496 0008".to_owned(),
        ..domain::Phone::default()
    }]
    .into();
    desk.directory
        .indexer
        .transact(Op::PutService(Box::new(service)))
        .unwrap();
    let numbers = |number: &str| Some(json!([{"id": "", "number": number}]));
    let phones = ConflictField {
        field: FieldName::new("phones"),
        base: None,
        theirs: numbers("0161 496 0008"),
        mine: numbers("0161 496 0009"),
    };
    let conflict = Conflict {
        fields: vec![phones],
    };
    desk.told(
        id,
        ItemSort::Conflict {
            fields: vec![conflict],
        },
    )
}

#[test]
fn of_a_conflict_either_is_chosen_or_both() {
    for (take, expected) in [
        (Take::Theirs, None),
        (Take::Mine, Some(&["0161 496 0009"][..])),
        (Take::Both, Some(&["0161 496 0008", "0161 496 0009"])),
    ] {
        let (desk, id) = curator();
        let item = two_numbers(&desk, &id);
        let inbox = desk.directory.inbox(true, NOW).unwrap();
        assert_eq!(inbox.conflicts, 1);
        assert_eq!(inbox.lines[0].said, "Two different changes of telephone");
        let whole = desk.directory.inbox_item(&item, NOW).unwrap();
        assert_eq!(whole.fields[0].theirs.as_deref(), Some("0161 496 0008"));
        assert_eq!(whole.fields[0].mine.as_deref(), Some("0161 496 0009"));
        let choices = vec![SettleChoice {
            field: "phones".to_owned(),
            take,
        }];
        let settle = Settle::Accept {
            choices,
            note: None,
        };
        desk.directory.settle_item(&item, settle, NOW).unwrap();
        assert_eq!(
            desk.numbers_sent().as_deref(),
            expected
                .map(|n| n.iter().map(|&n| n.to_owned()).collect::<Vec<_>>())
                .as_deref(),
            "{take:?}"
        );
    }
}

#[test]
fn an_edit_of_what_was_removed_goes_on_in_its_senders_words() {
    let (desk, _) = curator();
    let gone = RecordId::named("gone").to_string();
    let item = desk.told(
        &gone,
        ItemSort::Removal {
            reason: None,
            changes: vec![
                value("alert", Some(json!("old")), Some(json!("new"))),
                value("url", None, Some(json!("https://example.org"))),
            ],
        },
    );
    let whole = desk.directory.inbox_item(&item, NOW).unwrap();
    assert_eq!(
        (whole.line.name.as_str(), whole.line.said.as_str()),
        ("A generated name", "Edited after it was removed")
    );
    let choices = vec![SettleChoice {
        field: "url".to_owned(),
        take: Take::Theirs,
    }];
    desk.directory
        .settle_item(
            &item,
            Settle::Accept {
                choices,
                note: None,
            },
            NOW,
        )
        .unwrap();
    let Resolution::Accept { changes, left, .. } = desk.settled() else {
        panic!("accepted")
    };
    assert_eq!(
        changes,
        [value("alert", Some(json!("old")), Some(json!("new")))]
    );
    assert_eq!(left, [FieldName::new("url")]);
}
