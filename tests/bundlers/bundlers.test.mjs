// The package in other people's builds: a server that only imports it, and Vite, webpack and Next, while one develops and
// built. Everything that is fetched later has to be found there: the first WASM, what is behind the form, the photo studio,
// the desk, the books, and the style sheets in them.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHost } from "node:http";
import { dirname, extname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build, createServer, preview } from "vite";
import webpack from "webpack";
import WebpackDevServer from "webpack-dev-server";
import { PACKAGE_DIR } from "../e2e/support/env.mjs";
import { BADGE } from "../e2e/support/journey.mjs";
import { freePort } from "../e2e/support/ports.mjs";
import { scene, scenes } from "../e2e/support/scene.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
// Beside the packages themselves: some bundlers do not follow a link out of their folder.
const work = mkdtempSync(join(dirname(realpathSync(join(HERE, "node_modules"))), "work-"));
const site = join(work, "site");
const next = join(work, "next");

before(() => {
  cpSync(join(HERE, "site"), site, { recursive: true });
  cpSync(join(HERE, "next"), next, { recursive: true });
  for (const folder of [site, next]) {
    const own = join(folder, "node_modules/instant-card");
    cpSync(PACKAGE_DIR, own, { recursive: true });
    writeFileSync(join(own, "package.json"), JSON.stringify({ name: "instant-card", version: "0.0.0", type: "module", exports: "./instant-card.js" }));
  }
  writeFileSync(join(next, "package.json"), JSON.stringify({ name: "site", private: true }));
});

const running = [];
after(async () => {
  for (const end of running.reverse()) await end();
  rmSync(work, { recursive: true, force: true });
});

const NEXT = join(work, "../node_modules/next/dist/bin/next");
// What else a bundler has put there is not for another one.
const NEXT_ENV = { ...process.env, NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: "1" };

/** Runs Next until the test ends; its address, when it serves. */
async function runNext(command, port) {
  const child = spawn(process.execPath, [NEXT, command, "--hostname=127.0.0.1", `--port=${port}`], {
    cwd: next, env: NEXT_ENV, stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (/Ready/.test(line)) break;
  }
  child.stdout.resume();
  return `http://127.0.0.1:${port}/`;
}

/** Builds with Next; what else runs here goes on meanwhile. */
async function buildNext(...more) {
  const child = spawn(process.execPath, [NEXT, "build", ...more], { cwd: next, env: NEXT_ENV, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  assert.equal(code, 0, "Next has built it");
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** Serves what was built in `folder` of the site, with the site's page. */
async function serveBuilt(folder) {
  cpSync(join(site, "index.html"), join(folder, "index.html"));
  const host = createHost(({ url }, response) => {
    const path = new URL(url, "http://site").pathname;
    const file = join(folder, path === "/" ? "index.html" : path);
    response.setHeader("content-type", TYPES[extname(file)]);
    response.end(readFileSync(file));
  });
  await once(host.listen(0, "127.0.0.1"), "listening");
  running.push(() => {
    host.closeAllConnections();
    host.close();
  });
  return `http://127.0.0.1:${host.address().port}/`;
}

const forWebpack = (mode) => ({
  mode, context: site, entry: "./main.js", output: { path: join(site, "out"), clean: true }, performance: { hints: false },
  infrastructureLogging: { level: "none" }, stats: "errors-warnings",
});

/** Serves the site, and gives its address. */
const WAYS = {
  "Vite's dev server": async () => {
    const server = await createServer({ root: site, logLevel: "warn", optimizeDeps: { exclude: ["instant-card"] }, server: { host: "127.0.0.1", port: 0 } });
    await server.listen();
    running.push(() => server.close());
    return server.resolvedUrls.local[0];
  },
  "Vite's build": async () => {
    await build({ root: site, logLevel: "warn" });
    const server = await preview({ root: site, logLevel: "warn", preview: { host: "127.0.0.1", port: 0 } });
    running.push(() => server.close());
    return server.resolvedUrls.local[0];
  },
  "webpack's dev server": async () => {
    const server = new WebpackDevServer({ host: "127.0.0.1", port: "auto", static: site, client: { logging: "none" } }, webpack(forWebpack("development")));
    await server.start();
    running.push(() => server.stop());
    return `http://127.0.0.1:${server.server.address().port}/`;
  },
  "webpack's build": async () => {
    const compiler = webpack(forWebpack("production"));
    const stats = await new Promise((done, failed) => compiler.run((error, stats) => (error ? failed(error) : done(stats))));
    assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }).warnings, []);
    assert.ok(!stats.hasErrors(), stats.toString("errors-only"));
    return serveBuilt(join(site, "out"));
  },
  "Next's dev server": async () => runNext("dev", await freePort()),
  "Next's build": async () => {
    await buildNext();
    return runNext("start", await freePort());
  },
  "Next's build with webpack": async () => {
    await buildNext("--webpack");
    return runNext("start", await freePort());
  },
};

test("on a server the import does nothing", () => {
  const program = "const known = Object.keys(globalThis).join(); await import('instant-card'); if (known !== Object.keys(globalThis).join()) throw 1;";
  execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: site, stdio: "inherit" });
});

// What those who develop are told beside, and a page that Next takes over before it is whole.
const expected = [/React DevTools|\[HMR\]|\[vite\]|preload/];

scenes("a site that is built with", () => {
  for (const [name, serve] of Object.entries(WAYS)) {
    scene(name, { wide: true, expected }, async ({ page, person, sandbox }) => {
      const address = await serve();
      // Who develops waits for the first page until it is compiled.
      await page.goto(`${address}?${new URLSearchParams({ "api-base": sandbox.api })}`, { timeout: 60_000 });
      await person.makes(BADGE);
      await person.action("open-cart").click();
      await person.sees(person.screen("cart"));
      await person.action("open-account").click();
      await person.sees(person.screen("account").getByRole("heading", { name: "Transactions" }));
      assert.equal(await person.host.evaluate((host) => host.shadowRoot.adoptedStyleSheets.length), 5, "with their style sheets");
    });
  }
}, { concurrency: 1 });
