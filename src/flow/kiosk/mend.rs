//! What failed at a step since there was no way to the server is tried again by itself, once there is one.

use super::settle::is_passing;
use super::state::{Kiosk, Mending};
use crate::api::{Error, Template};
use crate::flow::card::{PreviewState, SaveState};
use crate::flow::remote::Remote;
use crate::flow::screen::Screen;

/// So many seconds after it has failed it is looked whether there is a way.
const PAUSE: u32 = 10;
/// So often for one person: a server that takes a draft and never says so would have one more each time.
const TIMES: u32 = 20;

/// What has failed.
pub(super) enum Failed {
    /// The templates could not be read.
    Templates,
    /// The template's fields could not be read.
    Fields(Template),
    /// The card could not be saved.
    Save,
    /// The preview could not be read.
    Preview,
    /// The card could not be finalized.
    End,
    /// The card could not be handed in, or what became of its order is not known.
    Ending,
}

impl Kiosk {
    /// Whether something is tried again by itself. Follows.
    pub fn tries_again(self) -> bool {
        self.mending().get().is_needed
    }

    /// What has failed at the step where the person is, where another try may go otherwise.
    pub(super) fn trouble(self) -> Option<(Failed, Error)> {
        let (app, card) = (self.app(), self.app().card());
        let screen = self.cx().screen().get_untracked();
        let trouble = match (screen, card.save_state().get_untracked()) {
            (Screen::CardForm, SaveState::Failed(error)) => (Failed::Save, error),
            (Screen::Preview, SaveState::Failed(error)) => (Failed::End, error),
            (Screen::CardForm, _) => match card.opening().get_untracked()? {
                (template, Remote::Failed(error)) => (Failed::Fields(template), error),
                _ => return None,
            },
            (Screen::Preview, _) => match card.preview().get_untracked() {
                PreviewState::Failed(error) => (Failed::Preview, error),
                _ => return None,
            },
            (Screen::Templates, _) => match app.templates().list().get_untracked() {
                Remote::Failed(error) => (Failed::Templates, error),
                _ => return None,
            },
            (Screen::Ending, _) => (Failed::Ending, app.with_ending(|ending| (ending.trouble)(app))??),
            _ => return None,
        };
        Some(trouble).filter(|(_, error)| is_passing(error))
    }

    /// A second in which nothing is awaited.
    pub(super) fn mend(self) {
        let before = self.mending().get_untracked();
        let is_needed = self.trouble().is_some() && before.times < TIMES;
        let mut now = match is_needed {
            true => Mending { is_needed, seconds: before.seconds + 1, times: before.times },
            false => Mending { is_needed, seconds: 0, times: before.times },
        };
        if now.seconds >= PAUSE {
            (now.seconds, now.times) = (0, now.times + 1);
            self.try_again();
        }
        if now != before {
            self.mending().set(now);
        }
    }

    fn try_again(self) {
        self.cx().spawn(Box::pin(async move {
            // A draft whose answer is lost is at the server all the same: one is sent only once there is a way.
            if self.read().await.is_err() {
                return;
            }
            // They may have tried it themselves meanwhile.
            let Some((failed, _)) = self.trouble() else { return };
            let card = self.app().card();
            match failed {
                Failed::Templates => self.app().enter(),
                Failed::Fields(template) => card.open(template),
                Failed::Save => card.show_preview(),
                Failed::Preview => card.render(),
                Failed::End => card.finalize(),
                Failed::Ending => self.app().with_ending(|ending| (ending.go_on)(self.app())).unwrap_or_default(),
            }
        }));
    }
}
