//! The steps of the test command.

/// One step of the test command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Formatting.
    Format,
    /// What files may import.
    Rules,
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
    /// A short run of the simulator.
    Simulate,
    /// The journeys end to end.
    EndToEnd,
    /// Seeds of the simulator, played in a browser.
    Faults,
    /// A long run of the simulator.
    SimulateWide,
    /// The journeys of which there are many alike.
    EndToEndWide,
    /// A long round of the fault runs.
    FaultsWide,
    /// The package in other people's builds.
    Bundlers,
}

/// All steps, in their order: cheap mistakes are found first.
pub(crate) const STEPS: [Step; 16] = [
    Step::Format,
    Step::Rules,
    Step::Clippy,
    Step::ClippyWasm,
    Step::Native,
    Step::Wasm,
    Step::Portal,
    Step::Size,
    Step::Sandbox,
    Step::Simulate,
    Step::EndToEnd,
    Step::Faults,
    Step::SimulateWide,
    Step::EndToEndWide,
    Step::FaultsWide,
    Step::Bundlers,
];

impl Step {
    /// The name on the command line and in the summary.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Format => "fmt",
            Self::Rules => "rules",
            Self::Clippy => "clippy",
            Self::ClippyWasm => "clippy-wasm",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::Portal => "portal",
            Self::Size => "size",
            Self::Sandbox => "sandbox",
            Self::Simulate => "simulate",
            Self::EndToEnd => "e2e",
            Self::Faults => "faults",
            Self::SimulateWide => "simulate-wide",
            Self::EndToEndWide => "e2e-wide",
            Self::FaultsWide => "faults-wide",
            Self::Bundlers => "bundlers",
        }
    }

    /// What it is, in the summary.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Format => "formatting",
            Self::Rules => "what files may import",
            Self::Clippy => "lints, native",
            Self::ClippyWasm => "lints, WebAssembly",
            Self::Native => "native tests of all crates",
            Self::Wasm => "the widget's tests in headless Chromium",
            Self::Portal => "release build of portal and package",
            Self::Size => "size budget",
            Self::Sandbox => "the sandbox's program",
            Self::Simulate => "a short run of `cargo xtask simulate`",
            Self::EndToEnd => "journeys end to end",
            Self::Faults => "seeds of the simulator, played in Chromium",
            Self::SimulateWide => "a long run of `cargo xtask simulate`",
            Self::EndToEndWide => "journeys end to end, in every width, theme, language and dialect",
            Self::FaultsWide => "a long round of `cargo xtask faults`",
            Self::Bundlers => "the package in Vite, webpack and Next, while one develops and built",
        }
    }

    /// What this step cannot do without.
    pub(crate) const fn needs(self) -> &'static [Self] {
        match self {
            Self::Size => &[Self::Portal],
            Self::EndToEnd | Self::EndToEndWide | Self::Faults | Self::FaultsWide | Self::Bundlers => {
                &[Self::Portal, Self::Sandbox]
            }
            _ => &[],
        }
    }

    /// Whether `--wide` runs it, or the command without it.
    pub(crate) const fn is_in(self, wide: bool) -> bool {
        match self {
            Self::SimulateWide | Self::EndToEndWide | Self::FaultsWide | Self::Bundlers => wide,
            // Both need them.
            Self::Portal | Self::Sandbox => true,
            _ => !wide,
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

    #[test]
    fn each_list_has_what_its_steps_need() {
        for wide in [false, true] {
            let list = || STEPS.into_iter().filter(|step| step.is_in(wide));
            assert!(list().flat_map(Step::needs).all(|needed| needed.is_in(wide)));
        }
        let wide: Vec<_> = STEPS.into_iter().filter(|step| step.is_in(true)).map(Step::name).collect();
        assert_eq!(wide, ["portal", "sandbox", "simulate-wide", "e2e-wide", "faults-wide", "bundlers"]);
    }
}
