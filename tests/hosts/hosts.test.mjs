// The sites in `examples/`, each built with the packed tarball as those who have it build it, and the product's own pages; a person
// goes the main way through them in three browsers, and docs/browsers.md tells what they have seen.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { host } from "../e2e/support/host.mjs";
import { Sandbox } from "../e2e/support/sandbox.mjs";
import { BROWSERS, documented, goes, table } from "./browsers.mjs";
import { PAGES } from "./pages.mjs";
import { SITES, build, install, serve, workshop } from "./sites.mjs";
import { visit } from "./visit.mjs";

/** `SITE=react` tries one of them alone; `BROWSER=Firefox` in one browser. */
const { SITE, BROWSER } = process.env;
const sites = Object.entries(SITES).filter(([site]) => !SITE || site === SITE);
const pages = Object.entries(PAGES).filter(([name]) => !SITE || name === SITE);
const browsers = BROWSERS.filter(({ name }) => !BROWSER || name === BROWSER);
/** So many are built beside each other. */
const BUILDERS = 2;
/** Far more than anything takes, so that a busy machine is not a failure. */
const LIMIT = { timeout: 300_000 };

const { work, clear } = workshop();
const waiting = sites.map(([site]) => site);
const built = Object.fromEntries(waiting.map((site) => [site, Promise.withResolvers?.() ?? resolvers()]));
for (const { promise } of Object.values(built)) promise.catch(() => {});

function resolvers() {
  const one = {};
  one.promise = new Promise((resolve, reject) => Object.assign(one, { resolve, reject }));
  return one;
}

/** Builds what is not built yet, one site after the other. */
async function builds() {
  for (let site = waiting.shift(); site; site = waiting.shift()) {
    const began = Date.now();
    await build(work, site).then(built[site].resolve, built[site].reject);
    console.log(`${SITES[site].name}: checked and built in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
}

const builders = install(work).then(() => Promise.all(Array.from({ length: BUILDERS }, builds)));
builders.catch((error) => Object.values(built).forEach(({ reject }) => reject(error)));
after(async () => {
  await builders.catch(() => {});
  await Promise.all(browsers.map((browser) => browser.stop()));
  clear();
});

/** One way in all browsers, each with a sandbox of its own. */
function inEach(page, way, given) {
  for (const browser of browsers) {
    test(browser.name, LIMIT, async () => {
      const sandbox = await Sandbox.start();
      const ending = [sandbox];
      const ends = (thing) => {
        ending.unshift(thing);
        return thing;
      };
      try {
        await goes(page, browser, way, { sandbox, ends, ...await given?.(sandbox, ends) });
      } finally {
        for (const thing of ending) await thing.stop();
      }
    });
  }
}

for (const [name, way] of pages) {
  describe(name, { concurrency: browsers.length }, () => inEach(name, way));
}

for (const [site, { name, isRendered }] of sites) {
  describe(name, { concurrency: browsers.length }, () => {
    let served;
    before(async () => { served = await serve(await built[site].promise, site); });
    after(() => served?.stop());
    inEach(name, visit, async (sandbox, ends) => {
      const { url } = ends(await host(served, sandbox));
      if (isRendered) assert.match(await (await fetch(url)).text(), /<instant-card [^>]*api-base="\/api\/v2\/"/, "it is rendered on the server");
      return { url };
    });
  });
}

test("docs/browsers.md tells what was seen", { skip: Boolean(SITE || BROWSER) }, () => {
  const text = table([...Object.keys(PAGES), ...sites.map(([, { name }]) => name)]);
  assert.equal(documented(text), text, "WRITE_BROWSERS=1 writes it there");
});
