//! The form's fields: how they are written while one types, and what is wrong with them.
//!
//! What is typed is kept while one is elsewhere, but for the payment card's number, expiry and security code: these are
//! in their inputs, and nowhere else.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlInputElement};

use crate::api::Payment;
use crate::domain::country::{country, state, states};
use crate::domain::digits::plain_text;
use crate::domain::instant::Day;
use crate::domain::money::Money;
use crate::domain::payment_card::{self, CvcFlaw, ExpiryFlaw, NumberFlaw};
use crate::domain::text::printed;
use crate::flow::funds::{FIELDS, Funds as FundsFlow};
use crate::i18n::funds::Funds;
use crate::reactive::Var;
use crate::ui::clean::clean;
use crate::ui::country_names::countries_by_name;
use crate::ui::dom::{El, el};
use crate::ui::select_field::{SelectField, select_field};
use crate::ui::text_field::{TextField, text_field_with};
use crate::ui::when::{now, offset_minutes};
use crate::ui::words;

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Amount,
    Number,
    Expiry,
    Cvc,
    FullName,
    Address1,
    Address2,
    City,
    State,
    ZipCode,
    Country,
}

/// In the order in which they stand in the form, and of their numbers.
const PARTS: [Part; FIELDS] = [
    Part::Amount,
    Part::Number,
    Part::Expiry,
    Part::Cvc,
    Part::FullName,
    Part::Address1,
    Part::Address2,
    Part::City,
    Part::State,
    Part::ZipCode,
    Part::Country,
];

impl Part {
    /// Whether it is kept while one is elsewhere, and after a refusal.
    const fn is_kept(self) -> bool {
        !matches!(self, Part::Number | Part::Expiry | Part::Cvc)
    }

    /// The API's own name of it; the expiry is two for the API.
    const fn name(self) -> &'static str {
        match self {
            Part::Amount => "amount",
            Part::FullName => "full_name",
            Part::Address1 => "billing_address1",
            Part::Address2 => "billing_address2",
            Part::City => "billing_city",
            Part::State => "billing_state",
            Part::ZipCode => "billing_zip_code",
            Part::Country => "billing_country",
            Part::Number => "number",
            Part::Expiry => "expiry",
            Part::Cvc => "cvc",
        }
    }

    /// What a browser fills in.
    const fn autocomplete(self) -> &'static str {
        match self {
            Part::Amount => "off",
            Part::FullName => "cc-name",
            Part::Address1 => "billing address-line1",
            Part::Address2 => "billing address-line2",
            Part::City => "billing address-level2",
            Part::State => "billing address-level1",
            Part::ZipCode => "billing postal-code",
            Part::Country => "billing country",
            Part::Number => "cc-number",
            Part::Expiry => "cc-exp",
            Part::Cvc => "cc-csc",
        }
    }

    const fn label(self, words: &Funds) -> &'static str {
        match self {
            Part::Amount => words.amount,
            Part::FullName => words.full_name,
            Part::Address1 => words.address1,
            Part::Address2 => words.address2,
            Part::City => words.city,
            Part::State => words.state,
            Part::ZipCode => words.zip_code,
            Part::Country => words.country,
            Part::Number => words.number,
            Part::Expiry => words.expiry,
            Part::Cvc => words.cvc,
        }
    }
}

/// The fields as they stand in the page.
pub(super) struct Fields {
    places: Vec<El>,
    known: Known,
}

/// What the fields know of each other.
#[derive(Clone)]
struct Known {
    words: &'static Funds,
    inputs: Rc<RefCell<Vec<El>>>,
    flaws: Var<Vec<Option<String>>>,
}

impl Fields {
    pub(super) fn new(funds: FundsFlow) -> Fields {
        let known = Known { words: words().funds(), inputs: Rc::default(), flaws: Var::new(vec![None; PARTS.len()]) };
        let (places, inputs): (Vec<El>, Vec<El>) = PARTS.iter().map(|part| place(funds, *part, &known)).unzip();
        known.inputs.replace(inputs);
        let inputs = SendWrapper::new(known.inputs.clone());
        // What is no longer in the page may still be somewhere in the browser.
        on_cleanup(move || wipe(&inputs));
        Fields { places, known }
    }

    pub(super) fn place(&self, part: Part) -> El {
        self.places[part as usize].clone()
    }

    /// The payment card is nowhere here any more.
    pub(super) fn wipe(&self) {
        wipe(&self.known.inputs);
    }

    /// What is to be paid, and how. Otherwise says what is wrong, and goes to the first field that is.
    pub(super) fn taken(&self) -> Option<(Money, Payment)> {
        let flaws: Vec<Option<String>> = PARTS.iter().map(|part| self.known.flaw(*part)).collect();
        let first = flaws.iter().position(Option::is_some);
        self.known.flaws.set(flaws);
        if let Some(first) = first {
            if let Some(input) = self.known.inputs.borrow().get(first) {
                input.focus_soon();
            }
            return None;
        }
        let text = |part| self.known.text(part).trim().to_string();
        let amount = Money::typed(&text(Part::Amount))?;
        let expiry = payment_card::expiry(&text(Part::Expiry), this_month()).ok()?;
        let number = payment_card::number(&text(Part::Number)).ok()?;
        let payment = Payment {
            amount: amount.plain(),
            cvc: payment_card::cvc(&text(Part::Cvc), &number).ok()?,
            number,
            exp_month: expiry.month,
            exp_year: expiry.year,
            full_name: text(Part::FullName),
            billing_address1: text(Part::Address1),
            billing_address2: Some(text(Part::Address2)).filter(|line| !line.is_empty()),
            billing_country: text(Part::Country),
            billing_city: text(Part::City),
            billing_state: text(Part::State),
            billing_zip_code: text(Part::ZipCode),
        };
        Some((amount, payment))
    }
}

impl Known {
    fn text(&self, part: Part) -> String {
        let text = self.inputs.borrow().get(part as usize).map(|input| input.input().value()).unwrap_or_default();
        match part {
            Part::ZipCode | Part::State => plain_text(printed(&clean(&text))),
            part if part.is_kept() => printed(&clean(&text)).to_string(),
            _ => text,
        }
    }

    /// What is wrong with a field.
    fn flaw(&self, part: Part) -> Option<String> {
        let (words, text) = (self.words, self.text(part));
        let flaw = match part {
            Part::Amount if text.trim().is_empty() => words.amount_missing,
            Part::Amount if Money::typed(&text).is_none() => words.amount_wrong,
            Part::Number => match payment_card::number(&text).err()? {
                NumberFlaw::Missing => words.number_missing,
                NumberFlaw::Length => words.number_length,
                NumberFlaw::CheckDigit => words.number_wrong,
            },
            Part::Expiry => match payment_card::expiry(&text, this_month()).err()? {
                ExpiryFlaw::Missing => words.expiry_missing,
                ExpiryFlaw::Form => words.expiry_wrong,
                ExpiryFlaw::Past => words.expiry_past,
            },
            Part::Cvc => match payment_card::cvc(&text, &self.text(Part::Number)).err()? {
                CvcFlaw::Missing => words.cvc_missing,
                CvcFlaw::Digits(count) => return Some(words.cvc_digits(&count.to_string())),
            },
            Part::Amount | Part::Address2 => return None,
            part if text.trim().is_empty() => return Some(words.missing(part.label(words))),
            _ => return None,
        };
        Some(flaw.to_string())
    }

    fn set_flaw(&self, part: Part, flaw: Option<String>) {
        let place = part as usize;
        if self.flaws.try_with_untracked(|flaws| flaws.get(place) != Some(&flaw)) == Some(true) {
            self.flaws.update(|flaws| flaws.iter_mut().skip(place).take(1).for_each(|known| known.clone_from(&flaw)));
        }
    }
}

fn wipe(inputs: &RefCell<Vec<El>>) {
    for (input, part) in inputs.borrow().iter().zip(PARTS) {
        if !part.is_kept() {
            input.input().set_value("");
        }
    }
}

/// The year and the month, where the person is.
fn this_month() -> (u16, u8) {
    let today = Day::of(now(), offset_minutes(now()));
    (u16::try_from(today.year).unwrap_or(0), today.month)
}

/// The field, and its input. That of the state becomes another one with the country.
fn place(funds: FundsFlow, part: Part, known: &Known) -> (El, El) {
    if part != Part::State {
        return field(funds, part, known);
    }
    let country_of =
        move |typed: &[String]| typed.get(Part::Country as usize).map_or(0, |country| states(country).count());
    let (first, known) = (el("input"), known.clone());
    // None has as many as another.
    let kind = move || funds.typed().with(|typed| country_of(typed)) as u64;
    let place = el("div").class("at-billing_state").switch(kind, move |_| {
        let (field, input) = field(funds, part, &known);
        // The first one is drawn before all are there.
        if let Some(place) = known.inputs.borrow_mut().get_mut(part as usize) {
            *place = input;
        }
        Some(field)
    });
    let input = place.element().query_selector("input, select").ok().flatten().map_or(first, El::from);
    (place, input)
}

/// What can be chosen, and what is, where it is not typed.
fn choices(part: Part, typed: &[String]) -> Option<(Vec<(String, String)>, &'static str)> {
    let text = |part: Part| typed.get(part as usize).map(String::as_str).unwrap_or_default();
    let of = text(Part::Country);
    match part {
        Part::Country => {
            let names = countries_by_name(words().locale().tag());
            Some((names, country(of).map(|country| country.three).unwrap_or_default()))
        }
        Part::State => {
            let all: Vec<_> = states(of).map(|(code, name)| (code.to_owned(), name.to_owned())).collect();
            let chosen = state(of, text(Part::State)).map(|(code, _)| code).unwrap_or_default();
            (!all.is_empty()).then_some((all, chosen))
        }
        _ => None,
    }
}

/// The field, and its input.
fn field(funds: FundsFlow, part: Part, known: &Known) -> (El, El) {
    let place = part as usize;
    let typed = funds.typed();
    let (typing, leaving, flaws) = (known.clone(), known.clone(), known.flaws);
    let id = ["funds-", part.name()].concat();
    let keep = move |text: &String| {
        typed.update(|typed| typed.iter_mut().skip(place).take(1).for_each(|known| known.clone_from(text)));
    };
    if let Some((options, chosen)) = typed.with_untracked(|typed| choices(part, typed)) {
        let field = select_field(SelectField {
            id: &id,
            label: part.label(known.words),
            required: true,
            autocomplete: part.autocomplete(),
            name: part.name(),
            nothing: words().checkout().choose,
            options: &options,
            value: chosen,
            chosen: Box::new(move |code| {
                typing.set_flaw(part, None);
                keep(&code);
            }),
            left: Box::new(|| {}),
            error: Rc::new(move || flaws.with(|flaws| flaws.get(place).cloned().flatten())),
        });
        let list = field.element().query_selector("select").ok().flatten().map_or_else(|| field.clone(), El::from);
        return (field.class(&["field at-", part.name()].concat()), list);
    }
    let (field, input) = text_field_with(
        TextField {
            id: &id,
            label: part.label(known.words),
            required: false,
            kind: "text",
            autocomplete: part.autocomplete(),
            enter: "next",
            name: Some(part.name()),
            token: None,
            value: &typed.with_untracked(|typed| typed.get(place).cloned()).unwrap_or_default(),
            input: Box::new(move |text| {
                if part.is_kept() {
                    keep(&text);
                }
                typing.set_flaw(part, None);
            }),
            left: Box::new(move || {
                // Nothing typed yet is no mistake yet.
                if !leaving.text(part).trim().is_empty() {
                    leaving.set_flaw(part, leaving.flaw(part));
                }
            }),
            error: Rc::new(move || flaws.with(|flaws| flaws.get(place).cloned().flatten())),
            count: None,
        },
        "",
    );
    let input = input.attr_opt("aria-required", (part != Part::Address2).then_some("true"));
    let is_of_digits = !part.is_kept() || matches!(part, Part::Amount | Part::ZipCode);
    let input = if is_of_digits { input.attr("dir", "ltr") } else { input };
    let input = match part {
        Part::Amount => input.attr("inputmode", "decimal"),
        Part::Number => {
            let input = input.attr("inputmode", "numeric").on("keydown", over_the_gap);
            rewritten(input, |_, text, caret| payment_card::regroup(text, caret))
        }
        Part::Expiry => rewritten(input.attr("inputmode", "numeric"), |how, text, caret| match how {
            // All that is asked of what stood there before is whether it was longer.
            How::Deleted => payment_card::typed_expiry(&[text, "0"].concat(), text, caret),
            How::Typed => payment_card::typed_expiry("", text, caret),
            How::Filled => payment_card::filled_expiry(text, caret, this_month()),
        }),
        Part::Cvc => input.attr("inputmode", "numeric").attr("maxlength", "4"),
        _ => input,
    };
    let input = if part.is_kept() { input } else { input.attr("spellcheck", "false") };
    (field.class(&["field at-", part.name()].concat()), input)
}

/// How a text came about.
#[derive(Clone, Copy)]
enum How {
    /// Letter by letter.
    Typed,
    /// Something was taken out of it.
    Deleted,
    /// In one piece: pasted, or by a browser or a password manager.
    Filled,
}

impl How {
    fn of(event: &Event) -> How {
        // Whoever fills in a form sends events that do not say how.
        match read(event, "inputType").as_string().as_deref() {
            None | Some("insertFromPaste" | "insertFromDrop" | "insertReplacementText") => How::Filled,
            Some(how) if how.starts_with("delete") => How::Deleted,
            Some(_) => How::Typed,
        }
    }
}

/// Has `write` write anew whatever comes into the field; it is told how it came there, and where the caret is. While a letter
/// is being composed, the text is the input method's.
fn rewritten(input: El, write: fn(How, &str, usize) -> (String, usize)) -> El {
    let last = Rc::new(RefCell::new(String::new()));
    ["input", "change", "compositionend"].into_iter().fold(input, |input, kind| {
        let last = last.clone();
        input.on(kind, move |event| {
            let Some(input) = input_of(&event) else { return };
            let text = input.value();
            if read(&event, "isComposing").is_truthy() || (kind != "input" && *last.borrow() == text) {
                return;
            }
            let caret = input.selection_start().ok().flatten().map_or(text.len(), |caret| caret as usize);
            let (written, caret) = write(How::of(&event), &text, caret);
            last.replace(written.clone());
            if written != text {
                input.set_value(&written);
                let caret = u32::try_from(caret).unwrap_or(0);
                // It fails for inputs without a caret only.
                let _ = input.set_selection_range(caret, caret);
                // The field has seen the text as it was. It is told by the other event: this one is being handled.
                if let Ok(told) = Event::new(if kind == "change" { "input" } else { "change" }) {
                    let _ = input.dispatch_event(&told);
                }
            }
        })
    })
}

/// What an event says of itself.
fn read(event: &Event, name: &str) -> JsValue {
    Reflect::get(event, &name.into()).unwrap_or_default()
}

/// The gaps between a number's groups come by themselves: what is deleted before one is the digit behind it.
fn over_the_gap(event: Event) {
    let is_delete = read(&event, "key") == "Delete";
    let Some(input) = input_of(&event).filter(|_| is_delete) else { return };
    let (start, end) = (input.selection_start().ok().flatten(), input.selection_end().ok().flatten());
    if let (Some(start), true) = (start, start == end)
        && input.value().as_bytes().get(start as usize) == Some(&b' ')
    {
        let _ = input.set_selection_range(start + 1, start + 1);
    }
}

/// The input that an event of one is about.
fn input_of(event: &Event) -> Option<HtmlInputElement> {
    Some(event.target()?.unchecked_into())
}
