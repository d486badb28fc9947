//! Why a camera gives no picture, told from what a browser says.

use crate::api::has;

/// Why there is no picture from the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The person, or a setting, said no.
    Denied,
    /// The browser's question was closed without an answer.
    Dismissed,
    /// The device has no camera, or none that is plugged in.
    NoCamera,
    /// The system gives it to no browser, or not to this one.
    System,
    /// It is there and cannot be read: another program has it, or the system keeps it.
    InUse,
    /// It did not start in time.
    TimedOut,
    /// The page did not come over https.
    Insecure,
    /// The page's Permissions-Policy forbids it.
    Blocked,
    /// It was unplugged, or taken away, while it was on.
    Unplugged,
    /// The browser has no way to a camera.
    Unsupported,
    /// Anything else.
    Failed,
}

impl Failure {
    /// What a browser's refusal means: the name and the message of its error, and the permission that it says there is.
    pub fn of(name: &str, message: &str, permission: Option<&str>) -> Failure {
        match (name, permission) {
            // Chrome's words. The page has its permission, or was never asked about: it is not the browser that says no.
            ("NotAllowedError", _) if has(message, "by system") => Failure::System,
            ("NotAllowedError", Some("granted")) => Failure::System,
            // The browser remembers a no; if it would ask again, nobody has said one.
            ("NotAllowedError", Some("prompt")) => Failure::Dismissed,
            ("NotAllowedError", _) => Failure::Denied,
            ("NotFoundError" | "OverconstrainedError", _) => Failure::NoCamera,
            ("NotReadableError", _) => Failure::InUse,
            ("AbortError", _) => Failure::TimedOut,
            ("SecurityError", _) => Failure::Blocked,
            _ => Failure::Failed,
        }
    }

    /// A short name, for the page's own records.
    pub fn code(self) -> &'static str {
        match self {
            Failure::Denied => "camera-denied",
            Failure::Dismissed => "camera-dismissed",
            Failure::NoCamera => "camera-missing",
            Failure::System => "camera-denied-by-system",
            Failure::InUse => "camera-unreadable",
            Failure::TimedOut => "camera-timed-out",
            Failure::Insecure => "camera-insecure",
            Failure::Blocked => "camera-blocked",
            Failure::Unplugged => "camera-unplugged",
            Failure::Unsupported => "camera-unsupported",
            Failure::Failed => "camera-failed",
        }
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::Failure;

    #[test]
    fn refusals_are_told_apart() {
        use Failure::*;
        for (name, message, permission, expected) in [
            ("NotAllowedError", "Permission denied by system", Some("granted"), System),
            ("NotAllowedError", "Permission denied by system", Some("prompt"), System),
            ("NotAllowedError", "Permission denied by system", None, System),
            // Safari and Firefox, with the system against them.
            (
                "NotAllowedError",
                "The request is not allowed by the user agent or the platform",
                Some("granted"),
                System,
            ),
            ("NotAllowedError", "Permission denied", Some("denied"), Denied),
            ("NotAllowedError", "Permission dismissed", Some("prompt"), Dismissed),
            ("NotAllowedError", "Permission denied", None, Denied),
            ("NotFoundError", "Requested device not found", Some("granted"), NoCamera),
            ("NotReadableError", "Could not start video source", Some("granted"), InUse),
            ("AbortError", "Timeout starting video source", Some("granted"), TimedOut),
            ("SecurityError", "", None, Blocked),
            ("TypeError", "", None, Failed),
        ] {
            assert_eq!(Failure::of(name, message, permission), expected, "{name}: {message}, {permission:?}");
        }
    }
}
