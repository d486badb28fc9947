//! The gateway before the sandbox, as a site has it before InstantCard.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    process::Stdio,
};

use anyhow::{Context, Result, anyhow};

use crate::{
    exec::{self, Running},
    paths::Paths,
    sandbox::Sandbox,
    say,
};

/// What it prints before its URL when it is ready.
const READY: &str = "instant-card-gateway listening on ";
/// Whose key is which; the same here, in the gateway's configuration, and in the sandbox, which signs as the site would.
const ISSUER: &str = "https://demo.example";
const AUDIENCE: &str = "https://demo.example/cards/";
const KID: &str = "demo";

/// Builds the gateway's program.
pub(crate) fn build(paths: &Paths) -> Result<()> {
    say::doing("building the gateway: cargo build -p instant-card-gateway");
    exec::run(
        "building the gateway",
        exec::command(paths, "cargo").args(["build", "--locked", "--package", "instant-card-gateway"]),
        "read the first error above",
    )
}

/// Starts it before the sandbox, and tells the sandbox of it: from then on it is at `/gateway/` there. What it says is kept in
/// `target/gateway.log`.
pub(crate) fn start(paths: &Paths, sandbox: &Sandbox) -> Result<Running> {
    let (file, log) = (paths.target.join("gateway.toml"), paths.target.join("gateway.log"));
    let origin = sandbox.url.trim_end_matches('/');
    let localhost = origin.replace("127.0.0.1", "localhost");
    // Another one each time: it is worth nothing tomorrow.
    let secret = secret();
    fs::write(
        &file,
        format!(
            r#"listen = "127.0.0.1:0"
origins = ["{origin}", "{localhost}"]
[vendor]
base = "{origin}/api/v2/"
organization_id = 20003827
email = "api@instantcard.net"
[statements]
audience = "{AUDIENCE}"
[[statements.keys]]
issuer = "{ISSUER}"
kid = "{KID}"
algorithm = "HS256"
[orders]
shipping_provider_id = 13
[watch]
plain = true
"#
        ),
    )
    .with_context(|| format!("writing {}", file.display()))?;
    let said = File::create(&log).with_context(|| format!("creating {}", log.display()))?;
    let mut command = exec::command(paths, paths.gateway());
    command.arg("--config").arg(&file).env("INSTANT_CARD_PASSWORD", "instantcardapi");
    command.env(format!("INSTANT_CARD_KEY_{}", KID.to_uppercase()), &secret);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(said)
        .spawn()
        .context("starting the gateway\n  remedy: `cargo build -p instant-card-gateway`")?;
    let stdout = child.stdout.take().context("the gateway has no output")?;
    let program = Running::new(child);
    let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
    let url = lines.find_map(|line| line.strip_prefix(READY).map(str::to_owned)).ok_or_else(|| {
        let said = fs::read_to_string(&log).unwrap_or_default();
        anyhow!("the gateway did not get ready; it said:\n{}", said.trim_end())
    })?;
    // What it says besides goes to nobody, but has to be read.
    std::thread::spawn(move || lines.for_each(drop));
    let address = url.trim().trim_start_matches("http://").trim_end_matches('/');
    let site = format!(
        r#"{{"gateway":"{address}","issuer":"{ISSUER}","audience":"{AUDIENCE}","kid":"{KID}","secret":"{secret}"}}"#
    );
    sandbox.put("/__sandbox/site", &site)?;
    Ok(program)
}

/// 256 bits that nobody can guess.
fn secret() -> String {
    use std::hash::{BuildHasher, RandomState};
    (0..4_u8).map(|part| format!("{:016x}", RandomState::new().hash_one(part))).collect()
}
