//! What goes wrong on the way.

/// What strikes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// It never reaches the server.
    LostBefore,
    /// The server acts, and nobody hears of it.
    LostAfter,
    /// The answer comes later than anybody waits for it.
    Late,
    /// The browser sends it again by itself, so many times in all.
    Repeated(u8),
    /// The token has run out.
    Expired,
    /// The server fails, before it has done anything.
    Server500,
    /// A gateway answers with a page, before the server has acted.
    Html502,
    /// A gateway gives up on the server, which acts all the same.
    Empty504,
    /// The server's answer has nothing in it.
    Empty200,
    /// A page in place of the answer.
    Html200,
    /// The answer breaks off in the middle.
    CutJson,
    /// The server says yes, and has done nothing.
    Lie,
    /// A later file of the widget does not come.
    NotFetched,
    /// Half an emoji and a raw tab in the answer.
    BadCharacter,
    /// Two entries of a list that are none.
    BadEntries,
    /// A gate answers with this status, before the server has acted; 0 is a redirect.
    Gate(u16),
    /// The gateway is killed, and started anew with what it has kept.
    Killed,
    /// One of its instances is asked to stop, and started anew.
    Stopped,
}

impl Fault {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Fault::LostBefore => "lost before",
            Fault::LostAfter => "lost after",
            Fault::Late => "late",
            Fault::Repeated(_) => "repeated",
            Fault::Expired => "expired token",
            Fault::Server500 => "500",
            Fault::Html502 => "502 html",
            Fault::Empty504 => "504 empty",
            Fault::Empty200 => "200 empty",
            Fault::Html200 => "200 html",
            Fault::CutJson => "cut json",
            Fault::Lie => "yes and nothing done",
            Fault::NotFetched => "file not fetched",
            Fault::BadCharacter => "bad character",
            Fault::BadEntries => "bad entries",
            Fault::Gate(_) => "gate",
            Fault::Killed => "killed",
            Fault::Stopped => "stopped",
        }
    }
}
