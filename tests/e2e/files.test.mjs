// The files of a build: the policy of the page that fetches them, those of two builds, and pages in place of them.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { EMAIL, PACKAGE_DIR } from "./support/env.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { photos } from "./support/photos.mjs";
import { scene, scenes } from "./support/scene.mjs";

const errors = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);

/** The policy that the README promises to be enough. */
const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const POLICY = /^Content-Security-Policy: (.*)$/m.exec(README)[1];
const API = "https://core.instantcard.net";

/** Opens a page under the policy, with the API at another address. The page's own icon is its own matter. */
async function under(policy, { newSandbox, sandbox, open }) {
  assert.ok(policy.includes(API) || !POLICY.includes(policy));
  const pages = await newSandbox("--csp", policy.replace(API, new URL(sandbox.url).origin));
  await open("host.html", { "api-base": sandbox.api }, { sandbox: pages });
  return pages;
}
const expected = [/Content Security Policy|CSP violation/];

scenes("a page with a strict policy", () => {
  scene("the policy in the README, to the letter", { expected: [/'data:,'|img-src data /] }, async (stage) => {
    await under(POLICY, stage);
    await stage.person.makes(BADGE);
    assert.deepEqual(await errors(stage.events), []);
  });

  for (const [about, less, says] of [
    ["fetching the WASM", [" 'self' https", " https"], (pages) => `connect-src has to allow ${pages.url}pkg/instant-card_bg.wasm.`],
    ["compiling the WASM", [" 'wasm-unsafe-eval'", ""], () => "script-src has to allow 'wasm-unsafe-eval'."],
    ["the API", [` ${API}`, ""], (_, sandbox) => `connect-src has to allow ${new URL(sandbox.url).origin}.`],
  ]) {
    scene(`a policy that does not allow ${about} is named`, { expected, network: true }, async (stage) => {
      const { person, sandbox, events } = stage;
      const policy = POLICY.replace(...less);
      assert.notEqual(policy, POLICY);
      const pages = await under(policy, stage);
      if (about === "the API") await person.enterCredentials();
      await person.sees(person.alert(says(pages, sandbox)));
      assert.ok((await errors(events)).includes("load-blocked"));
    });
  }
});

/** The same file of another build: its version is the last that stands in it. */
function ofAnotherBuild(name) {
  const bytes = readFileSync(join(PACKAGE_DIR, name));
  bytes.write("00000000", bytes.length - 8);
  return bytes;
}

/** Answers for a file of the build, so many times. */
async function inPlaceOf(page, name, answer, times = Infinity) {
  let asked = 0;
  await page.route(`**/${name}`, (route) => {
    asked += 1;
    return asked > times ? route.continue() : route.fulfill(answer);
  });
}
const old = (name) => ({ contentType: "application/wasm", body: ofAnotherBuild(name) });
const A_PAGE = { contentType: "text/html; charset=utf-8", body: "<!doctype html><title>Sign in</title>" };
const FIRST = "instant-card_bg.wasm";

scenes("files of two builds", () => {
  for (const name of [FIRST, "instant-card-cards.wasm"]) {
    scene(`an old ${name} in a cache: got anew, without a word`, {}, async (stage) => {
      const { page, person, events, sandbox } = stage;
      // A host that lets everything be kept for an hour, and has an old file at first.
      let asked = 0;
      const host = createServer(async ({ url }, response) => {
        const answer = await fetch(new URL(url, sandbox.url));
        const isOld = url.endsWith(name) && (asked += 1) === 1;
        response.writeHead(answer.status, { "content-type": answer.headers.get("content-type"), "cache-control": "max-age=3600" });
        response.end(isOld ? ofAnotherBuild(name) : Buffer.from(await answer.arrayBuffer()));
      });
      await once(host.listen(0, "127.0.0.1"), "listening");
      try {
        const query = new URLSearchParams({ "api-base": sandbox.api });
        await page.goto(`http://127.0.0.1:${host.address().port}/pages/host.html?${query}`);
        await person.field("Email").fill(EMAIL);
        await person.signIn();
        await person.sees(person.button(PASS.name));
        assert.equal(asked, 2);
        assert.deepEqual(await errors(events), []);
      } finally {
        // What is still fetched behind the screen is not refused.
        await page.goto("about:blank");
        host.closeAllConnections();
        host.close();
      }
    });
  }

  scene("a new WASM on the server: there is a new version, reload", {}, async ({ open, page, person, events }) => {
    await inPlaceOf(page, FIRST, old(FIRST));
    await open("host.html");
    await person.sees(person.alert("There is a new version of the card form."));
    assert.deepEqual(await errors(events), ["load-version"]);
    await page.unrouteAll();
    // The module too comes anew.
    const module = page.waitForRequest((request) => request.url().endsWith("/pkg/instant-card.js") && request.resourceType() === "fetch");
    await person.button("Reload page").click();
    await module;
    await person.signIn();
  });

  scene("a new version while one fills in a card: what is typed stays, and may be saved first", {}, async ({ open, page, person, events, sandbox }) => {
    const name = "instant-card-studio.wasm";
    await inPlaceOf(page, name, old(name));
    await open("host.html");
    await person.signIn();
    await person.choose(BADGE.name);
    await person.fill(BADGE.texts);
    await person.chooseFile("Photo", photos.portrait);
    await person.sees(person.alert("There is a new version of the card form."), person.button("Reload page"));
    await person.standsThere(BADGE.texts);
    assert.deepEqual(await errors(events), ["load-version"]);
    assert.equal(await person.host.getByText(/connection/).count(), 0, "no second cause");
    await person.button("Save draft").click();
    await person.sees(person.host.getByText("Draft saved."));
    assert.equal((await sandbox.cards()).length, 1);
    await page.unrouteAll();
    await person.addPhoto("Photo");
    assert.equal(await person.button("Reload page").count(), 0, "it is over");
    await person.standsThere(BADGE.texts);
  });

  scene("a new version of a screen's file: told once, with the true cause, and out of the way of what one comes to", {}, async ({ open, page, person, events }) => {
    const name = "instant-card-desk.wasm";
    await inPlaceOf(page, name, old(name));
    await page.setViewportSize({ width: 360, height: 740 });
    await open();
    await person.signIn();
    await person.action("open-cart").click();
    await person.sees(person.alert("There is a new version of the card form."), person.alert("The next screen could not be loaded."));
    assert.equal(await person.host.getByText(/connection/).count(), 0);
    assert.deepEqual([...new Set(await errors(events))], ["load-version"]);
    await person.action("make-card").click();
    await person.choose(BADGE.name);
    // Backwards, one comes to each field from below.
    await person.action("save-draft").focus();
    for (let at = 0; at < 8; at += 1) {
      await page.keyboard.press("Shift+Tab");
      const [top, bottom] = await page.evaluate(() => {
        const { shadowRoot } = document.querySelector("instant-card");
        return [shadowRoot.activeElement.getBoundingClientRect().top, shadowRoot.querySelector(".failure").getBoundingClientRect().bottom];
      });
      assert.ok(top >= bottom, `field ${at}: ${top} under ${bottom}`);
    }
  });
});

scenes("a page in place of a file", () => {
  const says = (name) => new RegExp(`the server sent a web page in place of its file\\..*${name}\\.`);

  scene("the WASM", {}, async ({ open, page, person, events }) => {
    await inPlaceOf(page, FIRST, A_PAGE, 1);
    await open("host.html");
    await person.sees(person.alert(says(FIRST)));
    assert.deepEqual(await errors(events), ["load-page"]);
    await person.button("Try again").click();
    await person.signIn();
  });

  scene("what is behind the sign-in form", {}, async ({ open, page, person, events }) => {
    const name = "instant-card-cards.wasm";
    await inPlaceOf(page, name, A_PAGE, 2);
    await open("host.html");
    await person.enterCredentials();
    // The first one fails while somebody types, the second when they have signed in.
    await person.sees(person.alert(says(name)), person.alert("The next screen could not be loaded."));
    assert.equal(await person.host.getByRole("link", { name: "Forgot your password?" }).count(), 0, "the password is as it should be");
    assert.ok((await errors(events)).includes("load-page"));
    await person.button("Sign in").click();
    await person.sees(person.button(PASS.name));
    assert.equal(await person.alert(says(name)).count(), 0);
  });

  scene("the module itself: what stands in the element until it is there", { wide: true, expected: [/MIME type|preloaded|integrity/] }, async ({ open, page }) => {
    await inPlaceOf(page, "instant-card.js", A_PAGE);
    await open();
    await page.getByText("instant-card.js could not be loaded").waitFor();
  });
});
