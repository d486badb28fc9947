//! What keeps out: a request is answered only if its head is sound ([`head`]), its path and method are on the list
//! ([`operations`]), its page's origin is ([`cors`]), and it is not one too many ([`buckets`]).

pub(crate) mod buckets;
pub(crate) mod cors;
pub(crate) mod head;
pub(crate) mod operations;
