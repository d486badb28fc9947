//! Adding funds: the form, and what becomes of a payment.

mod fields;

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{on_cleanup, untrack};

use self::fields::{Fields, Part};
use crate::api::Error;
use crate::domain::charges::amount_in_words;
use crate::domain::money::Money;
use crate::domain::top_up::{Fate, TopUp, Why};
use crate::flow::funds::Funds;
use crate::flow::{Remote, Worded, worded};
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el, watch};
use crate::ui::icon::{self, icon};
use crate::ui::notice::notice;
use crate::ui::words;

/// The form with which money is added to the account; `added` is called once that is certain.
pub(super) fn form(funds: Funds, added: Rc<dyn Fn()>) -> El {
    let all = words();
    if !funds.takes_payments() {
        let why = worded(all, &Error::PaymentThroughProxy);
        let what = el("p").child(el("strong").text(&why.what));
        return el("div").class("notice").attr("part", "notice").child(what).child(el("p").text(&why.next));
    }
    let known = Cell::new(funds.times().get_untracked());
    watch(Box::new(move || {
        let times = funds.times().get();
        if known.replace(times) != times {
            untrack(|| added());
        }
    }));
    on_cleanup(move || funds.has_been_seen());
    let shown = move || {
        let is_seen = funds.is_seen().get();
        funds.payment().with(|payment| match payment.as_ref().map(|payment| (payment, payment.fate())) {
            Some((_, Fate::Added)) if !is_seen => 2,
            Some((_, Fate::Stopped(Why::Unknown(_)))) => 1,
            Some((payment, Fate::LookingUp)) if payment.is_resumed() => 1,
            _ => 0,
        })
    };
    let place = el("div").class("funds");
    let before = place.clone();
    place.switch(shown, move |shown| {
        let (next, focus) = match shown {
            0 => (fill_in(funds), None),
            1 => unknown(funds),
            _ => done(funds),
        };
        // What had the focus goes, and the focus with it: it goes on here.
        if matches!(before.element().query_selector(":focus"), Ok(Some(_)))
            && let Some(focus) = focus
        {
            focus.focus_soon();
        }
        Some(next)
    })
}

/// What is to be filled in, and the button.
fn fill_in(funds: Funds) -> El {
    let all = words();
    let words = all.funds();
    let fields = Rc::new(Fields::new(funds));
    // Sent once: from then on the payment card is nowhere here.
    let sent = fields.clone();
    watch(Box::new(move || {
        if funds.payment().with(|payment| payment.as_ref().is_some_and(TopUp::is_sent)) {
            sent.wipe();
        }
    }));
    let busy = move || funds.payment().with(|payment| payment.as_ref().is_some_and(TopUp::is_busy));
    let form = el("form").attr("novalidate", "").attr("autocomplete", "on");
    let place = |part| fields.place(part);
    let payment_card = el("fieldset")
        .child(el("legend").text(words.payment_card))
        .children([Part::Number, Part::Expiry, Part::Cvc, Part::FullName].map(place));
    let parts = [Part::Address1, Part::Address2, Part::City, Part::State, Part::ZipCode, Part::Country];
    let billing_address = el("fieldset").child(el("legend").text(words.billing_address)).children(parts.map(place));
    let form = form.child(fields.place(Part::Amount)).child(payment_card).child(billing_address);
    // An amount of which one is asked whether it is meant, and the one that is.
    let (asks, meant) = (Var::new(None::<Money>), Var::new(None::<Money>));
    let amount_field = fields.place(Part::Amount);
    let send: Rc<dyn Fn()> = Rc::new(move || {
        if !untrack(busy)
            && let Some((amount, payment)) = fields.taken()
        {
            let is_meant = !amount.is_much() || meant.get_untracked() == Some(amount);
            asks.set((!is_meant).then_some(amount));
            if is_meant {
                funds.pay(amount, payment);
            }
        }
    });
    let sure = send.clone();
    let question = move |cents: u64| {
        let amount = asks.get_untracked().filter(|_| cents > 0)?;
        let (sure, amount_field) = (sure.clone(), amount_field.clone());
        let yes = button("button primary", "confirm", words.much_yes, move || {
            meant.set(Some(amount));
            sure();
        });
        let no = button("button quiet", "cancel", words.much_no, move || {
            asks.set(None);
            if let Ok(Some(input)) = amount_field.element().query_selector("input") {
                El::from(input).focus_soon();
            }
        });
        let told = el("div").class("notice").attr("role", "alert").attr("tabindex", "-1");
        told.focus_soon();
        let what = el("p").child(el("strong").text(&words.much(&amount.in_words(all.locale()))));
        Some(
            told.child(what)
                .child(el("p").text(words.much_next))
                .child(el("div").class("buttons").child(yes).child(no)),
        )
    };
    // Another amount is another question.
    watch(Box::new(move || {
        let typed = funds.typed().with(|typed| typed.first().and_then(|amount| Money::typed(amount)));
        if untrack(|| asks.get().is_some_and(|asked| typed != Some(asked))) {
            asks.set(None);
        }
    }));
    let asked = move || asks.get().map_or(0, |amount| amount.cents().unsigned_abs());
    let text = move || {
        let amount = funds.typed().with(|typed| typed.first().and_then(|amount| Money::typed(amount)));
        amount.map_or_else(|| words.add.to_string(), |amount| words.pay(&amount.in_words(all.locale())))
    };
    // Not `disabled`: that would take the focus away from whoever has just pressed it.
    let pay = el("button")
        .attr("type", "submit")
        .class("button primary")
        .attr("data-action", "add-funds")
        .live_true("aria-disabled", busy)
        .live_text(text);
    let status = move || {
        let fate = funds.payment().with(|payment| payment.as_ref().map(|payment| payment.fate().clone()));
        match fate {
            Some(Fate::Preparing) => words.preparing,
            Some(Fate::Paying) => words.paying,
            Some(Fate::LookingUp) => words.looking_up,
            _ => "",
        }
        .to_string()
    };
    let status = el("p").class("help progress").attr("role", "status").live_text(status);
    let retry = send.clone();
    let trouble = move || {
        if let Some(why) = funds.refused().get() {
            return Some(notice(Worded::of(&why, words.not_charged), None));
        }
        let why = funds.payment().with(|payment| match payment.as_ref()?.fate() {
            Fate::Stopped(why) => Some(why.clone()),
            _ => None,
        })?;
        // Where nothing was sent, the payment card still stands there.
        let can_retry = matches!(why, Why::Failed(_));
        let why = funds.words(&why)?;
        // Nobody is charged by itself: not what is done once there is a network again.
        let again = can_retry.then(|| {
            let retry = retry.clone();
            button("button", "retry", all.common().retry, move || retry())
        });
        (!funds.is_seen().get()).then(|| notice(why, None).children(again))
    };
    form.live(trouble).switch(asked, question).child(el("div").class("actions").child(pay).child(status)).on(
        "submit",
        move |event| {
            event.prevent_default();
            send();
        },
    )
}

/// It is not known whether it was charged: there is nothing to be done but to look.
fn unknown(funds: Funds) -> (El, Option<El>) {
    let (words, locale) = (words().funds(), words().locale());
    let busy = move || funds.payment().with(|payment| payment.as_ref().is_some_and(TopUp::is_busy));
    let (amount, is_read) = funds.payment().with_untracked(|payment| match payment {
        Some(payment) => (payment.amount().in_words(locale), payment.fate() == &Fate::Stopped(Why::Unknown(None))),
        None => (String::new(), false),
    });
    let next = if is_read { words.unknown_balance } else { words.unknown_next };
    let again = button("button", "check-again", words.check_again, move || funds.check_again());
    let again = again.live_true("aria-disabled", busy);
    let status = el("p")
        .class("help progress")
        .attr("role", "status")
        .live_text(move || if busy() { words.checking } else { "" }.to_string());
    let what = el("p").child(el("strong").text(&words.unknown(&amount)));
    let shown = el("div")
        .class("notice danger")
        .attr("role", "alert")
        .attr("part", "notice")
        .child(what)
        .child(el("p").text(next));
    (shown.child(el("div").class("actions").child(again.clone()).child(status)), Some(again))
}

/// It was added.
fn done(funds: Funds) -> (El, Option<El>) {
    let (words, locale) = (words().funds(), words().locale());
    let (amount, is_late) = funds.payment().with_untracked(|payment| match payment {
        Some(payment) => (payment.amount().in_words(locale), payment.is_late()),
        None => (String::new(), false),
    });
    let balance = move || {
        funds.account().balance().now().with(|balance| match balance {
            Remote::Ready(balance) => words.balance_now(&amount_in_words(balance, locale)),
            _ => String::new(),
        })
    };
    let what = el("p").child(el("strong").text(&words.added(&amount)));
    let said = el("div")
        .attr("role", "status")
        .attr("tabindex", "-1")
        .child(what)
        .children(is_late.then(|| el("p").text(words.late)))
        .child(el("p").live_text(balance));
    let more = blank("button", "add-more-funds", move || funds.is_seen().set(true)).text(words.add_more);
    let shown = el("div").class("notice success").attr("part", "notice").child(icon(icon::TICK)).child(said.clone());
    (shown.child(more), Some(said))
}
