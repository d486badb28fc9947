//! The organization's templates, and the beginning of a card.

use std::rc::Rc;

use super::card::CardFlow;
use super::context::Context;
use super::places;
use super::remote::Remote;
use super::screen::Screen;
use crate::api::{Template, TemplateId};
use crate::reactive::{Row, state};

state! {
    /// The templates there are to choose from. Copied freely: it is a handle.
    pub struct Templates from places::TEMPLATES, places::ROOM; {
        /// The organization's templates.
        pub list: Remote<Rc<[Template]>> = Remote::Loading;
    }
}

impl Templates {
    /// None are known yet.
    pub(super) fn new(cx: Context) -> Templates {
        let templates = Templates(cx.row());
        templates.begin();
        templates
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> Templates {
        Templates(row)
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// The card in work, which begins with a template.
    pub fn card(self) -> CardFlow {
        CardFlow::of(self.0)
    }

    /// The template screen, or the form at once where there is nothing to choose.
    pub fn first_screen(self) {
        let (only, card) = self
            .cx()
            .config()
            .with_untracked(|config| config.as_ref().map_or((None, None), |config| (config.template, config.card)));
        let Remote::Ready(templates) = self.list().get_untracked() else {
            self.cx().screen().set(Screen::Templates);
            return;
        };
        // It says itself from which template it is.
        if card.is_some() {
            let id = only.or(self.card().template()).unwrap_or(TemplateId(0));
            return self.card().choose(Template { id, name: String::new() });
        }
        let chosen = match (only, &*templates) {
            (Some(only), _) => templates.iter().find(|template| template.id == only),
            (None, [one]) => Some(one),
            _ => None,
        };
        match chosen {
            Some(template) => self.card().choose(template.clone()),
            None => self.cx().screen().set(Screen::Templates),
        }
    }

    /// The card is done: its data is dropped, and the next one begins. Cards in work from other templates stay.
    pub fn new_card(self) {
        self.card().drop_card();
        self.cx().moved().set(true);
        self.first_screen();
    }

    /// Back to the card in work from elsewhere, with everything in it, or to a new one.
    pub fn to_card(self) {
        match self.card().is_finalized() {
            Some(false) => self.card().edit(),
            Some(true) => self.new_card(),
            None => {
                self.cx().moved().set(true);
                self.first_screen();
            }
        }
    }

    /// Whether there is a choice of templates, or may be one as far as is known. Follows.
    pub fn has_choice(self) -> bool {
        let only = self.cx().config().with(|config| config.as_ref().and_then(|config| config.template));
        let many = self.list().with(|templates| match templates {
            Remote::Ready(list) => list.len() > 1,
            Remote::Loading => true,
            Remote::Failed(_) => false,
        });
        only.is_none() && many
    }
}
