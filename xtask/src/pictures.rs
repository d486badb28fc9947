//! `cargo xtask pictures`: every screen in every way of looking at it, as pictures to be looked at; and with `--write`, what of
//! each screen is kept in `tests/pictures/layouts/` to be compared with.

use std::{process::Command, time::Instant};

use anyhow::Result;

use crate::{
    args::PicturesOptions,
    docs, exec, gateway, package,
    paths::Paths,
    portal, sandbox, say,
    test::scenes,
    tools::{self, TestTools},
};

/// Builds, then lets `tests/pictures/` walk through the product.
pub(crate) fn run(paths: &Paths, options: &PicturesOptions) -> Result<()> {
    let began = Instant::now();
    let tools = tools::for_tests(paths)?;
    if options.build {
        portal::build(paths)?;
        package::pack(paths)?;
        docs::build(paths)?;
        sandbox::build(paths)?;
        gateway::build(paths)?;
    }
    let (what, remedy) = if options.write {
        (
            "writing down how every screen lies",
            "the scene that failed says at which screen; `git diff tests/pictures/layouts` shows what was written",
        )
    } else {
        (
            "taking pictures of every screen",
            "the scene that failed says at which screen, with a picture; `--walk NAME` takes one walk again, once it is mended",
        )
    };
    say::doing(what);
    exec::run(what, &mut command(paths, &tools, options), remedy)?;
    say::doing(&format!("done in {}", say::time(began.elapsed())));
    Ok(())
}

fn command(paths: &Paths, tools: &TestTools, options: &PicturesOptions) -> Command {
    let folder = paths.tests();
    if options.write {
        let mut node = scenes(paths, tools, [folder.join("e2e/unseen.test.mjs")]);
        node.env("E2E_WIDE", "1").env("WRITE_LAYOUTS", "1").env("PICTURES_WALKS", options.walks.join(","));
        return node;
    }
    let mut node = scenes(paths, tools, [folder.join("pictures/take.test.mjs")]);
    node.env_remove("E2E_WIDE").env("PICTURES", paths.pictures()).env("PICTURES_WALKS", options.walks.join(","));
    node
}
