// The package in other people's builds: a server that only imports it, webpack, while one develops and built, esbuild and Rollup;
// Vite and Next are where the README's lines are typed (tests/hosts/readme.test.mjs). Everything that is fetched later has to be found there: the
// first WASM, what is behind the form, the photo studio, the desk, the books, and the style sheets in them.

import assert from "node:assert/strict";
import { execFileSync, execSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rollup } from "rollup";
import webpack from "webpack";
import WebpackDevServer from "webpack-dev-server";
import { PACKAGE_DIR } from "../e2e/support/env.mjs";
import { BADGE } from "../e2e/support/journey.mjs";
import { scene, scenes } from "../e2e/support/scene.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
// Beside the packages themselves: some bundlers do not follow a link out of their folder.
const work = mkdtempSync(join(dirname(realpathSync(join(HERE, "node_modules"))), "work-"));
const site = join(work, "site");

before(() => {
  cpSync(join(HERE, "site"), site, { recursive: true });
  cpSync(PACKAGE_DIR, join(site, "node_modules/instant-card"), { recursive: true });
});

const running = [];
after(async () => {
  for (const end of running.reverse()) await end();
  rmSync(work, { recursive: true, force: true });
});

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** Serves what was built in `folder` of the site, with the site's page. */
async function serveBuilt(folder) {
  cpSync(join(site, "index.html"), join(folder, "index.html"));
  const host = createServer(({ url }, response) => {
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
  esbuild: async () => {
    await build({ absWorkingDir: site, entryPoints: ["main.js"], bundle: true, minify: true, format: "esm", outdir: "dist", logLevel: "warning" });
    return serveBesides();
  },
  Rollup: async () => {
    const bundle = await rollup({ input: join(site, "main.js"), plugins: [fromFolder], logLevel: "silent" });
    await bundle.write({ dir: join(site, "dist"), format: "es" });
    return serveBesides();
  },
};

/** Stands in for the plugin that finds packages: Rollup alone knows no `node_modules`. */
const fromFolder = {
  name: "packages", resolveId: (name) => (name === "instant-card" ? join(site, "node_modules/instant-card/instant-card.js") : null),
};

/** Serves `dist`, with the README's line for those that leave the later files where they are. */
function serveBesides() {
  const [, line] = /^\| esbuild, Rollup \| `(.*?)`/m.exec(readFileSync(join(PACKAGE_DIR, "README.md"), "utf8"));
  execSync(line, { cwd: site });
  return serveBuilt(join(site, "dist"));
}

test("on a server the import does nothing", () => {
  const program = "const known = Object.keys(globalThis).join(); await import('instant-card'); if (known !== Object.keys(globalThis).join()) throw 1;";
  execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: site, stdio: "inherit" });
});

// What those who develop are told beside.
const expected = [/\[HMR\]|preload/];

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
      assert.equal(await person.host.evaluate((host) => host.shadowRoot.adoptedStyleSheets.length), 6, "with their style sheets");
    });
  }
}, { concurrency: 1 });
