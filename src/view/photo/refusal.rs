//! What is said where a camera gives no picture.

use crate::domain::camera::Failure;
use crate::domain::platform::{Browser, System, browser, system};
use crate::flow::Worded;
use crate::i18n::camera::Camera as Words;
use crate::media::camera;

/// What happened, and what to do about it in this browser. Where no file can be chosen the person is a stranger: what there is
/// to do is the staff's.
pub(in crate::view) fn explain(words: &Words, why: Failure, files: bool) -> Worded {
    let (agent, fingers) = camera::agent();
    let browser = browser(&agent, fingers);
    let place = match system(&agent, fingers) {
        System::Mac | System::Windows | System::Ios => words.place,
        System::Android => words.place_android,
        System::Other => words.place_other,
    };
    let (system_next, in_use_next) = (words.system_next(place), words.in_use_next(place));
    let (what, next) = match why {
        Failure::Denied => (words.denied, denied_next(words, browser)),
        Failure::Dismissed => (words.dismissed, words.dismissed_next),
        Failure::NoCamera => (words.no_camera, words.no_camera_next),
        Failure::System => (words.system, &*system_next),
        Failure::InUse => (words.in_use, &*in_use_next),
        Failure::TimedOut => (words.timed_out, words.timed_out_next),
        Failure::Insecure => (words.insecure, words.insecure_next),
        Failure::Blocked => (words.blocked, words.blocked_next),
        Failure::Unplugged => (words.unplugged, words.unplugged_next),
        Failure::Unsupported => (words.unsupported, words.unsupported_next),
        Failure::Failed => (words.failed, words.failed_next),
    };
    let next = match why {
        _ if !files => words.ask_staff,
        // A camera that is missing, unplugged or cannot be read is so in any browser.
        Failure::Denied | Failure::Dismissed | Failure::System | Failure::Unsupported | Failure::Failed
            if browser == Browser::InApp =>
        {
            words.in_app
        }
        _ => next,
    };
    Worded::of(what, next)
}

/// Each browser keeps its no somewhere else.
fn denied_next(words: &Words, browser: Browser) -> &'static str {
    match browser {
        Browser::Chrome => words.denied_chrome,
        Browser::Firefox => words.denied_firefox,
        Browser::Safari => words.denied_safari,
        Browser::SafariTouch => words.denied_ios,
        Browser::InApp | Browser::Other => words.denied_other,
    }
}
