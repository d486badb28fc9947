//! Somebody comes back to a card: whether they go on with it, and what of it is still there.

use super::{Memory, Note, Returning};
use crate::api::{Card, Error, Field, Template};
use crate::domain::draft::{Draft, Pending, Value};
use crate::domain::field::Role;
use crate::domain::remembered::RememberedCard;
use crate::domain::text::clean;

/// What looking came to.
enum Found {
    /// A card to go on with.
    Draft(Box<Draft>, Vec<Note>),
    /// One that is not gone on with, and why.
    Over(Note),
}

impl Memory {
    /// The person goes on with the card that they have come back to.
    pub fn go_on(self) {
        let inner = self.inner();
        let Some(found) = inner.found.borrow().clone() else { return };
        let Some(card) = found.card else { return };
        self.show(Returning::Looking);
        let task = self.cx().spawn(Box::pin(async move {
            match self.look(&card).await {
                Ok(Found::Draft(draft, notes)) => {
                    self.inner().found.take();
                    self.card().put_back(*draft, card.is_sent);
                    self.go_to(found.screen);
                    self.show(if notes.is_empty() { Returning::No } else { Returning::Told(notes) });
                    self.keep();
                }
                Ok(Found::Over(note)) => {
                    self.inner().found.take();
                    self.show(Returning::Told(vec![note]));
                    self.keep();
                }
                Err(error) => {
                    self.cx().tell_error(&error);
                    self.show(Returning::Failed(error));
                }
            }
        }));
        self.set_going(task);
    }

    /// The person does not: nothing of it is kept here. What is at the server stays there, for staff.
    pub fn refuse(self) {
        self.forget_card();
        self.keep();
    }

    /// The person has read what there was to say.
    pub fn has_read(self) {
        self.show(Returning::No);
    }

    /// Looks what of the card is there.
    async fn look(self, card: &RememberedCard) -> Result<Found, Error> {
        let (client, organization) = self.cx().client()?;
        // It is in the cart, or ordered, or was about to be: to do so again might do so twice.
        if card.is_sent && self.card().ends_with().goes_on() {
            return Ok(Found::Over(Note::OnItsWay));
        }
        let template = self
            .app()
            .templates()
            .list()
            .with_untracked(|list| list.ready()?.iter().find(|template| template.id == card.template()).cloned());
        let Some(template) = template else { return Ok(Found::Over(Note::NoTemplate)) };
        let mut notes = Vec::new();
        let mut there = None;
        if let Some(number) = card.number() {
            match client.card(organization, number).await {
                Ok(card) if card.last_submitted_at.is_some() || card.last_printed_at.is_some() => {
                    return Ok(Found::Over(Note::Ordered));
                }
                Ok(card) => there = Some(card),
                Err(Error::NotFound { .. }) => notes.push(Note::Gone),
                Err(error) => return Err(error),
            }
        }
        if card.is_sent && there.is_some() {
            notes.push(Note::Sent);
        }
        let fields = client.template_fields(organization, template.id).await?;
        let is_text =
            |token: &str| fields.items.iter().any(|field| field.token == token && Role::of(field) == Role::Text);
        if card.texts.iter().any(|(token, text)| !text.trim().is_empty() && !is_text(token)) {
            notes.push(Note::OtherFields);
        }
        let mut draft = draft_of(template, fields.items, card, there.as_ref());
        draft.left_out = fields.left_out;
        Ok(Found::Draft(Box::new(draft), notes))
    }
}

/// The card as it was left: with what the server has of it, if it is there, and what was typed over that.
fn draft_of(template: Template, fields: Vec<Field>, card: &RememberedCard, there: Option<&Card>) -> Draft {
    let mut draft = Draft::new(template, fields);
    let fields = draft.fields();
    let texts = || fields.iter().enumerate().filter(|(_, field)| Role::of(field) == Role::Text);
    if let Some(there) = there {
        for (index, field) in texts() {
            let is_it = |token: &str| token == field.token || token == field.label;
            if let Some(known) = there.data.iter().find(|known| is_it(&known.token)) {
                draft.set(index, Value::Text(clean(&known.value).into()));
            }
        }
        if let Pending::Create(_, sent) = draft.pending() {
            draft.saved(there.id, sent);
        }
    }
    let of = |list: &[(String, String)], field: &Field| {
        list.iter().find(|(token, _)| *token == field.token).map(|(_, text)| text.clone())
    };
    for (index, field) in texts() {
        let (typed, saved) = (of(&card.texts, field), of(&card.saved, field));
        // What the person has left as the server had it is as the server has it: somebody else may have changed it since.
        let is_theirs = there.is_some() && saved.is_none();
        if let Some(text) = typed.filter(|_| !is_theirs) {
            draft.set(index, Value::Text(text.into()));
            saved.iter().for_each(|saved| draft.was_typed_over(index, saved));
        }
    }
    draft
}
