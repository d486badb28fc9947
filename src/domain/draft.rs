//! A card in work: what was typed into its fields, and what of it the server has already.

mod given;

use std::sync::Arc;

use super::field::{Hold, Role, TEXT_LIMIT, is_required};
use super::text::printed;
use crate::api::{CardId, Field, FieldValue, Template, TemplateId};

/// What stands in one field.
#[derive(Clone, Default)]
pub enum Value {
    /// Nothing yet.
    #[default]
    Empty,
    /// A text as it was typed, [`clean`].
    Text(Arc<str>),
    /// A picture: the Base64 of its JPEG, without a `data:` prefix.
    Image(Arc<str>),
    /// A picture that the server has, and does not give: it is left as it is.
    There,
}

impl Value {
    /// What is sent for it.
    fn wire(&self) -> &str {
        match self {
            Value::Empty => "",
            Value::Text(text) => printed(text),
            Value::Image(base64) => base64,
            // As the API has it in lists. It is never sent.
            Value::There => "image",
        }
    }

    /// Whether a reader of the card would see nothing.
    pub fn is_blank(&self) -> bool {
        self.wire().is_empty()
    }
}

/// Two are the same where the same is sent for them.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            // Without looking at what is in it, where both are one.
            (Value::Image(one), Value::Image(other)) => one == other,
            _ => self.wire() == other.wire(),
        }
    }
}

/// A card in work.
#[derive(Clone)]
pub struct Draft {
    /// The template it is made from.
    pub template: Template,
    /// How many of its fields cannot be read, and so are not here.
    pub left_out: u32,
    fields: Arc<[Field]>,
    values: Vec<Value>,
    /// What the page has filled in.
    given: Vec<Value>,
    /// What of it the person may change; all of it where nothing is said.
    holds: Vec<Hold>,
    saved: Option<Saved>,
    finalized: bool,
    is_done: bool,
    /// Whether the server had it before it was opened here.
    is_corrected: bool,
}

/// What the server has of a draft.
#[derive(Clone)]
struct Saved {
    card: CardId,
    values: Vec<Value>,
}

/// What was sent in one call, to be remembered as saved once the server has taken it.
#[derive(Clone)]
pub struct Sent(Vec<Value>);

/// What has to be told to the server.
pub enum Pending {
    /// The card is not there yet: all its fields.
    Create(Vec<FieldValue>, Sent),
    /// These fields have changed since.
    Update(CardId, Vec<FieldValue>, Sent),
    /// Nothing.
    Nothing(CardId),
}

/// Why a field is not ready to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is empty and seems to be needed. A person may leave it so: the API does not say what a template needs.
    Missing,
    /// It has this many characters, which is more than [`TEXT_LIMIT`].
    TooLong(usize),
}

impl Draft {
    /// An empty card from `template` with these `fields`.
    pub fn new(template: Template, fields: Vec<Field>) -> Draft {
        let values = vec![Value::Empty; fields.len()];
        let (given, holds) = (values.clone(), Vec::new());
        Draft {
            template,
            left_out: 0,
            fields: fields.into(),
            given,
            holds,
            values,
            saved: None,
            finalized: false,
            is_done: false,
            is_corrected: false,
        }
    }

    /// The same of fields as they were read; so many of them could not be.
    pub fn of(template: Template, fields: Vec<Field>, left_out: u32) -> Draft {
        let mut draft = Draft::new(template, fields);
        draft.left_out = left_out;
        draft
    }

    /// The template's fields.
    pub fn fields(&self) -> Arc<[Field]> {
        self.fields.clone()
    }

    /// What stands in field number `index`.
    pub fn value(&self, index: usize) -> &Value {
        self.values.get(index).unwrap_or(&Value::Empty)
    }

    /// The text in field number `index`; empty for a picture.
    pub fn text(&self, index: usize) -> Arc<str> {
        match self.value(index) {
            Value::Text(text) => text.clone(),
            _ => "".into(),
        }
    }

    /// Puts `value`, which is the person's, into field number `index`. What the page holds stays.
    pub fn set(&mut self, index: usize, value: Value) {
        let is_free = self.hold(index) == Hold::Free;
        if let Some(slot) = self.values.get_mut(index).filter(|_| is_free) {
            *slot = value;
        }
    }

    /// What the person may do with field number `index`.
    pub fn hold(&self, index: usize) -> Hold {
        self.holds.get(index).copied().unwrap_or_default()
    }

    /// Whether the person is asked for a picture.
    pub fn takes_pictures(&self) -> bool {
        let mut fields = self.fields.iter().enumerate();
        fields.any(|(index, field)| Role::of(field).is_image() && self.hold(index) == Hold::Free)
    }

    /// The card at the server, once it is there.
    pub fn card(&self) -> Option<CardId> {
        self.saved.as_ref().map(|saved| saved.card)
    }

    /// Whether the card was finalized as it stands now.
    pub fn is_finalized(&self) -> bool {
        self.finalized && !self.is_changed()
    }

    /// The server has finalized the card.
    pub fn finalized(&mut self) {
        self.finalized = true;
    }

    /// Keeps no picture any longer. For a card that is done: it cannot be sent again.
    pub fn forget_pictures(&mut self) {
        self.is_done = true;
        let saved = self.saved.iter_mut().flat_map(|saved| &mut saved.values);
        for value in self.values.iter_mut().chain(saved) {
            if let Value::Image(base64) = value {
                *base64 = "".into();
            }
        }
    }

    /// Whether it is done, and only to be looked at.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Whether anything was typed that the server does not have.
    pub fn is_changed(&self) -> bool {
        match &self.saved {
            Some(saved) => saved.values != self.values,
            None => self.values.iter().any(|value| !value.is_blank()),
        }
    }

    /// Whether a person has typed or chosen anything that the server does not have: it would be lost with the page.
    pub fn is_unsaved(&self) -> bool {
        let was_made_here = self.saved.is_some() && !self.is_corrected;
        self.is_changed() && (was_made_here || self.values != self.given)
    }

    /// The same of pictures alone.
    pub fn has_unsaved_pictures(&self) -> bool {
        let is_saved =
            |index: usize, value| self.saved.as_ref().is_some_and(|saved| saved.values.get(index) == Some(value));
        let mut values = self.values.iter().enumerate();
        values.any(|(index, value)| matches!(value, Value::Image(_)) && !is_saved(index, value))
    }

    /// Why the card is not ready to be sent, by field number.
    pub fn problems(&self) -> Vec<(usize, Problem)> {
        (0..self.fields.len()).filter_map(|index| self.problem(index).map(|problem| (index, problem))).collect()
    }

    /// Why field number `index` is not ready.
    pub fn problem(&self, index: usize) -> Option<Problem> {
        let field = self.fields.get(index)?;
        let value = self.value(index);
        if value.is_blank() {
            return is_required(field).then_some(Problem::Missing);
        }
        match value {
            Value::Text(text) => {
                let length = printed(text).chars().count();
                (length > TEXT_LIMIT).then_some(Problem::TooLong(length))
            }
            _ => None,
        }
    }

    /// What the server has to be told: everything at first, then what has changed and nothing else.
    pub fn pending(&self) -> Pending {
        let sent = Sent(self.values.clone());
        let Some(saved) = &self.saved else {
            return Pending::Create(self.to_send(|_, value| !matches!(value, Value::Empty)), sent);
        };
        let changed = self.to_send(|index, value| saved.values.get(index) != Some(value));
        if changed.is_empty() { Pending::Nothing(saved.card) } else { Pending::Update(saved.card, changed, sent) }
    }

    fn to_send(&self, wanted: impl Fn(usize, &Value) -> bool) -> Vec<FieldValue> {
        let each = self.fields.iter().zip(&self.values).enumerate();
        each.filter(|(index, (field, value))| {
            // A new card names every text field, so that an empty one is empty and not the template's sample text; a
            // picture that was never chosen is left out.
            let new_text = self.saved.is_none() && !Role::of(field).is_image();
            !matches!(value, Value::There) && (new_text || wanted(*index, value))
        })
        .map(|(_, (field, value))| to_send(field, value))
        .collect()
    }

    /// What of a new card was [`Sent`], field by field.
    pub fn fields_sent(&self, sent: &Sent) -> Vec<FieldValue> {
        let each = self.fields.iter().zip(&sent.0);
        let each = each.filter(|(field, value)| !Role::of(field).is_image() || !matches!(value, Value::Empty));
        each.map(|(field, value)| to_send(field, value)).collect()
    }

    /// The server has taken what was [`Sent`]; what was typed in the meantime is still pending.
    pub fn saved(&mut self, card: CardId, sent: Sent) {
        self.saved = Some(Saved { card, values: sent.0 });
        self.finalized = false;
    }

    /// Another server or organization: what was typed stays, what the last one had is no longer true.
    pub fn forget_server(&mut self) {
        // Of a card that is to be corrected no other one is made.
        if self.is_corrected {
            return;
        }
        self.saved = None;
        self.finalized = false;
    }

    /// The template's identifier.
    pub fn template_id(&self) -> TemplateId {
        self.template.id
    }
}

fn to_send(field: &Field, value: &Value) -> FieldValue {
    FieldValue {
        token: field.token.clone(),
        label: field.label.clone(),
        kind: field.kind.clone(),
        value: value.wire().to_string(),
    }
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
pub(in crate::domain) mod tests {
    use super::super::field::tests::field;
    use super::*;
    use crate::api::FieldKind;
    use crate::domain::text::clean;
    use proptest::prelude::*;

    pub(in crate::domain) fn draft() -> Draft {
        Draft::new(
            Template { id: TemplateId(7), name: "Badge".into() },
            vec![
                field("NAME", "Full name", FieldKind::Text, None),
                field("NOTE", "Note (optional)", FieldKind::Text, None),
                field("PIC", "Photo", FieldKind::Image, Some("PHOTO")),
            ],
        )
    }

    fn names(fields: &[FieldValue]) -> Vec<&str> {
        fields.iter().map(|field| field.token.as_str()).collect()
    }

    pub(in crate::domain) fn save(draft: &mut Draft) {
        match draft.pending() {
            Pending::Create(_, sent) | Pending::Update(_, _, sent) => draft.saved(CardId(1), sent),
            Pending::Nothing(_) => {}
        }
    }

    #[test]
    fn a_new_card_sends_every_text_and_the_chosen_pictures() {
        let mut card = draft();
        card.set(0, Value::Text("Ana".into()));
        let Pending::Create(fields, _) = card.pending() else { panic!("a new card is created") };
        assert_eq!(names(&fields), ["NAME", "NOTE"]);
        card.set(2, Value::Image("/9j/".into()));
        let Pending::Create(fields, sent) = card.pending() else { panic!("a new card is created") };
        assert_eq!(names(&fields), ["NAME", "NOTE", "PIC"]);
        card.set(0, Value::Text("Anna".into()));
        assert_eq!(card.fields_sent(&sent), fields, "whatever is typed since");
    }

    #[test]
    fn what_nobody_sees_is_neither_sent_nor_a_change() {
        let mut card = draft();
        card.set(0, Value::Text(clean("\u{200b}").into()));
        assert_eq!(card.problem(0), Some(Problem::Missing), "nothing visible is empty");
        card.set(0, Value::Text(clean("\u{202e}Ana\u{202c}\t").into()));
        let Pending::Create(fields, _) = card.pending() else { panic!("a new card is created") };
        assert_eq!(fields[0].value, "Ana");
        save(&mut card);
        card.set(0, Value::Text("Ana \u{a0}".into()));
        assert!(!card.is_changed() && matches!(card.pending(), Pending::Nothing(_)));
        card.set(0, Value::Text("x".repeat(TEXT_LIMIT).into()));
        assert_eq!(card.problem(0), None);
        card.set(0, Value::Text([&*"x".repeat(TEXT_LIMIT), "  "].concat().into()));
        assert_eq!(card.problem(0), None, "what is not sent does not count");
    }

    #[test]
    fn what_a_person_did_would_be_lost_what_the_page_gave_would_not() {
        let mut card = draft();
        card.give(0, Value::Text("Ana".into()), false);
        assert!(card.is_changed() && !card.is_unsaved());
        card.set(1, Value::Text("  ".into()));
        assert!(!card.is_unsaved(), "nothing to see");
        card.set(1, Value::Text("Hi".into()));
        assert!(card.is_unsaved());
        save(&mut card);
        assert!(!card.is_unsaved());
        card.set(0, Value::Text("Anna".into()));
        assert!(card.is_unsaved());
    }

    #[test]
    fn an_update_sends_only_what_has_changed() {
        let mut card = draft();
        card.set(0, Value::Text("Ana".into()));
        card.set(2, Value::Image("/9j/".into()));
        save(&mut card);
        assert!(matches!(card.pending(), Pending::Nothing(CardId(1))));
        card.set(0, Value::Text("Anna".into()));
        let Pending::Update(CardId(1), fields, _) = card.pending() else { panic!("a saved card is updated") };
        assert_eq!(names(&fields), ["NAME"]);
        card.set(0, Value::Text("Ana".into()));
        assert!(matches!(card.pending(), Pending::Nothing(_)), "typed back is not a change");
    }

    #[test]
    fn what_is_typed_while_a_call_is_under_way_is_still_pending() {
        let mut card = draft();
        card.set(0, Value::Text("An".into()));
        let Pending::Create(_, sent) = card.pending() else { panic!("a new card is created") };
        card.set(0, Value::Text("Ana".into()));
        card.saved(CardId(1), sent);
        let Pending::Update(_, fields, _) = card.pending() else { panic!("the rest is pending") };
        assert_eq!(fields[0].value, "Ana");
    }

    #[test]
    fn an_emptied_text_is_sent_as_empty() {
        let mut card = draft();
        card.set(1, Value::Text("hello".into()));
        save(&mut card);
        card.set(1, Value::Text("".into()));
        let Pending::Update(_, fields, _) = card.pending() else { panic!("emptied is changed") };
        assert_eq!((names(&fields), fields[0].value.as_str()), (vec!["NOTE"], ""));
    }

    #[test]
    fn only_what_is_needed_is_missed() {
        let mut card = draft();
        assert_eq!(card.problems(), [(0, Problem::Missing), (2, Problem::Missing)]);
        card.set(0, Value::Text(" \t".into()));
        assert_eq!(card.problem(0), Some(Problem::Missing));
        card.set(0, Value::Text("x".repeat(10_000).as_str().into()));
        assert_eq!(card.problem(0), Some(Problem::TooLong(10_000)));
        card.set(0, Value::Text("ñ".repeat(TEXT_LIMIT).as_str().into()));
        assert_eq!(card.problem(0), None, "characters are counted, not bytes");
    }

    #[test]
    fn a_card_that_is_done_keeps_no_picture() {
        let mut card = draft();
        card.set(0, Value::Text("Ana".into()));
        card.set(2, Value::Image("/9j/photo".into()));
        save(&mut card);
        card.finalized();
        card.forget_pictures();
        assert!(card.is_finalized());
        assert_eq!(&*card.text(0), "Ana");
        let kept = card.values.iter().chain(&card.saved.as_ref().unwrap().values);
        assert!(kept.clone().all(|value| !value.wire().contains("photo")));
        assert_eq!(kept.filter(|value| matches!(value, Value::Image(_))).count(), 2);
    }

    #[test]
    fn a_changed_card_is_no_longer_finalized() {
        let mut card = draft();
        card.set(0, Value::Text("Ana".into()));
        save(&mut card);
        card.finalized();
        assert!(card.is_finalized());
        card.set(0, Value::Text("Anna".into()));
        assert!(!card.is_finalized());
        save(&mut card);
        assert!(!card.is_finalized(), "an updated card is finalized again");
    }

    #[test]
    fn another_server_keeps_what_was_typed() {
        let mut card = draft();
        card.set(0, Value::Text("Ana".into()));
        save(&mut card);
        card.forget_server();
        assert_eq!(&*card.text(0), "Ana");
        assert!(matches!(card.pending(), Pending::Create(..)));
    }

    proptest! {
        /// Whatever is typed and saved in whatever order, the server ends with what stands in the form.
        #[test]
        fn nothing_typed_is_lost(steps in proptest::collection::vec((0_usize..2, ".{0,6}", any::<bool>()), 1..30)) {
            let mut card = draft();
            let mut server = vec![String::new(); 2];
            for (index, text, now) in steps {
                card.set(index, Value::Text(text.as_str().into()));
                if now {
                    match card.pending() {
                        Pending::Create(fields, sent) | Pending::Update(_, fields, sent) => {
                            for field in fields {
                                server[usize::from(field.token == "NOTE")] = field.value;
                            }
                            card.saved(CardId(1), sent);
                        }
                        Pending::Nothing(_) => {}
                    }
                    let shown = (card.text(0), card.text(1));
                    prop_assert_eq!(&*server[0], printed(&shown.0));
                    prop_assert_eq!(&*server[1], printed(&shown.1));
                }
            }
        }
    }
}
