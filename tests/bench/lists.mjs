// What the benchmarks of long lists have in common: the same list in React, and what is measured of both.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { EMAIL, PASSWORD } from "../e2e/support/env.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
/** How much slower the browser's main thread is made. */
export const CPU = 4;
export const PEER = "React, Query, Virtual";

/** As it is on a quiet day; with previews that take long; with a server that asks for patience now and then. `BENCH_WEATHERS` names some of them. */
const ALL_WEATHERS = [
  ["calm", "", {}],
  ["slow-previews", "previews of 5 s", { preview_delay_ms: 5000 }],
  ["busy", "each preview is refused once with 429", { rules: [{ match: { method: "GET", path_contains: "/preview" }, action: { status: 429 }, times: 1, per_path: true }] }],
];
const WANTED = (process.env.BENCH_WEATHERS ?? "").split(" ").filter(Boolean);
export const WEATHERS = ALL_WEATHERS.filter(([name]) => !WANTED.length || WANTED.includes(name));
/** How often everything is done: a machine is not quiet all the time. */
export const RUNS = Number(process.env.BENCH_RUNS ?? 3);

/** Builds the peer. Returns its folder, and how to be rid of it. */
export async function buildPeer() {
  const folder = mkdtempSync(join(tmpdir(), "cards-peer-"));
  await build({
    entryPoints: [join(HERE, "peers/cards/main.jsx")], outfile: join(folder, "peer.js"), bundle: true, minify: true, format: "esm",
    target: ["es2022"], jsx: "automatic", jsxImportSource: "react", define: { "process.env.NODE_ENV": '"production"' }, legalComments: "none",
  });
  cpSync(join(HERE, "peers/cards/index.html"), join(folder, "index.html"));
  writeFileSync(join(folder, "credentials.js"), `window.credentials = ${JSON.stringify({ email: EMAIL, password: PASSWORD })};`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Rows of what is done, for one subject: each time it is done is one more value of its row. */
export class Rows {
  #rows = new Map();

  add(what, value, block, unit = "ms") {
    if (!this.#rows.has(what)) this.#rows.set(what, { unit, values: [], blocks: [] });
    this.#rows.get(what).values.push(value);
    if (block !== undefined) this.#rows.get(what).blocks.push(block);
  }

  /** Does something and waits for what is to be seen then; notes how long, and the longest block meanwhile. */
  async time(page, what, act, seen) {
    await page.evaluate(() => { window.blocks = []; });
    const began = performance.now();
    await act();
    await seen();
    const took = performance.now() - began;
    this.add(what, took, await longest(page));
  }

  get whats() { return [...this.#rows.keys()]; }

  /** The median, and the longest block there was. */
  cell(what) {
    const row = this.#rows.get(what);
    if (!row) return "";
    const { unit, values, blocks } = row;
    const value = `${median(values).toFixed(unit === "MB" ? 1 : 0)} ${unit}`;
    return blocks.length ? `${value}, block ${Math.max(...blocks).toFixed(0)}` : value;
  }
}

export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1];
}

/** Prints the rows of the subjects beside each other. */
export function print(title, names, subjects) {
  const width = 40;
  console.log(`\n${title}\n${"".padEnd(width)}${names.map((name) => name.padStart(26)).join("")}`);
  for (const what of subjects[0].whats) console.log(what.padEnd(width) + subjects.map((rows) => rows.cell(what).padStart(26)).join(""));
}

export function longest(page) { return page.evaluate(() => Math.max(0, ...window.blocks)); }

/** Runs in the page before its own scripts: notes each block of the main thread of more than 50 ms. */
export function watchBlocks() {
  window.blocks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.blocks.push(duration);
  }).observe({ type: "longtask", buffered: false });
}
