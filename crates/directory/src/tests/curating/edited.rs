//! What was sent, in the form of its record, where a curator changes it and then takes it.

use domain::{FieldName, Resolution, ValueChange};

use super::{NOW, curator, suggestion};
use crate::{Kind, RecordForm, Settle};

#[test]
fn a_suggestion_is_edited_and_then_taken() {
    let (desk, id) = curator();
    let item = desk.told(&id, suggestion());
    let (_, mut half) = desk.begin(&id);
    half.eligibility = Some("Half-written".to_owned());
    let half = RecordForm::Service(Box::new(half));
    desk.directory
        .edit_draft(Kind::Service, &id, half.clone(), NOW)
        .unwrap();
    let view = desk.directory.edit_to_settle(&item).unwrap();
    assert_eq!((view.id.as_str(), view.draft_said), (id.as_str(), None));
    let RecordForm::Service(mut form) = view.form else {
        panic!("a service")
    };
    assert_eq!(form.phones[0].number, "0161 496 0005");
    assert_eq!(form.eligibility.as_deref(), Some("Carers over 50."));
    assert_eq!(form.minimum_age.as_deref(), Some("50"));
    form.phones[0].number = "0161 496 0006".to_owned();
    let settle = Settle::Edit {
        form: Box::new(RecordForm::Service(form)),
        note: Some("The other line".to_owned()),
    };
    desk.directory.settle_item(&item, settle, NOW).unwrap();
    let Resolution::Accept {
        changes,
        note,
        left,
    } = desk.settled()
    else {
        panic!("accepted")
    };
    let changed = |name: &str| changes.iter().find(|change| change.field.as_str() == name);
    assert!(
        matches!(&changed("phones").unwrap().what, ValueChange::Value { new: Some(new), .. } if new[0]["number"] == "0161 496 0006")
    );
    assert!(changed("eligibility_description").is_some() && changed("attributes.need").is_some());
    let is_left = |name: &str| left.contains(&FieldName::new(name));
    assert!(is_left("phones") && !is_left("eligibility_description"));
    assert_eq!(note.as_deref(), Some("The other line"));
    let kept = desk.directory.edit_begin(Kind::Service, Some(&id), NOW);
    assert_eq!(
        kept.unwrap().form,
        half,
        "what was half-written is still there"
    );
}
