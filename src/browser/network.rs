//! Whether the browser knows of a network.

use std::any::Any;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, Window};

use crate::world::Network;

/// What the browser knows of its network.
#[derive(Debug)]
pub struct OnLine;

const EVENTS: [&str; 2] = ["online", "offline"];

impl Network for OnLine {
    fn is_there(&self) -> bool {
        web_sys::window().is_none_or(|window| window.navigator().on_line())
    }

    fn watch(&self, told: Box<dyn Fn()>) -> Box<dyn Any> {
        let heard: Box<dyn FnMut(Event)> = Box::new(move |_| told());
        let listening = web_sys::window().map(|window| Listening(window, Closure::wrap(heard)));
        if let Some(Listening(window, heard)) = &listening {
            for event in EVENTS {
                // A function is all that it wants.
                let _ = window.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
            }
        }
        Box::new(listening)
    }
}

/// Hears of it for as long as it lives.
struct Listening(Window, Closure<dyn FnMut(Event)>);

impl Drop for Listening {
    fn drop(&mut self) {
        for event in EVENTS {
            let _ = self.0.remove_event_listener_with_callback(event, self.1.as_ref().unchecked_ref());
        }
    }
}
