//! One card: as the server has it, when it was printed, both its sides; finalizing it.

use std::rc::Rc;

use super::Register;
use super::state::{Finalizing, Known};
use crate::api::{CardId, Error, Field, Orientation, PrintRecord, TemplateId};
use crate::domain::orders::newest_first;
use crate::domain::register::Entry;
use crate::flow::card::{Faces, PreviewState, Stage};
use crate::flow::host::HostEvent;
use crate::flow::reading::answered;
use crate::flow::remote::Remote;
use crate::reactive::Var;

/// One card, for as long as its screen is there.
#[derive(Clone, Copy)]
pub struct OneCard {
    /// All cards.
    pub register: Register,
    /// Its number.
    pub id: CardId,
    /// What is known of it.
    pub known: Var<Known>,
    /// Why it could not be read.
    pub failed: Var<Option<Error>>,
    /// The fields of its template, for what they are called.
    pub fields: Var<Rc<[Field]>>,
    /// When it was printed.
    pub history: Var<Remote<Rc<[PrintRecord]>>>,
    /// Both sides as the server draws them.
    pub sides: Var<PreviewState>,
    /// How far it is with finalizing it.
    pub finalizing: Var<Finalizing>,
}

impl OneCard {
    /// The card `id`, with what the list knows of it.
    pub fn new(register: Register, id: CardId) -> OneCard {
        let known = register.known(id).map_or(Known::Nothing, Known::Card);
        OneCard {
            register,
            id,
            known: Var::new(known),
            failed: Var::new(None),
            fields: Var::new(Rc::from([])),
            history: Var::new(Remote::Loading),
            sides: Var::new(PreviewState::Nothing),
            finalizing: Var::new(Finalizing::Idle),
        }
    }

    /// The screen was left.
    fn is_gone(self) -> bool {
        self.known.is_gone()
    }

    /// Asks the server for it, for its printings and its sides. What is known stays in sight meanwhile.
    pub fn read(self) {
        let cx = self.register.cx();
        self.failed.set(None);
        cx.spawn(Box::pin(async move {
            let answer = match cx.client() {
                Ok((client, organization)) => client.card(organization, self.id).await,
                Err(error) => Err(error),
            };
            if self.is_gone() {
                return;
            }
            match answer {
                Ok(card) => {
                    self.read_fields(card.template_id);
                    self.register.learn(vec![card.clone()]);
                    self.known.set(Known::Card(Rc::new(Entry::of(card))));
                }
                Err(error) => {
                    cx.tell_error(&error);
                    if let Error::NotFound { .. } = error {
                        self.register.drop_card(self.id);
                        self.known.set(Known::Gone);
                    } else {
                        self.failed.set(Some(error));
                    }
                }
            }
        }));
        self.read_history();
        self.draw();
    }

    /// That it fails is not told: the tokens stand in for the labels.
    fn read_fields(self, template: Option<TemplateId>) {
        let cx = self.register.cx();
        let Some(template) = template.filter(|_| self.fields.with_untracked(|fields| fields.is_empty())) else {
            return;
        };
        cx.spawn(Box::pin(async move {
            let Ok((client, organization)) = cx.client() else { return };
            if let Ok(fields) = client.template_fields(organization, template).await
                && !self.is_gone()
            {
                self.fields.set(fields.items.into());
            }
        }));
    }

    /// Asks when it was printed.
    pub fn read_history(self) {
        let cx = self.register.cx();
        self.history.set(Remote::Loading);
        cx.spawn(Box::pin(async move {
            let answer = match cx.client() {
                Ok((client, organization)) => client.print_history(organization, self.id).await,
                Err(error) => Err(error),
            };
            if !self.is_gone() {
                self.history.set(answered(cx, answer.map(|records| newest_first(&records).into())));
            }
        }));
    }

    /// Has the server draw both sides.
    pub fn draw(self) {
        let cx = self.register.cx();
        self.sides.set(PreviewState::Rendering);
        cx.spawn(Box::pin(async move {
            let answer = match cx.client() {
                Ok((client, organization)) => client.card_preview(organization, self.id).await,
                Err(error) => Err(error),
            };
            let state = match answer {
                Ok(preview) if !preview.available => PreviewState::Unavailable,
                Ok(preview) => match cx.picture(&preview.front).await {
                    Err(why) => PreviewState::Unseen(why),
                    Ok(front) => {
                        let back = match &preview.back {
                            Some(back) => cx.picture(back).await.ok(),
                            None => None,
                        };
                        let portrait = preview.orientation.map(|orientation| orientation == Orientation::Portrait);
                        PreviewState::Ready(Faces { front, back, portrait })
                    }
                },
                Err(error) => PreviewState::Failed(error),
            };
            if !self.is_gone() {
                self.sides.set(state);
            }
        }));
    }

    /// Finalizes it.
    pub fn finalize(self) {
        if matches!(self.finalizing.get_untracked(), Finalizing::Busy) {
            return;
        }
        self.finalizing.set(Finalizing::Busy);
        self.register.cx().spawn(Box::pin(async move {
            let answer = self.register.finalize(self.id).await;
            self.has_finalized(answer);
        }));
    }
}

impl OneCard {
    /// Finalizes it, and puts it into the cart then; `then` is called once that is on its way, if its screen is still there.
    pub fn finalize_and_add(self, then: impl FnOnce() + 'static) {
        if matches!(self.finalizing.get_untracked(), Finalizing::Busy) {
            return;
        }
        self.finalizing.set(Finalizing::Busy);
        self.register.cx().spawn(Box::pin(async move {
            let answer = self.register.finalize(self.id).await;
            let is_done = answer.is_ok();
            if is_done {
                self.register.cart().wish(&[(self.id, 1)]);
            }
            let is_here = !self.is_gone();
            self.has_finalized(answer);
            if is_done && is_here {
                then();
            }
        }));
    }

    fn has_finalized(self, answer: Result<(), Error>) {
        if !self.is_gone() {
            self.finalizing.set(match answer {
                Ok(()) => Finalizing::Idle,
                Err(error) => Finalizing::Failed(error),
            });
        }
    }
}

impl Register {
    /// Has the server finalize a card, and tells the page.
    pub(super) async fn finalize(self, id: CardId) -> Result<(), Error> {
        let cx = self.cx();
        let (client, organization) = cx.client()?;
        let answer = client.finalize_card(organization, id).await;
        if let Err(error) = answer {
            cx.tell_error(&error);
            return Err(error);
        }
        self.work().has_come(id, Stage::Ended);
        self.refused().update(|refused| refused.retain(|known| *known != id));
        // What became of it has changed, which nothing but this says.
        self.cards().update(|_| {});
        if let Some(template) = self.known(id).and_then(|card| card.template_id) {
            cx.tell(HostEvent::CardFinalized { card: id, template });
        }
        Ok(())
    }
}
