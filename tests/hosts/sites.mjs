// The sites in `examples/` as those who have them build them: with the packed tarball, the framework's own checker, its build.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EXAMPLES, PACKAGE_DIR } from "../e2e/support/env.mjs";
import { freePort } from "../e2e/support/ports.mjs";
import { folder } from "../e2e/support/host.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
// What bundlers and frameworks want to tell their makers, or colour, and what else a test runner has put there, is not for them.
export const ENV = {
  ...process.env, NODE_ENV: undefined, NODE_TEST_CONTEXT: undefined, NO_COLOR: "1", CI: "1",
  NEXT_TELEMETRY_DISABLED: "1", NUXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1", NG_CLI_ANALYTICS: "false",
};

/**
 * The sites, by their folder; those that take longest to build come last. `scripts`: what of their `package.json` is run; `out`: the
 * folder that is served then, or `server`: the program that serves, from its port.
 */
export const SITES = {
  html: { name: "Plain HTML", scripts: [], out: "." },
  react: { name: "React", scripts: ["check", "build"], out: "dist" },
  vue: { name: "Vue", scripts: ["check", "build"], out: "dist" },
  svelte: { name: "Svelte", scripts: ["check", "build"], out: "dist" },
  astro: { name: "Astro", scripts: ["build"], isRendered: true, out: "dist" },
  next: { name: "Next", scripts: ["build"], isRendered: true, server: (port) => ["../../node_modules/next/dist/bin/next", "start", `--port=${port}`] },
  angular: { name: "Angular", scripts: ["check", "build"], out: "dist/browser" },
  nuxt: { name: "Nuxt", scripts: ["check", "build"], isRendered: true, server: () => [".output/server/index.mjs"] },
};

/** A folder beside the packages themselves: some bundlers do not follow a link out of their folder. */
export function workshop() {
  const work = mkdtempSync(join(dirname(realpathSync(join(HERE, "node_modules"))), "work-"));
  return { work, clear: () => rmSync(work, { recursive: true, force: true }) };
}

/** Runs a program to its end; its words, where it fails. */
export function run(program, args, cwd, env = {}) {
  return new Promise((done, failed) => {
    execFile(program, args, { cwd, env: { ...ENV, ...env }, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) failed(new Error(`${[program, ...args].join(" ")} in ${cwd}: ${error.message}\n${stdout}\n${stderr}`));
      else done(stdout);
    });
  });
}

/** Packs the package as it would be published, and installs it in `work`, for all that is in there. */
export async function install(work) {
  const [{ filename }] = JSON.parse(await run("npm", ["pack", "--json", "--ignore-scripts", PACKAGE_DIR], work));
  writeFileSync(join(work, "package.json"), JSON.stringify({ name: "sites", private: true }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", `./${filename}`], work);
}

/** Copies the site there, with what it has to have; where it is. */
export function copy(work, site) {
  const at = join(work, site);
  cpSync(join(EXAMPLES, site), at, { recursive: true, filter: (path) => !/node_modules|\/(dist|\.next|\.nuxt|\.output|\.astro|\.angular)$/.test(path) });
  const modules = join(at, "node_modules");
  mkdirSync(modules);
  symlinkSync(join(work, "node_modules/instant-card"), join(modules, "instant-card"));
  // What it has in a version of its own.
  const own = join(work, "..", site, "node_modules");
  for (const name of existsSync(own) ? readdirSync(own) : []) {
    if (!name.startsWith(".vite") && name !== ".cache") symlinkSync(join(own, name), join(modules, name));
  }
  return at;
}

/** Copies the site there, checks and builds it. */
export async function build(work, site) {
  const at = copy(work, site);
  for (const script of SITES[site].scripts) await run("npm", ["run", "--silent", script], at);
  return at;
}

/** What answers for the built site's own pages: a folder, or where its server listens; and what ends that. */
export async function serve(at, site) {
  const { out, server } = SITES[site];
  // By hand, as the README says: the files in a folder of the site.
  if (site === "html") cpSync(join(at, "../node_modules/instant-card/cdn"), join(at, "instant-card"), { recursive: true });
  if (out) return { answer: folder(join(at, out)), stop: () => {} };
  const port = await freePort();
  const child = spawn(process.execPath, server(port), {
    cwd: at, env: { ...ENV, NODE_ENV: "production", PORT: port, HOST: "127.0.0.1" }, stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  const address = `http://127.0.0.1:${port}/`;
  for (const end = Date.now() + 30_000; ;) {
    const isThere = await fetch(address).then(({ ok }) => ok, () => false);
    if (isThere) break;
    assert.ok(Date.now() < end && child.exitCode === null, `${site} serves`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return {
    address,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
