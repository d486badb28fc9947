//! A signal that costs next to no code for each type that it holds, and for each place that reads it.
//!
//! Leptos' `RwSignal<T>` is compiled anew for every `T`, some four kilobytes each time. Here a value is behind a pointer
//! that can be anything: where it is kept, how it is got at and who is told of a change is the same code for all.

use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{Notify, Track};

use super::place::{Place, has_changed};

/// A value that effects follow. A handle, freely copied; the value goes with the screen that made it.
pub struct Var<T> {
    at: Place,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Var<T> {
    fn clone(&self) -> Var<T> {
        *self
    }
}

impl<T> Copy for Var<T> {}

impl<T> std::fmt::Debug for Var<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Var")
    }
}

/// A value that is there for as long as somebody has this, whatever is being made meanwhile.
#[derive(Debug)]
pub struct Lasting<T>(Var<T>);

impl<T: 'static> Lasting<T> {
    /// Begins with `value`.
    pub fn new(value: T) -> Lasting<T> {
        let var = Var { at: Place::take(1), of: PhantomData };
        var.begin(value);
        Lasting(var)
    }
}

impl<T> Lasting<T> {
    /// Its handle.
    pub fn var(&self) -> Var<T> {
        self.0
    }
}

impl<T> Drop for Lasting<T> {
    fn drop(&mut self) {
        self.0.at.free(1);
    }
}

/// Places for values that belong together, for as long as what made them. A handle, freely copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row(Place);

impl Row {
    /// So many places, empty.
    pub fn new(count: u32) -> Row {
        Row(Place::row(count))
    }

    /// The value in place number `at`. To be read only once one was [`Var::begin`]-ed.
    pub fn var<T>(self, at: u32) -> Var<T> {
        Var { at: self.0.further(at), of: PhantomData }
    }
}

// Compiled once for all types, which is the point of this file.

#[inline(never)]
fn peek(at: Place) -> Option<Rc<dyn Any>> {
    Some(at.kept()?.value.borrow().clone())
}

/// Takes the value out, so that it can be changed in place; nobody else has it meanwhile.
#[inline(never)]
fn take(at: Place) -> Option<Rc<dyn Any>> {
    Some(at.kept()?.value.replace(Rc::new(())))
}

#[inline(never)]
fn put(at: Place, value: Rc<dyn Any>) {
    if let Some(kept) = at.kept() {
        drop(kept.value.replace(value));
        has_changed();
        kept.changed.notify();
    }
}

#[inline(never)]
fn track(at: Place) {
    if let Some(kept) = at.kept() {
        kept.changed.track();
    }
}

/// A screen reads what it made itself, or what stands above it: it is there for as long as the screen is.
#[cold]
fn gone() -> ! {
    const WHY: &str = "a value was read after its screen was gone, or while it was changed";
    #[cfg(target_family = "wasm")]
    wasm_bindgen::throw_str(WHY);
    #[cfg(not(target_family = "wasm"))]
    #[allow(clippy::panic, reason = "natively there is nothing else to throw")]
    {
        panic!("{WHY}")
    }
}

impl<T: 'static> Var<T> {
    /// Begins with `value`.
    pub fn new(value: T) -> Var<T> {
        let var = Row::new(1).var(0);
        var.begin(value);
        var
    }

    /// Begins with `value`, in a place of a [`Row`].
    pub fn begin(self, value: T) {
        self.at.keep(Rc::new(value));
    }

    /// The value as it is now; none when the screen that made it is gone.
    #[inline(never)]
    fn now(self) -> Option<Rc<T>> {
        peek(self.at)?.downcast().ok()
    }

    #[inline(never)]
    fn there(self) -> Rc<T> {
        self.now().unwrap_or_else(|| gone())
    }

    /// Whether the screen that made it is gone, or it has not begun. Then there is nothing to read, and writing does
    /// nothing.
    pub fn is_gone(self) -> bool {
        peek(self.at).is_none()
    }

    /// Reads, without following; none when its screen is gone.
    pub fn try_with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.now().map(|value| read(&value))
    }

    /// Reads, without following. Throws when the screen that made it is gone.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.there())
    }

    /// Reads; the effect that does so runs again when the value changes. Throws when the screen that made it is gone.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        track(self.at);
        read(&self.there())
    }

    /// Puts another value and tells.
    pub fn set(self, value: T) {
        put(self.at, Rc::new(value));
    }
}

impl<T: Clone + 'static> Var<T> {
    /// A copy of the value; the effect that takes it runs again when the value changes.
    pub fn get(self) -> T {
        track(self.at);
        self.get_untracked()
    }

    /// A copy of the value.
    #[inline(never)]
    pub fn get_untracked(self) -> T {
        T::clone(&self.there())
    }

    /// Changes the value and tells. It cannot be read meanwhile.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let Some(Ok(mut value)) = take(self.at).map(Rc::downcast::<T>) else { return };
        change(Rc::make_mut(&mut value));
        put(self.at, value);
    }
}

/// Declares the handle of values that belong together: each is reached by a method of its name.
///
/// ```ignore
/// state! {
///     /// The cart.
///     pub struct CartFlow from 48, 24; {
///         /// The cards in it.
///         pub cards: Vec<CardId> = Vec::new();
///     }
/// }
/// ```
///
/// `from` says in which place of the row the first one stands, and how many there are for it; `begin` gives each its first
/// value.
#[macro_export]
#[doc(hidden)]
macro_rules! state {
    (@each $name:ident ($at:expr)) => {};
    (@each $name:ident ($at:expr)
        $(#[$of:meta])* $seen:vis $field:ident: $type:ty = $value:expr; $($rest:tt)*
    ) => {
        impl $name {
            $(#[$of])*
            $seen fn $field(self) -> $crate::reactive::Var<$type> {
                self.0.var($at)
            }
        }
        $crate::state!(@each $name ($at + 1) $($rest)*);
    };
    ($(#[$doc:meta])* $vis:vis struct $name:ident from $from:expr, $room:expr; {
        $($(#[$of:meta])* $seen:vis $field:ident: $type:ty = $value:expr;)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis struct $name($crate::reactive::Row);

        $crate::state!(@each $name ($from) $($(#[$of])* $seen $field: $type = $value;)*);

        impl $name {
            fn begin(self) {
                const { assert!([$(stringify!($field)),*].len() <= $room as usize, "more values than places") };
                $(self.$field().begin($value);)*
            }
        }
    };
}
