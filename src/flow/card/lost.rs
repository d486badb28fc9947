//! A new card whose answer was lost is looked for before another one is made. It comes with the desk, which is where cards are
//! found; whoever has no desk, gets another draft.

use std::rc::Rc;

use super::state::Lost;
use super::{CardFlow, Finder};
use crate::api::{Card, CardId, Error, FieldKind, Page};
use crate::domain::sameness::{is_same_but_for_pictures, is_same_card};
use crate::domain::sort::ascending;

/// How many cards are looked at for the one whose answer was lost, and how many of them closely.
const FOUND: u32 = 50;
const CLOSELY: usize = 3;

/// Finds the card whose answer was lost.
pub(in crate::flow) static FINDER: Finder = |card, lost| Box::pin(card.look_for(lost));

impl CardFlow {
    async fn look_for(self, lost: Rc<Lost>) -> Result<Option<CardId>, Error> {
        let (client, organization) = self.cx().client()?;
        let mut sent = Vec::new();
        self.with_draft(lost.template, |draft| sent = draft.fields_sent(&lost.sent));
        if sent.is_empty() {
            return Ok(None);
        }
        let texts = sent.iter().filter(|field| field.kind != FieldKind::Image).map(|field| field.value.trim());
        let page = Some(Page { number: 1, size: FOUND });
        let found = match texts.max_by_key(|text| text.len()).filter(|text| !text.is_empty()) {
            Some(term) => client.search_cards(organization, term, page).await?,
            None => client.cards(organization, page).await?,
        };
        let made = self.inner().made.borrow().clone();
        let is_likely = |card: &&Card| {
            let is_ours = card.template_id == Some(lost.template) && !made.contains(&card.id);
            is_ours && is_same_but_for_pictures(card, &sent)
        };
        let mut likely: Vec<u64> = found.items.iter().filter(is_likely).map(|card| card.id.0).collect();
        // The newest first.
        ascending(&mut likely);
        for card in likely.into_iter().rev().take(CLOSELY).map(CardId) {
            if is_same_card(&client.card(organization, card).await?, &sent) {
                return Ok(Some(card));
            }
        }
        Ok(None)
    }
}
