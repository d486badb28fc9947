//! A card that the server has already is corrected in place of a new one (`card-id`): read, and read once more when it was changed.

use super::{PageGifts, Trouble, told};
use crate::api::{Card, CardId, Error, FieldValue, Template, TemplateId};
use crate::domain::draft::{Draft, Value};
use crate::flow::Templates;
use crate::flow::card::Target;

impl PageGifts {
    /// The card that the page wants to be corrected. None where that cannot be, which is told; `flaws` are told already.
    pub(super) async fn existing(self, id: CardId, flaws: &[String]) -> Result<Option<Draft>, Error> {
        let (client, organization) = self.cx().client()?;
        let words = self.cx().words().given();
        let refused = |flaw: String| {
            self.say([flaws, &[flaw]].concat());
            Ok(None)
        };
        let card = match client.card(organization, id).await {
            Err(Error::NotFound { .. }) => return refused(words.no_card(&id.to_string())),
            read => read?,
        };
        if card.organization_id.is_some_and(|of| of != organization) {
            return refused(words.foreign_card(&id.to_string()));
        }
        let wanted = self.cx().config().with_untracked(|config| config.as_ref()?.template);
        let unreadable = |field: &str| Error::Undecodable { operation: "cards.fetch", field: field.to_owned() };
        let template = card.template_id.or(wanted).ok_or_else(|| unreadable("card_template_id"))?;
        if let Some(wanted) = wanted.filter(|wanted| *wanted != template) {
            let (id, template, wanted) = (id.to_string(), template.to_string(), wanted.to_string());
            return refused(words.other_template(&id, &template, &wanted));
        }
        let mut draft = self.new_draft(self.named(template)).await?;
        if draft.take_up(&card) { Ok(Some(draft)) } else { Err(unreadable("data")) }
    }

    /// The template with a number: with its name, where it is one of the organization's.
    fn named(self, id: TemplateId) -> Template {
        let list = Templates::of(self.0).list().get_untracked();
        let known = list.ready().and_then(|list| list.iter().find(|template| template.id == id).cloned());
        known.unwrap_or(Template { id, name: String::new() })
    }

    /// Sends a card's fields. One that is corrected is read then, and what it has lost is sent once more, as far as it is here; for
    /// pictures that are not, the person is asked.
    pub(super) async fn send(self, fields: Vec<FieldValue>, target: Target) -> Result<Card, Error> {
        let draft = self.card().draft().get_untracked();
        let answer = self.card().carry(fields, target).await?;
        let Some((draft, id)) = draft.and_then(|draft| draft.corrected().map(|id| (draft, id))) else {
            return Ok(answer);
        };
        let (client, organization) = self.cx().client()?;
        let is_there = |index: &usize| matches!(draft.value(*index), Value::There);
        let mut lost = draft.lost_in(&client.card(organization, id).await?);
        if !lost.iter().all(is_there) {
            // It takes what is not sent for taken out.
            self.card().carry(draft.whole(), Target::Known(id)).await?;
            lost.extend(draft.lost_in(&client.card(organization, id).await?));
        }
        lost.retain(is_there);
        if !lost.is_empty() {
            let template = draft.template_id();
            // Once it is known to be saved, and before anybody can go on with it.
            self.cx().spawn_apart(Box::pin(async move { self.ask_for(template, &draft, lost) }));
        }
        Ok(answer)
    }

    /// These pictures are gone: the person is asked for them.
    fn ask_for(self, template: TemplateId, draft: &Draft, gone: Vec<usize>) {
        let card = self.card();
        if self.flaws().is_gone() || card.template() != Some(template) {
            return;
        }
        let words = self.cx().words().given();
        for (index, field) in draft.fields().iter().enumerate().filter(|(index, _)| gone.contains(index)) {
            card.with_draft(template, |draft| draft.lose(index));
            self.has_trouble(Trouble { template, index, what: words.gone.to_owned() });
            told::error(self.cx(), "photo-gone", words.gone_of(&field.label));
        }
        card.tried().set(true);
        card.edit();
    }

    /// Whether the server has a picture in field number `index` that is not here. Follows.
    pub fn is_there(self, index: usize) -> bool {
        let is = |draft: &Draft| matches!(draft.value(index), Value::There);
        self.card().draft().with(|draft| draft.as_ref().is_some_and(is))
    }
}
