//! Cards are looked for at the server: a new one whose answer was lost, before another one is made; and others that may have come
//! of the call that has made one, since a browser repeats a request by itself. It comes with the desk, which is where cards
//! are found; whoever has no desk, gets another draft, and sees no card but their own.

use futures_util::future::LocalBoxFuture;

use super::CardFlow;
use super::state::Lost;
use crate::api::{Card, CardId, Error, FieldKind, FieldValue, Page, TemplateId};
use crate::domain::sameness::{has_other_pictures, is_same_but_for_pictures, is_same_card};
use crate::domain::sort::ascending;
use crate::flow::mutant::{self, Mutant};

/// How many cards are looked at for the one whose answer was lost, and how many of them closely.
const FOUND: u32 = 50;
const CLOSELY: usize = 3;
/// How many cards are looked at for others that have come of the same call, and how many of them closely: no browser sends one
/// more often than ten times.
const TWINS: u32 = 40;
const TWINS_CLOSELY: usize = 9;
/// After how many milliseconds: the server may have been longer at an earlier copy of the call.
const TWINS_AFTER: u32 = 3_000;
/// So far apart are their numbers at most: others make cards in the same moment.
const NEAR: u64 = 100;

impl CardFlow {
    /// The card whose answer was lost.
    pub(in crate::flow) async fn look_for(self, lost: &Lost) -> Result<Option<Card>, Error> {
        let (client, organization) = self.cx().client()?;
        let sent = self.sent_for(lost);
        if is_blank(&sent) {
            return Ok(None);
        }
        let made = self.inner().made.borrow().clone();
        let alike = self.find_alike(lost.template, &sent, FOUND).await?;
        // The newest first.
        for card in alike.into_iter().rev().filter(|card| !made.iter().any(|(known, _)| known == card)).take(CLOSELY) {
            let card = client.card(organization, card).await?;
            if is_same_card(&card, &sent) {
                return Ok(Some(card));
            }
        }
        Ok(None)
    }

    /// Those that may have come of the call that has made `card`, besides it, as `is_other` does not know them to be others.
    /// Nothing proves that one has: a colleague may have made the same card in the same moment.
    pub(in crate::flow) fn look_for_twins(
        self,
        lost: &Lost,
        card: Card,
        is_other: impl Fn(CardId) -> bool + 'static,
    ) -> LocalBoxFuture<'static, Result<Vec<CardId>, Error>> {
        // Now, since the card in work may be another one in a moment.
        let (template, sent) = (lost.template, self.sent_for(lost));
        Box::pin(async move {
            self.cx().sleep(TWINS_AFTER).await;
            if mutant::is(Mutant::TwinUntold) || is_blank(&sent) {
                return Ok(Vec::new());
            }
            let mut twins = self.find_alike(template, &sent, TWINS).await?;
            twins.retain(|twin| *twin != card.id && twin.0.abs_diff(card.id.0) <= NEAR && !is_other(*twin));
            if twins.is_empty() || !sent.iter().any(|field| field.kind == FieldKind::Image) {
                return Ok(twins);
            }
            // A list says nothing of pictures. What cannot be compared may be the same.
            let (client, organization) = self.cx().client()?;
            let mut same = Vec::new();
            // The newest first: the older ones may be of calls before this one.
            for twin in twins.into_iter().rev().take(TWINS_CLOSELY) {
                match client.card(organization, twin).await {
                    Ok(other) if has_other_pictures(&other, &card, &sent) => {}
                    Err(Error::NotFound { .. }) => {}
                    _ => same.push(twin),
                }
            }
            same.reverse();
            Ok(same)
        })
    }

    fn sent_for(self, lost: &Lost) -> Vec<FieldValue> {
        let mut sent = Vec::new();
        self.with_draft(lost.template, |draft| sent = draft.fields_sent(&lost.sent));
        sent
    }

    /// Cards in which all of `sent` is, as far as a list tells, by their numbers.
    async fn find_alike(self, template: TemplateId, sent: &[FieldValue], count: u32) -> Result<Vec<CardId>, Error> {
        let (client, organization) = self.cx().client()?;
        let texts = sent.iter().filter(|field| field.kind != FieldKind::Image).map(|field| field.value.trim());
        let page = Some(Page { number: 1, size: count });
        let found = match texts.max_by_key(|text| text.len()).filter(|text| !text.is_empty()) {
            Some(term) => client.search_cards(organization, term, page).await?,
            None => client.cards(organization, page).await?,
        };
        let is_alike = |card: &&Card| card.template_id == Some(template) && is_same_but_for_pictures(card, sent);
        let mut alike: Vec<u64> = found.items.iter().filter(is_alike).map(|card| card.id.0).collect();
        ascending(&mut alike);
        Ok(alike.into_iter().map(CardId).collect())
    }
}

/// Cards with nothing on them are alike whoever has made them, and somebody may be at work on one.
fn is_blank(sent: &[FieldValue]) -> bool {
    sent.iter().all(|field| field.value.is_empty())
}
