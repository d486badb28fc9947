//! The server's preview: the card is saved, then drawn by the server, which takes it a while.

use super::state::{Faces, PreviewState, SaveState};
use super::{CardFlow, give_up};
use crate::api::{Orientation, Preview};
use crate::domain::draft::Draft;
use crate::flow::context::Context;
use crate::flow::host::HostEvent;
use crate::flow::screen::Screen;
use crate::flow::wording::worded_unseen;
use crate::world::Unseen;

impl CardFlow {
    /// Saves the card and asks the server to draw it.
    pub fn show_preview(self) {
        let Some(template) = self.begin_save() else { return };
        let task = self.cx().spawn(Box::pin(async move {
            let Some(card) = self.save(template).await else { return };
            // Another card was opened meanwhile: that one goes on.
            if self.draft().with_untracked(|draft| draft.as_ref().and_then(Draft::card)) != Some(card) {
                return;
            }
            self.cx().go(Screen::Preview);
            self.render();
        }));
        self.saving().set(Some(task));
    }

    /// Asks the server to draw the card as it was saved.
    pub fn render(self) {
        self.save_state().set(SaveState::Idle);
        self.preview().set(PreviewState::Rendering);
        let Some(card) = self.draft().with_untracked(|draft| draft.as_ref().and_then(Draft::card)) else {
            self.cx().go(Screen::CardForm);
            return;
        };
        let task = self.cx().spawn(Box::pin(async move {
            let answer = match self.cx().client() {
                Ok((client, organization)) => client.card_preview(organization, card).await,
                Err(error) => Err(error),
            };
            let state = match answer {
                Ok(preview) => match faces(self.cx(), &preview).await {
                    Ok(state) => state,
                    Err(why) => {
                        let (code, worded) = worded_unseen(self.cx().words(), why);
                        self.cx().tell(HostEvent::Error { code, message: worded.what });
                        PreviewState::Unseen(why)
                    }
                },
                Err(error) => {
                    self.cx().tell_error(&error);
                    PreviewState::Failed(error)
                }
            };
            self.preview().set(state);
        }));
        self.rendering().set(Some(task));
    }

    /// Whether there is a preview of the card as it stands.
    pub(in crate::flow) fn has_preview(self) -> bool {
        self.preview().with_untracked(|preview| matches!(preview, PreviewState::Ready(_)))
            && self.draft().with_untracked(|draft| draft.as_ref().is_some_and(|draft| !draft.is_changed()))
    }

    /// The person does not want to wait for the preview.
    pub fn stop_preview(self) {
        give_up(self.rendering());
        if self.preview().with_untracked(|preview| matches!(preview, PreviewState::Rendering)) {
            self.preview().set(PreviewState::Stopped);
        }
    }
}

/// What there is to show of a preview.
async fn faces(cx: Context, preview: &Preview) -> Result<PreviewState, Unseen> {
    if !preview.available {
        return Ok(PreviewState::Unavailable);
    }
    let mut sides = Vec::new();
    for side in std::iter::once(&preview.front).chain(&preview.back) {
        sides.push(cx.picture(side).await?);
    }
    let (back, front) = (sides.get(1).cloned(), sides.swap_remove(0));
    let portrait = preview.orientation.map(|orientation| orientation == Orientation::Portrait);
    Ok(PreviewState::Ready(Faces { front, back, portrait }))
}
