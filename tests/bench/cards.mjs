// All 5,000 cards of an organization: how long a person waits for what they do in the list, beside the same list in React. `cargo xtask bench`
// starts it; the browser's main thread is slowed four times, the sandbox is on the same machine.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { Person } from "../e2e/support/journey.mjs";
import { Sandbox } from "../e2e/support/sandbox.mjs";
import { CPU, PEER, RUNS, Rows, WEATHERS, buildPeer, longest, print, watchBlocks } from "./lists.mjs";

const CARDS = 5000;
const TERM = "mary o";
/** So many steps from the first card to the last, and so many of them at which one looks for a while. */
const STEPS = 100;
const RESTS = 25;

const peer = await buildPeer();
const SUBJECTS = [
  ["instant-card", async (page, sandbox) => {
    const person = new Person(page);
    await page.goto(sandbox.url);
    await person.signIn();
    return { list: person.screen("cards"), open: page.locator("instant-card [data-action=open-cards]").first() };
  }],
  [PEER, async (page, sandbox) => {
    await page.goto(`${sandbox.url}peer/index.html`);
    return { list: page.locator("[data-screen=cards]"), open: page.getByRole("button", { name: "Cards" }) };
  }],
];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
try {
  console.log(`\n${CARDS} cards (main thread ${CPU} times slower; ${browser.version()}; medians of ${RUNS}, and the longest block of the main thread)`);
  for (const [, weather, faults] of WEATHERS) {
    const subjects = SUBJECTS.map(() => new Rows());
    for (let run = 0; run < RUNS; run += 1) {
      for (const [place, [, start]] of SUBJECTS.entries()) await measure(start, faults, subjects[place]);
    }
    print(weather, SUBJECTS.map(([name]) => name), subjects);
  }
} finally {
  await browser.close();
  peer.remove();
}

async function measure(start, faults, rows) {
  const sandbox = await Sandbox.start("--cards", String(CARDS), "--static", `/peer=${peer.folder}`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.addInitScript(watchBlocks);
    await page.addInitScript(watch);
    const devtools = await context.newCDPSession(page);
    const { list, open } = await start(page, sandbox);
    await open.waitFor();
    await sandbox.faults(faults);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU });
    const time = (what, act, seen) => rows.time(page, what, act, seen);
    const status = list.locator("[role=status]").filter({ hasText: `${CARDS} of ${CARDS} cards` });
    await time("open: the first cards", () => open.click(), () => list.locator("[data-card]").first().waitFor());
    await time("all are read", async () => {}, () => status.waitFor());

    const field = list.getByRole("textbox", { name: "Search cards" });
    await field.focus();
    await page.evaluate(() => { window.blocks = []; });
    const waits = [];
    for (const letter of TERM) {
      await list.evaluate((list) => window.watches(list));
      await page.keyboard.press(letter);
      waits.push(await page.evaluate(() => window.shown));
    }
    const known = waits.filter((wait) => wait !== null).sort((one, other) => one - other);
    rows.add("a letter typed: the list, median", known[known.length >> 1], await longest(page));
    rows.add("a letter typed: the list, longest", known.at(-1));
    await field.fill("");
    await status.waitFor();

    const before = await memory(page, devtools);
    await time("scrolled through, 100 steps", () => page.evaluate((steps) => window.scrolls(steps, 0), STEPS), async () => {});
    await time("and with 25 rests of a second", () => page.evaluate((steps) => window.scrolls(steps, 1000), RESTS), async () => {});
    const after = await memory(page, devtools);
    for (const [what, name] of [
      ["more memory", "all"], ["of it JavaScript", "heap"], ["of it WebAssembly", "wasm"], ["of it pictures", "blobs"], ["the browser's process", "process"],
    ]) {
      rows.add(what, (after[name] - before[name]) / 1e6, undefined, "MB");
    }
  } finally {
    await context.close();
    await sandbox.stop();
  }
}

/**
 * What the page holds, in bytes, after its garbage is collected: JavaScript's heap, WebAssembly's memory, and the pictures that have addresses;
 * and what its process has for itself, in which is what the browser keeps of pictures that it has drawn.
 */
async function memory(page, devtools) {
  await devtools.send("HeapProfiler.collectGarbage");
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  await whole.detach();
  const held = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
    try {
      return Number(/Private_Dirty:\s+(\d+)/.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))[1]) * 1024;
    } catch {
      return 0;
    }
  });
  const { usedSize: heap } = await devtools.send("Runtime.getHeapUsage");
  const { blobs, wasm } = await page.evaluate(() => window.held());
  return { all: heap + wasm + blobs, heap, wasm, blobs, process: Math.max(...held) };
}

/** Runs in the page before its own scripts. */
function watch() {
  const pictures = new Map();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    const url = createObjectURL.call(URL, blob);
    pictures.set(url, blob.size);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    pictures.delete(url);
    revokeObjectURL.call(URL, url);
  };
  const memories = [];
  const { instantiate, instantiateStreaming } = WebAssembly;
  const noted = async (answer) => {
    const made = await answer;
    memories.push(...Object.values((made.instance ?? made).exports).filter((one) => one instanceof WebAssembly.Memory));
    return made;
  };
  WebAssembly.instantiate = (...given) => noted(instantiate.apply(WebAssembly, given));
  WebAssembly.instantiateStreaming = (...given) => noted(instantiateStreaming.apply(WebAssembly, given));
  window.held = () => ({
    blobs: [...pictures.values()].reduce((sum, size) => sum + size, 0),
    wasm: Math.max(0, ...memories.map(({ buffer }) => buffer.byteLength)),
  });
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  /** From the next key on, how long it takes until the list has changed and is painted; `null` where it does not within two seconds. */
  window.watches = (list) => {
    window.shown = changes(list);
  };
  const changes = (list) => new Promise((resolve) => {
    let began;
    const status = list.querySelector("[role=status]");
    const state = () => status.textContent + [...list.querySelectorAll("[data-card]")].slice(0, 5).map((row) => row.dataset.card);
    const before = state();
    addEventListener("keydown", () => { began ??= performance.now(); setTimeout(() => end(null), 2000); }, { capture: true, once: true });
    const observer = new MutationObserver(async () => {
      if (began === undefined || state() === before) return;
      observer.disconnect();
      await painted();
      end(performance.now() - began);
    });
    const end = (took) => { observer.disconnect(); resolve(took); };
    observer.observe(list, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  /** Scrolls to the end in so many steps, each once what is there is drawn, and rests so long at each. */
  window.scrolls = async (steps, rest) => {
    scrollTo(0, 0);
    await painted();
    for (let step = 1; step <= steps; step += 1) {
      scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * (step / steps));
      for (let tries = 0; tries < 600; tries += 1) {
        await painted();
        let there = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
        while (there?.shadowRoot) there = there.shadowRoot.elementFromPoint(innerWidth / 2, innerHeight / 2);
        if (there?.closest("[data-card]")) break;
      }
      if (rest) await new Promise((resolve) => { setTimeout(resolve, rest); });
    }
  };
}
