//! Where a browser keeps its no to the camera, told from what it says of itself: as much as is needed for directions that
//! are true, and no more. Whoever is not known gets none.

use crate::api::has;

/// Where the person finds the site's permission for the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chrome of a computer or of Android: before the address.
    Chrome,
    /// Firefox of a computer: a crossed-out camera before the address.
    Firefox,
    /// Safari of a Mac: in its menu.
    Safari,
    /// Safari of an iPhone or iPad: in the menu beside the address.
    SafariTouch,
    /// An app that shows the page itself, and has no such place.
    InApp,
    /// Any other.
    Other,
}

/// Where the person finds the system's permission for the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// macOS.
    Mac,
    /// Windows.
    Windows,
    /// iOS and iPadOS.
    Ios,
    /// Android.
    Android,
    /// Any other.
    Other,
}

/// What apps put into their name that show pages themselves: Facebook and Messenger, Instagram, LINE, WeChat; and Android's
/// word for a page within any app.
const IN_APP: [&str; 6] = ["FBAV/", "FB_IAB", "Instagram", "Line/", "MicroMessenger", "; wv)"];

/// What others put into theirs beside "Chrome".
const NOT_CHROME: [&str; 4] = ["Edg", "OPR/", "SamsungBrowser", "DuckDuckGo"];

/// What others put into theirs beside "Safari", on Apple's devices.
const NOT_SAFARI: [&str; 5] = ["CriOS", "FxiOS", "EdgiOS", "OPT/", "DuckDuckGo"];

/// The system, by a browser's name of itself and the number of fingers that the screen feels.
pub fn system(agent: &str, touch_points: i32) -> System {
    let is = |name: &str| has(agent, name);
    if is("iPhone") || is("iPad") || (is("Macintosh") && touch_points > 1) {
        // An iPad calls itself a Mac; no Mac feels fingers.
        System::Ios
    } else if is("Macintosh") {
        System::Mac
    } else if is("Android") {
        System::Android
    } else if is("Windows") {
        System::Windows
    } else {
        System::Other
    }
}

/// The browser, by the same. One that lies about its name is taken for the one it names.
pub fn browser(agent: &str, touch_points: i32) -> Browser {
    let is = |name: &str| has(agent, name);
    let is_any = |names: &[&str]| names.iter().any(|name| is(name));
    let system = system(agent, touch_points);
    match system {
        _ if is_any(&IN_APP) => Browser::InApp,
        // Every browser there names Safari's engine and a version; without one it is a page within an app.
        System::Ios if is("Version/") && is("Safari/") && !is_any(&NOT_SAFARI) => Browser::SafariTouch,
        System::Ios => Browser::Other,
        System::Mac if is("Version/") && is("Safari/") && !is_any(&NOT_SAFARI) => Browser::Safari,
        _ if is("Firefox/") && system != System::Android => Browser::Firefox,
        _ if is("Chrome/") && !is_any(&NOT_CHROME) => Browser::Chrome,
        _ => Browser::Other,
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::{Browser, System, browser, system};

    #[test]
    fn directions_only_where_they_are_true() {
        const IPHONE: &str =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        const MAC: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        const PIXEL: &str = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)";
        const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
        let chrome = "Chrome/143.0.0.0 Safari/537.36";
        for (base, rest, fingers, expected) in [
            (IPHONE, "Version/18.3 Mobile/15E148 Safari/604.1", 5, (Browser::SafariTouch, System::Ios)),
            (IPHONE, "CriOS/143.0.0.0 Mobile/15E148 Safari/604.1", 5, (Browser::Other, System::Ios)),
            (IPHONE, "FxiOS/145.0 Mobile/15E148 Safari/605.1.15", 5, (Browser::Other, System::Ios)),
            (IPHONE, "Version/18.0 EdgiOS/143.0 Mobile/15E148 Safari/605.1.15", 5, (Browser::Other, System::Ios)),
            (IPHONE, "Mobile/15E148 [FBAN/FBIOS;FBAV/500.0;FBBV/1]", 5, (Browser::InApp, System::Ios)),
            (IPHONE, "Mobile/15E148 Instagram 360.0 (iPhone14,5)", 5, (Browser::InApp, System::Ios)),
            (IPHONE, "Mobile/15E148", 5, (Browser::Other, System::Ios)),
            // An iPad, that calls itself a Mac, and a Mac.
            (MAC, "Version/18.3 Safari/605.1.15", 5, (Browser::SafariTouch, System::Ios)),
            (MAC, "CriOS/143.0.0.0 Safari/605.1.15", 5, (Browser::Other, System::Ios)),
            (MAC, "Version/18.3 Safari/605.1.15", 0, (Browser::Safari, System::Mac)),
            (MAC, chrome, 0, (Browser::Chrome, System::Mac)),
            (WINDOWS, chrome, 10, (Browser::Chrome, System::Windows)),
            (WINDOWS, "Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0", 0, (Browser::Other, System::Windows)),
            (WINDOWS, "Chrome/143.0.0.0 Safari/537.36 OPR/120.0.0.0", 0, (Browser::Other, System::Windows)),
            (PIXEL, "Chrome/143.0.0.0 Mobile Safari/537.36", 5, (Browser::Chrome, System::Android)),
            (PIXEL, "Chrome/143.0.0.0 Mobile Safari/537.36 EdgA/143.0.0.0", 5, (Browser::Other, System::Android)),
            (PIXEL, "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", 5, (Browser::Other, System::Android)),
            (
                PIXEL,
                "Version/4.0 Chrome/143.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/500.0;]",
                5,
                (Browser::InApp, System::Android),
            ),
            (
                PIXEL,
                "Version/4.0 Chrome/143.0.0.0 Mobile Safari/537.36 Instagram 360.0 Android",
                5,
                (Browser::InApp, System::Android),
            ),
            (
                "Mozilla/5.0 (Android 14; Mobile; rv:145.0)",
                "Gecko/145.0 Firefox/145.0",
                5,
                (Browser::Other, System::Android),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0)",
                "Gecko/20100101 Firefox/145.0",
                0,
                (Browser::Firefox, System::Mac),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0)",
                "Gecko/20100101 Firefox/145.0",
                0,
                (Browser::Firefox, System::Other),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko)",
                "Version/18.0 Safari/605.1.15",
                0,
                (Browser::Other, System::Other),
            ),
            ("", "", 0, (Browser::Other, System::Other)),
        ] {
            let agent = format!("{base} {rest}");
            assert_eq!((browser(&agent, fingers), system(&agent, fingers)), expected, "{agent}, {fingers} fingers");
        }
    }
}
