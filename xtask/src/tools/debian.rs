//! Browsers, WebDriver server, proxy and shared store, from Debian when they are not there.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    exec,
    paths::{Paths, program},
    say,
};

/// The programs that tests start, where they were found.
#[derive(Debug)]
pub(crate) struct TestTools {
    /// The browser.
    pub(crate) chromium: PathBuf,
    /// The same without windows, which starts faster; or the browser itself, where there is none.
    pub(crate) chromium_shell: PathBuf,
    /// The other browser.
    pub(crate) firefox: PathBuf,
    /// Its WebDriver server.
    pub(crate) chromedriver: PathBuf,
    /// WebKitGTK's WebDriver server, which brings the browser along.
    pub(crate) webkit_driver: PathBuf,
    /// The display that WebKitGTK draws on.
    pub(crate) xvfb: PathBuf,
    /// The bus that WebKitGTK's processes meet on.
    pub(crate) dbus_daemon: PathBuf,
    /// The proxy that stands between widget and sandbox.
    pub(crate) nginx: PathBuf,
    /// The store that several instances of the gateway share.
    pub(crate) redis: PathBuf,
    /// Another one.
    pub(crate) caddy: PathBuf,
}

/// Finds the programs, and installs the Debian packages of those that are missing.
pub(crate) fn install(paths: &Paths) -> Result<TestTools> {
    let mut packages = Vec::new();
    if chromium().is_none() {
        packages.push("chromium");
    }
    // Who names their own browser has it used for everything.
    if chromium_shell().is_none() && env::var_os("CHROMIUM").is_none() {
        packages.push("chromium-headless-shell");
    }
    if firefox().is_none() {
        packages.push("firefox-esr");
    }
    if chromedriver().is_none() {
        packages.push("chromium-driver");
    }
    if webkit_driver().is_none() {
        packages.push("webkit2gtk-driver");
    }
    if xvfb().is_none() {
        packages.push("xvfb");
    }
    if dbus_daemon().is_none() {
        packages.push("dbus-daemon");
    }
    if nginx().is_none() {
        packages.push("nginx-light");
    }
    if redis().is_none() {
        packages.push("redis-server");
    }
    if caddy().is_none() {
        packages.push("caddy");
    }
    // Certificates for these.
    if program("openssl").is_none() {
        packages.push("openssl");
    }
    // What the guide to a kiosk's machine installs, which is followed to the letter.
    for (name, package) in [("matchbox-window-manager", "matchbox-window-manager"), ("xwininfo", "x11-utils")] {
        if program(name).is_none() {
            packages.push(package);
        }
    }
    if !packages.is_empty() {
        apt(paths, &packages)?;
    }
    let missing = "is still not found\n  remedy: install it and set";
    let chromium = chromium().with_context(|| format!("Chromium {missing} CHROMIUM to its path"))?;
    Ok(TestTools {
        chromium_shell: chromium_shell().unwrap_or_else(|| chromium.clone()),
        chromium,
        firefox: firefox().with_context(|| format!("Firefox {missing} FIREFOX to its path"))?,
        chromedriver: chromedriver().with_context(|| format!("chromedriver {missing} CHROMEDRIVER to its path"))?,
        webkit_driver: webkit_driver()
            .with_context(|| format!("WebKitWebDriver {missing} WEBKIT_DRIVER to its path"))?,
        xvfb: xvfb().with_context(|| format!("Xvfb {missing} XVFB to its path"))?,
        dbus_daemon: dbus_daemon().with_context(|| format!("dbus-daemon {missing} DBUS_DAEMON to its path"))?,
        nginx: nginx().with_context(|| format!("nginx {missing} NGINX to its path"))?,
        redis: redis().with_context(|| format!("redis-server {missing} REDIS_SERVER to its path"))?,
        caddy: caddy().with_context(|| format!("Caddy {missing} CADDY to its path"))?,
    })
}

/// What puts the gateway under load, and what it is compared with.
#[derive(Debug)]
pub(crate) struct LoadTools {
    /// The load.
    pub(crate) wrk: PathBuf,
    /// The plain proxy.
    pub(crate) nginx: PathBuf,
}

/// The same for them.
pub(crate) fn install_load(paths: &Paths) -> Result<LoadTools> {
    let wrk = || named("WRK", &["wrk"]);
    let wanted = [(nginx().is_none(), "nginx-light"), (wrk().is_none(), "wrk")];
    let packages: Vec<_> = wanted.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, name)| name).collect();
    if !packages.is_empty() {
        apt(paths, &packages)?;
    }
    let missing = "is still not found\n  remedy: install it and set";
    Ok(LoadTools {
        wrk: wrk().with_context(|| format!("wrk {missing} WRK to its path"))?,
        nginx: nginx().with_context(|| format!("nginx {missing} NGINX to its path"))?,
    })
}

fn chromium() -> Option<PathBuf> {
    named("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])
}

fn chromium_shell() -> Option<PathBuf> {
    named("CHROMIUM_SHELL", &["chromium-headless-shell"])
}

fn firefox() -> Option<PathBuf> {
    named("FIREFOX", &["firefox-esr", "firefox"])
}

fn chromedriver() -> Option<PathBuf> {
    named("CHROMEDRIVER", &["chromedriver"])
}

fn webkit_driver() -> Option<PathBuf> {
    named("WEBKIT_DRIVER", &["WebKitWebDriver"])
}

fn xvfb() -> Option<PathBuf> {
    named("XVFB", &["Xvfb"])
}

fn dbus_daemon() -> Option<PathBuf> {
    named("DBUS_DAEMON", &["dbus-daemon"])
}

fn nginx() -> Option<PathBuf> {
    named("NGINX", &["nginx"])
}

fn redis() -> Option<PathBuf> {
    named("REDIS_SERVER", &["redis-server", "valkey-server"])
}

fn caddy() -> Option<PathBuf> {
    named("CADDY", &["caddy"])
}

/// What the environment says, or the first of the programs that is there.
fn named(variable: &str, programs: &[&str]) -> Option<PathBuf> {
    match env::var_os(variable) {
        Some(path) => Some(PathBuf::from(path)).filter(|path| path.is_file()),
        None => programs.iter().find_map(|name| program(name)),
    }
}

fn apt(paths: &Paths, packages: &[&str]) -> Result<()> {
    let all = packages.join(" ");
    let remedy = format!("install by hand what gives: {all}");
    if program("apt-get").is_none() {
        bail!(
            "this is no Debian (no `apt-get`)\n  remedy: {remedy}; then set CHROMIUM, CHROMEDRIVER, FIREFOX, WEBKIT_DRIVER, NGINX, CADDY, REDIS_SERVER"
        );
    }
    let root = exec::quiet(exec::command(paths, "id").arg("-u")).is_some_and(|id| id.trim() == "0");
    say::doing(&format!("installing Debian packages: {all} (1 min, once)"));
    let apt = |arguments: &[&str]| {
        let mut command = exec::command(paths, if root { "env" } else { "sudo" });
        if !root {
            command.args(["-n", "env"]);
        }
        // RUNLEVEL=1 keeps Debian from starting an nginx or a Redis of its own.
        command.args(["DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-qq"]).args(arguments);
        exec::run(&format!("apt-get {}", arguments.join(" ")), &mut command, &remedy)
    };
    apt(&["update"])?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(packages);
    apt(&install)
}
