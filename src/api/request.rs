//! What one call asks for, as a plain value: built by the sections' files, carried out by `client`.

use super::entries::Entries;
use super::form::{Params, number};
use super::ids::OrganizationId;
use crate::world::Method;

/// One of the API's operations. Each stands as a constant beside the function that performs it.
pub(super) struct Operation {
    /// How an error names it.
    pub(super) name: &'static str,
    pub(super) method: Method,
    /// How long a person waits at most, retries included.
    pub(super) seconds: u32,
}

/// The time limit of a read, in seconds.
pub(super) const READ: u32 = 20;
/// The time limit of a change, which may carry photos.
pub(super) const WRITE: u32 = 30;
/// The time limit of what is slow on the server: a preview (which takes up to 20 s a side), a charge.
pub(super) const SLOW: u32 = 60;

impl Operation {
    pub(super) const fn new(name: &'static str, method: Method, seconds: u32) -> Operation {
        Operation { name, method, seconds }
    }
}

/// A call: the operation, and what is particular to this one.
pub(super) struct Request {
    pub(super) operation: &'static Operation,
    /// Below the API's base.
    pub(super) path: String,
    /// Sent in the URL.
    pub(super) query: Params,
    /// Sent as `multipart/form-data`.
    pub(super) form: Option<Params>,
    /// All but signing in needs a token.
    pub(super) authenticated: bool,
    /// Whether it carries a payment card.
    pub(super) payment: bool,
    /// Whether it charges: it is sent once, whatever comes of it, also where the server refuses the token.
    pub(super) charges: bool,
    /// Whether it has photos in it.
    pub(super) has_photo: bool,
}

impl Request {
    pub(super) fn new(operation: &'static Operation, path: &str) -> Request {
        Request {
            operation,
            path: path.to_owned(),
            query: Params::new(),
            form: None,
            authenticated: true,
            payment: false,
            charges: false,
            has_photo: false,
        }
    }

    /// A call that charges. Its refusal may be that of a repetition by the browser, whose first copy was taken: it is looked up
    /// before it is made again.
    pub(super) fn charging(mut self) -> Request {
        self.charges = true;
        self
    }

    /// A call below `organizations/{organization_id}`.
    pub(super) fn of(operation: &'static Operation, organization: OrganizationId) -> Request {
        Request::new(operation, "organizations").id(organization.0)
    }

    /// Appends a segment to the path.
    pub(super) fn at(mut self, segment: &str) -> Request {
        self.path.push('/');
        self.path.push_str(segment);
        self
    }

    /// Appends a number to the path.
    pub(super) fn id(self, id: u64) -> Request {
        self.at(&number(id))
    }

    /// The page of a list, or all of it.
    pub(super) fn page(mut self, page: Option<Page>) -> Request {
        if let Some(page) = page {
            self.query.add_number("page", page.number.into());
            self.query.add_number("page_size", page.size.into());
        }
        self
    }

    pub(super) fn query(mut self, query: Params) -> Request {
        self.query = query;
        self
    }

    pub(super) fn form(mut self, form: Params) -> Request {
        self.form = Some(form);
        self
    }
}

/// A part of a list. The server pages only when it is given both numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which page, from 1.
    pub number: u32,
    /// How many entries it has at most.
    pub size: u32,
}

/// A list, or a page of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged<T> {
    /// The entries.
    pub items: Vec<T>,
    /// How many there are beside them that cannot be read.
    pub left_out: u32,
    /// Whether a further page may have more. The server does not say: a full page lets one suppose so.
    pub more: bool,
}

impl<T> Paged<T> {
    pub(super) fn new(entries: Entries<T>, page: Option<Page>) -> Paged<T> {
        let Entries { items, left_out } = entries;
        // More entries than asked for: the server ignored the page and sent everything.
        let more = page.is_some_and(|page| items.len() + left_out as usize == page.size as usize);
        Paged { items, left_out, more }
    }

    /// All of the list; see [`Entries::whole`].
    ///
    /// # Errors
    /// [`super::Error::Undecodable`] where an entry was left out.
    pub fn whole(self) -> Result<Vec<T>, super::Error> {
        Entries { items: self.items, left_out: self.left_out }.whole()
    }
}
