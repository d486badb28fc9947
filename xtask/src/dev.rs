//! `cargo xtask dev`: the sandbox and `trunk serve`.

use std::{thread, time::Duration};

use anyhow::{Context, Result, bail};

use crate::{
    exec::{self, Running},
    paths::Paths,
    sandbox::{self, Sandbox},
    say, tools,
};

/// The port that the `[[proxy]]` entries of Trunk.toml name.
const SANDBOX_PORT: u16 = 8788;

/// Runs both until an interrupt, which reaches trunk as well as this process.
pub(crate) fn run(paths: &Paths) -> Result<()> {
    tools::for_builds(paths)?;
    sandbox::build(paths)?;
    let sandbox = Sandbox::start(paths, SANDBOX_PORT, &[])?;
    let trunk = exec::command(paths, "trunk")
        .args(["serve", "--dist"])
        // Not dist/, where the release portal is.
        .arg(paths.target.join("portal-dev"))
        .spawn()
        .context("starting trunk serve")?;
    let trunk = Running::new(trunk);
    exec::end_on_interrupt(&sandbox.program)?;
    exec::end_on_interrupt(&trunk)?;
    say::doing("http://127.0.0.1:8080/ reloads after each change; Ctrl-C ends it");
    loop {
        for (name, program) in [("the sandbox", &sandbox.program), ("trunk serve", &trunk)] {
            if let Some(status) = program.ended()? {
                bail!("{name} ended with {status}\n  remedy: is its port (8788, 8080) free? What does it say above?");
            }
        }
        thread::sleep(Duration::from_millis(300));
    }
}
