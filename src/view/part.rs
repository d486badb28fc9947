//! A screen whose code is a WASM file of its own, while that file is on its way.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use crate::flow::{Context, Worded};
use crate::reactive::Var;
use crate::ui::dom::{El, el};
use crate::ui::notice::{loading, notice};
use crate::ui::words;

/// What `there` draws, once it does; until then it is fetched with `fetch`, which says whether that went well. `name` is
/// the hook of the screen in whose place one waits.
pub(super) fn screen(
    cx: Context,
    name: &'static str,
    there: Box<dyn Fn() -> Option<El>>,
    fetch: Rc<dyn Fn() -> LocalBoxFuture<'static, bool>>,
) -> El {
    if let Some(screen) = there() {
        return screen;
    }
    let not_started = words().sign_in().not_started;
    let failed = Var::new(false);
    let turn = Var::new(0u64);
    let fetch = move || {
        failed.set(false);
        let fetched = fetch();
        cx.spawn(Box::pin(async move {
            let there = fetched.await;
            // The screen was left in the meantime.
            if turn.is_gone() {
                return;
            }
            failed.set(!there);
            turn.set(turn.get_untracked().wrapping_add(1));
        }));
    };
    fetch();
    let state = move || turn.get().wrapping_mul(2).wrapping_add(u64::from(failed.get()));
    let waiting = move || el("section").attr("data-screen", name);
    el("div").switch(state, move |_| {
        Some(match there() {
            Some(screen) => screen,
            None if failed.get_untracked() => {
                // Why, where that is known, is told by whoever has fetched it.
                let why = Worded::of(not_started, "");
                waiting().child(notice(why, Some(Rc::new(fetch.clone()))))
            }
            None => waiting().child(loading()).child(el("div").class("skeleton starting")),
        })
    })
}
