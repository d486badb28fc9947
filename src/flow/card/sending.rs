//! A card on its way over a line that may be slow, or lose an answer: photos are sent smaller once, and a card whose answer was
//! lost is looked for before another one is made.

use std::pin::pin;

use futures_util::future::{Either, pending, select};

use super::CardFlow;
use super::state::{Lost, Smaller};
use crate::api::{Call, Card, CardId, Error, FieldKind, FieldValue, OnTheWay, Page, TemplateId};
use crate::domain::config::Mode;
use crate::domain::draft::Sent;
use crate::domain::sameness::{is_same_but_for_pictures, is_same_card};
use crate::domain::sort::ascending;

/// After how many milliseconds it is looked how much has gone out, and how many percent of it a line has sent by then that is
/// not slow.
const LOOK: u32 = 10_000;
const NOT_SLOW: u32 = 40;

/// How many cards are looked at for the one whose answer was lost, and how many of them closely.
const FOUND: u32 = 50;
const CLOSELY: usize = 3;

impl CardFlow {
    /// Sends a card's fields, with smaller photos where they do not get through otherwise: once.
    pub(super) async fn send_fields(
        self,
        fields: Vec<FieldValue>,
        send: impl Fn(&[FieldValue]) -> Call<Card>,
    ) -> Result<Card, Error> {
        self.smaller().set(None);
        let first = send(&fields);
        let (why, first) = match select(first, pin!(self.line_is_slow())).await {
            Either::Left((Err(Error::TooLarge { kilobytes }), _)) => (Smaller::Refused, Err(kilobytes)),
            Either::Left((answer, _)) => return answer,
            Either::Right(((), first)) => (Smaller::Slow, Ok(first)),
        };
        match (self.with_smaller_photos(fields).await, first) {
            (Some(fields), first) => {
                // What was under way is given up: half a photo makes no card.
                drop(first);
                self.smaller().set(Some(why));
                send(&fields).await
            }
            (None, Ok(first)) => first.await,
            (None, Err(kilobytes)) => Err(Error::TooLarge { kilobytes }),
        }
    }

    /// Is ready when little has gone out for a long time; never on a line that is not slow.
    async fn line_is_slow(self) {
        self.cx().sleep(LOOK).await;
        match self.cx().session().on_the_way().get_untracked() {
            OnTheWay::Sending { percent } if percent < NOT_SLOW => {}
            _ => pending().await,
        }
    }

    /// The same fields with smaller photos; none where there is none to be made smaller.
    async fn with_smaller_photos(self, mut fields: Vec<FieldValue>) -> Option<Vec<FieldValue>> {
        let shrink = self.cx().shrink()?;
        let mut is_smaller = false;
        for field in fields.iter_mut().filter(|field| field.kind == FieldKind::Image) {
            if let Some(smaller) =
                shrink.smaller(&field.value).await.filter(|smaller| smaller.len() < field.value.len())
            {
                field.value = smaller;
                is_smaller = true;
            }
        }
        is_smaller.then_some(fields)
    }

    /// Keeps what was sent for a new card whose answer was lost. Who is no staff sees no card but their own: there, another draft
    /// is made always.
    pub(super) fn was_lost(self, template: TemplateId, fields: &[FieldValue], sent: Sent, error: &Error) {
        if error.is_outcome_unknown() && self.cx().mode() == Mode::Portal {
            self.inner().lost.replace(Some(Lost { template, fields: fields.to_vec(), sent }));
        }
    }

    /// Looks for the card whose answer was lost, and goes on with it. It is ours only if all that was sent is in it, the photo
    /// too, and it was never submitted or printed; in doubt it is not, since a spare draft costs nothing.
    ///
    /// # Errors
    /// Where it cannot be looked: then no other one is made either.
    pub(super) async fn find_lost(self, template: TemplateId) -> Result<Option<CardId>, Error> {
        let lost = self.inner().lost.take();
        let Some(lost) = lost.filter(|lost| lost.template == template) else { return Ok(None) };
        match self.look_for(&lost).await {
            Ok(Some(card)) => {
                self.inner().made.borrow_mut().push(card);
                self.with_draft(template, |draft| draft.saved(card, lost.sent));
                Ok(Some(card))
            }
            // The server is there, and does not tell.
            Ok(None) | Err(Error::Server { .. } | Error::Refused { .. } | Error::NotFound { .. }) => Ok(None),
            Err(error) => {
                self.inner().lost.replace(Some(lost));
                Err(error)
            }
        }
    }

    async fn look_for(self, lost: &Lost) -> Result<Option<CardId>, Error> {
        let (client, organization) = self.cx().client()?;
        let texts = lost.fields.iter().filter(|field| field.kind != FieldKind::Image).map(|field| field.value.trim());
        let page = Some(Page { number: 1, size: FOUND });
        let found = match texts.max_by_key(|text| text.len()).filter(|text| !text.is_empty()) {
            Some(term) => client.search_cards(organization, term, page).await?,
            None => client.cards(organization, page).await?,
        };
        let made = self.inner().made.borrow().clone();
        let is_likely = |card: &&Card| {
            let is_ours = card.template_id == Some(lost.template) && !made.contains(&card.id);
            is_ours && is_same_but_for_pictures(card, &lost.fields)
        };
        let mut likely: Vec<u64> = found.items.iter().filter(is_likely).map(|card| card.id.0).collect();
        // The newest first.
        ascending(&mut likely);
        for card in likely.into_iter().rev().take(CLOSELY).map(CardId) {
            if is_same_card(&client.card(organization, card).await?, &lost.fields) {
                return Ok(Some(card));
            }
        }
        Ok(None)
    }
}
