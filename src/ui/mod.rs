//! Small pieces that screens share. None of them knows a screen, or the network.

pub(crate) mod button;
pub(crate) mod card_face;
pub(crate) mod choice;
pub(crate) mod clean;
pub(crate) mod country_names;
pub mod crop_frame;
pub(crate) mod dialog;
pub mod dom;
pub(crate) mod fold;
pub(crate) mod heading;
pub(crate) mod icon;
pub(crate) mod in_view;
pub mod keyed;
pub(crate) mod keys;
mod language;
pub(crate) mod later;
pub(crate) mod long_list;
pub(crate) mod notice;
pub(crate) mod one_click;
pub(crate) mod pointer;
pub(crate) mod select_field;
pub(crate) mod text_field;
pub(crate) mod when;

pub(crate) use button::Act;
pub(crate) use language::words;
