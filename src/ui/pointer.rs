//! Pointers whose end nobody reports: a mouse let go over an alert, a finger that a gesture of the system took away.

use web_sys::{Element, PointerEvent};

/// A pointer that is down on an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Down {
    /// Its number.
    pub(crate) id: i32,
    /// Whether the element has it until it is released.
    captured: bool,
    kind: Kind,
}

/// What it is. A browser has one mouse, and as a rule one pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Mouse,
    Pen,
    Touch,
}

fn kind_of(event: &PointerEvent) -> Kind {
    match event.pointer_type().as_str() {
        "mouse" => Kind::Mouse,
        "pen" => Kind::Pen,
        _ => Kind::Touch,
    }
}

impl Down {
    /// The pointer of `event` went down on `element`, which gets it until it is released, outside of the window too.
    pub(crate) fn on(element: &Element, event: &PointerEvent) -> Down {
        let id = event.pointer_id();
        // What refuses says so by not having it.
        let _ = element.set_pointer_capture(id);
        Down { id, captured: element.has_pointer_capture(id), kind: kind_of(event) }
    }

    /// Whether this one is over, now that the pointer of `event` goes down: the same is down anew, or the first of its kind;
    /// or `element` has lost it without a word.
    pub(crate) fn is_over(&self, element: &Element, event: &PointerEvent) -> bool {
        self.id == event.pointer_id()
            || (event.is_primary() && kind_of(event) == self.kind)
            || (self.captured && !element.has_pointer_capture(self.id))
    }

    /// Whether it cannot be known to be down: the element never had it.
    pub(crate) fn is_doubtful(&self) -> bool {
        !self.captured
    }
}

/// Whether a pointer moves that is not down: a mouse or a pen without a button pressed. A finger is down as long as it moves.
pub(crate) fn hovers(event: &PointerEvent) -> bool {
    match kind_of(event) {
        Kind::Mouse => event.buttons() & 1 == 0,
        Kind::Pen => event.buttons() == 0 && event.pressure() == 0.0,
        Kind::Touch => false,
    }
}

/// The events with which a pointer's end is told, by one browser or another.
pub(crate) const ENDS: [&str; 3] = ["pointerup", "pointercancel", "lostpointercapture"];
