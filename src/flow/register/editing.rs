//! A card that the server has is put in work, to be corrected in the form.

use super::Register;
use super::state::Opening;
use crate::api::{CardId, Error, Template};
use crate::domain::draft::Draft;
use crate::flow::remote::Remote;

impl Register {
    /// Makes a new card of what stands on one; it is in the form then, and at the server once it is saved there.
    pub fn duplicate(self, id: CardId) {
        self.open_form(id, true);
    }

    /// Opens a card in the form. What is in work there is laid aside, and comes back after it.
    pub fn edit(self, id: CardId) {
        self.open_form(id, false);
    }

    fn open_form(self, id: CardId, is_copy: bool) {
        if matches!(self.opening().get_untracked(), Opening::Reading(_)) {
            return;
        }
        self.opening().set(Opening::Reading(id));
        let before = self.cx().screen().get_untracked();
        self.cx().spawn(Box::pin(async move {
            let answer = self.draft_of(id, is_copy).await;
            if self.opening().is_gone() {
                return;
            }
            // Somebody has gone elsewhere meanwhile.
            if self.cx().screen().get_untracked() != before {
                return self.opening().set(Opening::No);
            }
            self.opening().set(match answer {
                Ok(draft) if self.work().may_take_up(&draft) => {
                    self.work().take_up(draft);
                    Opening::No
                }
                Ok(_) => Opening::Busy(id),
                Err(error) => {
                    self.cx().tell_error(&error);
                    if matches!(error, Error::NotFound { .. }) {
                        self.drop_card(id);
                    }
                    Opening::Failed(id, error)
                }
            });
        }));
    }

    async fn draft_of(self, id: CardId, is_copy: bool) -> Result<Draft, Error> {
        let (client, organization) = self.cx().client()?;
        let card = client.card(organization, id).await?;
        let unreadable = |field: &str| Error::Undecodable { operation: "cards.fetch", field: field.to_owned() };
        let template = card.template_id.ok_or_else(|| unreadable("card_template_id"))?;
        let fields = client.template_fields(organization, template).await?;
        let name = self.template_name(template.0).unwrap_or_default();
        let mut draft = Draft::of(Template { id: template, name }, fields.items, fields.left_out);
        let is_readable = draft.take_up(&card);
        if is_copy {
            draft = Draft::of(draft.template.clone(), draft.fields().to_vec(), draft.left_out);
            draft.copy(&card);
        }
        self.learn(vec![card]);
        if is_readable { Ok(draft) } else { Err(unreadable("data")) }
    }

    /// What a template is called, where it is one of the organization's. Follows.
    pub fn template_name(self, id: u64) -> Option<String> {
        let list = self.app().templates().list();
        let find = |list: &Remote<std::rc::Rc<[Template]>>| {
            let known = list.ready()?.iter().find(|template| template.id.0 == id)?;
            Some(known.name.clone()).filter(|name| !name.trim().is_empty())
        };
        list.with(find)
    }
}
