//! A signal that costs next to no code for each type that it holds, and for each place that reads it.
//!
//! Leptos' `RwSignal<T>` is compiled anew for every `T`, some four kilobytes each time. Here a value is behind a pointer
//! that can be anything: where it is kept, how it is got at and who is told of a change is the same code for all.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{GetValue, LocalStorage, Notify, StoredValue, Track};
use leptos::reactive::signal::ArcTrigger;

/// A value that effects follow. A handle, freely copied; the value goes with the screen that made it.
pub struct Var<T> {
    kept: Handle,
    of: PhantomData<fn() -> T>,
}

type Handle = StoredValue<Rc<Kept>, LocalStorage>;

struct Kept {
    changed: ArcTrigger,
    value: RefCell<Rc<dyn Any>>,
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

// Compiled once for all types, which is the point of this file.

fn keep(value: Rc<dyn Any>) -> Handle {
    StoredValue::new_local(Rc::new(Kept { changed: ArcTrigger::new(), value: RefCell::new(value) }))
}

fn peek(handle: Handle) -> Option<Rc<dyn Any>> {
    Some(handle.try_get_value()?.value.borrow().clone())
}

/// Takes the value out, so that it can be changed in place; nobody else has it meanwhile.
fn take(handle: Handle) -> Option<Rc<dyn Any>> {
    Some(handle.try_get_value()?.value.replace(Rc::new(())))
}

fn put(handle: Handle, value: Rc<dyn Any>) {
    if let Some(kept) = handle.try_get_value() {
        drop(kept.value.replace(value));
        kept.changed.notify();
    }
}

fn track(handle: Handle) {
    if let Some(kept) = handle.try_get_value() {
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
        Var { kept: keep(Rc::new(value)), of: PhantomData }
    }

    /// The value as it is now; none when the screen that made it is gone.
    #[inline(never)]
    fn now(self) -> Option<Rc<T>> {
        peek(self.kept)?.downcast().ok()
    }

    #[inline(never)]
    fn there(self) -> Rc<T> {
        self.now().unwrap_or_else(|| gone())
    }

    /// Whether the screen that made it is gone. Then there is nothing to read, and writing does nothing.
    pub fn is_gone(self) -> bool {
        peek(self.kept).is_none()
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
        track(self.kept);
        read(&self.there())
    }

    /// Puts another value and tells.
    pub fn set(self, value: T) {
        put(self.kept, Rc::new(value));
    }
}

impl<T: Clone + 'static> Var<T> {
    /// A copy of the value; the effect that takes it runs again when the value changes.
    pub fn get(self) -> T {
        track(self.kept);
        self.get_untracked()
    }

    /// A copy of the value.
    #[inline(never)]
    pub fn get_untracked(self) -> T {
        T::clone(&self.there())
    }

    /// Changes the value and tells. It cannot be read meanwhile.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let Some(Ok(mut value)) = take(self.kept).map(Rc::downcast::<T>) else { return };
        change(Rc::make_mut(&mut value));
        put(self.kept, value);
    }
}
