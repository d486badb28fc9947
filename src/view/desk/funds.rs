//! funds.

use std::rc::Rc;

use super::state::State;
use crate::ui::dom::{El, el};
use crate::ui::words;

/// The form with which money is added to the account; `added` is called once that is certain.
pub(super) fn form(_state: State, _added: Rc<dyn Fn()>) -> El {
    el("div").text(words().funds().title)
}
