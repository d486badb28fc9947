//! `cargo xtask bench gateway`: the gateway beside nginx as a plain proxy, in the same run, before the same server.

use std::{
    fmt::Write as _,
    fs, io,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    exec::{self, Running},
    paths::Paths,
    say,
    tools::{self, LoadTools},
};

/// At least so many requests of nginx's, and at most so many of its p99's.
const LEAST_RATE: f64 = 0.7;
const MOST_P99: f64 = 1.4;
/// So much may be held more at the end than after the first tenth.
const MOST_GROWTH: f64 = 1.1;
/// What it may hold before anybody has come, in megabytes, and how long it may take until it listens.
const MOST_IDLE: f64 = 30.0;
const MOST_START: Duration = Duration::from_millis(100);

const CONNECTIONS: u32 = 200;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_secs(8);

/// What is asked for, below the API's base.
const CALLS: [(&str, &str); 2] =
    [("small call", "organizations/20003827/balance"), ("preview", "organizations/20003827/cards/7/preview")];

/// Builds, measures, prints; what is too slow or grows fails the command.
pub(crate) fn run(paths: &Paths, minutes: u64) -> Result<()> {
    let tools = tools::for_load(paths)?;
    say::doing("building the gateway: cargo build --profile gateway -p instant-card-gateway");
    exec::run(
        "building the gateway",
        exec::command(paths, "cargo").args([
            "build",
            "--locked",
            "--profile=gateway",
            "--package=instant-card-gateway",
        ]),
        "read the first error above",
    )?;
    let folder = paths.target.join("load");
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let [vendor, nginx, gateway] = ports()?;
    let _vendor = start_vendor(paths, &tools, &folder, vendor)?;
    let proxy = start_proxy(paths, &tools, &folder, vendor, nginx)?;
    let theirs = Subject { port: nginx, base: "api/v2/", process: proxy.0.id() };
    let began = Instant::now();
    let program = start_gateway(paths, &folder, vendor, gateway)?;
    let ours = Subject { port: gateway, base: "", process: program.id() };
    let (start, idle) = (began.elapsed(), resident(ours.process)?);
    println!("start       {} ms, {idle:.1} MB idle", start.as_millis());
    say::doing("measuring: keep the machine quiet");

    let mut misses = Vec::new();
    if start > MOST_START {
        misses.push(format!("it listens after {} ms, which is above {}", start.as_millis(), MOST_START.as_millis()));
    }
    if idle > MOST_IDLE {
        misses.push(format!("it holds {idle:.1} MB idle, which is above {MOST_IDLE}"));
    }
    println!(
        "{:<12}{:>14}{:>14}{:>8}{:>12}{:>12}{:>8}{:>12}{:>12}",
        "", "nginx req/s", "gateway", "ratio", "nginx p99", "gateway", "ratio", "nginx CPU", "gateway"
    );
    for (name, path) in CALLS {
        let (mut by_us, mut by_them) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            by_them.push(load(paths, &tools, &theirs, path, ROUND)?);
            by_us.push(load(paths, &tools, &ours, path, ROUND)?);
        }
        let (ours, theirs) = (median(&by_us), median(&by_them));
        let (rate, p99) = (ours.rate / theirs.rate, ours.p99 / theirs.p99);
        println!(
            "{name:<12}{:>14.0}{:>14.0}{rate:>8.2}{:>9.1} ms{:>9.1} ms{p99:>8.2}{:>9.1} us{:>9.1} us",
            theirs.rate, ours.rate, theirs.p99, ours.p99, theirs.cpu, ours.cpu
        );
        if rate < LEAST_RATE {
            misses.push(format!("{name}: {rate:.2} of nginx's requests a second, which is below {LEAST_RATE}"));
        }
        if p99 > MOST_P99 {
            misses.push(format!("{name}: {p99:.2} of nginx's p99, which is above {MOST_P99}"));
        }
    }
    misses.extend(memory(paths, &tools, &ours, Duration::from_secs(60 * minutes))?);
    if misses.is_empty() {
        return Ok(());
    }
    bail!(
        "the gateway is slower or larger than it may be:\n{}\n  remedy: `perf record` on it while this runs",
        misses.join("\n")
    );
}

/// Free ports.
fn ports<const N: usize>() -> Result<[u16; N]> {
    let mut listeners = Vec::new();
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("looking for a free port")?;
        *port = listener.local_addr()?.port();
        listeners.push(listener);
    }
    Ok(ports)
}

/// What is measured.
#[derive(Debug)]
struct Subject {
    port: u16,
    /// What the API's paths begin with there.
    base: &'static str,
    process: u32,
}

/// An nginx, which is asked to end, since its workers stay behind if it is killed.
struct Nginx(Running);

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let began = Instant::now();
        while matches!(self.0.ended(), Ok(None)) && began.elapsed() < Duration::from_secs(2) {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// The vendor, whose answers are files: another nginx, so that what the proxy takes is told apart.
fn start_vendor(paths: &Paths, tools: &LoadTools, folder: &Path, port: u16) -> Result<Nginx> {
    let side = "R0lGODlh".repeat(20_000);
    let preview = folder.join("preview.json");
    fs::write(&preview, format!(r#"{{"preview_available":true,"front":"{side}","back":"{side}"}}"#))?;
    let preview = preview.display();
    let server = format!(
        r#"server {{
            listen 127.0.0.1:{port} backlog=1024;
            location = /api/v2/organizations/20003827/balance {{ return 200 '{{"balance":"$250.00"}}'; }}
            location = /api/v2/organizations/20003827/cards/7/preview {{ alias {preview}; }}
            location = /api/v2/authenticate {{ return 200 '{{"auth_token":"token"}}'; }}
        }}"#
    );
    nginx(paths, tools, &folder.join("vendor"), &server, port)
}

/// The plain proxy.
fn start_proxy(paths: &Paths, tools: &LoadTools, folder: &Path, vendor: u16, port: u16) -> Result<Nginx> {
    let servers = format!(
        r#"upstream vendor {{ server 127.0.0.1:{vendor}; keepalive 256; keepalive_requests 1000000; }}
        server {{
            listen 127.0.0.1:{port} backlog=1024;
            location /api/v2/ {{
                proxy_pass http://vendor; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffers 64 16k;
            }}
        }}"#
    );
    nginx(paths, tools, &folder.join("proxy"), &servers, port)
}

/// An nginx in a folder of its own, listening.
fn nginx(paths: &Paths, tools: &LoadTools, folder: &Path, servers: &str, port: u16) -> Result<Nginx> {
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    let here = folder.display();
    let text = format!(
        "daemon off; pid {here}/nginx.pid; error_log {here}/nginx.log warn; worker_processes auto;
        events {{ worker_connections 2048; }}
        http {{
            access_log off; client_body_temp_path {here}/body; proxy_temp_path {here}/proxy;
            fastcgi_temp_path {here}/fastcgi; uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
            keepalive_requests 1000000; sendfile on; tcp_nodelay on; default_type application/json;
            {servers}
        }}"
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, text)?;
    let mut command = exec::command(paths, &tools.nginx);
    command.arg("-p").arg(folder).arg("-c").arg(&file);
    let program = Nginx(Running::new(command.spawn().context("starting nginx")?));
    await_port(port)?;
    Ok(program)
}

fn start_gateway(paths: &Paths, folder: &Path, vendor: u16, port: u16) -> Result<Running> {
    let roomy = "{ burst = 4000000000, per_minute = 4000000000 }";
    let mut text = format!(
        "listen = \"127.0.0.1:{port}\"\norigins = [\"https://www.example.org\"]\n[vendor]
        base = \"http://127.0.0.1:{vendor}/api/v2/\"\norganization_id = 20003827\nemail = \"api@instantcard.net\"
        [statements]\naudience = \"gateway\"\n[[statements.keys]]\nissuer = \"site\"\nkid = \"one\"\nalgorithm = \"HS256\"
        [staff]\nenabled = true\n[store]\nfile = {:?}\n[limits]\n",
        folder.join("gateway.sqlite").to_string_lossy()
    );
    for limit in ["session", "address", "origin", "signing_in"] {
        writeln!(text, "{limit} = {roomy}")?;
    }
    let file = folder.join("gateway.toml");
    fs::write(&file, text)?;
    let mut command = exec::command(paths, program(paths));
    command.arg("--config").arg(&file).env("INSTANT_CARD_PASSWORD", "password");
    command.env("INSTANT_CARD_KEY_ONE", "a secret of at least thirty-two characters");
    let log = fs::File::create(folder.join("gateway.log"))?;
    let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().context("starting the gateway")?;
    let mut said = child.stdout.take().context("the gateway has no output")?;
    // What it says is read, so that it never waits for somebody to; in large pieces, for that takes time from all who are measured.
    thread::spawn(move || io::copy(&mut said, &mut io::sink()));
    let running = Running::new(child);
    await_port(port)?;
    Ok(running)
}

fn program(paths: &Paths) -> PathBuf {
    paths.target.join("gateway/instant-card-gateway")
}

fn await_port(port: u16) -> Result<()> {
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if began.elapsed() > Duration::from_secs(20) {
            bail!("nothing listens on port {port}\n  remedy: look into target/load/*.log");
        }
        thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

/// What one round came to.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Measured {
    /// Requests a second.
    rate: f64,
    /// In milliseconds.
    p99: f64,
    /// What the subject computed for a request, in microseconds: this counts on a machine that others keep busy, too.
    cpu: f64,
}

fn load(paths: &Paths, tools: &LoadTools, subject: &Subject, path: &str, time: Duration) -> Result<Measured> {
    let mut wrk = exec::command(paths, &tools.wrk);
    wrk.args(["--threads=2", "--latency", "--header=authorization: bearer of-a-member-of-staff"]);
    wrk.arg(format!("--connections={CONNECTIONS}")).arg(format!("--duration={}s", time.as_secs()));
    wrk.arg(format!("http://127.0.0.1:{}/{}{path}", subject.port, subject.base));
    let before = computed(subject.process)?;
    let said = exec::output("measuring", &mut wrk)?;
    let computed = computed(subject.process)?.saturating_sub(before);
    read(&said, computed).with_context(|| format!("wrk said:\n{said}"))
}

/// Reads what wrk prints. Answers that were no success, and connections that failed, make it no measurement.
fn read(said: &str, computed: Duration) -> Result<Measured> {
    let after = |name: &str| said.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    if let Some(failed) = after("Non-2xx or 3xx responses:").or_else(|| after("Socket errors:")) {
        bail!("not all went well: {failed}");
    }
    let rate = after("Requests/sec:").context("no requests a second")?.parse()?;
    let p99 = after("99%").context("no p99")?;
    let (number, unit) = p99.split_at(p99.find(|c: char| c.is_alphabetic()).context("no unit")?);
    let unit = match unit {
        "us" => 0.001,
        "ms" => 1.0,
        "s" => 1000.0,
        other => bail!("a p99 in {other}"),
    };
    let requests = said.lines().find_map(|line| line.split_once(" requests in ")).context("no number of requests")?;
    let requests = requests.0.trim().parse::<f64>()?;
    Ok(Measured { rate, p99: number.parse::<f64>()? * unit, cpu: computed.as_secs_f64() * 1e6 / requests })
}

fn median(measured: &[Measured]) -> Measured {
    let middle = |value: fn(&Measured) -> f64| {
        let mut values: Vec<f64> = measured.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Measured { rate: middle(|one| one.rate), p99: middle(|one| one.p99), cpu: middle(|one| one.cpu) }
}

/// What the gateway holds under load, told by tenths of the time.
fn memory(paths: &Paths, tools: &LoadTools, subject: &Subject, time: Duration) -> Result<Option<String>> {
    let mut held = Vec::new();
    for _ in 0..10 {
        for (_, path) in CALLS {
            load(paths, tools, subject, path, (time / 20).max(Duration::from_secs(1)))?;
        }
        held.push(resident(subject.process)?);
    }
    let told: Vec<_> = held.iter().map(|megabytes| format!("{megabytes:.1}")).collect();
    println!("memory      {} MB, over {} s", told.join(", "), time.as_secs());
    let (first, last) = (held[0], held[held.len() - 1]);
    Ok((last > first * MOST_GROWTH).then(|| format!("memory grows from {first:.1} to {last:.1} MB")))
}

/// What a process holds, in megabytes.
fn resident(id: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).context("looking after the gateway's memory")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

/// How long a process has computed until now, with those that it has started: nginx works in children.
fn computed(id: u32) -> Result<Duration> {
    // A tick of `utime` and `stime` is a hundredth of a second, whatever the kernel's own.
    const TICK: Duration = Duration::from_millis(10);
    let read = |path: String| fs::read_to_string(&path).with_context(|| format!("reading {path}"));
    let children = read(format!("/proc/{id}/task/{id}/children"))?;
    let mut ticks = 0;
    for process in children.split_whitespace().chain([id.to_string().as_str()]) {
        let stat = read(format!("/proc/{process}/stat"))?;
        // Behind the name, which may have anything in it.
        let fields = stat.rsplit_once(')').context("no name")?.1.split_whitespace();
        ticks += fields.skip(11).take(2).map(str::parse::<u32>).sum::<Result<u32, _>>()?;
    }
    Ok(TICK * ticks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_says_is_read() {
        let said = "Running 8s test\n  Latency Distribution\n     50%  4.11ms\n     99%  900.00us\n  1000 requests in 8.00s, \
                    1MB read\nRequests/sec:  12345.67\nTransfer/sec:      1.00MB\n";
        let (computed, none) = (Duration::from_millis(20), Duration::ZERO);
        assert_eq!(read(said, computed).unwrap(), Measured { rate: 12345.67, p99: 0.9, cpu: 20.0 });
        assert!(read(&format!("{said}  Non-2xx or 3xx responses: 5\n"), none).is_err());
        assert!(read(&format!("{said}  Socket errors: connect 1, read 0, write 0, timeout 0\n"), none).is_err());
    }
}
