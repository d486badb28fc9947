//! The steps of the test command.

/// One step of the test command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Formatting.
    Format,
    /// Lints of everything native.
    Clippy,
    /// Lints of the widget as WebAssembly.
    ClippyWasm,
    /// Native tests of all crates, with the examples in the documentation.
    Native,
    /// The widget's tests in a browser.
    Wasm,
    /// The release build and the package.
    Portal,
    /// The budget.
    Size,
    /// The sandbox's program, for the journeys.
    Sandbox,
    /// The journeys end to end.
    EndToEnd,
    /// A short round of the fault runs.
    Faults,
}

/// All steps, in their order.
pub(crate) const STEPS: [Step; 10] = [
    Step::Format,
    Step::Clippy,
    Step::ClippyWasm,
    Step::Native,
    Step::Wasm,
    Step::Portal,
    Step::Size,
    Step::Sandbox,
    Step::EndToEnd,
    Step::Faults,
];

impl Step {
    /// The name on the command line and in the summary.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Format => "fmt",
            Self::Clippy => "clippy",
            Self::ClippyWasm => "clippy-wasm",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::Portal => "portal",
            Self::Size => "size",
            Self::Sandbox => "sandbox",
            Self::EndToEnd => "e2e",
            Self::Faults => "faults",
        }
    }

    /// What it is, in the summary.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Format => "formatting",
            Self::Clippy => "lints, native",
            Self::ClippyWasm => "lints, WebAssembly",
            Self::Native => "native tests of all crates",
            Self::Wasm => "the widget's tests in headless Chromium",
            Self::Portal => "release build of portal and package",
            Self::Size => "size budget",
            Self::Sandbox => "the sandbox's program",
            Self::EndToEnd => "journeys end to end",
            Self::Faults => "a short round of `cargo xtask faults`",
        }
    }

    /// What this step cannot do without.
    pub(crate) const fn needs(self) -> &'static [Self] {
        match self {
            Self::Size => &[Self::Portal],
            Self::EndToEnd | Self::Faults => &[Self::Portal, Self::Sandbox],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_step_needs_comes_before_it() {
        let place = |step| STEPS.iter().position(|other| *other == step);
        for step in STEPS {
            assert!(step.needs().iter().all(|needed| place(*needed) < place(step)), "{step:?}");
        }
    }
}
