//! What a person can do with a card, from a template to a finalized card: each step changes [`App`]'s state, and the
//! screens follow.

use super::app::{App, At, Faces, HostEvent, Load, Shot, Shown, Work};
use crate::api::{CardId, Error, Orientation, Preview, Template, TemplateId};
use crate::domain::config::{EndsWith, Mode};
use crate::domain::crop::Ratio;
use crate::domain::draft::{Draft, Pending, Problem, Value};
use crate::media::blob_url::BlobUrl;
use crate::media::photo::{Jpeg, Picture};
use crate::reactive::Var;

/// How many pictures are kept so that they can be adjusted again: 75 MB each, at most. Older ones can be chosen again.
const MAX_SHOTS: usize = 4;

impl App {
    /// The card is done: its data is dropped, and the next one begins. Cards in work from other templates stay.
    pub(super) fn new_card(self) {
        self.set_draft(None);
        self.fresh_form();
        self.moved.set(true);
        self.first_screen();
    }

    /// Back to the card in work from elsewhere, with everything in it, or to a new one.
    pub(super) fn to_card(self) {
        let in_work = self.draft.with_untracked(|draft| draft.as_ref().map(Draft::is_finalized));
        match in_work {
            Some(false) => self.edit(),
            Some(true) => self.new_card(),
            None => {
                self.moved.set(true);
                self.first_screen();
            }
        }
    }

    /// Opens the form for `template`, with what was typed for it before.
    pub(super) fn choose(self, template: Template) {
        if self.draft.with_untracked(|draft| draft.as_ref().is_some_and(|draft| draft.template_id() == template.id)) {
            self.go(At::CardForm);
            return;
        }
        if let Some(draft) = self.draft.get_untracked() {
            self.kept().shelf.borrow_mut().push(draft);
        }
        self.fresh_form();
        let shelved = {
            let kept = self.kept();
            let mut shelf = kept.shelf.borrow_mut();
            shelf.iter().position(|draft| draft.template_id() == template.id).map(|place| shelf.swap_remove(place))
        };
        let is_new = shelved.is_none();
        self.set_draft(shelved);
        if is_new {
            self.open(template);
        }
        self.go(At::CardForm);
    }

    /// Fetches the fields of `template` for a new card.
    pub(super) fn open(self, template: Template) {
        self.opening.set(Some((template.clone(), Load::Busy)));
        self.spawn(Box::pin(async move {
            let answer = match self.client() {
                Ok((client, organization)) => client.template_fields(organization, template.id).await,
                Err(error) => Err(error),
            };
            // Another template was chosen in the meantime.
            let is_wanted = |opening: &Option<(Template, Load<()>)>| {
                opening.as_ref().is_some_and(|(wanted, _)| wanted.id == template.id)
            };
            if !self.opening.with_untracked(is_wanted) {
                return;
            }
            match answer {
                Ok(fields) => {
                    let mut draft = Draft::new(template, fields);
                    draft.prefill(&self.kept().prefill.borrow());
                    self.opening.set(None);
                    self.set_draft(Some(draft));
                }
                Err(error) => {
                    self.tell_error(&error);
                    self.opening.set(Some((template, Load::Failed(error))));
                }
            }
        }));
    }

    /// Fills what the page knows into the card in work.
    pub(super) fn prefill_draft(self, known: &[(String, String)]) {
        self.draft.update(|draft| draft.iter_mut().for_each(|draft| draft.prefill(known)));
    }

    /// A text was typed into field number `index`.
    pub(super) fn typed(self, index: usize, text: &str) {
        self.put(index, Value::Text(text.into()));
    }

    fn put(self, index: usize, value: Value) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                draft.set(index, value);
            }
        });
        if matches!(self.work.get_untracked(), Work::Saved) {
            self.work.set(Work::Idle);
        }
    }

    /// Field number `index` was left: its problems may be shown now.
    pub(super) fn left(self, index: usize) {
        if !self.touched.with_untracked(|touched| touched.contains(&index)) {
            self.touched.update(|touched| touched.push(index));
        }
    }

    /// A picture was chosen for field number `index`, or taken with the camera: its crop comes next.
    pub(super) fn chose_picture(self, index: usize, picture: Picture, ratio: Option<Ratio>, taken: bool) {
        let Some(template) = self.draft.with_untracked(|draft| draft.as_ref().map(Draft::template_id)) else { return };
        let kept = self.kept();
        // Pictures come from the studio, so it is there.
        let Some(studio) = kept.studio.get() else { return };
        let editing = Var::new((studio.begin)(&picture, ratio));
        let mut shots = kept.shots.borrow_mut();
        // The photo that is on the card stays until another one is used in its place.
        shots.retain(|shot| !shot.is_of(template, index) || shot.was_used());
        if shots.len() == MAX_SHOTS {
            shots.remove(0);
        }
        shots.push(Shot { template, field: index, picture, editing, taken });
        drop(shots);
        self.go(At::Photo(index));
    }

    /// The picture chosen for field number `index`.
    pub(super) fn shot(self, index: usize) -> Option<Shot> {
        let template = self.draft.with_untracked(|draft| draft.as_ref().map(Draft::template_id))?;
        let kept = self.kept();
        let shots = kept.shots.borrow();
        shots.iter().rfind(|shot| shot.is_of(template, index)).cloned()
    }

    /// The photo screen of field number `index` is left without using the photo; one that was never used is gone.
    pub(super) fn cancel_photo(self, index: usize) {
        let template = self.draft.with_untracked(|draft| draft.as_ref().map(Draft::template_id));
        self.kept()
            .shots
            .borrow_mut()
            .retain(|shot| !template.is_some_and(|of| shot.is_of(of, index)) || shot.was_used());
        self.go(At::CardForm);
    }

    /// The crop of field number `index` is as the person wants it.
    pub(super) fn use_photo(self, index: usize, photo: &Jpeg) {
        self.put(index, Value::Image(photo.base64.clone()));
        if let Some(used) = self.shot(index) {
            let kept = self.kept();
            let mut shots = kept.shots.borrow_mut();
            shots.retain(|shot| !shot.is_of(used.template, index));
            shots.push(used);
        }
        self.go(At::CardForm);
    }

    /// Whether the card may be sent; if not, the form shows why. Empty fields may be left so on purpose.
    pub(super) fn check(self, leave_empty: bool) -> bool {
        let problems = self.draft.with_untracked(|draft| draft.as_ref().map(Draft::problems).unwrap_or_default());
        let stops = problems.iter().any(|(_, problem)| !leave_empty || *problem != Problem::Missing);
        self.tried.set(stops);
        !stops
    }

    /// Saves the card as it stands, and stays in the form.
    pub(super) fn save_draft(self) {
        let too_long = self.draft.with_untracked(|draft| {
            draft.as_ref().is_some_and(|draft| draft.problems().iter().any(|(_, problem)| *problem != Problem::Missing))
        });
        if too_long {
            self.tried.set(true);
            return;
        }
        self.spawn(Box::pin(async move {
            // The state shows how it went.
            let _ = self.save().await;
        }));
    }

    /// Brings the server up to what stands in the form.
    async fn save(self) -> Option<CardId> {
        if matches!(self.work.get_untracked(), Work::Busy) {
            return None;
        }
        self.work.set(Work::Busy);
        match self.send_draft().await {
            Ok(card) => {
                self.work.set(Work::Saved);
                Some(card)
            }
            Err(error) => {
                self.tell_error(&error);
                self.work.set(Work::Failed(error));
                None
            }
        }
    }

    async fn send_draft(self) -> Result<CardId, Error> {
        let (client, organization) = self.client()?;
        let Some(draft) = self.draft.get_untracked() else { return Err(Error::SignInDismissed) };
        let template = draft.template_id();
        let (card, sent, is_new) = match draft.pending() {
            Pending::Nothing(card) => return Ok(card),
            Pending::Create(fields, sent) => {
                (client.create_card(organization, template, &fields).await?.id, sent, true)
            }
            Pending::Update(card, fields, sent) => {
                match client.update_card(organization, card, &fields).await {
                    Ok(_) => {}
                    Err(error @ Error::NotFound { .. }) => {
                        // The draft is gone at the server, not here: the next try makes it anew.
                        self.with_draft(template, Draft::forget_server);
                        return Err(error);
                    }
                    Err(error) => return Err(error),
                }
                (card, sent, false)
            }
        };
        self.with_draft(template, |draft| draft.saved(card, sent));
        self.tell(match is_new {
            true => HostEvent::CardCreated { card, template },
            false => HostEvent::CardUpdated { card, template },
        });
        Ok(card)
    }

    /// Changes the card from `template`, also when another one has been opened in the meantime.
    fn with_draft(self, template: TemplateId, change: impl FnOnce(&mut Draft)) {
        if self.draft.with_untracked(|draft| draft.as_ref().is_some_and(|draft| draft.template_id() == template)) {
            self.draft.update(|draft| {
                if let Some(draft) = draft {
                    change(draft);
                }
            });
            return;
        }
        if let Some(draft) = self.kept().shelf.borrow_mut().iter_mut().find(|draft| draft.template_id() == template) {
            change(draft);
        }
    }

    /// Saves the card and asks the server to draw it.
    pub(super) fn show_preview(self) {
        if matches!(self.work.get_untracked(), Work::Busy) {
            return;
        }
        self.spawn(Box::pin(async move {
            if self.save().await.is_none() {
                return;
            }
            self.go(At::Preview);
            self.render();
        }));
    }

    /// Asks the server to draw the card as it was saved.
    pub(super) fn render(self) {
        self.work.set(Work::Idle);
        self.shown.set(Shown::Rendering);
        let Some(card) = self.draft.with_untracked(|draft| draft.as_ref().and_then(Draft::card)) else {
            self.go(At::CardForm);
            return;
        };
        let task = self.spawn(Box::pin(async move {
            let answer = match self.client() {
                Ok((client, organization)) => client.card_preview(organization, card).await,
                Err(error) => Err(error),
            };
            self.shown.set(match answer {
                Ok(preview) => faces(&preview),
                Err(error) => {
                    self.tell_error(&error);
                    Shown::Failed(error)
                }
            });
        }));
        self.rendering.set(Some(task));
    }

    /// The person does not want to wait for the preview.
    pub(super) fn stop_preview(self) {
        self.drop_rendering();
        if matches!(self.shown.get_untracked(), Shown::Rendering) {
            self.shown.set(Shown::Stopped);
        }
    }

    fn drop_rendering(self) {
        self.rendering.update(|task| {
            if let Some(task) = task.take() {
                task.abort();
            }
        });
    }

    /// Back to the form, with everything in it.
    pub(super) fn edit(self) {
        self.stop_preview();
        self.kept().signing.take();
        self.work.set(Work::Idle);
        self.go(At::CardForm);
    }

    /// Ends the journey: the card is finalized, or stays a draft where the page says so.
    pub(super) fn finalize(self) {
        if matches!(self.work.get_untracked(), Work::Busy) {
            return;
        }
        let Some((card, template)) = self.draft.with_untracked(|draft| {
            let draft = draft.as_ref()?;
            Some((draft.card()?, draft.template_id()))
        }) else {
            return;
        };
        if self.ends_as_draft() {
            self.finish(template);
            return;
        }
        self.work.set(Work::Busy);
        self.spawn(Box::pin(async move {
            let answer = match self.client() {
                Ok((client, organization)) => client.finalize_card(organization, card).await,
                Err(error) => Err(error),
            };
            match answer {
                Ok(_) => {
                    self.with_draft(template, Draft::finalized);
                    self.work.set(Work::Idle);
                    self.tell(HostEvent::CardFinalized { card, template });
                    self.finish(template);
                }
                Err(error) => {
                    self.tell_error(&error);
                    self.work.set(Work::Failed(error));
                }
            }
        }));
    }

    /// The card is done: of its pictures nothing stays here but the preview.
    fn finish(self, template: TemplateId) {
        self.kept().shots.borrow_mut().retain(|shot| shot.template != template);
        if self.draft.with_untracked(|draft| draft.as_ref().is_some_and(|draft| draft.template_id() == template)) {
            self.draft.update(|draft| draft.iter_mut().for_each(Draft::forget_pictures));
            self.go(At::Done);
        } else {
            // Another card was opened while the server was at it: that one goes on.
            self.kept().shelf.borrow_mut().retain(|draft| draft.template_id() != template);
        }
    }

    /// Whether faces are looked for on photos: on this device, and as help only.
    pub(super) fn helps_with_faces(self) -> bool {
        self.config.with_untracked(|config| config.as_ref().is_none_or(|config| config.face_help))
    }

    /// Whether a card stays a draft here, for staff to finalize.
    pub(super) fn ends_as_draft(self) -> bool {
        self.config.with_untracked(|config| {
            config.as_ref().is_some_and(|config| config.mode != Mode::Portal && config.ends_with == EndsWith::Draft)
        })
    }
}

/// What there is to show of a preview.
fn faces(preview: &Preview) -> Shown {
    if !preview.available {
        return Shown::Unavailable;
    }
    let Ok(front) = BlobUrl::image_from_base64(&preview.front) else { return Shown::NoPicture };
    let back = match preview.back.as_deref().map(BlobUrl::image_from_base64) {
        None => None,
        Some(Ok(back)) => Some(back),
        Some(Err(_)) => return Shown::NoPicture,
    };
    Shown::Ready(Faces {
        front,
        back,
        portrait: preview.orientation.map(|orientation| orientation == Orientation::Portrait),
    })
}
