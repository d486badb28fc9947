//! The list of all cards: found as one types, by what became of them and by template, in the order one wants.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::untrack;

use super::many;
use super::parting::parting;
use super::status::status;
use crate::api::{CardId, TemplateId};
use crate::domain::register::{Filter, Order};
use crate::flow::{DeskPage, Listing, Register, Screen, Worded, worded};
use crate::reactive::Var;
use crate::ui::button::button;
use crate::ui::dom::{El, el, watch};
use crate::ui::heading::{focus_title, heading};
use crate::ui::icon::{self, icon};
use crate::ui::in_view::once_seen;
use crate::ui::keys::Keys;
use crate::ui::later::later;
use crate::ui::long_list::{ROW, Shape, long_list};
use crate::ui::notice::{left_out, loading, nothing_in, notice};
use crate::ui::select_field::{SelectField, select_field};
use crate::ui::text_field::{TextField, text_field_with};
use crate::ui::words;
use crate::view::face::{at_rest, small};

/// A card that is shown as itself.
const FACE: Shape = Shape { height: 200.0, narrowest: Some(210.0) };

/// All cards.
pub(super) fn screen(register: Register) -> El {
    let words = words().register();
    let screen = register.cx().screen();
    let is_here = move || matches!(screen.get(), Screen::Desk(DeskPage::Cards));
    let is_first = untrack(is_here);
    let comes_back = is_first && register.focus().get_untracked().is_some_and(|card| register.known(card).is_some());
    // Made once for all that draws by it.
    let shown = Var::new(Vec::new());
    watch(Box::new(move || shown.set(register.shown())));
    let keys = Keys::new(&[("/", "[name=term]", words.search), ("w", "[data-action=walk]", words.walk)]);
    let target = Var::new(None);
    let head = heading(words.title, words.hint, is_first && !comes_back && register.cx().moved().get_untracked());
    let (title, was_here) = (head.clone(), Cell::new(is_first && !comes_back));
    watch(Box::new(move || {
        let is_here = is_here();
        // From one of them one comes back to where it stands.
        if was_here.replace(is_here) || !is_here {
            return;
        }
        match register.focus().get_untracked() {
            Some(card) => target.set(Some(card.0)),
            None => focus_title(&title),
        }
        register.focus().set(None);
    }));
    let list = el("section");
    // Where it is not to be seen beside a card, it is read once it is.
    if is_first {
        register.read()
    } else {
        once_seen(&list, move || register.read())
    }
    later(list.class("desk register").attr("data-screen", "cards").child(head), move |page| {
        let page = page
            .child(tools(register, shown, &keys))
            .child(many::progress(register))
            .child(many::bar(register, shown))
            .child(so_far(register, shown))
            .live(move || left_out(register.cx().left_out(Listing::Register)))
            .live(move || unread(register))
            .switch(move || state(register, shown), move |state| content(register, shown, target, state));
        keys.work_in(page);
    })
}

/// The search, and which cards are looked at.
fn tools(register: Register, shown: Var<Vec<u64>>, keys: &Keys) -> El {
    let all = words();
    let words = all.register();
    let term = register.look().with_untracked(|look| look.term.clone());
    let (search, _) = text_field_with(
        TextField {
            id: "cards-term",
            label: words.search,
            required: false,
            kind: "text",
            autocomplete: "off",
            enter: "search",
            name: Some("term"),
            token: None,
            value: &term,
            input: Box::new(move |text| register.look_for(&text)),
            left: Box::new(|| {}),
            error: Rc::new(|| None),
            count: None,
        },
        words.search_help,
    );
    let form = el("form")
        .class("cards-search")
        .attr("role", "search")
        .attr("novalidate", "")
        .on("submit", |event| event.prevent_default())
        .child(search);
    let choice = |filter: Filter, action, text: &'static str| {
        let is_chosen = move || register.look().with(|look| look.filter == filter);
        button("view", action, text, move || register.look().update(|look| look.filter = filter))
            .live_bool("aria-pressed", is_chosen)
    };
    let views = el("div")
        .class("views")
        .attr("role", "group")
        .attr("aria-label", words.which)
        .child(choice(Filter::All, "show-all", words.all))
        .child(choice(Filter::Waiting, "show-waiting", words.waiting))
        .child(choice(Filter::InCart, "show-in-cart", words.in_cart))
        .child(choice(Filter::Ordered, "show-ordered", words.ordered));
    let walk = move || {
        let is_waiting = register.look().with(|look| look.filter == Filter::Waiting);
        let is_any = is_waiting && shown.with(|shown| !shown.is_empty());
        is_any.then(|| {
            button("button", "walk", words.walk, move || {
                if let Some(first) = shown.with_untracked(|shown| shown.first().copied()) {
                    register.open(CardId(first));
                }
            })
        })
    };
    let look = |is_grid: bool, action, text: &'static str| {
        button("view", action, text, move || register.is_grid().set(is_grid))
            .live_bool("aria-pressed", move || register.is_grid().get() == is_grid)
    };
    let looks = el("div")
        .class("views")
        .attr("role", "group")
        .attr("aria-label", words.shown_as)
        .child(look(false, "show-list", words.as_list))
        .child(look(true, "show-faces", words.as_faces));
    let selects = el("div").class("cards-selects").children(template(register)).child(order(register)).child(looks);
    el("div")
        .class("cards-tools")
        .child(form)
        .child(el("div").class("cards-views").child(views).live(walk).child(keys.button()))
        .child(selects)
}

/// The choice of a template, where there are several.
fn template(register: Register) -> Option<El> {
    let words = words().register();
    let list = register.app().templates().list().get_untracked();
    let templates = list.ready().filter(|list| list.len() > 1)?;
    let options: Vec<(String, String)> =
        templates.iter().map(|template| (template.id.to_string(), template.name.clone())).collect();
    let chosen = register.look().with_untracked(|look| look.template).map(|id| id.to_string()).unwrap_or_default();
    Some(select_field(SelectField {
        id: "cards-template",
        label: words.template,
        required: false,
        autocomplete: "off",
        name: "card_template_id",
        nothing: words.any_template,
        options: &options,
        value: &chosen,
        chosen: Box::new(move |id| register.look().update(|look| look.template = id.parse().ok().map(TemplateId))),
        left: Box::new(|| {}),
        error: Rc::new(|| None),
    }))
}

fn order(register: Register) -> El {
    let words = words().register();
    let orders = [("name", words.by_name, Order::Name), ("printed", words.by_printed, Order::Printed)];
    let options: Vec<(String, String)> =
        orders.iter().map(|(name, text, _)| ((*name).to_owned(), (*text).to_owned())).collect();
    let now = register.look().with_untracked(|look| look.order);
    let chosen = orders.iter().find(|(.., order)| *order == now).map_or("", |(name, ..)| name);
    let choose = move |name: String| {
        let order = orders.iter().find(|(known, ..)| **known == *name).map_or(Order::Number, |(.., order)| *order);
        register.look().update(|look| look.order = order);
    };
    select_field(SelectField {
        id: "cards-order",
        label: words.order,
        required: false,
        autocomplete: "off",
        name: "order",
        nothing: words.by_number,
        options: &options,
        value: chosen,
        chosen: Box::new(choose),
        left: Box::new(|| {}),
        error: Rc::new(|| None),
    })
}

/// How many cards are shown, of how many.
fn so_far(register: Register, shown: Var<Vec<u64>>) -> El {
    let words = words().register();
    let text = move || {
        let known = register.cards().with(Vec::len).to_string();
        let (is_whole, total) = register.progress().with(|progress| (progress.is_whole, progress.total));
        let among = match (is_whole, total) {
            (true, _) => words.shown_of(&shown.with(Vec::len).to_string(), &known),
            (false, Some(total)) => words.among(&known, &total.to_string()),
            (false, None) => words.among_read(&known),
        };
        if register.is_searching().get() { [&among, " ", words.asking].concat() } else { among }
    };
    el("p").class("help so-far").attr("role", "status").live_text(text)
}

/// Why not all of them are there.
fn unread(register: Register) -> Option<El> {
    let all = words();
    let words = all.register();
    let told = |what: &str, error| {
        let why = worded(all, &error);
        Worded { what: [what, " ", &why.what].concat(), ..why }
    };
    if let Some(error) = register.progress().with(|progress| progress.failed.clone()) {
        return Some(notice(told(words.not_read, error), Some(Rc::new(move || register.read_on()))));
    }
    let error = register.search_failed().get()?;
    Some(notice(told(words.not_asked, error), Some(Rc::new(move || register.search_again()))))
}

const READING: u64 = 0;
const FULL: u64 = 1;
const FACES: u64 = 2;
const FAILED: u64 = 3;
const NONE_SO_FAR: u64 = 4;
const NONE: u64 = 5;
const EMPTY: u64 = 6;

fn state(register: Register, shown: Var<Vec<u64>>) -> u64 {
    let (is_whole, has_failed) = register.progress().with(|progress| (progress.is_whole, progress.failed.is_some()));
    let is_known = register.cards().with(|cards| !cards.is_empty());
    match (shown.with(Vec::is_empty), is_known) {
        (false, _) => FULL + u64::from(register.is_grid().get()),
        _ if has_failed => FAILED,
        (true, false) if !is_whole => READING,
        (true, false) => EMPTY,
        (true, true) if !is_whole || register.is_searching().get() => NONE_SO_FAR,
        (true, true) => NONE,
    }
}

fn content(register: Register, shown: Var<Vec<u64>>, target: Var<Option<u64>>, state: u64) -> Option<El> {
    let all = words();
    let words = all.register();
    let nothing = |what: &str, next: &str| {
        let text = el("p").child(el("strong").text(what));
        el("div").class("nothing").child(icon(icon::CARD)).child(text).child(el("p").text(next))
    };
    Some(match state {
        READING => skeleton(),
        FULL | FACES => {
            let list = el("ul").class("long-list rows").attr("aria-label", words.list);
            let is_grid = register.is_grid().get_untracked();
            let list = if is_grid { list.attr("data-view", "faces") } else { list };
            let item = move |id| if is_grid { face(register, CardId(id)) } else { row(register, CardId(id)) };
            let shape = if is_grid { FACE } else { ROW };
            let come_to = move || target.get().inspect(|_| target.set(None));
            long_list(list, shape, move || shown.get(), item, come_to, at_rest(register.faces()))
        }
        NONE_SO_FAR => nothing(words.none_so_far, words.reading),
        NONE => {
            nothing(words.none, words.none_next).child(parting("button", "show-all-cards", words.show_all, move || {
                register.look().update(|look| {
                    look.filter = Filter::All;
                    look.template = None;
                });
                register.look_for("");
            }))
        }
        EMPTY => nothing(nothing_in(register.cx().left_out(Listing::Register), words.empty), words.empty_next),
        _ => return None,
    })
}

fn skeleton() -> El {
    let rows = (0..4).map(|_| el("li").class("row").child(el("div").class("thumbnail card-face skeleton")));
    el("div").child(loading()).child(el("ul").class("rows").attr("aria-hidden", "true").children(rows))
}

/// A card: what it looks like, whose it is, what became of it.
fn row(register: Register, id: CardId) -> El {
    let all = words();
    let faces = register.faces();
    let about = move || {
        let template = register.follow(id).and_then(|card| register.template_name(card.template_id?.0));
        let number = all.card().card_number(&id.to_string());
        template.map_or(number.clone(), |name| [&number, " · ", &name].concat())
    };
    let name = name(register, id);
    let named = el("div").class("named").child(name).child(el("span").class("help").live_text(about));
    el("li")
        .class("row card-row")
        .attr("data-card", &id.to_string())
        .child(pick(register, id))
        .child(small(faces, id))
        .child(named)
        .child(status(register, words(), move || register.follow(id)))
}

/// A card as itself, its name below.
fn face(register: Register, id: CardId) -> El {
    let name = name(register, id);
    el("li")
        .class("face-item")
        .attr("data-card", &id.to_string())
        .child(el("div").class("face-place").child(small(register.faces(), id)))
        .child(el("div").class("face-name").child(pick(register, id)).child(name))
        .child(status(register, words(), move || register.follow(id)))
}

/// What the card is called: the way to its own page.
fn name(register: Register, id: CardId) -> El {
    let faces = register.faces();
    if let Some(card) = register.known(id) {
        faces.learn(&card);
    }
    let is_open = move || register.cx().screen().get() == Screen::Desk(DeskPage::Card(id));
    button("card-name", "open-card", "", move || register.open(id))
        .live_text(move || faces.title(id))
        .live_true("aria-current", is_open)
}

/// Picks it for what is done with many.
fn pick(register: Register, id: CardId) -> El {
    let all = words();
    let faces = register.faces();
    let pick = el("input").attr("type", "checkbox").attr("name", "pick");
    let (shown, ticked) = (pick.clone(), pick.clone());
    watch(Box::new(move || shown.input().set_checked(register.is_picked(id))));
    let pick = pick
        .live_attr("aria-label", move || Some(all.register().pick_of(&faces.title(id))))
        .on("change", move |_| register.pick(id, ticked.input().checked()));
    el("label").class("pick").child(pick)
}
