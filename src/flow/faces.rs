//! How cards look in lists: the server's own picture of the front, and whose it is, read when they come into sight.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::context::Context;
use super::places;
use super::remote::Remote;
use super::templates::Templates;
use super::wording::when_back;
use crate::api::{Card, CardId, Error, Orientation, Page, TemplateId};
use crate::domain::card_name::{name_of, newest_by_template};
use crate::reactive::{Row, Var, state};
use crate::world::PictureUrl;

/// So many are read at a time: each is drawn by the server, which takes it a while.
const AT_A_TIME: u32 = 3;
/// So many bytes of pictures are kept beside those that are on the screen.
const MOST: usize = 12 << 20;
/// Among so many cards the newest of each template is looked for.
const LONGEST: u32 = 100;

state! {
    /// What is known of how cards look. Copied freely: it is a handle.
    pub struct Faces from places::FACES, places::ROOM; {
        /// Of each template the newest card among those that were looked through.
        newest: Rc<[(TemplateId, CardId)]> = Rc::default();
        kept: Rc<Inner> = Rc::default();
    }
}

#[derive(Default)]
struct Inner {
    /// By the numbers of the cards.
    known: RefCell<Vec<(CardId, Var<Face>)>>,
    /// Cards that wait to be looked at, and how many are being looked at.
    waiting: RefCell<VecDeque<CardId>>,
    looking: Cell<u32>,
    /// Cards whose fronts are kept and how many bytes these have, the oldest first; and the cards that are on the screen, each as
    /// often as it is.
    kept: RefCell<VecDeque<(CardId, usize)>>,
    on_screen: RefCell<Vec<CardId>>,
    /// Cards that could not be read because nothing answered.
    missed: RefCell<Vec<CardId>>,
    /// Those that are looked at since somebody rests at them in a long list.
    rested: RefCell<Vec<CardId>>,
}

/// What is known of a card.
#[derive(Clone)]
pub struct Face {
    /// Whose it is; `None` while that is not known, empty when the card does not say.
    pub name: Option<String>,
    /// What it is made from, where that is known.
    pub template: Option<TemplateId>,
    /// The front, where the server could draw it and the page shows it.
    pub front: Remote<Option<Front>>,
    asked: bool,
}

impl Face {
    fn unknown() -> Face {
        Face { name: None, template: None, front: Remote::Loading, asked: false }
    }
}

/// The front of a card.
#[derive(Clone)]
pub struct Front {
    /// The picture.
    pub picture: Rc<dyn PictureUrl>,
    /// Whether it stands upright, where the server says so.
    pub portrait: Option<bool>,
}

impl Faces {
    /// Nothing is known yet.
    pub(super) fn new(cx: Context) -> Faces {
        let faces = Faces(cx.row());
        faces.begin();
        faces
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> Faces {
        Faces(row)
    }

    fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// Nothing of what is known is for the next person.
    pub(super) fn forget(self) {
        let inner = self.kept().get_untracked();
        // Their places stay until the widget goes, but nothing in them.
        for (_, face) in inner.known.take() {
            face.set(Face::unknown());
        }
        inner.waiting.take();
        inner.kept.take();
        inner.missed.take();
        self.newest().set(Rc::default());
        inner.rested.take();
        inner.looking.set(0);
    }

    /// What is known of `card`; nothing is read for it.
    pub fn face(self, card: CardId) -> Var<Face> {
        let inner = self.kept().get_untracked();
        let mut known = inner.known.borrow_mut();
        match known.binary_search_by_key(&card, |(known, _)| *known) {
            Ok(place) => known[place].1,
            Err(place) => {
                let nothing = || Var::new(Face::unknown());
                let face = self.cx().keep(nothing);
                known.insert(place, (card, face));
                face
            }
        }
    }

    /// Takes in what a list or a search has said of a card.
    pub fn learn(self, card: &Card) {
        let name = name_of(card).unwrap_or_default().to_owned();
        let (face, template) = (self.face(card.id), card.template_id);
        if face.with_untracked(|face| face.name.as_ref() != Some(&name) || face.template != template) {
            face.update(|face| (face.name, face.template) = (Some(name), template));
        }
    }

    /// What the card is called: by its name, or by its number.
    pub fn title(self, card: CardId) -> String {
        let number = || self.cx().words().card().card_number(&card.to_string());
        self.face(card).with(|face| match face.name.as_deref() {
            None | Some("") => number(),
            Some(name) => name.to_owned(),
        })
    }

    /// It has come into sight somewhere on the screen.
    pub fn came_into_sight(self, card: CardId) {
        let face = self.face(card);
        let inner = self.kept().get_untracked();
        // Once for each place that it is in, until its turn comes.
        if face.with_untracked(|face| face.asked) && !inner.waiting.borrow().contains(&card) {
            return;
        }
        face.update(|face| face.asked = true);
        inner.waiting.borrow_mut().push_back(card);
        self.read_next();
    }

    /// The same, where one looks again and again: it is asked for once.
    pub fn is_looked_at(self, card: CardId) {
        if !self.face(card).with_untracked(|face| face.asked) {
            self.came_into_sight(card);
        }
    }

    /// It has gone from a place on the screen: if it was in no other, and its turn has not come, it need not come.
    pub fn went_out_of_sight(self, card: CardId) {
        // None once the widget is gone.
        let Some(inner) = self.kept().try_with_untracked(Rc::clone) else { return };
        let mut waiting = inner.waiting.borrow_mut();
        let Some(place) = waiting.iter().rposition(|waits| *waits == card) else { return };
        waiting.remove(place);
        let is_wanted = waiting.contains(&card);
        drop(waiting);
        if !is_wanted {
            self.face(card).update(|face| face.asked = false);
        }
    }

    /// It is shown in one place more on the screen.
    pub fn is_shown(self, card: CardId) {
        self.kept().get_untracked().on_screen.borrow_mut().push(card);
    }

    /// It is shown in one place less.
    pub fn is_not_shown(self, card: CardId) {
        // None once the widget is gone.
        let Some(inner) = self.kept().try_with_untracked(Rc::clone) else { return };
        let mut on_screen = inner.on_screen.borrow_mut();
        if let Some(place) = on_screen.iter().position(|shown| *shown == card) {
            on_screen.swap_remove(place);
        }
    }

    /// Somebody rests at these cards of a long list: they are looked at, and those of it that one has only scrolled by are not.
    pub fn rests_at(self, cards: &[CardId]) {
        // None once the widget is gone.
        let Some(inner) = self.kept().try_with_untracked(Rc::clone) else { return };
        let (mut rested, passed): (Vec<CardId>, Vec<CardId>) =
            inner.rested.take().into_iter().partition(|card| cards.contains(card));
        passed.into_iter().for_each(|card| self.went_out_of_sight(card));
        for card in cards {
            if !self.face(*card).with_untracked(|face| face.asked) {
                self.came_into_sight(*card);
                rested.push(*card);
            }
        }
        inner.rested.replace(rested);
    }

    /// Notes that a front is kept. Of those that are on the screen no more, the oldest are forgotten where that is too much, and are
    /// looked at again when one comes back to them.
    fn keeps(self, card: CardId, bytes: usize) {
        let inner = self.kept().get_untracked();
        let mut kept = inner.kept.borrow_mut();
        kept.retain(|(known, _)| *known != card);
        kept.push_back((card, bytes));
        let mut all: usize = kept.iter().map(|(_, bytes)| bytes).sum();
        let mut old = Vec::new();
        kept.retain(|(card, bytes)| {
            let stays = all <= MOST || inner.on_screen.borrow().contains(card);
            if !stays {
                all -= bytes;
                old.push(*card);
            }
            stays
        });
        drop(kept);
        old.into_iter().for_each(|card| self.changed(card));
    }

    /// A card has changed, or is not looked at any more: its picture is for nobody.
    pub fn changed(self, card: CardId) {
        let face = self.face(card);
        if face.with_untracked(|face| face.front.is_ready()) {
            face.update(|face| (face.front, face.asked) = (Remote::Loading, false));
        }
    }

    /// Looks for the newest card of each template, in one page of all cards. Nobody waits for it, and that it fails is not told.
    pub(super) fn look_for_newest(self) {
        let cx = self.cx();
        cx.spawn(Box::pin(async move {
            let Ok((client, organization)) = cx.client() else { return };
            let page = Page { number: 1, size: LONGEST };
            if let Ok(cards) = client.cards(organization, Some(page)).await {
                cards.items.iter().for_each(|card| self.learn(card));
                self.newest().set(newest_by_template(&cards.items).into());
            }
        }));
    }

    /// The newest card of a template, where one is known. Follows.
    pub fn newest_of(self, template: TemplateId) -> Option<CardId> {
        self.newest().with(|newest| newest.iter().find(|(known, _)| *known == template).map(|(_, card)| *card))
    }

    /// What the template of a card is called, where both are known. Follows.
    pub fn template_name(self, card: CardId) -> Option<String> {
        let template = self.face(card).with(|face| face.template)?;
        Templates::of(self.0).list().with(|list| {
            let name = list.ready()?.iter().find(|known| known.id == template)?.name.trim();
            (!name.is_empty()).then(|| name.to_owned())
        })
    }

    fn read_next(self) {
        let inner = self.kept().get_untracked();
        while inner.looking.get() < AT_A_TIME {
            let Some(card) = inner.waiting.borrow_mut().pop_front() else { return };
            inner.waiting.borrow_mut().retain(|waits| *waits != card);
            inner.looking.set(inner.looking.get() + 1);
            self.cx().spawn(Box::pin(async move {
                self.read(card).await;
                let inner = self.kept().get_untracked();
                inner.looking.set(inner.looking.get().saturating_sub(1));
                self.read_next();
            }));
        }
    }

    /// Nothing has answered. It is read once there is a network again, or when one comes back to it.
    fn missed(self, card: CardId) {
        let inner = self.kept().get_untracked();
        let mut missed = inner.missed.borrow_mut();
        missed.push(card);
        if missed.len() == 1 {
            when_back(Rc::new(move || self.look_again()));
        }
    }

    /// Reads what could not be read before, of the cards that are on the screen; the others when they come there.
    fn look_again(self) {
        // None once the widget is gone.
        let Some(inner) = self.kept().try_with_untracked(Rc::clone) else { return };
        for card in inner.missed.take() {
            self.face(card).update(|face| (face.front, face.asked) = (Remote::Loading, false));
            if inner.on_screen.borrow().contains(&card) {
                self.came_into_sight(card);
            }
        }
    }

    /// What fails here is not told: the list has the card's number all the same.
    async fn read(self, card: CardId) {
        let face = self.face(card);
        let Ok((client, organization)) = self.cx().client() else { return };
        let is_unnamed = face.with_untracked(|face| face.name.is_none());
        let named = if is_unnamed { Some(client.card(organization, card).await) } else { None };
        if let Some(Ok(card)) = &named {
            self.learn(card);
        }
        let preview = client.card_preview(organization, card).await;
        if matches!(named, Some(Err(Error::Unreachable))) || matches!(preview, Err(Error::Unreachable)) {
            self.missed(card);
        }
        let preview = preview.ok().filter(|preview| preview.available);
        let mut front = None;
        if let Some(preview) = preview {
            let portrait = preview.orientation.map(|orientation| orientation == Orientation::Portrait);
            front = self.cx().picture(&preview.front).await.ok().map(|picture| Front { picture, portrait });
            self.keeps(card, preview.front.len());
        }
        face.update(|face| face.front = Remote::Ready(front));
    }
}
