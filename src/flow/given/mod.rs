//! What the page gives for cards (`prefill`, `fields`, `shippingAddress`): read, put into the card in work, and told where it cannot be used.
//!
//! It is a WASM file of its own, fetched where a page gives anything; the files before it know [`GIVING`] only, as a table.
//! What the page gives is read by [`Gifts`], which knows the page's language.

mod correcting;
mod gifts;
#[cfg(test)]
mod tests;
mod told;

pub use gifts::{Developed, Gifts};

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use super::app::App;
use super::card::{CardFlow, Giving};
use super::context::Context;
use super::places;
use super::remote::Remote;
use crate::api::{Error, Field, Template, TemplateId, has};
use crate::domain::config::EndsWith;
use crate::domain::draft::{Draft, Value};
use crate::domain::field::Hold;
use crate::domain::given::{Flaw, Given, Wish, Worth, taken};
use crate::domain::text::clean;
use crate::reactive::{Var, state};

/// What the files before this one call of it.
pub static GIVING: Giving = Giving {
    wake: |card| match card.opening().get_untracked() {
        Some((template, Remote::Loading)) => card.gifts().open(template),
        _ => card.gifts().changed(),
    },
    send: |card, fields, target| Box::pin(card.gifts().send(fields, target)),
};

state! {
    /// What the page gives. Copied freely: it is a handle.
    pub struct PageGifts from places::GIVEN, places::ROOM; {
        /// It, as it was read last.
        now: Rc<Given> = Rc::default();
        /// How often what stands in each field was replaced: its control is drawn anew then.
        pub turns: Vec<u32> = Vec::new();
        /// Why the picture that was given for a field is not in it.
        pub(super) troubles: Vec<Trouble> = Vec::new();
        /// Why what is given cannot be used.
        pub flaws: Vec<String> = Vec::new();
        kept: Rc<Inner> = Rc::default();
    }
}

/// Why the picture that was given for a field is not in it.
#[derive(Clone)]
pub(super) struct Trouble {
    template: TemplateId,
    index: usize,
    /// What the person is told.
    what: String,
}

#[derive(Default)]
struct Inner {
    gifts: OnceCell<Rc<dyn Gifts>>,
    /// Pictures that were put into the fields of cards in work, so that they are not opened again for the same field.
    opened: RefCell<Vec<(TemplateId, usize, Worth, Value)>>,
    /// Which reading is the last one.
    turn: Cell<u32>,
}

/// What is to be put into field number so and so, and whether it replaces what is there.
struct Put {
    index: usize,
    value: Value,
    replaces: bool,
}

impl App {
    /// What the page gives, made when it is first asked for.
    pub fn gifts(self) -> PageGifts {
        PageGifts::of(self.cx())
    }
}

impl CardFlow {
    /// The same.
    pub fn gifts(self) -> PageGifts {
        PageGifts::of(self.cx())
    }
}

impl PageGifts {
    /// Of whoever has another flow of the widget.
    pub(super) fn of(cx: Context) -> PageGifts {
        let gifts = PageGifts(cx.row());
        if gifts.now().is_gone() {
            gifts.begin();
        }
        gifts
    }

    fn cx(self) -> Context {
        Context::of(self.0)
    }

    fn app(self) -> App {
        App::of(self.0)
    }

    fn card(self) -> CardFlow {
        CardFlow::of(self.0)
    }

    fn inner(self) -> Rc<Inner> {
        self.kept().get_untracked()
    }

    /// Says how what the page gives is read. True once, and then never again.
    pub fn connect(self, gifts: Rc<dyn Gifts>) -> bool {
        let is_first = self.inner().gifts.set(gifts).is_ok();
        self.card().give_with(&GIVING);
        is_first
    }

    /// A new card, whose fields are read.
    async fn new_draft(self, template: Template) -> Result<Draft, Error> {
        let (client, organization) = self.cx().client()?;
        let fields = client.template_fields(organization, template.id).await?;
        Ok(Draft::of(template, fields.items, fields.left_out))
    }

    /// Why the picture that was given for field number `index` of the card in work is not in it. Follows.
    pub fn trouble(self, index: usize) -> Option<String> {
        let template = self.card().fields().get()?.0;
        let is_it = |trouble: &&Trouble| (trouble.template, trouble.index) == (template, index);
        let what = self.troubles().with(|troubles| troubles.iter().find(is_it).map(|trouble| trouble.what.clone()))?;
        // Another one was chosen meanwhile.
        let is_blank = |draft: &Option<Draft>| draft.as_ref().is_some_and(|draft| draft.value(index).is_blank());
        self.card().draft().with(is_blank).then_some(what)
    }

    /// Reads what the page gives now. What is wrong with it by itself is returned.
    fn read(self) -> (Rc<Given>, Vec<String>) {
        let inner = self.inner();
        inner.turn.set(inner.turn.get().wrapping_add(1));
        let mut given = inner.gifts.get().map(|gifts| gifts.now()).unwrap_or_default();
        given.session = self.card().session_said().unwrap_or_default();
        let given = Rc::new(given);
        self.now().set(given.clone());
        let words = self.cx().words();
        let mut flaws: Vec<String> = given.flaws.iter().map(|flaw| told::flaw(words, flaw, &[])).collect();
        if !given.address.is_empty() && self.card().ends_with() != EndsWith::Order {
            flaws.push(words.given().only_with_order.to_owned());
        }
        let address = self.app().with_ending(|ending| (ending.give)(self.app(), &given.address));
        flaws.extend(address.into_iter().flatten());
        (given, flaws)
    }

    /// Opens a card with all that is given in it.
    fn open(self, template: Template) {
        let (given, flaws) = self.read();
        let turn = self.inner().turn.get();
        self.say(flaws.clone());
        self.cx().spawn(Box::pin(async move {
            let made = self.made(&given, flaws, template.clone(), turn).await;
            // Begun anew, with something else.
            if self.inner().turn.get() != turn {
                return;
            }
            // Opened without it meanwhile: the session that says something may have begun with that very call.
            if self.card().opening().with_untracked(Option::is_none) {
                return self.changed();
            }
            self.card().is_dressed().set(true);
            if let Some(made) = made.transpose() {
                self.card().opened(template, made);
            }
        }));
    }

    async fn made(
        self,
        given: &Given,
        flaws: Vec<String>,
        template: Template,
        turn: u32,
    ) -> Result<Option<Draft>, Error> {
        let mut draft = match self.cx().config().with_untracked(|config| config.as_ref()?.card) {
            None => self.new_draft(template).await?,
            Some(id) => match self.existing(id, &flaws).await? {
                Some(draft) => draft,
                None => return Ok(None),
            },
        };
        let of = draft.template_id();
        // Nothing of an earlier card.
        self.inner().opened.borrow_mut().retain(|(template, ..)| *template != of);
        self.troubles().update(|troubles| troubles.retain(|trouble| trouble.template != of));
        let (puts, more) = self.puts(given, &draft).await;
        put(&mut draft, given, puts);
        if self.inner().turn.get() == turn {
            self.judge(given, &draft, [flaws, more].concat());
        }
        Ok(Some(draft))
    }

    /// The page gives something else: it is put into the card in work.
    fn changed(self) {
        let (given, flaws) = self.read();
        let Some(draft) = self.card().draft().get_untracked() else {
            // What is wrong with it for a template is told when one is chosen.
            return self.say(flaws);
        };
        let turn = self.inner().turn.get();
        self.cx().spawn_apart(Box::pin(async move {
            let (puts, more) = self.puts(&given, &draft).await;
            if self.now().is_gone() || self.inner().turn.get() != turn {
                return;
            }
            let mut replaced = Vec::new();
            self.card().with_draft(draft.template_id(), |draft| replaced = put(draft, &given, puts));
            self.turns().update(|turns| {
                for index in replaced {
                    if turns.len() <= index {
                        turns.resize(index + 1, 0);
                    }
                    turns[index] += 1;
                }
            });
            if let Some(draft) = self.card().draft().get_untracked().filter(|now| now.template.id == draft.template.id)
            {
                self.card().look_again();
                self.judge(&given, &draft, [flaws, more].concat());
            }
            self.card().is_dressed().set(true);
        }));
    }

    /// What of it is to be put into the fields of `draft`, its pictures opened; and why other things are not.
    async fn puts(self, given: &Given, draft: &Draft) -> (Vec<Put>, Vec<String>) {
        let (mut puts, mut flaws) = (Vec::new(), Vec::new());
        for (index, field) in draft.fields().iter().enumerate() {
            let wish = given.wish(field);
            let hold = wish.as_ref().map(Wish::hold).unwrap_or_default();
            if let Some(worth) = wish.and_then(|wish| wish.value) {
                let at = given.place(field);
                match self.value(draft, index, field, &worth, &at, hold == Hold::Free).await {
                    Ok(value) => puts.push(Put { index, value, replaces: true }),
                    Err(Refusal::Flaw(flaw)) => flaws.push(told::flaw(self.cx().words(), &flaw, &[])),
                    // Nobody could choose another one.
                    Err(Refusal::Picture(why)) if hold != Hold::Free => flaws.push([&at, ": ", &why].concat()),
                    Err(Refusal::Picture(why)) => self.refuse(draft.template_id(), index, &at, &why),
                }
                continue;
            }
            let Some(worth) = given.known(field).filter(|_| matches!(draft.value(index), Value::Empty)) else {
                continue;
            };
            let at = ["prefill.", &field.token].concat();
            match self.value(draft, index, field, &worth, &at, hold == Hold::Free).await {
                Ok(value) => puts.push(Put { index, value, replaces: false }),
                Err(Refusal::Picture(why)) => self.refuse(draft.template_id(), index, &at, &why),
                Err(Refusal::Flaw(Flaw::NoPicture(_))) => {
                    let why = self.cx().words().given().no_address.to_owned();
                    self.refuse(draft.template_id(), index, &at, &why);
                }
                // What a page knows of a person is not held to what a card takes: it is theirs to correct.
                Err(Refusal::Flaw(_)) => {
                    if let Worth::Text(text) = &worth {
                        puts.push(Put { index, value: Value::Text(clean(text).into()), replaces: false });
                    }
                }
            }
        }
        (puts, flaws)
    }

    /// The value for a field: a picture is opened, cropped to the field's proportions and encoded, and kept to be cropped anew where
    /// it `is_free` to be changed.
    async fn value(
        self,
        draft: &Draft,
        index: usize,
        field: &Field,
        worth: &Worth,
        at: &str,
        is_free: bool,
    ) -> Result<Value, Refusal> {
        if let Some(value) = taken(field, worth, at).map_err(Refusal::Flaw)? {
            return Ok(value);
        }
        let (inner, template) = (self.inner(), draft.template_id());
        let is_it =
            |known: &&(TemplateId, usize, Worth, Value)| (known.0, known.1) == (template, index) && known.2 == *worth;
        if let Some((.., value)) = inner.opened.borrow().iter().find(is_it) {
            return Ok(value.clone());
        }
        let Some(gifts) = inner.gifts.get() else { return Ok(Value::Empty) };
        let Developed { base64, shot } = gifts.develop(self.card(), field, worth).await.map_err(Refusal::Picture)?;
        let value = Value::Image(base64);
        let mut opened = inner.opened.borrow_mut();
        opened.retain(|known| (known.0, known.1) != (template, index));
        opened.push((template, index, worth.clone(), value.clone()));
        if let Some((picture, editing)) = shot.filter(|_| is_free) {
            self.card().keep_shot(template, index, picture, editing);
        }
        Ok(value)
    }

    /// The picture that was given for a field is not taken; the person may choose one.
    fn refuse(self, template: TemplateId, index: usize, at: &str, why: &str) {
        let words = self.cx().words().given();
        let (what, message) = (words.not_used(why), [at, ": ", why].concat());
        if self.has_trouble(Trouble { template, index, what }) {
            told::error(self.cx(), "given-picture", message);
        }
    }

    /// Says at a field why its picture is not in it. False where that is said already.
    fn has_trouble(self, trouble: Trouble) -> bool {
        let is_it = |known: &Trouble| (known.template, known.index) == (trouble.template, trouble.index);
        let is_told = |known: &Vec<Trouble>| known.iter().any(|known| is_it(known) && known.what == trouble.what);
        let is_new = !self.troubles().with_untracked(is_told);
        self.troubles().update(|known| {
            known.retain(|known| !is_it(known));
            known.push(trouble.clone());
        });
        is_new
    }

    /// Says what is wrong with what is given for `draft`, into which it was put.
    fn judge(self, given: &Given, draft: &Draft, mut flaws: Vec<String>) {
        let tokens: Vec<String> = draft.fields().iter().map(|field| field.token.clone()).collect();
        // Of a value that is not taken it is not told as well that there is none.
        let is_told = |flaw: &Flaw| matches!(flaw, Flaw::NoValue(at) if flaws.iter().any(|told| has(told, at)));
        let more = given.flaws_for(draft).into_iter().filter(|flaw| !is_told(flaw));
        let more: Vec<String> = more.map(|flaw| told::flaw(self.cx().words(), &flaw, &tokens)).collect();
        flaws.extend(more);
        self.say(flaws);
    }

    /// What is given cannot be used so: it is said in place of everything, and to the page; or that it can be used again.
    fn say(self, flaws: Vec<String>) {
        let before = self.flaws().get_untracked();
        if flaws == before {
            return;
        }
        if !flaws.is_empty() {
            told::error(self.cx(), "configuration", flaws.join(" "));
        }
        self.flaws().set(flaws.clone());
        // Attributes that cannot be used are said first.
        let shown: Var<Vec<String>> = self.app().flaws();
        if shown.with_untracked(|shown| shown.is_empty() || *shown == before) {
            shown.set(flaws);
        }
    }

    /// The attributes can be used, now or again: what is given is still what it is.
    pub fn say_again(self) {
        let (flaws, shown) = (self.flaws(), self.app().flaws());
        if shown.with(Vec::is_empty) && !flaws.with(Vec::is_empty) {
            shown.set(flaws.get());
        }
    }
}

/// Why a value is not taken.
enum Refusal {
    /// The field does not take it.
    Flaw(Flaw),
    /// It is no picture that can be used.
    Picture(String),
}

/// Puts what is given into a card. Gives the fields in which something else stands now, or which one may do something else with.
fn put(draft: &mut Draft, given: &Given, puts: Vec<Put>) -> Vec<usize> {
    for (index, field) in draft.fields().iter().enumerate() {
        draft.set_hold(index, given.wish(field).as_ref().map(Wish::hold).unwrap_or_default());
    }
    puts.into_iter()
        .filter_map(|Put { index, value, replaces }| draft.give(index, value, replaces).then_some(index))
        .collect()
}
