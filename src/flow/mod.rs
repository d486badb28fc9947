//! What a person can do, and the state that it changes.
