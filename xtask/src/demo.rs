//! `cargo xtask demo`: the whole thing on one localhost address.

use std::{thread, time::Duration};

use anyhow::{Result, bail};

use crate::{
    args::DemoOptions,
    docs, exec, gateway,
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
    docs::build(paths)?;
    let port = sandbox::free_port(options.port)?;
    let pages = [("/", paths.dist()), ("/", paths.examples()), ("/docs", paths.docs())];
    let sandbox = Sandbox::start(paths, port, &pages)?;
    exec::end_on_interrupt(&sandbox.program)?;
    if options.check {
        gateway::build(paths)?;
        let _gateway = gateway::start(paths, &sandbox)?;
        return check(&sandbox);
    }
    say::doing("the portal and the sandbox are ready; Ctrl-C ends them");
    println!("staff sign in as api@instantcard.net with the password instantcardapi");
    println!("{}", sandbox.url);
    // Nobody has to wait for it who wants to see the portal.
    gateway::build(paths)?;
    let gateway = gateway::start(paths, &sandbox)?;
    exec::end_on_interrupt(&gateway)?;
    println!("through the gateway, which keeps the organization's key:");
    println!("a member's own card, mailed home: {}request.html", sandbox.url);
    println!("a kiosk in a lobby:               {}kiosk.html", sandbox.url);
    println!("the documentation, with examples: {}docs/", sandbox.url);
    println!("the portal:                       {}", sandbox.url);
    loop {
        if let Some(status) = sandbox.program.ended()? {
            bail!("the sandbox ended with {status}; target/sandbox.log has what it said");
        }
        if let Some(status) = gateway.ended()? {
            bail!("the gateway ended with {status}; target/gateway.log has what it said");
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
    let (status, _) = sandbox.get("/docs/")?;
    if !status.contains(" 200 ") {
        bail!("the documentation at /docs/ is not served: {status}");
    }
    let (status, _) = sandbox.get("/api/v2/profile/me")?;
    // Without a token the API has to answer, and to refuse.
    if !status.contains(" 401 ") {
        bail!("the API beside the portal answers {status} where 401 is expected");
    }
    let (status, _) = sandbox.get("/gateway/readyz")?;
    if !status.contains(" 200 ") {
        bail!("the gateway answers {status}; target/gateway.log has what it said");
    }
    println!("{} answers: the pages and, beside it, the API", sandbox.url);
    Ok(())
}
