//! What the files before the desk call of it.

use super::{Desk, colleagues};
use crate::flow::app::{App, DeskDeeds};

/// What the files before this one call of it.
pub static DESK_DEEDS: DeskDeeds = DeskDeeds {
    arrive: |app| {
        app.card().correct_by(colleagues::send);
        app.desk().cart().arrive();
        app.desk().faces().look_for_newest();
    },
    forget: |app| {
        app.desk().forget();
        app.with_books(|books| (books.forget)(app));
        app.with_ending(|ending| (ending.forget)(app));
    },
    holds: |app| app.desk().holds() || app.with_books(|books| (books.holds)(app)) == Some(true),
    has_order: |app| app.desk().checkout().done().with_untracked(Option::is_some),
};

impl App {
    /// What is done with finalized cards, made when it is first asked for.
    pub fn desk(self) -> Desk {
        Desk::of(self.cx())
    }
}
