//! A card with photos on its way over a line that may be slow: they are sent smaller where they do not get through otherwise, once.

use std::pin::pin;

use futures_util::future::{Either, pending, select};

use super::CardFlow;
use super::Courier;
use super::state::{Smaller, Target};
use crate::api::{Card, Error, FieldKind, FieldValue, OnTheWay};

/// After how many milliseconds it is looked how much has gone out, and how many percent of it a line has sent by then that is
/// not slow.
const LOOK: u32 = 10_000;
const NOT_SLOW: u32 = 40;

/// What is done with a card that has photos, once the photos' file is there.
pub static COURIER: Courier = |card, fields, target| Box::pin(card.send_fields(fields, target));

impl CardFlow {
    /// Sends a card's fields, with smaller photos where they do not get through otherwise: once.
    async fn send_fields(self, fields: Vec<FieldValue>, target: Target) -> Result<Card, Error> {
        let first = self.send(&fields, target)?;
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
                let answer = self.send(&fields, target)?.await;
                if answer.is_err() {
                    // Nothing was sent, and the next try begins with the photos as they are.
                    self.smaller().set(None);
                }
                answer
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
}
