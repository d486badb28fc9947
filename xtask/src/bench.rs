//! `cargo xtask bench`: time to a usable sign-in form, next to two peers; what a person waits for in a cart of 500 cards and in a
//! list of 5,000; and from a photo's file to what is sent, next to four peers.

use anyhow::Result;

use crate::{
    args::BenchLists,
    exec, package,
    paths::Paths,
    portal, sandbox, say,
    tools::{self, TestTools},
};

/// Builds, then lets `tests/bench/` measure and print.
pub(crate) fn run(paths: &Paths, runs: u32) -> Result<()> {
    let tools = tools::for_bench(paths)?;
    portal::build(paths)?;
    package::pack(paths)?;
    let photo = build_photo(paths)?;
    say::doing("measuring the start of the widget and of its peers: keep the machine quiet");
    exec::run(
        "measuring the start",
        exec::command(paths, "node")
            .arg("tests/bench/bench.mjs")
            .env("CHROMIUM", &tools.chromium)
            .env("PACKAGE_DIR", paths.package())
            .env("BENCH_RUNS", runs.to_string()),
        "read the message above",
    )?;
    sandbox::build(paths)?;
    measure_lists(paths, &tools, &BenchLists { runs: 3, weathers: Vec::new(), build: false })?;
    say::doing("measuring what is done with a photo");
    exec::run(
        "measuring what is done with a photo",
        exec::command(paths, "node")
            .arg("tests/bench/photo.mjs")
            .env("CHROMIUM", &tools.chromium)
            .env("PHOTO_DIR", photo),
        "read the message above",
    )
}

/// What a person waits for in long lists, alone.
pub(crate) fn lists(paths: &Paths, options: &BenchLists) -> Result<()> {
    let tools = tools::for_bench(paths)?;
    if options.build {
        portal::build(paths)?;
        package::pack(paths)?;
        sandbox::build(paths)?;
    }
    measure_lists(paths, &tools, options)
}

fn measure_lists(paths: &Paths, tools: &TestTools, options: &BenchLists) -> Result<()> {
    for (what, script) in
        [("a cart of 500 cards", "cart.mjs"), ("a list of 5,000 cards, next to one in React", "cards.mjs")]
    {
        let what = format!("measuring {what}");
        say::doing(&what);
        exec::run(
            &what,
            exec::command(paths, "node")
                .arg(paths.tests().join("bench").join(script))
                .env("CHROMIUM", &tools.chromium)
                .env("SANDBOX_BIN", paths.sandbox())
                .env("PORTAL_DIST", paths.dist())
                .env("PACKAGE_DIR", paths.package())
                .env("BENCH_RUNS", options.runs.to_string())
                .env("BENCH_WEATHERS", options.weathers.join(" ")),
            "read the message above",
        )?;
    }
    Ok(())
}

/// The photo's way by itself, built as it is in the widget.
fn build_photo(paths: &Paths) -> Result<std::path::PathBuf> {
    say::doing("building the photo benchmark");
    let remedy = "read the first error above";
    exec::run(
        "building the photo benchmark",
        exec::command(paths, "cargo").args([
            "build",
            "--locked",
            "--release",
            "--target=wasm32-unknown-unknown",
            "--example=photo",
        ]),
        remedy,
    )?;
    let out = paths.target.join("bench/photo");
    let wasm = paths.target.join("wasm32-unknown-unknown/release/examples/photo.wasm");
    exec::run(
        "binding the photo benchmark",
        exec::command(paths, "wasm-bindgen").args(["--target=web", "--no-typescript", "--out-dir"]).arg(&out).arg(wasm),
        remedy,
    )?;
    Ok(out)
}
