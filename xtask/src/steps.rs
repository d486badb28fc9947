//! The steps of the test command.

/// One step of the test command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Formatting.
    Format,
    /// What files may import.
    Rules,
    /// What the crates bring along.
    Deny,
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
    /// The documentation's site.
    Docs,
    /// The sandbox's program, for the journeys.
    Sandbox,
    /// A short run of the simulator.
    Simulate,
    /// The journeys end to end.
    EndToEnd,
    /// Seeds of the simulator, played in a browser.
    Faults,
    /// Many runs of the gateway's charges by seed, and the program killed at every point.
    OnceWide,
    /// A long run of the simulator.
    SimulateWide,
    /// The journeys of which there are many alike.
    EndToEndWide,
    /// A long round of the fault runs.
    FaultsWide,
    /// The package in other people's builds.
    Bundlers,
    /// The package in sites of all frameworks, in three browsers.
    Hosts,
}

/// All steps, in their order: cheap mistakes are found first.
pub(crate) const STEPS: [Step; 20] = [
    Step::Format,
    Step::Rules,
    Step::Deny,
    Step::Clippy,
    Step::ClippyWasm,
    Step::Native,
    Step::Wasm,
    Step::Portal,
    Step::Size,
    Step::Docs,
    Step::Sandbox,
    Step::Simulate,
    Step::EndToEnd,
    Step::Faults,
    Step::OnceWide,
    Step::SimulateWide,
    Step::EndToEndWide,
    Step::FaultsWide,
    Step::Bundlers,
    Step::Hosts,
];

impl Step {
    /// The name on the command line and in the summary.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Format => "fmt",
            Self::Rules => "rules",
            Self::Deny => "deny",
            Self::Clippy => "clippy",
            Self::ClippyWasm => "clippy-wasm",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::Portal => "portal",
            Self::Size => "size",
            Self::Docs => "docs",
            Self::Sandbox => "sandbox",
            Self::Simulate => "simulate",
            Self::EndToEnd => "e2e",
            Self::Faults => "faults",
            Self::OnceWide => "once-wide",
            Self::SimulateWide => "simulate-wide",
            Self::EndToEndWide => "e2e-wide",
            Self::FaultsWide => "faults-wide",
            Self::Bundlers => "bundlers",
            Self::Hosts => "hosts",
        }
    }

    /// What it is, in the summary.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Format => "formatting",
            Self::Rules => "what files may import",
            Self::Deny => "licences, sources, versions and advisories of all crates",
            Self::Clippy => "lints, native",
            Self::ClippyWasm => "lints, WebAssembly",
            Self::Native => "native tests of all crates",
            Self::Wasm => "the widget's tests in headless Chromium",
            Self::Portal => "release build of portal and package",
            Self::Size => "size budget",
            Self::Docs => "the documentation's site, and its links",
            Self::Sandbox => "the sandbox's and the gateway's programs",
            Self::Simulate => "a short run of `cargo xtask simulate`",
            Self::EndToEnd => "journeys end to end",
            Self::Faults => "seeds of the simulator, played in Chromium",
            Self::OnceWide => "10,000 seeds of the gateway's charges, and 100 of one of two gateways that is killed",
            Self::SimulateWide => "a long run of `cargo xtask simulate`",
            Self::EndToEndWide => "journeys end to end, in every width, theme, language and dialect",
            Self::FaultsWide => "a long round of `cargo xtask faults`",
            Self::Bundlers => "the package in Vite and webpack, while one develops and built",
            Self::Hosts => "the sites of `examples/`, and all that `docs/browsers.md` tells of three browsers",
        }
    }

    /// What this step cannot do without.
    pub(crate) const fn needs(self) -> &'static [Self] {
        match self {
            Self::Size => &[Self::Portal],
            Self::EndToEnd | Self::EndToEndWide => &[Self::Portal, Self::Docs, Self::Sandbox],
            Self::Faults | Self::FaultsWide | Self::Bundlers | Self::Hosts => &[Self::Portal, Self::Sandbox],
            _ => &[],
        }
    }

    /// Whether `--wide` runs it, or the command without it.
    pub(crate) const fn is_in(self, wide: bool) -> bool {
        match self {
            Self::OnceWide
            | Self::SimulateWide
            | Self::EndToEndWide
            | Self::FaultsWide
            | Self::Bundlers
            | Self::Hosts => wide,
            // Both need them.
            Self::Portal | Self::Docs | Self::Sandbox => true,
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
        assert_eq!(
            wide,
            ["portal", "docs", "sandbox", "once-wide", "simulate-wide", "e2e-wide", "faults-wide", "bundlers", "hosts"]
        );
    }
}
