// The portal's service worker: what it keeps and what not, a start without a network, and a new version.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { isAccessible } from "./support/axe.mjs";
import { guide } from "./support/guide.mjs";
import { PASS } from "./support/journey.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";
import { Staff } from "./support/staff.mjs";

const options = { browsers: BOTH, wide: ["firefox"], worker: true, network: true, expected: [/ServiceWorker|service worker|integrity/i] };

/** A stage with a portal of its own at `/staff/`. */
const staffed = (body) => async (stage) => {
  const staff = stage.ends(new Staff());
  const sandbox = await stage.newSandbox(...staff.mount);
  await body({ ...stage, page: stage.page, person: stage.person, events: stage.events, staff, sandbox, url: `${sandbox.url}staff/` });
};

/** Waits until the service worker has kept everything. */
const kept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => new Promise((resolve) => {
  if (active.state === "activated") resolve();
  active.addEventListener("statechange", () => { if (active.state === "activated") resolve(); });
})));

/** What is kept, by path. */
const caches = (page) => page.evaluate(async () => {
  const all = [];
  for (const name of await window.caches.keys()) {
    for (const { url } of await (await window.caches.open(name)).keys()) all.push(new URL(url).pathname);
  }
  return all;
});

/** What stands before a sandbox, and answers for its pages as it is told: `page(response)`. */
async function front(sandbox) {
  const it = { page: null };
  const server = createServer((asked, answer) => {
    if (it.page && asked.url === "/staff/") return it.page(answer);
    const { method, url: path, headers } = asked;
    if (path === "/door") return answer.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Who are you?</h1>");
    const passed = request({ host: "127.0.0.1", port: sandbox.port, method, path, headers }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  it.url = `http://127.0.0.1:${server.address().port}/staff/`;
  it.stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return it;
}

scenes("the portal without a network", () => {
  scene("a server that is away behind its proxy, and one that does not answer, keep nobody from the page", { ...options, wide: true }, staffed(async ({ page, person, staff, sandbox, ends }) => {
    const before = ends(await front(sandbox));
    await page.goto(before.url);
    await kept(page);
    before.page = (answer) => answer.writeHead(503, { "Content-Type": "text/html" }).end("<h1>Away</h1>");
    await page.goto(before.url);
    await person.screen("sign-in").waitFor();
    before.page = () => {};
    await page.goto(before.url);
    await person.screen("sign-in").waitFor();
    // A sign-in of the site's own, in the page's place or elsewhere, is the server's answer, and nothing to be kept.
    for (const door of [[302, { Location: "/door" }], [200, { "Content-Type": "text/html" }, "<h1>Who are you?</h1>"]]) {
      before.page = (answer) => answer.writeHead(door[0], door[1]).end(door[2]);
      await page.goto(before.url);
      await page.getByRole("heading", { name: "Who are you?" }).waitFor();
    }
    before.page = (answer) => answer.destroy();
    await page.goto(before.url);
    await person.signIn();
    assert.ok((await caches(page)).includes(`/staff/v-${staff.version}/instant-card.js`));
  }));

  scene("starts by itself, keeps the application and nothing of the API's, and can be switched off", options, staffed(async ({ page, person, staff, sandbox, url }) => {
    await page.goto(url);
    await kept(page);
    const names = ["dataset", "scope", "serviceWorker", "register", "forget", "tell"];
    // A classic script's names are the page's as well, `const` and functions alike.
    const open = await page.evaluate((names) => names.filter((name) => { try { return (0, eval)(`typeof ${name}`) !== "undefined"; } catch { return true; } }), names);
    assert.deepEqual(open, [], "its script leaves no names in the page");
    await page.reload();
    await person.signIn();
    await person.choose(PASS.name);
    const paths = await caches(page);
    assert.ok(paths.includes("/staff/") && paths.includes(`/staff/v-${staff.version}/instant-card-desk.wasm`), `${paths}`);
    const strange = paths.filter((path) => !/^\/staff\/(v-[0-9a-f]{8}\/[\w.-]+|icon\.svg|portal\.webmanifest|)$/.test(path));
    assert.deepEqual(strange, [], "nothing else is kept");

    await sandbox.stop();
    await page.goto("about:blank");
    await page.goto(url);
    await person.enterCredentials();
    await person.sees(person.alert("The card server cannot be reached."));

    // Later, and the site does not want it any more.
    const again = await sandbox.again();
    staff.write("index.html", staff.read("index.html").replace("<script defer", '<script data-offline="off" defer'));
    await page.goto(url);
    await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistrations()).length && !(await window.caches.keys()).length);
    await again.stop();
  }));

  scene("a new version is taken whole or not at all, is told, and costs nobody what they type", { ...options, wide: true }, staffed(async ({ page, person, staff, url }) => {
    await page.goto(url);
    await kept(page);
    await page.reload();
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill({ "Full name": "Ana Núñez" });

    const first = staff.version;
    const looks = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
    staff.deploys("0000000b");
    const mended = staff.breaks("instant-card-desk.wasm");
    const gone = page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await new Promise((resolve) => {
        registration.addEventListener("updatefound", () => {
          const { installing } = registration;
          installing.addEventListener("statechange", () => { if (installing.state === "redundant") resolve(); });
        });
      });
    });
    await looks();
    await gone;
    // A browser looks by itself as well, and begins anew: what is under way comes to nothing each time.
    await page.waitForFunction(async ([first, second]) => {
      const { installing } = await navigator.serviceWorker.getRegistration();
      const names = await window.caches.keys();
      return !installing && !names.some((name) => name.includes(second)) && names.some((name) => name.includes(first));
    }, [first, "0000000b"]);

    mended();
    await looks();
    await page.getByRole("status").filter({ hasText: "There is a new version of this page." }).waitFor();
    await isAccessible(page);
    assert.equal(await person.field("Full name").inputValue(), "Ana Núñez");
    // What is fetched later is the first version's, and fits.
    await person.enter(PASS);
    await person.preview(PASS);
    await person.finalize();
    await page.getByRole("button", { name: "Reload" }).click();
    await page.waitForFunction(() => document.querySelector('script[src*="v-0000000b"]'));
    await person.screen("sign-in").waitFor();
    assert.equal(await page.locator(".news").count(), 0);
  }));

  scene("a kiosk starts, and says that it is back soon", options, staffed(async ({ page, person, staff, sandbox, url }) => {
    const tag = /<script defer[^]*?<\/script>/.exec(guide("hosting.md"))[0].replace("0123abcd", staff.version);
    const lines = staff.read("index.html").match(/<link rel="(modulepreload|preload)"[^>]*>|<script type="module"[^>]*><\/script>/g);
    assert.equal(lines.length, 3);
    staff.write("kiosk.html", `<!doctype html><html lang="en"><head><title>Kiosk</title><link rel="icon" href="icon.svg"><link rel="stylesheet" href="site.css">
      ${lines.join("")}<script type="module" src="site.js"></script>${tag}</head>
      <body><main><instant-card mode="kiosk" api-base="/api/v2/" organization-id="20003827"></instant-card></main></body></html>`);
    staff.write("site.css", "main { max-width: 80rem; }");
    staff.write("site.js", 'document.querySelector("instant-card").tokenProvider = async () => (await (await fetch("/__sandbox/token", { method: "POST" })).json()).token;');
    await page.goto(`${url}kiosk.html`);
    await person.sees(person.screen("attract").getByText("Touch", { exact: false }));
    await kept(page);
    await sandbox.stop();
    await page.goto("about:blank");
    await page.goto(`${url}kiosk.html`);
    await person.sees(person.host.getByRole("heading", { name: "Back soon" }));
    assert.equal(await page.locator("main").evaluate((main) => getComputedStyle(main).maxWidth), "1280px", "with its own files");
  }));
});
