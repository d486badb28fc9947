//! The rest of a screen, drawn a moment after its head.
//!
//! To leave one screen and to draw the next at one go is one long block where the machine is slow. What is below the head comes
//! with the browser's next turn, mostly before anything was painted.

use std::time::Duration;

use leptos::prelude::{Owner, set_timeout, untrack};

use super::dom::El;
use crate::reactive::Var;

/// Has `rest` put into `screen` what is below its head, once the browser has had a moment; not where one has gone on by then.
pub(crate) fn later(screen: El, rest: impl FnOnce(El) + 'static) -> El {
    let (place, is_here) = (screen.clone(), Var::new(()));
    // Weakly: whoever is above keeps what is drawn, and not the other way round.
    let owner = Owner::current().unwrap_or_default().downgrade();
    let draw = move || {
        if let Some(owner) = owner.upgrade().filter(|_| !is_here.is_gone()) {
            owner.with(|| untrack(|| rest(place)));
        }
    };
    set_timeout(draw, Duration::ZERO);
    screen
}
