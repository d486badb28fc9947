//! The way to long lists.
//!
//! Like [`super::cards`], a cut: how they are drawn is a WASM file of its own, fetched behind the desk, and with the first screen that has
//! one where that has failed. Only [`Lists`] is known on this side of it.

use futures_util::future::{LocalBoxFuture, join};

use crate::flow::app::NotFetched;
use crate::ui::long_list::{LISTS, Lists, are_there};

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(lists, fallible)]
fn fetch() -> Result<&'static Lists, NotFetched> {
    Ok(&LISTS)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Lists, NotFetched> {
    Ok(&LISTS)
}

/// Fetches them beside what `others` fetches. Whether all of it is there.
pub(super) fn beside(others: LocalBoxFuture<'static, bool>) -> LocalBoxFuture<'static, bool> {
    Box::pin(async move {
        let (lists, others) = join(fetch(), others).await;
        lists.map(are_there).is_ok() && others
    })
}
