//! Lists in a form: which line of the form is which element of the record, so that an element keeps
//! what the form does not speak of.

use domain::{CostOption, InternalNote, Many, Phone, RecordId, Rest, Url};

use super::form::{CostForm, LinkForm, NoteForm, PhoneForm};
use super::text::{blank, number, put, shown};

/// A line of a form that stands for an element of a record.
pub(super) trait Line: Clone + PartialEq {
    /// The element.
    type Element: Clone;

    /// The line of an element.
    fn of(element: &Self::Element) -> Self;
    /// What tells one line from others.
    fn key(&self) -> String;
    /// True where a line that was written anew in the place of another is that other one changed.
    fn is_told_by_its_place() -> bool {
        true
    }
    /// True when nothing was written.
    fn is_blank(&self) -> bool;
    /// A new element of a record, of which nothing is known yet.
    fn fresh(&self, owner: RecordId) -> Self::Element;
    /// Puts what differs from `before` into an element.
    fn put(&self, before: &Self, element: &mut Self::Element);
}

/// The lines of a list.
pub(super) fn lines<L: Line>(list: &Many<L::Element>) -> Vec<L> {
    list.iter().map(L::of).collect()
}

/// Puts lines into a list. An element of which nothing was changed stays as it is; nothing written
/// makes the list absent, unless it was empty already.
pub(super) fn put_lines<L: Line>(list: &mut Many<L::Element>, owner: RecordId, lines: &[L]) {
    let before: Vec<L> = list.iter().map(L::of).collect();
    let after: Vec<&L> = lines.iter().filter(|line| !line.is_blank()).collect();
    if before.iter().eq(after.iter().copied()) {
        return;
    }
    let made = matched(&before, &after).into_iter().zip(&after);
    let made = made.map(|(at, line)| {
        let known = at.and_then(|at| Some((list.get(at)?.clone(), before.get(at)?.clone())));
        let (mut element, before) = known.unwrap_or_else(|| {
            let element = line.fresh(owner);
            let before = L::of(&element);
            (element, before)
        });
        line.put(&before, &mut element);
        element
    });
    *list = made.collect();
}

/// For each line after, the place of the line before that it was: the same one, else one with the
/// same key, else, in lists of one length, the one in its place.
fn matched<L: Line>(before: &[L], after: &[&L]) -> Vec<Option<usize>> {
    let mut free: Vec<bool> = vec![true; before.len()];
    let mut found: Vec<Option<usize>> = vec![None; after.len()];
    let same_length = before.len() == after.len() && L::is_told_by_its_place();
    let alike = |step: usize, (was_at, was): (usize, &L), (at, line): (usize, &L)| match step {
        0 => was == line,
        1 => was.key() == line.key(),
        _last => same_length && was_at == at,
    };
    for step in 0..3 {
        for (at, (line, found)) in after.iter().zip(&mut found).enumerate() {
            if found.is_some() {
                continue;
            }
            let mut candidates = before.iter().zip(&mut free).enumerate();
            let was = candidates
                .find(|(was_at, (was, free))| **free && alike(step, (*was_at, was), (at, line)));
            if let Some((was_at, (_, free))) = was {
                *free = false;
                *found = Some(was_at);
            }
        }
    }
    found
}

/// The identifier of an element that was written here: the same words give the same one on every
/// desk.
fn id(owner: RecordId, table: &str, key: &str) -> String {
    RecordId::named(&format!("{owner}/{table}/{key}")).to_string()
}

impl Line for PhoneForm {
    type Element = Phone;

    fn of(phone: &Phone) -> Self {
        Self {
            number: phone.number.trim().to_owned(),
            description: shown(phone.description.as_ref()),
        }
    }

    fn key(&self) -> String {
        self.number.chars().filter(char::is_ascii_digit).collect()
    }

    fn is_blank(&self) -> bool {
        self.number.trim().is_empty() && blank(self.description.as_ref()).is_none()
    }

    fn fresh(&self, owner: RecordId) -> Phone {
        Phone {
            id: id(owner, "phone", &self.key()),
            ..Phone::default()
        }
    }

    fn put(&self, before: &Self, phone: &mut Phone) {
        if self.number.trim() != before.number {
            self.number.trim().clone_into(&mut phone.number);
        }
        put(
            &mut phone.description,
            before.description.as_ref(),
            self.description.as_ref(),
        );
    }
}

impl Line for LinkForm {
    type Element = Url;

    fn of(link: &Url) -> Self {
        Self {
            label: shown(link.label.as_ref()),
            url: link.url.trim().to_owned(),
        }
    }

    fn key(&self) -> String {
        self.url.trim().to_owned()
    }

    fn is_blank(&self) -> bool {
        self.url.trim().is_empty() && blank(self.label.as_ref()).is_none()
    }

    fn fresh(&self, owner: RecordId) -> Url {
        Url {
            id: id(owner, "url", &self.key()),
            ..Url::default()
        }
    }

    fn put(&self, before: &Self, link: &mut Url) {
        if self.url.trim() != before.url {
            self.url.trim().clone_into(&mut link.url);
        }
        put(&mut link.label, before.label.as_ref(), self.label.as_ref());
    }
}

impl Line for CostForm {
    type Element = CostOption;

    fn of(cost: &CostOption) -> Self {
        Self {
            option: shown(cost.option.as_ref()),
            amount: cost.amount.as_ref().map(ToString::to_string),
            words: shown(cost.amount_description.as_ref()),
        }
    }

    fn key(&self) -> String {
        blank(self.option.as_ref()).unwrap_or_default()
    }

    fn is_blank(&self) -> bool {
        [&self.option, &self.amount, &self.words]
            .into_iter()
            .all(|text| blank(text.as_ref()).is_none())
    }

    fn fresh(&self, owner: RecordId) -> CostOption {
        let said = [&self.option, &self.amount, &self.words].map(|text| blank(text.as_ref()));
        let key: Vec<String> = said.into_iter().flatten().collect();
        CostOption {
            id: id(owner, "cost", &key.join("/")),
            ..CostOption::default()
        }
    }

    fn put(&self, before: &Self, cost: &mut CostOption) {
        put(
            &mut cost.option,
            before.option.as_ref(),
            self.option.as_ref(),
        );
        put(
            &mut cost.amount_description,
            before.words.as_ref(),
            self.words.as_ref(),
        );
        if blank(self.amount.as_ref()) != before.amount {
            cost.amount = self.amount.as_deref().and_then(number);
            if cost.currency.is_none() && cost.amount.is_some() {
                cost.currency = Some("GBP".to_owned());
            }
        }
    }
}

impl Line for NoteForm {
    type Element = InternalNote;

    fn of(note: &InternalNote) -> Self {
        Self {
            label: note.label.clone(),
            text: note.text.clone(),
        }
    }

    fn key(&self) -> String {
        self.label.trim().to_owned()
    }

    fn is_blank(&self) -> bool {
        self.label.trim().is_empty() && self.text.trim().is_empty()
    }

    fn fresh(&self, _: RecordId) -> InternalNote {
        InternalNote {
            label: String::new(),
            text: String::new(),
            rest: Rest::new(),
        }
    }

    fn put(&self, before: &Self, note: &mut InternalNote) {
        if self.label != before.label {
            self.label.trim().clone_into(&mut note.label);
        }
        if self.text != before.text {
            self.text.trim().clone_into(&mut note.text);
        }
    }
}
