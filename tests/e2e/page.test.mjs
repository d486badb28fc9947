// Pages of their own mind: their shortcuts, the sandbox of the frame that the element stands in.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "./support/env.mjs";
import { BADGE, PASS, Person } from "./support/journey.mjs";
import { Payer, TEST_CARD, movements } from "./support/payer.mjs";
import { photos } from "./support/photos.mjs";
import { AUTHENTICATE, CREATE } from "./support/sandbox.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";
import { Shopper } from "./support/shopper.mjs";

/** What a person does in a field, and no page but that of the field has to hear of. */
const KEPT = [
  "keydown", "keypress", "keyup", "beforeinput", "input", "copy", "cut", "paste", "dragenter", "dragover", "drop",
];

/** Shortcuts as many sites have them: letters go to the search field, unless one types in a field that the page can see. */
function shortcuts(kept) {
  window.taken = [];
  for (const type of kept) document.addEventListener(type, () => window.taken.push(type));
  document.addEventListener("keydown", (event) => {
    if (["INPUT", "TEXTAREA"].includes(event.target.tagName)) return;
    if (/^[a-z/?]$/i.test(event.key)) {
      event.preventDefault();
      document.getElementById("search").value += event.key;
    }
  });
  // It hears first, and can tell.
  document.addEventListener("keydown", (event) => { window.path = event.composedPath()[0].tagName; }, true);
  document.addEventListener("DOMContentLoaded", () => {
    const search = document.createElement("input");
    search.id = "search";
    document.querySelector("header").append(search);
  });
}

scenes("a page with keys of its own", () => {
  scene("its shortcuts take nothing of what is typed, before the WASM and after", { browsers: BOTH, wide: ["firefox"] }, async ({ open, page, person }) => {
    await page.addInitScript(shortcuts, KEPT);
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    await page.route("**/instant-card_bg.wasm", (route) => held.then(() => route.continue()));
    await open("host.html");
    await person.field("Email").click();
    await page.keyboard.type(EMAIL);
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD.slice(0, 6));
    letGo();
    await page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-ready"));
    await page.keyboard.type(PASSWORD.slice(6));
    assert.equal(await page.evaluate(() => window.path), "INPUT", "a listener that captures can tell");
    await page.keyboard.press("Enter");
    await person.choose(BADGE.name);
    const name = person.field("Full name");
    await name.click();
    await page.keyboard.type("Susan / Sales?");
    assert.equal(await name.inputValue(), "Susan / Sales?");
    for (const key of ["Control+a", "Control+c", "Control+x", "Control+v", "Control+v"]) await page.keyboard.press(key);
    assert.equal(await name.inputValue(), "Susan / Sales?Susan / Sales?");
    assert.deepEqual(await page.evaluate(() => [window.taken, document.getElementById("search").value]), [[], ""]);

    // A file let go beside its field: the browser would open it in place of the page.
    const guarded = await person.host.getByRole("heading", { level: 1 }).evaluate((heading) => ["dragover", "drop"].map((type) => {
      const data = new DataTransfer();
      data.items.add(new File(["x"], "photo.jpg", { type: "image/jpeg" }));
      const event = new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer: data });
      heading.dispatchEvent(event);
      return event.defaultPrevented;
    }));
    assert.deepEqual(guarded, [true, true]);
    await person.give("drop", "Photo", photos.portrait);
    assert.deepEqual(await page.evaluate(() => window.taken), []);
  });

  for (const [about, beside] of [["", false], [", after a click beside its fields", true]]) {
    scene(`Escape closes our dialog and not the page's own${about}`, { browsers: BOTH, network: true, wide: beside || ["firefox"] }, async ({ open, page, person, sandbox }) => {
      await page.addInitScript(() => {
        window.escapes = 0;
        document.addEventListener("keydown", (event) => { window.escapes += event.key === "Escape"; });
      });
      await open("host.html");
      await page.evaluate(() => {
        const modal = document.createElement("dialog");
        modal.id = "modal";
        modal.style.width = "900px";
        modal.append(document.getElementById("card"));
        document.body.append(modal);
        modal.showModal();
      });
      const isOpen = () => page.evaluate(() => document.getElementById("modal").open);
      await person.signIn();
      await person.choose(PASS.name);
      await person.enter(PASS);
      for (let round = 0; round < 2; round += 1) {
        await sandbox.expireTokens();
        await person.button("Preview card").click();
        await person.sees(person.dialog.getByRole("heading", { name: "Sign in again" }));
        if (beside) await person.dialog.getByRole("heading").click();
        await page.keyboard.press("Escape");
        await person.dialog.waitFor({ state: "detached" });
        await person.sees(person.alert("You are not signed in."));
        assert.ok(await isOpen(), "the page's own dialog stays");
      }
      assert.equal(await page.evaluate(() => window.escapes), 0);
      await person.standsThere(PASS.texts);
      await person.field("Company").press("Escape");
      assert.equal(await isOpen(), false, "where Escape is nothing to us, it is the page's");
    });
  }
});

/** What Chromium says when a frame is not allowed something. */
const NOT_ALLOWED = [/Blocked form submission/, /Download is disallowed/, /can escape its sandboxing/];

/** The page of `pages/` with the element in a frame that is allowed scripts and its own origin, and nothing else. */
async function framed({ open, page }, attributes = {}) {
  await open("late.html");
  const frame = page.frameLocator("#frame");
  const person = new Person(Object.create(page, { locator: { value: (selector) => frame.locator(selector) } }));
  await page.evaluate((query) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { id: "frame", width: 1200, height: 800, src: `host.html?${query}` });
    frame.sandbox = "allow-scripts allow-same-origin";
    document.body.prepend(frame);
  }, new URLSearchParams(attributes).toString());
  return person;
}

scenes("in a frame without allow-forms, allow-downloads and allow-modals", () => {
  scene("Enter and buttons send each form: signing in, before the WASM and after, and a card", { expected: NOT_ALLOWED, sandbox: ["--csp", "none"], wide: true }, async (stage) => {
    const { page, sandbox } = stage;
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    await page.route("**/instant-card_bg.wasm", (route) => held.then(() => route.continue()));
    const person = await framed(stage);
    await person.field("Email").fill(EMAIL);
    await person.host.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.keyboard.press("Enter");
    await person.sees(person.button("Signing in…"));
    letGo();
    await person.choose(PASS.name);
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 1);
    await person.button("Preview card").click();
    await person.sees(person.host.locator(`[data-action="go-to-field"]`));
    await person.field("Full name").focus();
    // Enter goes on to the next field that is empty, and from the last one to the preview.
    for (const [label, text] of Object.entries(PASS.texts)) {
      await person.focuses(person.field(label));
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
    }
    await person.looksAtPreview(PASS);
    await person.finalize();
    assert.equal((await sandbox.requests(CREATE)).length, 1);
    await person.button("Sign out").click();
    await person.signIn();
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 2);
  });

  scene("the desk's forms, and a file that is not saved is there to copy", { expected: NOT_ALLOWED, sandbox: ["--csp", "none", "--cards", "3"], wide: true }, async (stage) => {
    const { sandbox } = stage;
    const person = await framed(stage);
    const [shopper, payer] = [new Shopper(person), new Payer(person)];
    await person.signIn();
    await shopper.opensCart();
    await shopper.searches("");
    await person.sees(shopper.cart.locator(".add-a-card [data-card]"));
    await payer.opensAccount();
    await payer.opensForm();
    await payer.fills({ amount: "50", ...TEST_CARD });
    await payer.field("billing_zip_code").press("Enter");
    await payer.reads("$50.00", "$300.00");
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
    await person.button("Download as CSV").click();
    const text = person.host.getByRole("textbox", { name: /^instantcard-transactions-.*\.csv$/ });
    await person.sees(text);
    assert.match(await text.inputValue(), /^\uFEFF?"?Date.*\r?\n(.*\r?\n)*.*50\.00/);
    await person.button("Copy the text").click();
    await person.sees(person.host.getByText("Copied.", { exact: true }));
    assert.equal(await text.evaluate((area) => area.value.length === area.selectionEnd - area.selectionStart), true);
  });
});
