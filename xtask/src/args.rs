//! The command line.

use std::ffi::OsString;

use anyhow::{Result, anyhow, bail};
use lexopt::prelude::*;

use crate::steps::{STEPS, Step};

/// What `cargo xtask` and a wrong command line print.
pub(crate) const HELP: &str = "\
cargo xtask <command>

  demo      build the release portal, serve it with the sandbox, print the URL
              --port N   first port to try (8787)
              --check    build, start, ask for / and /api/v2/, stop
  test      every check and test, but for what is wide by nature
              --wide     only that: a long run of the simulator, journeys in every combination, a hundred
                         walks under faults
              --only STEP, --skip STEP   (may be repeated)
              --list     name the steps
  rules     whether files import only what they may
  dev       the sandbox and `trunk serve`, reloading on each change
  package   leave the release build in target/npm/ and print its sizes
              --parts    also list the largest parts of the WebAssembly
              --no-build measure the build that is there
  pictures  every screen in three widths, light, dark, in forced colours, with large letters and in both languages: pictures
            with an index in target/pictures/
              --walk NAME  only this walk (may be repeated): card, media, cards, order, orders, account, people, request,
                           broken, kiosk
              --write    keep how every screen lies, in tests/pictures/layouts/, to be compared with by `test --wide`
              --no-build look at the build that is there
  docs      the documentation's site in target/docs/, checked for links that lead nowhere
  bench     time to a usable sign-in form, next to two peers
              --runs N   runs per subject (15)
  bench lists    only a cart of 500 cards and a list of 5,000, next to the same in React
              --weather W  only in this one (may be repeated): calm, slow-previews (5 s each), busy (each is refused once with 429)
              --runs N     how often (3)
              --no-build   measure the build that is there
  bench gateway  the gateway beside nginx as a plain proxy: requests a second, p99, memory
              --minutes N  so long memory is looked at (1)
  faults    people go through cart and checkout by chance while the server's answers get lost, and the ledger is audited
              --scripts    play seeds of the simulator instead, and compare calls, ledger and screens with it
              --mutant M   with --scripts: the simulator's flows have a mistake on purpose; is it seen?
              --runs N     how many (200; 12 with --scripts)
              --seed S     of the first; each further one has the next (1)
              --at-once K  so many at a time (4)
  simulate  flows and sandbox in one process, by seed; what follows is the simulator's (`cargo xtask simulate --help`)
  setup     only install what building needs
              --tests    also what testing needs

On a fresh machine only Rust, Node 20 and a C compiler have to be there; browsers, nginx and Redis come from Debian (as root or
through sudo). Compiled tools are kept in $INSTANT_CARD_TOOLS, or ~/.cache/instant-card/tools.";

/// A command and its options.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    /// Print [`HELP`].
    Help,
    /// Install tools only.
    Setup {
        /// Also what testing needs.
        tests: bool,
    },
    /// Build and serve.
    Demo(DemoOptions),
    /// Check and test.
    Test(TestOptions),
    /// Sandbox and `trunk serve`.
    Dev,
    /// The release build and its sizes.
    Package {
        /// List the largest parts.
        parts: bool,
        /// Build first.
        build: bool,
    },
    /// The documentation's site.
    Docs,
    /// Pictures of every screen.
    Pictures(PicturesOptions),
    /// The gateway under load, next to nginx.
    Load {
        /// So long memory is looked at.
        minutes: u64,
    },
    /// The start-up benchmark.
    Bench {
        /// Runs per subject.
        runs: u32,
    },
    /// The benchmark of long lists.
    BenchLists(BenchLists),
    /// What files may import.
    Rules,
    /// The simulator, and what it is told.
    Simulate(Vec<OsString>),
    /// The randomized fault runs.
    Faults(FaultsOptions),
    /// trunk's hook; people do not need it.
    FinishPortal,
}

/// Options of `demo`.
#[derive(Debug, PartialEq)]
pub(crate) struct DemoOptions {
    /// The first port to try.
    pub(crate) port: u16,
    /// Stop after one look at the pages.
    pub(crate) check: bool,
}

/// Options of `bench lists`.
#[derive(Debug, PartialEq)]
pub(crate) struct BenchLists {
    /// How often each thing is done.
    pub(crate) runs: u32,
    /// In which weathers; in all of them where none is named.
    pub(crate) weathers: Vec<String>,
    /// Build first.
    pub(crate) build: bool,
}

/// The weathers that `bench lists` knows, as `tests/bench/lists.mjs` does.
const WEATHERS: [&str; 3] = ["calm", "slow-previews", "busy"];

/// Options of `faults`.
#[derive(Debug, PartialEq)]
pub(crate) struct FaultsOptions {
    /// How many runs.
    pub(crate) runs: u32,
    /// The first one's seed.
    pub(crate) seed: u32,
    /// How many at a time.
    pub(crate) at_once: u32,
    /// Whether they are scripts of the simulator.
    pub(crate) scripts: bool,
    /// The mistake on purpose that these have.
    pub(crate) mutant: Option<String>,
}

/// Options of `pictures`.
#[derive(Debug, PartialEq)]
pub(crate) struct PicturesOptions {
    /// When not empty, only these walks.
    pub(crate) walks: Vec<String>,
    /// Keep how the screens lie, in place of pictures.
    pub(crate) write: bool,
    /// Build first.
    pub(crate) build: bool,
}

/// Options of `test`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct TestOptions {
    /// When not empty, only these steps.
    pub(crate) only: Vec<Step>,
    /// Not these steps.
    pub(crate) skip: Vec<Step>,
    /// The steps that are wide by nature, in place of the others.
    pub(crate) wide: bool,
    /// Name the steps and stop.
    pub(crate) list: bool,
}

/// Reads the command line (without the program's name).
pub(crate) fn parse(args: impl Iterator<Item = OsString>) -> Result<Command> {
    let mut parser = lexopt::Parser::from_args(args);
    let name = match parser.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Command::Help),
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    let command = match name.as_str() {
        "help" => Command::Help,
        "setup" => {
            let mut tests = false;
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("tests") => tests = true,
                    other => return Err(other.unexpected().into()),
                }
            }
            Command::Setup { tests }
        }
        "demo" => Command::Demo(demo_options(&mut parser)?),
        "test" => Command::Test(test_options(&mut parser)?),
        "dev" => Command::Dev,
        "package" => {
            let (mut parts, mut build) = (false, true);
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("parts") => parts = true,
                    Long("no-build") => build = false,
                    other => return Err(other.unexpected().into()),
                }
            }
            Command::Package { parts, build }
        }
        "bench" => bench(&mut parser)?,
        "faults" => Command::Faults(faults_options(&mut parser)?),
        "simulate" => Command::Simulate(parser.raw_args()?.collect()),
        "docs" => Command::Docs,
        "pictures" => Command::Pictures(pictures_options(&mut parser)?),
        "rules" => Command::Rules,
        "finish-portal" => Command::FinishPortal,
        other => bail!("there is no command `{other}`"),
    };
    match parser.next()? {
        None => Ok(command),
        Some(other) => Err(other.unexpected().into()),
    }
}

fn bench(parser: &mut lexopt::Parser) -> Result<Command> {
    let (mut subject, mut runs, mut minutes) = (String::new(), None, 1);
    let (mut weathers, mut build) = (Vec::new(), true);
    while let Some(arg) = parser.next()? {
        match arg {
            Value(named) if subject.is_empty() && (named == "gateway" || named == "lists") => {
                subject = named.string()?
            }
            Long("minutes") if subject == "gateway" => minutes = parser.value()?.parse()?,
            Long("runs") if subject != "gateway" => runs = Some(parser.value()?.parse()?),
            Long("no-build") if subject == "lists" => build = false,
            Long("weather") if subject == "lists" => {
                let weather = parser.value()?.string()?;
                if !WEATHERS.contains(&weather.as_str()) {
                    bail!("there is no weather `{weather}`; there are {}", WEATHERS.join(", "));
                }
                weathers.push(weather);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    if runs == Some(0) {
        bail!("--runs must be at least 1");
    }
    Ok(match subject.as_str() {
        "gateway" => Command::Load { minutes },
        "lists" => Command::BenchLists(BenchLists { runs: runs.unwrap_or(3), weathers, build }),
        _ => Command::Bench { runs: runs.unwrap_or(15) },
    })
}

fn demo_options(parser: &mut lexopt::Parser) -> Result<DemoOptions> {
    let mut options = DemoOptions { port: 8787, check: false };
    while let Some(arg) = parser.next()? {
        match arg {
            Long("port") => options.port = parser.value()?.parse()?,
            Long("check" | "once") => options.check = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn faults_options(parser: &mut lexopt::Parser) -> Result<FaultsOptions> {
    let mut options = FaultsOptions { runs: 200, seed: 1, at_once: 4, scripts: false, mutant: None };
    let mut runs = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Long("scripts") => options.scripts = true,
            Long("mutant") => options.mutant = Some(parser.value()?.string()?),
            Long("runs") => runs = Some(parser.value()?.parse()?),
            Long("seed") => options.seed = parser.value()?.parse()?,
            Long("at-once") => options.at_once = parser.value()?.parse()?,
            other => return Err(other.unexpected().into()),
        }
    }
    options.runs = runs.unwrap_or(if options.scripts { 12 } else { options.runs });
    if options.runs == 0 || options.at_once == 0 {
        bail!("--runs and --at-once must be at least 1");
    }
    if options.mutant.is_some() && !options.scripts {
        bail!("--mutant goes with --scripts");
    }
    Ok(options)
}

fn pictures_options(parser: &mut lexopt::Parser) -> Result<PicturesOptions> {
    let mut options = PicturesOptions { walks: Vec::new(), write: false, build: true };
    while let Some(arg) = parser.next()? {
        match arg {
            Long("walk") => options.walks.push(parser.value()?.string()?),
            Long("write") => options.write = true,
            Long("no-build") => options.build = false,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn test_options(parser: &mut lexopt::Parser) -> Result<TestOptions> {
    let mut options = TestOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("only") => options.only.push(step(&parser.value()?.string()?)?),
            Long("skip") => options.skip.push(step(&parser.value()?.string()?)?),
            Long("wide") => options.wide = true,
            Long("list") => options.list = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn step(name: &str) -> Result<Step> {
    let found = STEPS.into_iter().find(|step| step.name() == name);
    found.ok_or_else(|| {
        let known: Vec<_> = STEPS.iter().map(|step| step.name()).collect();
        anyhow!("there is no step `{name}`; the steps are {}", known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn commands_and_their_options() {
        assert_eq!(parsed("").unwrap(), Command::Help);
        assert_eq!(parsed("demo --check --port 9000").unwrap(), Command::Demo(DemoOptions { port: 9000, check: true }));
        assert_eq!(parsed("package --parts").unwrap(), Command::Package { parts: true, build: true });
        assert_eq!(parsed("docs").unwrap(), Command::Docs);
        let expected = PicturesOptions { walks: vec!["card".into(), "kiosk".into()], write: false, build: false };
        assert_eq!(parsed("pictures --walk card --walk kiosk --no-build").unwrap(), Command::Pictures(expected));
        let expected = PicturesOptions { walks: Vec::new(), write: true, build: true };
        assert_eq!(parsed("pictures --write").unwrap(), Command::Pictures(expected));
        assert_eq!(parsed("bench --runs 3").unwrap(), Command::Bench { runs: 3 });
        let lists = |weathers: &[&str], build| {
            let weathers = weathers.iter().map(ToString::to_string).collect();
            Command::BenchLists(BenchLists { runs: 3, weathers, build })
        };
        assert_eq!(parsed("bench lists").unwrap(), lists(&[], true));
        let line = "bench lists --weather busy --weather calm --no-build";
        assert_eq!(parsed(line).unwrap(), lists(&["busy", "calm"], false));
        assert_eq!(parsed("bench gateway --minutes 1").unwrap(), Command::Load { minutes: 1 });
        let expected = FaultsOptions { runs: 3, seed: 17, at_once: 4, scripts: false, mutant: None };
        assert_eq!(parsed("faults --runs 3 --seed 17").unwrap(), Command::Faults(expected));
        let expected = FaultsOptions { runs: 12, seed: 1, at_once: 4, scripts: true, mutant: None };
        assert_eq!(parsed("faults --scripts").unwrap(), Command::Faults(expected));
        let expected = ["--seed", "7", "--help"].map(OsString::from).to_vec();
        assert_eq!(parsed("simulate --seed 7 --help").unwrap(), Command::Simulate(expected));
        assert_eq!(parsed("test --wide").unwrap(), Command::Test(TestOptions { wide: true, ..Default::default() }));
        let expected = TestOptions { only: vec![Step::Native, Step::Wasm], ..Default::default() };
        assert_eq!(parsed("test --only native --only=wasm").unwrap(), Command::Test(expected));
    }

    #[test]
    fn mistakes_are_named() {
        for line in [
            "tset",
            "demo --prot 1",
            "dev now",
            "test --only nothing",
            "bench --runs 0",
            "bench gateway --runs 3",
            "bench lists --runs 0",
            "bench lists --weather snow",
            "bench --weather busy",
            "faults --runs 0",
            "pictures --wide",
            "faults --mutant x",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
