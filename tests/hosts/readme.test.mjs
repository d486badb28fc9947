// The lines of npm/README.md, typed as they stand there into an empty project: of Vite, of Next, and a page without a bundler.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { PACKAGE_DIR } from "../e2e/support/env.mjs";
import { folder } from "../e2e/support/host.mjs";
import { BADGE } from "../e2e/support/journey.mjs";
import { freePort } from "../e2e/support/ports.mjs";
import { scene, scenes } from "../e2e/support/scene.mjs";
import { ENV, run, workshop } from "./sites.mjs";

const README = readFileSync(join(PACKAGE_DIR, "README.md"), "utf8");
const BLOCKS = [...README.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));
/** The block in this language that says by its first line that it is for this file; what it says. */
function lines(language, file) {
  const found = BLOCKS.filter(({ text }) => text.split("\n")[0].includes(file ?? "")).filter((block) => block.language === language);
  assert.ok(found.length, `the README has ${language} for ${file}`);
  return found[0].text;
}
const INSTALL = lines("sh").trim();
const SERVER = "https://core.instantcard.net/";

const { work, clear } = workshop();
const running = [];
after(async () => {
  for (const end of running.reverse()) await end();
  clear();
});

/** A registry that has this package alone. */
async function registry() {
  const [{ filename }] = JSON.parse(await run("npm", ["pack", "--json", "--ignore-scripts", PACKAGE_DIR], work));
  const tarball = readFileSync(join(work, filename));
  const manifest = JSON.parse(readFileSync(join(PACKAGE_DIR, "package.json"), "utf8"));
  const { name, version } = manifest;
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  const server = createServer(({ url, headers }, response) => {
    if (url.endsWith(".tgz")) return response.end(tarball);
    if (url !== `/${name}`) return response.writeHead(404).end("{}");
    const dist = { tarball: `http://${headers.host}/${name}.tgz`, integrity };
    return response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  running.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/`;
}

const write = (file, text) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

/** What `npm create vite` leaves, without its pictures; then the README's lines. */
function vite(at) {
  write(join(at, "package.json"), JSON.stringify({ name: "site", private: true, type: "module", scripts: { dev: "vite", build: "vite build", preview: "vite preview" } }));
  const element = lines("html", "index.html");
  write(join(at, "index.html"), `<!doctype html>
<html lang="en">
  <head><meta charset="UTF-8" /><link rel="icon" href="data:," /><title>site</title></head>
  <body><div id="app"></div><script type="module" src="/src/main.js"></script>\n${element}</body>
</html>
`);
  write(join(at, "src/main.js"), lines("js", "src/main.js"));
  write(join(at, "vite.config.js"), lines("js", "vite.config.js"));
}

/** What `npm create next-app` leaves, without its pictures; then the README's lines. */
function next(at) {
  write(join(at, "package.json"), JSON.stringify({ name: "site", private: true, scripts: { dev: "next dev", build: "next build", start: "next start" } }));
  write(join(at, "app/layout.jsx"), `export const metadata = { title: "Create Next App", icons: "data:," };
export default function RootLayout({ children }) { return <html lang="en"><body>{children}</body></html>; }
`);
  write(join(at, "app/page.jsx"), lines("jsx", "app/page.jsx"));
  // Where the packages are, is this test's own matter.
  const root = "new URL('../..', import.meta.url).pathname";
  write(join(at, "next.config.mjs"), `export default { turbopack: { root: ${root} }, outputFileTracingRoot: ${root}, devIndicators: false };\n`);
}

before(async () => {
  const url = await registry();
  for (const [name, make] of Object.entries({ vite, next })) {
    make(join(work, name));
    const [program, ...args] = INSTALL.split(" ");
    await run(program, args, join(work, name), { npm_config_registry: url, npm_config_cache: join(work, "cache") });
  }
});

/** Starts what serves, and waits until it says where; its address. */
async function starts(name, ...args) {
  const port = await freePort();
  const programs = { vite: "node_modules/vite/bin/vite.js", next: "node_modules/next/dist/bin/next" };
  const host = name === "vite" ? ["--host=127.0.0.1", "--strictPort"] : ["--hostname=127.0.0.1"];
  const child = spawn(process.execPath, [join(work, "..", programs[name]), ...args, `--port=${port}`, ...host], {
    cwd: join(work, name), env: ENV, stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (/ready|Local/i.test(line)) break;
  }
  child.stdout.resume();
  return `http://127.0.0.1:${port}/`;
}

const WAYS = {
  "Vite, while one develops": () => starts("vite"),
  "Vite, built": async () => {
    await run("npm", ["run", "build"], join(work, "vite"));
    return starts("vite", "preview");
  },
  "Next, while one develops": () => starts("next", "dev"),
  "Next, built": async () => {
    await run("npm", ["run", "build"], join(work, "next"));
    return starts("next", "start");
  },
  "Next, built with webpack": async () => {
    await run("npm", ["run", "build", "--", "--webpack"], join(work, "next"));
    return starts("next", "start");
  },
  "no bundler": async () => {
    // Another host than the page's, which lets every page have its files.
    const files = folder(join(PACKAGE_DIR, "cdn"));
    const cdn = createServer((call, response) => {
      response.setHeader("access-control-allow-origin", "*");
      files({ url: call.url.replace("/instant-card/", "/") }, response);
    });
    await once(cdn.listen(0, "127.0.0.1"), "listening");
    const [script] = BLOCKS.filter(({ text }) => text.includes("cdn.example.org"));
    const page = script.text.replace("https://cdn.example.org", `http://127.0.0.1:${cdn.address().port}`);
    const site = createServer((_, response) => response.setHeader("content-type", "text/html")
      .end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>site</title><link rel="icon" href="data:,">${page}`));
    await once(site.listen(0, "127.0.0.1"), "listening");
    for (const server of [cdn, site]) {
      running.push(() => {
        server.closeAllConnections();
        server.close();
      });
    }
    return `http://127.0.0.1:${site.address().port}/`;
  },
};

// What those who develop are told beside.
const expected = [/React DevTools|\[HMR\]|\[vite\]|preload/];

scenes("the README's lines in an empty project", () => {
  for (const [name, serves] of Object.entries(WAYS)) {
    scene(name, { wide: true, expected }, async ({ page, person, sandbox }) => {
      const address = await serves();
      // InstantCard's server, as the page asks it.
      await page.route(`${SERVER}**`, async (route) => {
        const response = await route.fetch({ url: route.request().url().replace(SERVER, sandbox.url) });
        await route.fulfill({ response });
      });
      // Who develops waits for the first page until it is compiled.
      await page.goto(address, { timeout: 60_000 });
      await person.makes(BADGE);
      // Everything that is fetched later is found, with the style sheets in it.
      await person.action("open-cart").click();
      await person.sees(person.screen("cart"));
      await person.action("open-account").click();
      await person.sees(person.screen("account").getByRole("heading", { name: "Transactions" }));
      assert.equal(await person.host.evaluate((host) => host.shadowRoot.adoptedStyleSheets.length), 6, "with their style sheets");
    });
  }
}, { concurrency: 1 });
