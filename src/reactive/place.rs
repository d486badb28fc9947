//! Where the values of [`super::Var`]s are kept: in rows of places, each row for as long as what made it.
//!
//! A handle is a place's number and the row's, so that a whole flow's values, which stand side by side, are reached by one
//! handle of eight bytes: what a closure takes along is paid by every visitor.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::on_cleanup;
use leptos::reactive::signal::ArcTrigger;

/// What stands in a place.
pub(super) struct Kept {
    pub(super) changed: ArcTrigger,
    pub(super) value: RefCell<Rc<dyn Any>>,
}

/// A place, of a row that may be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    index: u32,
    /// Another one for each row, so that a handle that has outlived its row finds nothing.
    row: u32,
}

#[derive(Default)]
struct Places {
    all: Vec<(u32, Option<Rc<Kept>>)>,
    /// Rows that are free: how many places each has, and the first of them.
    free: Vec<(u32, u32)>,
    rows: u32,
}

thread_local! {
    static PLACES: RefCell<Places> = RefCell::default();
}

#[cfg(not(target_family = "wasm"))]
thread_local! {
    static CHANGES: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How often anything was put anywhere, or has gone: whoever follows values without effects, as the simulator does, need not
/// look again before.
#[cfg(not(target_family = "wasm"))]
pub fn changes() -> u64 {
    CHANGES.get()
}

/// Something is otherwise than it was. In a browser effects are told, and nobody counts.
#[inline]
pub(super) fn has_changed() {
    #[cfg(not(target_family = "wasm"))]
    CHANGES.set(CHANGES.get() + 1);
}

impl Place {
    /// The first of so many empty places, for as long as whatever is being made.
    pub(super) fn row(count: u32) -> Place {
        let place = Place::take(count);
        on_cleanup(move || place.free(count));
        place
    }

    /// The first of so many empty places, until they are freed.
    pub(super) fn take(count: u32) -> Place {
        PLACES.with_borrow_mut(|places| {
            places.rows = places.rows.wrapping_add(1);
            let row = places.rows;
            // Most are of one place, and the last ones freed are the first to be taken again.
            let free = places.free.iter().rposition(|(size, _)| *size == count);
            let index = match free {
                Some(at) => places.free.swap_remove(at).1,
                None => {
                    let index = places.all.len();
                    places.all.resize_with(index + count as usize, || (0, None));
                    index as u32
                }
            };
            for place in places.all.iter_mut().skip(index as usize).take(count as usize) {
                *place = (row, None);
            }
            Place { index, row }
        })
    }

    pub(super) fn free(self, count: u32) {
        // Where the thread itself ends, all are gone.
        let gone = PLACES.try_with(|places| {
            let mut places = places.borrow_mut();
            let row = places.all.iter_mut().skip(self.index as usize).take(count as usize);
            let gone: Vec<Option<Rc<Kept>>> = row.map(|place| std::mem::take(place).1).collect();
            places.free.push((count, self.index));
            gone
        });
        has_changed();
        // Here, since what goes may itself reach for places.
        drop(gone);
    }

    /// The place so many further on in its row.
    pub(super) fn further(self, by: u32) -> Place {
        Place { index: self.index.wrapping_add(by), row: self.row }
    }

    /// What stands there; none where nothing does, or the row is gone.
    pub(super) fn kept(self) -> Option<Rc<Kept>> {
        PLACES.with_borrow(|places| match places.all.get(self.index as usize) {
            Some((row, kept)) if *row == self.row => kept.clone(),
            _ => None,
        })
    }

    /// Puts something there. Not where the row is gone.
    pub(super) fn keep(self, value: Rc<dyn Any>) {
        let kept = Rc::new(Kept { changed: ArcTrigger::new(), value: RefCell::new(value) });
        let before = PLACES.with_borrow_mut(|places| match places.all.get_mut(self.index as usize) {
            Some((row, place)) if *row == self.row => place.replace(kept),
            _ => None,
        });
        has_changed();
        drop(before);
    }
}
