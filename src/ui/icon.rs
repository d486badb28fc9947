//! Icons: 20 px, 1.5 px strokes, always beside a text or on a button with a name of its own.

use leptos::prelude::*;

/// The path data of an icon on a 20 x 20 grid.
#[derive(Clone, Copy)]
pub(crate) struct Icon(&'static str);

pub(crate) const CARD: Icon = Icon("M2.75 4.75h14.5v10.5H2.75zM5.5 8h3.5v4H5.5zM11.5 8.5h3.25M11.5 11.5h3.25");
pub(crate) const EYE: Icon =
    Icon("M1.75 10S4.75 4.75 10 4.75 18.25 10 18.25 10 15.25 15.25 10 15.25 1.75 10 1.75 10zM10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z");
pub(crate) const EYE_OFF: Icon =
    Icon("M3 3l14 14M8 5c.6-.2 1.300-.25 2-.25 5.250 0 8.250 5.250 8.250 5.250a15 15 0 0 1-2.400 3M5.500 6.300A14 14 0 0 0 1.750 10S4.750 15.250 10 15.250c1.500 0 2.800-.4 3.900-1M8.200 8.300a2.500 2.500 0 0 0 3.500 3.500");
pub(crate) const WARNING: Icon = Icon("M10 3.250l7.500 13.250h-15zM10 8v4M10 14.250v.1");
pub(crate) const TURN: Icon = Icon("M4 8a6.500 6.500 0 0 1 11.500-1.500M16 3v4h-4M16 12a6.500 6.500 0 0 1-11.500 1.500M4 17v-4h4");
pub(crate) const PERSON: Icon = Icon("M10 10.500a3.250 3.250 0 1 0 0-6.500 3.250 3.250 0 0 0 0 6.500zM3.500 17.250c.5-3.250 3-4.500 6.500-4.500s6 1.250 6.500 4.500");
pub(crate) const TICK: Icon = Icon("M10 17.750a7.750 7.750 0 1 0 0-15.500 7.750 7.750 0 0 0 0 15.500zM6.500 10.250l2.500 2.500 4.500-5");

/// Draws `icon`; assistive technology does not see it.
pub(crate) fn icon(icon: Icon) -> impl IntoView {
    view! {
        <svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.5"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d=icon.0></path>
        </svg>
    }
}
