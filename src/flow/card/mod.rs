//! The card in work: its template's fields, what is typed into them, and what of it the server has.
//!
//! From the form to a finalized card: [`save`], [`preview`], [`finalize`]; [`pictures`] is the way of a photo to its field.

mod correcting;
mod finalize;
mod lost;
mod pictures;
mod preview;
mod remembering;
mod said;
mod save;
pub mod sending;
mod state;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{AbortHandle, LocalBoxFuture};

pub(in crate::flow) use state::Lost;
pub use state::{Faces, PreviewState, SaveState, Smaller, Stage, Target};

use super::context::Context;
use super::photos::Photos;
use super::places;
use super::remote::Remote;
use super::screen::Screen;
use crate::api::{Card, CardId, Error, FieldValue, Template, TemplateId};
use crate::domain::config::Mode;
use crate::domain::draft::{Draft, Problem, Value};
use crate::domain::field::Hold;
use crate::reactive::{Row, Var, state};

state! {
    /// The card in work. Copied freely: it is a handle.
    pub struct CardFlow from places::CARD, places::ROOM; {
        /// The template whose fields are being read.
        pub opening: Option<(Template, Remote<()>)> = None;
        /// What is typed, and what of it the server has.
        pub draft: Option<Draft> = None;
        /// The template of the card in work, and whether one is asked for a picture: what a form is made for. Unlike the draft it
        /// does not change with each letter typed.
        pub fields: Option<(TemplateId, bool)> = None;
        /// Counts the cards that were put back into work: one is not what stands in a form of the same template.
        pub put_back_count: u32 = 0;
        /// Whether the page has a say in what the form looks like.
        pub is_dressed: bool = false;
        /// Fields that were left, whose problems may be shown.
        pub touched: Vec<usize> = Vec::new();
        /// Whether sending was tried, so that every problem may be shown.
        pub tried: bool = false;
        /// How far saving or finalizing is.
        pub save_state: SaveState = SaveState::Idle;
        /// What the page has a person read, or agree to, before their first photo: as it has given it.
        pub consent: Option<Rc<dyn Any>> = None;
        /// Whether that was done.
        pub agreed: bool = false;
        /// Why the photos were sent smaller; none where they were not.
        pub smaller: Option<Smaller> = None;
        /// Whether the texts of the card in work outlive a reload.
        pub remembered: bool = false;
        /// How far the server's preview is.
        pub preview: PreviewState = PreviewState::Nothing;
        /// The preview under way.
        rendering: Option<AbortHandle> = None;
        /// The save or the finalization under way.
        saving: Option<AbortHandle> = None;
        kept: Rc<Inner> = Rc::default();
    }
}

/// What sends a card with photos.
pub type Courier = fn(CardFlow, Vec<FieldValue>, Target) -> LocalBoxFuture<'static, Result<Card, Error>>;

/// The card that was looked for, where it is there.
type Finding = LocalBoxFuture<'static, Result<Option<CardId>, Error>>;

/// What finds cards at the server. It comes with the desk.
pub(in crate::flow) struct Finder {
    /// Finds the card whose answer was lost.
    pub(in crate::flow) lost: fn(CardFlow, Rc<Lost>) -> Finding,
    /// Looks whether other cards have come of the call that has made this one. Nobody waits for it.
    pub(in crate::flow) made: fn(CardFlow, Lost, Card),
}

/// What is done with what the page gives for cards. It comes in a file of its own.
#[allow(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct Giving {
    /// A card is being opened, or was laid aside and is in work again, or the page gives something else: sees to it.
    pub wake: fn(CardFlow),
    /// Sends a card's fields, and sees to what becomes of one that the server had before.
    pub send: Courier,
}

#[derive(Default)]
struct Inner {
    /// Cards in work from other templates.
    shelf: RefCell<Vec<Draft>>,
    photos: Rc<Photos>,
    /// The template of the card that is being sent, or finalized.
    sending: Cell<Option<TemplateId>>,
    /// The cards that were made here, and how far each has come; what comes later counts.
    made: RefCell<Vec<(CardId, Stage)>>,
    /// What was sent for a new card whose answer was lost.
    lost: RefCell<Option<Rc<Lost>>>,
    courier: Cell<Option<Courier>>,
    /// What sends the fields of cards that the server has, of staff, who are not alone with them.
    corrects: Cell<Option<Courier>>,
    finder: Cell<Option<&'static Finder>>,
    /// What the page gives, as it gives it, and whether that is anything.
    page: RefCell<Option<Rc<dyn Any>>>,
    is_given: Cell<bool>,
    /// What the gateway says in whose session it is.
    said: RefCell<Option<Rc<dyn Any>>>,
    /// How what is done with it is fetched, whether it is being fetched, and that, once it is there.
    fetch: Cell<Option<fn(CardFlow)>>,
    is_fetching: Cell<bool>,
    giving: Cell<Option<&'static Giving>>,
}

impl CardFlow {
    /// No card yet.
    pub(super) fn new(cx: Context) -> CardFlow {
        let card = CardFlow(cx.row());
        card.begin();
        card
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> CardFlow {
        CardFlow(row)
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    fn inner(self) -> Rc<Inner> {
        self.kept().get_untracked()
    }

    /// The pictures that were chosen for it, and the signature in work.
    pub fn photos(self) -> Rc<Photos> {
        self.inner().photos.clone()
    }

    /// The template of the card in work.
    pub fn template(self) -> Option<TemplateId> {
        self.draft().with_untracked(|draft| draft.as_ref().map(Draft::template_id))
    }

    /// Whether the card in work is finalized as it stands; none when there is none.
    pub fn is_finalized(self) -> Option<bool> {
        self.draft().with_untracked(|draft| draft.as_ref().map(Draft::is_finalized))
    }

    /// Whether the card in work is done, and only looked at.
    pub fn is_done(self) -> bool {
        self.draft().with_untracked(|draft| draft.as_ref().is_some_and(Draft::is_done))
    }

    /// Whether anything of the cards in work would be lost with the page. Follows.
    pub fn is_unsaved(self) -> bool {
        self.is_lost(self.remembered().get())
    }

    /// Whether anything of the cards in work is nowhere but here, but for their texts where they are `remembered`. Follows.
    pub(super) fn is_lost(self, remembered: bool) -> bool {
        let inner = self.inner();
        // What was chosen or drawn there is on no card yet.
        let at_work = matches!(self.cx().screen().get(), Screen::Photo(_) | Screen::Signature(_));
        let is_unsaved = |draft: &Draft| draft.is_unsaved() && (!remembered || draft.has_unsaved_pictures());
        self.draft().with(|draft| draft.as_ref().is_some_and(is_unsaved))
            || at_work
            || inner.shelf.borrow().iter().any(Draft::is_unsaved)
    }

    /// Whether field number `index` is empty, and the person's to fill.
    pub fn is_to_fill(self, index: usize) -> bool {
        let is_to_fill = |draft: &Draft| draft.hold(index) == Hold::Free && draft.value(index).is_blank();
        self.draft().with_untracked(|draft| draft.as_ref().is_some_and(is_to_fill))
    }

    /// Puts another card in work, or none.
    pub(super) fn set_draft(self, draft: Option<Draft>) {
        let fields = draft.as_ref().map(|draft| (draft.template_id(), draft.takes_pictures()));
        self.draft().set(draft);
        self.fields().set(fields);
    }

    /// What one is asked for may be something else by now.
    pub(super) fn look_again(self) {
        self.set_draft(self.draft().get_untracked());
    }

    /// Opens the form for `template`, with what was typed for it before.
    pub fn choose(self, template: Template) {
        // One that is done is not gone on with: the page may ask for a template while it is being looked at.
        if self.is_done() {
            self.drop_card();
        }
        let is_sent = self.inner().sending.get() == Some(template.id);
        // Whoever corrects a card comes back to it by that card: a template is chosen for a new one. Not while it is being sent.
        let is_meant = |draft: &Draft| {
            draft.template_id() == template.id
                && (is_sent || draft.corrected().is_none() || self.cx().mode() != Mode::Portal)
        };
        if self.draft().with_untracked(|draft| draft.as_ref().is_some_and(is_meant)) {
            self.cx().go(Screen::CardForm);
            return;
        }
        if let Some(draft) = self.draft().get_untracked() {
            self.inner().shelf.borrow_mut().push(draft);
        }
        self.fresh_form();
        let shelved = {
            let inner = self.inner();
            let mut shelf = inner.shelf.borrow_mut();
            // The one that was laid aside last: where one is being sent, it is that.
            shelf.iter().rposition(is_meant).map(|place| shelf.remove(place))
        };
        let is_new = shelved.is_none();
        // Another template may still be opening: its fields would take this card's place when they come.
        self.opening().set(None);
        self.set_draft(shelved);
        if !is_new {
            // The page may have given something else meanwhile.
            self.wake();
        }
        if is_sent {
            self.save_state().set(SaveState::Saving);
        }
        if is_new {
            self.open(template);
        }
        self.cx().go(Screen::CardForm);
    }

    /// Reads the fields of `template` for a new card.
    pub fn open(self, template: Template) {
        self.opening().set(Some((template.clone(), Remote::Loading)));
        if self.wake() {
            return;
        }
        self.cx().spawn(Box::pin(async move {
            let answer = match self.cx().client() {
                Ok((client, organization)) => client.template_fields(organization, template.id).await,
                Err(error) => Err(error),
            };
            let made = answer.map(|fields| Draft::of(template.clone(), fields.items, fields.left_out));
            self.opened(template, made);
        }));
    }

    /// The card for `template` is there, or it is not.
    pub(in crate::flow) fn opened(self, template: Template, answer: Result<Draft, Error>) {
        // Another template was chosen in the meantime.
        let is_wanted = |opening: &Option<(Template, Remote<()>)>| {
            opening.as_ref().is_some_and(|(wanted, _)| wanted.id == template.id)
        };
        if !self.opening().with_untracked(is_wanted) {
            return;
        }
        match answer {
            Ok(draft) => {
                self.cx().tell_left_out(draft.left_out);
                self.opening().set(None);
                self.set_draft(Some(draft));
            }
            Err(error) => {
                self.cx().tell_error(&error);
                self.opening().set(Some((template, Remote::Failed(error))));
            }
        }
    }

    /// The page may give something for what is in work, or being opened: where it gives anything it is seen to.
    pub fn wake(self) -> bool {
        let inner = self.inner();
        if inner.is_given.get() {
            match (inner.giving.get(), inner.fetch.get()) {
                (Some(giving), _) => (giving.wake)(self),
                (None, Some(fetch)) if !inner.is_fetching.replace(true) => fetch(self),
                _ => {}
            }
        }
        inner.is_given.get()
    }

    /// Says how what is done with what the page gives is fetched.
    pub fn give_by(self, fetch: fn(CardFlow)) {
        self.inner().fetch.set(Some(fetch));
    }

    /// What is done with what the page gives is there.
    pub fn give_with(self, giving: &'static Giving) {
        self.inner().giving.set(Some(giving));
        self.wake();
    }

    /// It does not come. That is told where a card is to be opened with it.
    pub fn not_given(self) {
        self.inner().is_fetching.set(false);
        if let Some((template, Remote::Loading)) = self.opening().get_untracked() {
            self.opened(template, Err(Error::Unreachable));
        }
    }

    /// Keeps what the page gives, as it gives it: for what can read that.
    pub fn set_page(self, page: Rc<dyn Any>) {
        self.inner().page.replace(Some(page));
    }

    /// What the page gives, as it gives it.
    pub fn page(self) -> Option<Rc<dyn Any>> {
        self.inner().page.borrow().clone()
    }

    /// The page gives something for cards, or not.
    pub(super) fn page_gives(self, is_anything: bool) {
        let given = &self.inner().is_given;
        given.set(given.get() || is_anything);
    }

    /// A text was typed into field number `index`.
    pub fn typed(self, index: usize, text: &str) {
        self.put(index, Value::Text(text.into()));
    }

    fn put(self, index: usize, value: Value) {
        self.draft().update(|draft| {
            if let Some(draft) = draft {
                draft.set(index, value);
            }
        });
        if matches!(self.save_state().get_untracked(), SaveState::Saved) {
            self.save_state().set(SaveState::Idle);
        }
    }

    /// Field number `index` was left: its problems may be shown now.
    pub fn left(self, index: usize) {
        if !self.touched().with_untracked(|touched| touched.contains(&index)) {
            self.touched().update(|touched| touched.push(index));
        }
    }

    /// Whether the card may be sent; if not, the form shows why. Empty fields may be left so on purpose.
    pub fn check(self, leave_empty: bool) -> bool {
        let problems = self.draft().with_untracked(|draft| draft.as_ref().map(Draft::problems).unwrap_or_default());
        let stops = problems.iter().any(|(_, problem)| !leave_empty || *problem != Problem::Missing);
        self.tried().set(stops);
        !stops
    }

    /// Back to the form, with everything in it.
    pub fn edit(self) {
        self.photos().drop_signing();
        self.to_form();
    }

    /// The same, keeping also what is on the signature pad.
    pub(super) fn to_form(self) {
        self.stop_preview();
        // A finalization that is under way is not crossed by a save.
        let is_sent = self.template().is_some_and(|template| self.inner().sending.get() == Some(template));
        self.save_state().set(if is_sent { SaveState::Saving } else { SaveState::Idle });
        self.cx().go(Screen::CardForm);
    }

    /// Drops the card in work: the next one begins. Cards in work from other templates stay. What is under way is for nobody
    /// any more: its answer would be taken for one about the next card, which may be from the same template.
    pub(super) fn drop_card(self) {
        self.stop_preview();
        give_up(self.saving());
        self.inner().sending.set(None);
        self.inner().lost.take();
        self.set_draft(None);
        self.fresh_form();
    }

    /// Forgets every card in work, and what was chosen for them.
    pub(super) fn forget(self) {
        self.inner().shelf.take();
        // In a kiosk, drafts that were left are still to be deleted.
        if self.cx().mode() != Mode::Kiosk {
            self.inner().made.take();
        }
        self.photos().forget();
        self.opening().set(None);
        self.drop_card();
    }

    /// The cards there are not those here any more: what was typed is sent anew.
    pub(super) fn forget_server(self) {
        self.inner().sending.set(None);
        self.inner().made.take();
        self.inner().lost.take();
        self.save_state().set(SaveState::Idle);
        self.opening().set(None);
        self.draft().update(|draft| draft.iter_mut().for_each(Draft::forget_server));
        self.inner().shelf.borrow_mut().iter_mut().for_each(Draft::forget_server);
        self.preview().set(PreviewState::Nothing);
    }

    /// The card has come so far.
    pub(in crate::flow) fn has_come(self, card: CardId, stage: Stage) {
        self.inner().made.borrow_mut().push((card, stage));
    }

    /// The cards that were made here, and how far each has come: the last time counts. They are nobody's from now on.
    pub(super) fn take_made(self) -> Vec<(CardId, Stage)> {
        self.inner().made.take()
    }

    /// What the page has a person read, or agree to, before their first photo.
    pub fn set_consent(self, given: Option<Rc<dyn Any>>) {
        self.agreed().set(false);
        self.consent().set(given);
    }

    /// Whether a photo waits for a person to agree to something. Follows.
    pub fn is_photo_closed(self) -> bool {
        self.consent().with(Option::is_some) && !self.agreed().get()
    }

    fn fresh_form(self) {
        self.agreed().set(false);
        self.photos().drop_signing();
        self.touched().set(Vec::new());
        self.tried().set(false);
        self.save_state().set(SaveState::Idle);
        self.smaller().set(None);
        self.preview().set(PreviewState::Nothing);
    }

    /// Changes the card from `template`, also when another one has been opened in the meantime.
    pub(super) fn with_draft(self, template: TemplateId, change: impl FnOnce(&mut Draft)) {
        if self.template() == Some(template) {
            self.draft().update(|draft| {
                if let Some(draft) = draft {
                    change(draft);
                }
            });
            return;
        }
        // Of several the one that was laid aside last: while a card is sent, no other one from its template is.
        let inner = self.inner();
        let mut shelf = inner.shelf.borrow_mut();
        if let Some(draft) = shelf.iter_mut().rfind(|draft| draft.template_id() == template) {
            change(draft);
        }
    }
}

/// What is under way is for nobody any more.
#[inline(never)]
fn give_up(task: Var<Option<AbortHandle>>) {
    if let Some(handle) = task.get_untracked() {
        handle.abort();
    }
}
