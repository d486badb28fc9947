//! What an `ic-error` can be about.

/// A code of an `ic-error`.
#[derive(Debug)]
pub(crate) struct Code {
    /// The code.
    pub(crate) name: &'static str,
    /// What has happened.
    pub(crate) text: &'static str,
    /// What the site can do.
    pub(crate) remedy: &'static str,
}

const NOTHING: &str = "Nothing: the person has a way on.";
const VENDOR: &str = "Ask InstantCard's support, with the organization's number.";

const fn code(name: &'static str, text: &'static str, remedy: &'static str) -> Code {
    Code { name, text, remedy }
}

/// The codes, by what they are about.
pub(crate) const CODES: &[(&str, &[Code])] = &[
    (
        "The element cannot run",
        &[
            code(
                "load-network",
                "A file could not be fetched.",
                "Is the site reachable, and are all files in one folder?",
            ),
            code(
                "load-offline",
                "A file could not be fetched: the device is offline.",
                "Nothing: it goes on once there is a connection.",
            ),
            code(
                "load-part",
                "A file has arrived only in part, or damaged, twice.",
                "Compare the file on the server with `integrity.json`; see what stands in between.",
            ),
            code(
                "load-missing",
                "The server does not give a file; the message has the status.",
                "Put all files of the package into one folder.",
            ),
            code(
                "load-page",
                "The server sent a web page in place of a file.",
                "Let the server answer with 404 for files that it does not have, and put the file there.",
            ),
            code(
                "load-version",
                "The server has a newer version than the page.",
                "Nothing: the person is asked to load the page again, at a time of their own.",
            ),
            code(
                "load-blocked",
                "The page's Content-Security-Policy stands in the way.",
                "Let the directive that the message names have the address that it names.",
            ),
            code("load-file", "The page is opened from a file.", "Open it from a web server."),
            code(
                "load-old",
                "The browser has no WebAssembly, or too old a one, or it was turned off.",
                "Update the browser, or turn it on.",
            ),
            code(
                "load-panic",
                "A mistake of ours: the element has stopped, others on the page have not. Typed texts are there again once it is loaded.",
                "Tell us, with what the browser's console says.",
            ),
            code(
                "configuration",
                "An attribute or a property cannot be used.",
                "The message says which, and what would do.",
            ),
        ],
    ),
    (
        "Between the page and the server",
        &[
            code(
                "unreachable",
                "No answer: the server is away, the network is, or the server does not allow the page's origin (CORS).",
                "Is the address right? With a gateway: does it run, and is the page's origin in its `origins`? Without one: set \
                 `proxy` or `gateway`, or have the server allow the origin.",
            ),
            code("timed-out", "No answer in the time that it may take.", NOTHING),
            code(
                "sign-in-page",
                "A sign-in page of the site's own stands before the server.",
                "The person signs in there; see that calls of the API get a 401 in place of a redirect.",
            ),
            code(
                "gate",
                "What stands before the server has refused the call.",
                "Look at the proxy's or the firewall's log.",
            ),
            code(
                "too-large",
                "The photo is larger than what stands before the server lets through (413).",
                "Allow bodies of 8 MB.",
            ),
            code("too-many-requests", "The server asks for patience (429).", NOTHING),
            code(
                "token-provider",
                "`tokenProvider` did not answer, or gave nothing that can be sent.",
                "See why in the page's own log.",
            ),
            code(
                "kiosk-not-enrolled",
                "The page says nothing of who is at the kiosk, and the gateway does not know the kiosk.",
                "Staff enrol it at its own screen (kiosk.md), or the page gives a `tokenProvider`.",
            ),
            code(
                "kiosk-refused",
                "The gateway does not take what the kiosk signs: it was revoked, or its clock is wrong.",
                "Staff see which at its own screen, and enrol it again (kiosk.md).",
            ),
            code("unauthorized", "The server does not take the token, or the password.", NOTHING),
            code("sign-in-dismissed", "The person did not want to sign in again.", NOTHING),
            code("refused", "The server has refused a value, in its own words.", NOTHING),
            code("not-acceptable", "The server does not do that as things stand (406).", NOTHING),
            code("not-found", "It is gone, or another organization's.", NOTHING),
            code("server", "The server has failed.", NOTHING),
            code("undecodable", "An answer cannot be read.", VENDOR),
            code("entries-left-out", "Entries of a list cannot be read; the rest is shown.", VENDOR),
            code(
                "payment-through-proxy",
                "Payments never pass through a proxy with `{url}`.",
                "Use a proxy that stands in for `api-base`.",
            ),
        ],
    ),
    (
        "A camera, pictures, and what a page has given",
        &[
            code("camera-denied", "The person, or the browser for them, does not allow the camera.", NOTHING),
            code("camera-denied-by-system", "The system does not let the browser have it.", NOTHING),
            code("camera-dismissed", "The browser's question was closed.", NOTHING),
            code("camera-missing", "There is none.", NOTHING),
            code("camera-unreadable", "Another program has it.", NOTHING),
            code("camera-timed-out", "It does not come.", NOTHING),
            code(
                "camera-blocked",
                "The page's Permissions-Policy, or its frame, forbids it.",
                "Let the page and the frame have `camera`.",
            ),
            code("camera-insecure", "The page is not secure.", "Serve it by https."),
            code("camera-unplugged", "It went away.", NOTHING),
            code("camera-unsupported", "The browser has no way to it.", NOTHING),
            code("camera-failed", "It failed in another way.", NOTHING),
            code("preview-blocked", "The page's policy shows no pictures of ours.", "Allow `blob:` in `img-src`."),
            code("preview-no-picture", "The server's preview is no picture.", VENDOR),
            code(
                "given-picture",
                "A picture that the page gives cannot be used; the person can choose another.",
                "Look at the picture.",
            ),
            code(
                "given-address",
                "The address that the page gives is none that a carrier would take.",
                "Look at the address.",
            ),
            code("photo-gone", "A photo is not on the card any more; the person is asked for it.", NOTHING),
        ],
    ),
    (
        "Cards, orders and money",
        &[
            code("card-unclear", "A draft may have been created twice; the person reads both numbers.", NOTHING),
            code(
                "card-changed",
                "Somebody else has changed a card that is being edited; the person sees both.",
                NOTHING,
            ),
            code(
                "not-deleted",
                "Something that was to be deleted when somebody signed out is still there; the person is told its number.",
                NOTHING,
            ),
            code("saved-twice", "An address or a contact was saved twice; an order goes on to one of them.", NOTHING),
            code(
                "balance-low",
                "The balance does not cover the order: the card waits in the cart.",
                "Add funds and submit the cart.",
            ),
            code("order-unknown", "It is not known yet what became of an order; it is looked for.", NOTHING),
            code("order-late", "An order whose person has left was submitted after all.", NOTHING),
            code(
                "order-lost",
                "An order was certainly not submitted.",
                "Where nobody is there any more: the card is in the cart.",
            ),
            code(
                "payment-unknown",
                "It is not known whether a payment was charged; the person is told what to do.",
                VENDOR,
            ),
            code("payment-lost", "A payment was certainly not charged.", NOTHING),
            code("charged-twice", "Two charges where one was asked for; both are shown.", VENDOR),
            code("charge-unclear", "There may be a second charge.", "Compare the account's transactions."),
            code("charge-not-checked", "What was charged could not be compared with what was asked for.", NOTHING),
        ],
    ),
];
