//! What calls to a gateway want.
//!
//! Like [`super::cards`], a cut: a WASM file of its own, fetched with the first call to a gateway.

use std::rc::Rc;

use crate::api::{Error, Line, Prepare, preparing};
use crate::browser::Fetch;
use crate::flow::app::NotFetched;
use crate::flow::{App, word_gateway};

type Preparing = fn(App, &Rc<Line>) -> Prepare;

fn by_fetch(app: App, line: &Rc<Line>) -> Prepare {
    word_gateway();
    preparing(Rc::new(Fetch::new()), line, Rc::new(move |says| app.card().session_says(says)))
}

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(gateway, fallible)]
fn fetch() -> Result<Preparing, NotFetched> {
    Ok(by_fetch)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<Preparing, NotFetched> {
    Ok(by_fetch)
}

/// Makes calls ready for the gateway from here on, where there is one.
pub(super) fn connect(app: App) {
    let line = app.cx().session().line();
    let there = Rc::new(std::cell::OnceCell::<Prepare>::new());
    let weak = Rc::downgrade(&line);
    line.prepare_by(Rc::new(move |endpoint, given| {
        let (there, weak) = (there.clone(), weak.clone());
        Box::pin(async move {
            let preparing = fetch().await.map_err(|NotFetched| Error::Unreachable)?;
            let line = weak.upgrade().ok_or(Error::SignInDismissed)?;
            let prepare = there.get_or_init(|| preparing(app, &line)).clone();
            drop(line);
            prepare(endpoint, given).await
        })
    }));
}
