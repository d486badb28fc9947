// Pages and browsers of their own mind: another base, frames that are allowed everything, and extensions that rewrite what is shown.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BADGE, PASS, Person } from "./support/journey.mjs";
import { Payer } from "./support/payer.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";

scenes("a page with another base", () => {
  scene("addresses of screens are the page's own, and every file is found", { sandbox: ["--csp", "none"] }, async ({ open, page, person, sandbox }) => {
    await page.route("**/host.html*", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("</head>", "<base href=\"/elsewhere/deep/\"></head>") });
    });
    await open("host.html", { routing: "hash" });
    const address = page.url();
    await person.makes(PASS);
    await person.action("open-cart").click();
    await person.screen("cart").waitFor();
    await page.waitForURL(`${address}#/cart`);
    assert.equal((await sandbox.cards()).length, 1);
  });
});

scenes("in a frame that is sandboxed, and allowed forms, downloads and questions", () => {
  scene("forms are sent once, a file is saved, and leaving is asked about", { sandbox: ["--csp", "none"], expected: [/can escape its sandboxing/] }, async ({ open, page, sandbox }) => {
    await open("late.html");
    await page.evaluate(() => {
      const frame = document.createElement("iframe");
      Object.assign(frame, { id: "frame", width: 1200, height: 800, src: "host.html" });
      frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-downloads allow-modals";
      document.body.prepend(frame);
    });
    const frame = page.frameLocator("#frame");
    const person = new Person(Object.create(page, { locator: { value: (selector) => frame.locator(selector) } }));
    const payer = new Payer(person);
    await person.signIn();
    await payer.opensAccount();
    const download = page.waitForEvent("download");
    await person.button("Download as CSV").click();
    const file = await download;
    assert.match(file.suggestedFilename(), /^instantcard-transactions-.*\.csv$/);
    assert.match(readFileSync(await file.path(), "utf8"), /Date/);
    await person.button("New card").click();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    await person.field("Valid until").press("Enter");
    await person.looksAtPreview(PASS);
    assert.equal((await sandbox.requests(/^POST \S+\/cards$/)).length, 1);
    await person.edit();
    await person.fill({ Company: "Harbor" });
    const asked = page.waitForEvent("dialog");
    await page.evaluate(() => { setTimeout(() => document.getElementById("frame").contentWindow.location.reload()); });
    const dialog = await asked;
    assert.equal(dialog.type(), "beforeunload");
    await dialog.dismiss();
    await person.standsThere({ Company: "Harbor" });
  });
});

/**
 * What a translator and a dark-mode extension do, in every page: each text is taken out and stands in a `<font>` in its place, also what
 * comes later; a style sheet and attributes of its own are put everywhere.
 */
function rewrite() {
  const skipped = new Set(["STYLE", "SCRIPT", "OPTION", "TEXTAREA"]);
  const dark = (root) => {
    if (root.querySelector("style.dark")) return;
    const style = document.createElement("style");
    style.className = "dark";
    style.textContent = "* { --dark-text: #ddd; }";
    root.append(style);
  };
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      if (!text.data.trim() || text.parentNode.localName === "font" || skipped.has(text.parentNode.nodeName)) continue;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = text.data;
      outer.append(inner);
      text.replaceWith(outer);
      window.translated = (window.translated ?? 0) + 1;
    }
    for (const element of root.querySelectorAll("button, input, h1")) element.setAttribute("data-dark", "");
  };
  const follow = (root) => {
    const act = () => {
      dark(root);
      translate(root);
    };
    act();
    new MutationObserver(act).observe(root, { childList: true, subtree: true, characterData: true });
  };
  const found = new WeakSet();
  const scan = () => {
    for (const { shadowRoot } of document.querySelectorAll("instant-card")) {
      if (!shadowRoot || found.has(shadowRoot)) continue;
      found.add(shadowRoot);
      follow(shadowRoot);
    }
  };
  customElements.whenDefined("instant-card").then(scan);
  new MutationObserver(scan).observe(document, { childList: true, subtree: true });
}

scenes("extensions that rewrite what is shown", () => {
  scene("a translator and a dark mode, before the WASM and after: what is said next is seen, and nothing typed is lost", { browsers: BOTH, wide: true, sandbox: ["--csp", "none"] }, async ({ open, page, person, sandbox }) => {
    await page.addInitScript(rewrite);
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    await page.route("**/instant-card_bg.wasm", (route) => held.then(() => route.continue()));
    await open("host.html");
    await person.field("Email").fill("half@a");
    letGo();
    await page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-ready"));
    assert.equal(await person.field("Email").inputValue(), "half@a");
    const heading = person.host.getByRole("heading", { level: 1 });
    assert.equal(await heading.innerText(), "Sign in to order cards");
    // What changes while it stands there: each word once, in the language in force.
    const spanish = new Person(page, "es");
    await person.host.evaluate((host) => host.setAttribute("lang", "es"));
    await spanish.sees(spanish.button(spanish.words.signIn));
    await person.host.evaluate((host) => host.setAttribute("lang", "en"));
    await sandbox.faults({ latency_ms: 400 });
    await person.enterCredentials();
    await person.sees(person.button("Signing in…"));
    await person.choose(BADGE.name);
    await sandbox.heal();
    await person.fill(BADGE.texts);
    await person.addPhoto("Photo");
    await person.standsThere(BADGE.texts);
    await person.fill({ "Full name": "" });
    await person.button("Preview card").click();
    await person.sees(person.host.locator(`[data-action="go-to-field"]`));
    await person.fill(BADGE.texts);
    await person.preview(BADGE);
    await person.finalize();
    assert.ok(await page.evaluate(() => window.translated) > 10);
    assert.equal((await sandbox.cards())[0].data.FULL_NAME, BADGE.texts["Full name"]);
  });
});
