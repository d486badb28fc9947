// From a 12-megapixel JPEG to the Base64 of a crop of 600 x 800, next to four peers in the same browser.
// `cargo xtask bench` starts it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const RUNS = 10;
const HERE = dirname(fileURLToPath(import.meta.url));
const GOAL = 0.7;
const LONGEST = 50;

const built = process.env.PHOTO_DIR;
const bundle = await build({
  entryPoints: [join(HERE, "photo/main.mjs")], bundle: true, minify: true, write: false, format: "esm", target: "es2022",
  // Its own address is not that of the bundle; it is told where the file is.
  logOverride: { "empty-import-meta": "silent" }, alias: { "instant-card-photo": join(built, "photo.js") },
});
const page = `<!doctype html><meta charset="utf-8"><title>Photos</title><body><script type="module" src="main.js"></script>`;
const files = new Map([
  ["/index.html", Buffer.from(page)],
  ["/main.js", Buffer.from(bundle.outputFiles[0].contents)],
  ["/photo_bg.wasm", readFileSync(join(built, "photo_bg.wasm"))],
  ["/portrait.jpg", readFileSync(join(HERE, "../faces/good.jpg"))],
  ["/browser-image-compression.js", readFileSync(join(HERE, "../node_modules/browser-image-compression/dist/browser-image-compression.js"))],
]);

const server = await serve(files, { policy: null });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--js-flags=--expose-gc",
  ],
});
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => { throw error; });
  await page.goto(`${server.origin}/index.html`);
  await page.waitForFunction(() => globalThis.subjects);
  const names = await page.evaluate(() => globalThis.subjects);
  const megabytes = (await page.evaluate(() => globalThis.bytes)) / 1e6;
  const turns = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await page.evaluate((name) => globalThis.turn(name), name); // The warm-up.
  for (let run = 0; run < RUNS; run += 1) {
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(run + at) % names.length];
      turns[name].push(await page.evaluate((name) => globalThis.turn(name), name));
    }
    process.stderr.write(`\rrun ${run + 1} of ${RUNS} `);
  }
  process.stderr.write("\n");
  report(turns, megabytes);
} finally {
  await browser.close();
  server.close();
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function report(turns, megabytes) {
  console.log(`from a JPEG of 12 megapixels (${megabytes.toFixed(1)} MB) to the Base64 of 600 x 800: median of ${RUNS}`);
  console.log(`${"".padEnd(28)}      ms   ours is   longest block, ms   KB of Base64`);
  const time = (name) => median(turns[name].map(({ time }) => time));
  const [ours, ...peers] = Object.keys(turns);
  for (const name of [ours, ...peers]) {
    const ratio = name === ours ? "" : (time(ours) / time(name)).toFixed(2);
    const block = median(turns[name].map(({ block }) => block));
    const size = turns[name][0].length / 1000;
    console.log(`${name.padEnd(28)}${time(name).toFixed(0).padStart(8)}${ratio.padStart(10)}${block.toFixed(0).padStart(20)}${size.toFixed(0).padStart(15)}`);
  }
  const fastest = peers.reduce((a, b) => (time(a) < time(b) ? a : b));
  const ratio = time(ours) / time(fastest);
  const longest = Math.max(...turns[ours].map(({ block }) => block));
  console.log(`goals: ${ratio.toFixed(2)} of the fastest (${GOAL} or less: ${ratio <= GOAL ? "met" : "missed"}), longest block of all runs ${longest.toFixed(0)} ms (${LONGEST} or less: ${longest <= LONGEST ? "met" : "missed"})`);
}
