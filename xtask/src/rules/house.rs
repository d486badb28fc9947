//! What the rules are: change them here.

/// A folder of `src/`.
#[derive(Debug)]
pub(super) struct Room {
    pub(super) name: &'static str,
    /// Crates that no path in it may name.
    pub(super) without: &'static [Crates],
}

/// Crates that are kept out together.
#[derive(Debug)]
pub(super) struct Crates {
    /// What they bring, as a message says it.
    pub(super) bring: &'static str,
    pub(super) names: &'static [&'static str],
}

const BROWSER: Crates =
    Crates { bring: "browser", names: &["web_sys", "js_sys", "gloo_net", "wasm_bindgen", "wasm_bindgen_futures"] };
const LEPTOS: Crates = Crates { bring: "Leptos", names: &["leptos"] };

/// The widget, whose folders are rooms.
pub(super) const WIDGET: &str = "src";

/// The rooms from top to bottom; a room imports only from itself and from those below it.
pub(super) const ROOMS: [Room; 12] = [
    Room { name: "element", without: &[] },
    Room { name: "view", without: &[] },
    Room { name: "ui", without: &[] },
    Room { name: "media", without: &[] },
    Room { name: "browser", without: &[] },
    Room { name: "flow", without: &[BROWSER] },
    Room { name: "session", without: &[BROWSER] },
    Room { name: "domain", without: &[BROWSER, LEPTOS] },
    Room { name: "api", without: &[BROWSER, LEPTOS] },
    Room { name: "i18n", without: &[BROWSER] },
    Room { name: "world", without: &[BROWSER] },
    // It may stop the program as the browser wants it, and is compiled natively all the same.
    Room { name: "reactive", without: &[] },
];

/// The folders whose files import one another in no circle; one that is not there is passed over.
pub(super) const FOLDERS: [&str; 6] =
    [WIDGET, "sandbox/src", "simulator/src", "gateway/src", "vision/src", "xtask/src"];
