// Time from navigation to a usable sign-in form: cold cache, the browser's main thread slowed four times, the network at
// 60 ms and 9 Mbit/s. `cargo xtask bench` starts it.
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";
import { subjects } from "./subjects.mjs";

const RUNS = Number(process.env.BENCH_RUNS ?? 15);
const CPU = 4;
const NETWORK = { offline: false, latency: 60, downloadThroughput: 9e6 / 8, uploadThroughput: 9e6 / 8 };
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const GOALS = [["react", 0.6], ["preact", 1.4]];

const { list, files } = await subjects(process.env.PACKAGE_DIR);
const server = await serve(files);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
try {
  const times = Object.fromEntries(list.map(({ key }) => [key, []]));
  const bytes = {};
  for (const subject of list) bytes[subject.key] = (await visit(subject)).bytes; // The warm-up.
  for (let run = 0; run < RUNS; run += 1) {
    // Interleaved, each time with another one first, so that a slow spell of the machine meets all of them.
    for (let turn = 0; turn < list.length; turn += 1) {
      const subject = list[(run + turn) % list.length];
      times[subject.key].push((await visit(subject)).time);
    }
    process.stderr.write(`\rrun ${run + 1} of ${RUNS} `);
  }
  process.stderr.write("\n");
  report(times, bytes);
} finally {
  await browser.close();
  server.close();
}

/** One cold visit: the time until the form can be used, and the bytes that came over the network until then. */
async function visit(subject) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    let bytes = 0;
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await devtools.send("Network.enable");
    await devtools.send("Network.clearBrowserCache");
    await devtools.send("Network.emulateNetworkConditions", NETWORK);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU });
    await page.addInitScript(watch);
    await page.goto(server.origin + subject.path);
    const time = await (await page.waitForFunction(() => globalThis.usableAt)).jsonValue();
    const needed = bytes;
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await check(page, subject);
    return { time, bytes: needed };
  } finally {
    await context.close();
  }
}

/** Runs in the page before anything else: notes when the e-mail input is there, enabled and laid out. */
function watch() {
  const look = () => {
    const host = document.querySelector("instant-card, preact-card, react-card");
    const input = host?.shadowRoot?.querySelector("input[name=email]");
    const usable = input && !input.disabled && !input.readOnly && input.getBoundingClientRect().height > 10
      && input.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (usable) globalThis.usableAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** The form that was found takes text, and its button does not leave the page: somebody listens. */
async function check(page, subject) {
  const email = page.locator("input[name=email]");
  await email.pressSequentially("a@example.org");
  await page.locator("input[name=password]").fill("secret");
  const typed = await email.inputValue();
  if (typed !== "a@example.org") throw new Error(`${subject.name}: typed text became ${JSON.stringify(typed)}`);
  const origin = await page.evaluate(() => performance.timeOrigin);
  await Promise.all([
    page.waitForRequest((request) => request.url().includes("/api/v2/")),
    page.locator("[data-action=sign-in]").click(),
  ]);
  if (origin !== (await page.evaluate(() => performance.timeOrigin))) throw new Error(`${subject.name}: the form left the page`);
}

function report(times, bytes) {
  const median = Object.fromEntries(list.map(({ key }) => [key, quantile(times[key], 0.5)]));
  console.log(`\nTime from navigation to a usable sign-in form (${RUNS} runs each, interleaved, cold cache,`);
  console.log(`main thread ${CPU} times slower, ${NETWORK.latency} ms and 9 Mbit/s, brotli; ${browser.version()})\n`);
  console.log(row("", "median ms", "middle half", "bytes", "to React", "to Preact"));
  for (const { key, name } of list) {
    console.log(row(
      name, median[key].toFixed(0), `${quantile(times[key], 0.25).toFixed(0)}–${quantile(times[key], 0.75).toFixed(0)}`,
      String(bytes[key]), (median[key] / median.react).toFixed(2), (median[key] / median.preact).toFixed(2),
    ));
  }
  console.log();
  for (const [peer, goal] of GOALS) {
    const name = list.find(({ key }) => key === peer).name;
    for (const key of ["ours", "hinted"]) {
      const ratio = median[key] / median[peer];
      const how = key === "ours" ? "one script tag" : "with preload links";
      console.log(`${ratio.toFixed(2)} of ${name}, ${how}; goal ${goal}: ${ratio <= goal ? "kept" : "MISSED"}`);
    }
  }
  console.log("\nThe slowdown is of the main thread; the browser compiles WebAssembly beside it, on threads of full speed.");
}

function row(name, ...cells) {
  return name.padEnd(34) + cells.map((cell) => cell.padStart(12)).join("");
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at % 1);
}
