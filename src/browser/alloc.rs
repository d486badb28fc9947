//! The allocator: a small one, which wipes what is given back where strangers use one page after another.
//!
//! What was freed keeps its bytes until somebody writes over it, which may be never: a name, an address or a photo of the
//! last person would stand in the WASM's memory while the next one is there.
#![allow(unsafe_code, reason = "an allocator is made of it")]

use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicBool, Ordering};

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

/// An allocator that wipes what is freed once [`wipe`] was called.
struct Wiping(WasmDynamicTalc);

static IS_ON: AtomicBool = AtomicBool::new(false);

#[global_allocator]
static ALLOCATOR: Wiping = Wiping(new_wasm_dynamic_allocator());

/// From now on what is freed, or grows elsewhere, is wiped.
pub fn wipe() {
    IS_ON.store(true, Ordering::Relaxed);
}

// SAFETY: each call is the inner allocator's own, with the layout that it was asked for; a block is written to only while it
// is still whoever's that gives it back, and within its size. What grows or shrinks is another block, as the trait does it
// of its own: the inner one's `realloc` would leave bytes where they were.
unsafe impl GlobalAlloc for Wiping {
    // Compiled once: in place, it would be in each of thousands of calls.
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { self.0.alloc(layout) }
    }

    #[inline(never)]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if IS_ON.load(Ordering::Relaxed) {
            unsafe { block.write_bytes(0, layout.size()) };
        }
        unsafe { self.0.dealloc(block, layout) }
    }
}
