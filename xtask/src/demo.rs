//! `cargo xtask demo`: the whole thing on one localhost address.

use std::{thread, time::Duration};

use anyhow::{Result, bail};

use crate::{
    args::DemoOptions,
    exec,
    paths::Paths,
    portal,
    sandbox::{self, Sandbox},
    say, tools,
};

/// Builds, serves, and prints the URL as the last line.
pub(crate) fn run(paths: &Paths, options: &DemoOptions) -> Result<()> {
    tools::for_builds(paths)?;
    portal::build(paths)?;
    sandbox::build(paths)?;
    let port = sandbox::free_port(options.port)?;
    let sandbox = Sandbox::start(paths, port, &[&paths.dist(), &paths.examples()])?;
    exec::end_on_interrupt(&[&sandbox.program])?;
    if options.check {
        return check(&sandbox);
    }
    say::doing("the portal and the sandbox are ready; Ctrl-C ends them");
    println!("a member's own card, mailed home: {}request.html", sandbox.url);
    println!("a kiosk in a lobby:               {}kiosk.html", sandbox.url);
    println!("staff sign in as api@instantcard.net with the password instantcardapi");
    println!("{}", sandbox.url);
    loop {
        if let Some(status) = sandbox.program.ended()? {
            bail!("the sandbox ended with {status}; target/sandbox.log has what it said");
        }
        thread::sleep(Duration::from_millis(300));
    }
}

/// One look at the page and at the API.
fn check(sandbox: &Sandbox) -> Result<()> {
    for path in ["/", "/request.html", "/kiosk.html"] {
        let (status, page) = sandbox.get(path)?;
        if !status.contains(" 200 ") || !page.contains("<instant-card") {
            bail!("the page at {path} is not served: {status}");
        }
    }
    let (status, _) = sandbox.get("/api/v2/profile/me")?;
    // Without a token the API has to answer, and to refuse.
    if !status.contains(" 401 ") {
        bail!("the API beside the portal answers {status} where 401 is expected");
    }
    println!("{} answers: the pages and, beside it, the API", sandbox.url);
    Ok(())
}
