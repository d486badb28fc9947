//! One card: both its sides, what stands on it, what became of it, and what can be done with it.

use std::rc::Rc;

use super::deletions::question;
use super::parting::parting;
use super::status::{doubt, status};
use super::walk;
use crate::api::{CardId, ImageValue};
use crate::domain::register::Entry;
use crate::domain::register::standing::Standing;
use crate::flow::card::{Faces, PreviewState};
use crate::flow::register::{Finalizing, Known, OneCard, Opening};
use crate::flow::{DeskPage, Register, Remote, Screen, Worded, worded};
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::card_face::drawn;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::notice::{cart_in_doubt, loading, notice};
use crate::ui::when::{Show, when_said};
use crate::ui::words;

/// The card `id`.
pub(super) fn screen(register: Register, id: CardId) -> El {
    let all = words();
    let words = all.register();
    let this = OneCard::new(register, id);
    this.read();
    if let Known::Card(card) = this.known.get_untracked() {
        register.faces().learn(&card);
    }
    let back = blank("button quiet order-back", "back-to-cards", move || {
        register.focus().set(Some(id));
        register.cx().go(Screen::Desk(DeskPage::Cards));
    })
    .child(icon(icon::BACK))
    .child(el("span").text(words.back));
    let trouble = move || {
        let error = this.failed.get()?;
        Some(notice(worded(all, &error), Some(Rc::new(move || this.read()))))
    };
    let shown = move || {
        this.known.with(|known| match known {
            Known::Nothing => 0,
            Known::Card(_) => 1,
            Known::Gone => 2,
        })
    };
    let content = move |shown| {
        Some(match shown {
            0 => el("div").child(loading()).child(el("div").class("card-face skeleton card-large")),
            1 => columns(this),
            _ => notice(Worded::of(words.gone, words.gone_next), None),
        })
    };
    let title = register.faces().title(id);
    let page = el("section").class("desk card-page").attr("data-screen", "card");
    let keys = walk::keys();
    let top = el("div").class("card-top").child(back).children(walk::bar(this)).child(keys.button());
    let page = page
        .child(top)
        .child(heading(&title, "", register.cx().moved().get_untracked()))
        .live(trouble)
        .live(move || conflict(this))
        .switch(shown, content);
    keys.work_in(page)
}

/// Somebody else has changed it: what they have, and what one has typed.
fn conflict(this: OneCard) -> Option<El> {
    let register = this.register;
    let all = words_of(this);
    let words = all.register();
    let conflict = register.conflict().get().filter(|conflict| conflict.theirs.id == this.id)?;
    let text = |text: &Option<String>| match text.as_deref() {
        None => el("td").class("help").text(words.has_picture),
        Some("") => el("td").class("help").text(words.is_blank),
        Some(text) => el("td").text(text),
    };
    let rows = conflict.fields.iter().map(|field| {
        let name = el("th").attr("scope", "row").text(&field.label);
        el("tr").child(name).child(text(&field.theirs)).child(text(&field.mine))
    });
    let heads = [words.field, words.theirs, words.mine].map(|head| el("th").attr("scope", "col").text(head));
    let table = el("table")
        .class("card-conflict")
        .child(el("thead").child(el("tr").children(heads)))
        .child(el("tbody").children(rows));
    let next = if conflict.is_after { words.changed_after } else { words.changed_before };
    let buttons = el("div")
        .class("buttons")
        .child(button("button primary", "edit", words.go_on_with_mine, move || register.go_on_with_mine()))
        .child(parting("button", "take-theirs", words.take_theirs, move || register.take_theirs()));
    Some(
        el("div")
            .class("notice danger")
            .attr("role", "alert")
            .child(el("p").child(el("strong").text(words.changed_by_others)))
            .child(el("p").text(next))
            .child(table)
            .child(buttons),
    )
}

fn columns(this: OneCard) -> El {
    let about = el("div").class("card-about").child(actions(this)).child(facts(this)).child(history(this));
    el("div").class("card-columns").child(el("div").class("card-sides").live(move || Some(sides(this)))).child(about)
}

/// The card, as it was last heard of.
fn of(this: OneCard) -> Option<Rc<Entry>> {
    this.known.with(|known| if let Known::Card(card) = known { Some(card.clone()) } else { None })
}

/// Both sides as the server draws them.
fn sides(this: OneCard) -> El {
    let all = words_of(this);
    let words = all.register();
    let again: Option<Rc<dyn Fn()>> = Some(Rc::new(move || this.draw()));
    match this.sides.get() {
        PreviewState::Ready(faces) => both(this, &faces),
        PreviewState::Nothing | PreviewState::Rendering => el("div")
            .child(el("div").class("card-face skeleton card-large"))
            .child(el("p").class("caption").attr("role", "status").text(words.drawing)),
        PreviewState::Unavailable | PreviewState::Stopped | PreviewState::Unseen(_) => {
            notice(Worded::of(words.not_drawn, ""), again)
        }
        PreviewState::Failed(error) => notice(worded(all, &error), again),
    }
}

fn words_of(this: OneCard) -> crate::i18n::Messages {
    this.register.cx().words()
}

fn both(this: OneCard, faces: &Faces) -> El {
    let words = words_of(this).card();
    let name = this.register.faces().title(this.id);
    let of = |side: &str| [side, ": ", &name].concat();
    let side = |face: El, caption: &str| el("figure").child(face).child(el("figcaption").text(caption));
    let back = faces.back.as_ref().map(|back| side(drawn(back.url(), &of(words.back), faces.portrait), words.back));
    let front = side(drawn(faces.front.url(), &of(words.front), faces.portrait), words.front);
    el("div").class("card-both").child(front).children(back)
}

/// What can be done with it now.
fn actions(this: OneCard) -> El {
    let register = this.register;
    let all = words();
    let words = all.register();
    let asks = Var::new(false);
    let standing = move || of(this).map(|card| register.standing(&card));
    let number = move || match standing() {
        None => 0,
        Some(Standing::Ordered) => 1,
        Some(Standing::InCart) => 2,
        Some(Standing::Finalized) => 3,
        Some(Standing::Draft) => 4,
        Some(Standing::Unknown) => 5,
    };
    let next = move |number| (number > 0).then(|| next(this, number));
    let duplicate = button("button", "duplicate", words.duplicate, move || register.duplicate(this.id));
    let delete = button("button quiet danger", "delete", words.delete, move || asks.set(true));
    let question = move |asked| {
        let answered = move |yes| {
            asks.set(false);
            if yes {
                register.delete(this.id);
                walk::go_on(this);
            }
        };
        (asked == 1).then(|| question(register, this.id, Rc::new(answered)))
    };
    let hint = move || Some(el("p").class("help").text(doubt(all, standing()?)?));
    let final_hint = move || {
        standing().filter(|standing| !standing.may_be_draft()).map(|_| el("p").class("help").text(words.edit_final))
    };
    el("section")
        .class("card-actions")
        .attr("aria-label", words.status)
        .child(el("p").class("card-standing").child(status(register, all, move || of(this))))
        .live(hint)
        .live(move || cart_in_doubt(register.cx()))
        .child(el("div").switch(number, next))
        .child(el("div").class("actions").child(edit(this)).child(duplicate).child(delete))
        .live(final_hint)
        .live(move || not_opened(this))
        .switch(move || u64::from(asks.get()), question)
}

/// The way on from where it stands: into the cart, by what it takes.
fn next(this: OneCard, number: u64) -> El {
    let register = this.register;
    let all = words();
    let words = all.register();
    let cart = register.cart();
    let id = this.id;
    if number == 2 {
        let open = move || register.cx().go(Screen::Desk(DeskPage::Cart));
        return el("div").child(button("button primary", "open-cart", all.cart().open_cart, open));
    }
    let is_wished = move || cart.wish_for(id).is_some_and(|wish| wish.failed.is_none());
    let is_finalizing = move || this.finalizing.with(|state| matches!(state, Finalizing::Busy));
    let busy = move || is_wished() || is_finalizing();
    let may_be_draft = number > 3;
    let go_on = move || {
        if busy() {
            return;
        }
        if may_be_draft { walk::finalize_and_add(this) } else { cart.wish(&[(id, 1)]) }
    };
    let text = move || match (is_finalizing(), is_wished()) {
        (true, _) => words.finalizing,
        (_, true) => all.cart().adding,
        _ if may_be_draft => words.finalize_and_add,
        _ => all.cart().add_to_cart,
    };
    let action = if may_be_draft { "finalize-and-add" } else { "add-to-cart" };
    let add =
        blank("button primary", action, go_on).live_true("aria-disabled", busy).live_text(move || text().to_string());
    let only = may_be_draft.then(|| {
        button("button", "finalize", words.finalize, move || this.finalize()).live_true("aria-disabled", busy)
    });
    let failed = move || {
        let Finalizing::Failed(error) = this.finalizing.get() else { return None };
        let why = worded(all, &error);
        let what = [words.not_finalized, " ", &why.what].concat();
        Some(notice(Worded { what, ..why }, Some(Rc::new(go_on))))
    };
    let refused = move || {
        let error = cart.wish_for(id)?.failed?;
        let why = worded(all, &error);
        let what = [all.cart().not_changed, " ", &why.what].concat();
        let leave = button("button quiet", "leave-as-is", all.cart().leave, move || cart.drop_wish(id));
        Some(notice(Worded { what, ..why }, Some(Rc::new(move || cart.wish(&[(id, 1)])))).child(leave))
    };
    let buttons = el("div").class("actions").child(add).children(only);
    el("div").child(buttons).live(failed).live(refused)
}

fn edit(this: OneCard) -> El {
    let words = words().register();
    let register = this.register;
    let is_opening = move || matches!(register.opening().get(), Opening::Reading(_));
    blank("button", "edit", move || register.edit(this.id))
        .live_true("aria-disabled", is_opening)
        .live_text(move || if is_opening() { words.opening } else { words.edit }.to_string())
}

/// Why it could not be opened in the form.
fn not_opened(this: OneCard) -> Option<El> {
    let all = words_of(this);
    let words = all.register();
    let again: Rc<dyn Fn()> = Rc::new(move || this.register.edit(this.id));
    match this.register.opening().get() {
        Opening::Failed(card, error) if card == this.id => {
            let why = worded(all, &error);
            let what = [words.not_opened, " ", &why.what].concat();
            Some(notice(Worded { what, ..why }, Some(again)))
        }
        Opening::Busy(card) if card == this.id => Some(notice(Worded::of(words.busy, words.busy_next), Some(again))),
        _ => None,
    }
}

/// What stands on the card, field by field.
fn facts(this: OneCard) -> El {
    let words = words().register();
    let list = move || {
        let card = of(this)?;
        let fact = |name: &str, value: El| el("div").class("card-fact").child(el("dt").text(name)).child(value);
        let plain = |text: &str| el("dd").text(text);
        let mut facts = vec![fact(words.number, plain(&card.id.to_string()))];
        let template = card.template_id.and_then(|id| this.register.template_name(id.0));
        facts.extend(template.map(|name| fact(words.template, plain(&name))));
        let fields = this.fields.get();
        for value in &card.data {
            let is_it = |name: &str| name == value.token;
            let field = fields.iter().find(|field| is_it(&field.token) || is_it(&field.label));
            let label = field.map_or(value.label.as_deref().unwrap_or(&value.token), |field| &field.label);
            let is_image = field.is_some_and(|field| crate::domain::field::Role::of(field).is_image());
            let text = match ImageValue::of(&value.value) {
                ImageValue::Empty => el("dd").class("help").text(words.is_blank),
                ImageValue::Base64(text) if !is_image && text.len() < 1000 => plain(text),
                _ => el("dd").class("help").text(words.has_picture),
            };
            facts.push(fact(label, text));
        }
        let at = |text: &str| el("dd").text(&when_said(text, this.register.cx().locale(), Show::DayAndTime));
        facts.extend(card.last_submitted_at.as_deref().map(|text| fact(words.submitted_on, at(text))));
        Some(el("dl").class("card-facts").children(facts))
    };
    el("section").child(el("h2").text(words.details)).live(list)
}

/// When it was printed.
fn history(this: OneCard) -> El {
    let all = words();
    let words = all.register();
    let list = move || {
        Some(match this.history.get() {
            Remote::Loading => el("div").class("skeleton line"),
            Remote::Failed(error) => notice(worded(all, &error), Some(Rc::new(move || this.read_history()))),
            Remote::Ready(records) if records.is_empty() => el("p").class("help").text(words.never_printed),
            Remote::Ready(records) => el("ul").class("card-history").children(records.iter().map(|record| {
                let at = record.processed_at.as_deref();
                let at = at.map(|text| when_said(text, this.register.cx().locale(), Show::DayAndTime));
                let words = all.orders();
                let text = match (record.printed, at) {
                    (false, _) => words.not_printed.to_owned(),
                    (true, Some(at)) => words.printed(&at),
                    (true, None) => words.printed_once.to_owned(),
                };
                el("li").text(&text)
            })),
        })
    };
    el("section").child(el("h2").text(words.history)).live(list)
}
