// Leaving the page, and going back within it: nothing that was typed or photographed is gone without a question.

import assert from "node:assert/strict";
import { KEEPS_PAGES } from "./support/browser.mjs";
import { BADGE, PASS, STUDENT } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { finalized, Shopper } from "./support/shopper.mjs";

const cards = ["--cards", "2", "--preview-unavailable", "1000"];

/** Reloads the page, and stays if asked. Says whether it was asked. */
function isAskedOnReload(page) {
  return new Promise((resolve, reject) => {
    const onDialog = (dialog) => {
      page.off("domcontentloaded", onLoad);
      assert.equal(dialog.type(), "beforeunload");
      dialog.dismiss().then(() => resolve(true), reject);
    };
    const onLoad = () => {
      page.off("dialog", onDialog);
      resolve(false);
    };
    page.once("dialog", onDialog);
    page.once("domcontentloaded", onLoad);
    page.evaluate(() => { setTimeout(() => location.reload()); }).catch(reject);
  });
}

const entries = (page) => page.evaluate(() => [history.length, history.state]);

scenes("leaving the page", () => {
  scene("with a card half done it is asked first; with everything saved it is not", {}, async ({ open, page, person }) => {
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    assert.ok(await isAskedOnReload(page));
    for (const [label, text] of Object.entries(PASS.texts)) assert.equal(await person.field(label).inputValue(), text);
    await person.action("save-draft").click();
    await person.sees(person.host.getByText("Draft saved"));
    await person.field("Company").fill("Harbor");
    assert.ok(await isAskedOnReload(page), "changed since");
    await person.action("save-draft").click();
    await person.sees(person.host.getByText("Draft saved"));
    assert.ok(!await isAskedOnReload(page));
  });

  scene("with a photo that is being cropped, or an address that is being typed", { sandbox: cards, wide: true }, async ({ open, page, person, sandbox }) => {
    const shopper = new Shopper(person);
    await open();
    await person.signIn();
    await person.choose(BADGE.name);
    await person.chooseFile("Photo", BADGE.photos.Photo);
    await person.sees(person.screen("photo"));
    assert.ok(await isAskedOnReload(page));
    await person.action("cancel").click();
    await shopper.opensCart();
    assert.ok(!await isAskedOnReload(page), "nothing is left of it");
    await person.signIn();
    await shopper.opensCart();
    await shopper.searches("");
    await shopper.adds((await finalized(sandbox))[0]);
    await shopper.cart.getByRole("button", { name: shopper.words.checkout, exact: true }).click();
    await shopper.step("address").getByRole("radio", { name: shopper.words.fresh }).check();
    await shopper.step("address").locator('[name="city"]').fill("Austin");
    await shopper.opensCart();
    assert.ok(await isAskedOnReload(page), "also from elsewhere");
  });

  scene("what only the page has filled in is no reason to ask; nor is a kiosk", {
    sandbox: ["--token", "site-given-token-31cd"], secrets: ["site-given-token-31cd"],
  }, async ({ open, given, page, person }) => {
    await given({ token: "site-given-token-31cd", prefill: { FULL_NAME: "Ana Núñez" } });
    await open("host.html", { mode: "request" });
    await person.choose(PASS.name);
    assert.equal(await person.field("Full name").inputValue(), "Ana Núñez");
    assert.ok(!await isAskedOnReload(page));
    await person.choose(PASS.name);
    await person.field("Company").fill("Harbor");
    assert.ok(await isAskedOnReload(page));
    await person.host.evaluate((host) => host.setAttribute("mode", "kiosk"));
    await person.field("Company").fill("Brightwater");
    assert.ok(!await isAskedOnReload(page));
  });

  scene("a page that the browser has kept to go back to goes on as it was", { asks: true, browser: [KEEPS_PAGES] }, async ({ open, page, person, sandbox }) => {
    await page.addInitScript(() => addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      const { shadowRoot } = document.querySelector("instant-card");
      console.log(`kept: ${shadowRoot.querySelector("[data-token=COMPANY]").value}`);
      shadowRoot.querySelector("[data-action=save-draft]").click();
    }));
    page.on("dialog", (dialog) => dialog.accept());
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    await page.goto(`${sandbox.url}pages/host.html`);
    const kept = page.waitForEvent("console", { predicate: (message) => message.text().startsWith("kept: ") });
    // Playwright knows nothing of such pages, and waits for one to be loaded.
    page.goBack().catch(() => {});
    assert.equal((await kept).text(), `kept: ${PASS.texts.Company}`);
    await sandbox.until(({ cards }) => JSON.stringify(cards).includes(PASS.texts.Company));
    // Anywhere else it would be brought to, the way back that Playwright still waits for comes in between.
    await page.close();
  });
});

scenes("going back within the portal", () => {
  scene("it works from the first screen on, whatever of the cart has arrived, and for whoever was quicker", { network: true }, async ({ open, page, person }) => {
    await page.route("**/instant-card-desk.wasm", (route) => route.abort());
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route("**/instant-card-trail.wasm", async (route) => {
      await held;
      await route.continue();
    });
    await open();
    await person.signIn();
    await person.choose(STUDENT.name);
    await person.field("Full name").fill("Half a na");
    release();
    await page.waitForFunction(() => history.state?.["instant-card"] === 1);
    await page.goBack();
    await person.sees(person.screen("templates"));
    await person.action("open-cart").click();
    await person.sees(person.screen("cart").getByRole("alert"));
    await page.goBack();
    await person.sees(person.screen("templates"));
    await page.goForward();
    await person.sees(person.screen("cart"));
  });

  scene("each screen is an entry without an address, and everything is as it was left", {}, async ({ open, page, person }) => {
    await open("host.html");
    const address = page.url();
    await person.signIn();
    const [length] = await entries(page);
    await person.choose(STUDENT.name);
    await person.field("Full name").fill("Half a na");
    await page.goBack();
    await person.sees(person.screen("templates"));
    await page.goForward();
    await person.sees(person.screen("card-form"));
    assert.equal(await person.field("Full name").inputValue(), "Half a na");
    await person.addPhoto("Photo", STUDENT.photos.Photo);
    await page.waitForFunction(() => history.state["instant-card"] === 1);
    assert.equal(await person.field("Full name").inputValue(), "Half a na");
    await person.action("sign").click();
    await person.screen("signature").locator('[name="signature-name"]').fill("Ana");
    await page.goBack();
    await person.sees(person.screen("card-form"));
    await page.goForward();
    await person.sees(person.screen("signature"));
    assert.equal(await person.screen("signature").locator('[name="signature-name"]').inputValue(), "Ana", "what was signed is there");
    await page.goBack();
    await person.action("open-orders").click();
    await person.action("open-account").click();
    await person.action("open-orders").click();
    await page.waitForFunction(() => history.state["instant-card"] === 2);
    await page.goBack();
    await person.sees(person.screen("card-form"));
    assert.equal(await person.field("Full name").inputValue(), "Half a na");
    await page.goBack();
    await person.sees(person.screen("templates"));
    assert.equal(page.url(), address);
    assert.ok((await entries(page))[0] <= length + 3);
    // Where the page was before the widget was entered, a reload begins.
    await page.goForward();
    await person.sees(person.screen("card-form"));
    page.once("dialog", (dialog) => dialog.accept());
    await page.reload();
    await page.waitForFunction(() => history.state["instant-card"] === 1);
    await person.signIn();
    await page.waitForFunction(() => history.state["instant-card"] === 0);
  });

  scene("a finished card is not come back to; signing out leaves nothing to go back to", {}, async ({ open, page, person }) => {
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    await person.action("show-preview").click();
    await person.sees(person.screen("preview").getByRole("img"));
    await page.goBack();
    await person.sees(person.screen("card-form"));
    await page.goForward();
    await person.sees(person.screen("preview"));
    await person.action("finalize").click();
    await person.sees(person.screen("done"));
    await page.goBack();
    await person.sees(person.screen("templates"));
    await page.waitForFunction(() => history.state["instant-card"] === 0);
    await person.action("open-account").click();
    await person.sees(person.screen("account"));
    await person.action("sign-out").click();
    await person.sees(person.screen("sign-in"));
    await page.waitForFunction(() => history.state["instant-card"] === 0);
    await page.goForward();
    await page.waitForFunction(() => history.state["instant-card"] === 0);
    await person.sees(person.screen("sign-in"));
  });

  for (const [about, before, attributes] of [
    ["a page that routes by itself", () => history.replaceState({ mine: 1 }, "")],
    ["an element that is not all there is in the page's main part", () => {
      addEventListener("ic-ready", () => document.querySelector("main").append(document.createElement("p")), { once: true });
    }],
    ["one card in a site", () => {}, { mode: "request" }],
  ]) {
    scene(`no entries: ${about}`, attributes ? { sandbox: ["--token", "site-given-token-31cd"], secrets: ["site-given-token-31cd"] } : {}, async ({ open, given, page, person }) => {
      if (attributes) await given({ token: "site-given-token-31cd" });
      await page.addInitScript(before);
      await open("host.html", attributes);
      if (!attributes) await person.signIn();
      await person.sees(person.screen("templates"));
      const found = await entries(page);
      await person.choose(PASS.name);
      await person.fill(PASS.texts);
      assert.deepEqual(await entries(page), found);
    });
  }

  scene("an entry of the page's own: from then on they are all its own", {}, async ({ open, page, person }) => {
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await page.waitForFunction(() => history.state?.["instant-card"] === 1);
    await page.evaluate(() => history.pushState({ mine: 1 }, "", "#mine"));
    await person.action("open-account").click();
    await person.sees(person.screen("account"));
    const [, state] = await entries(page);
    assert.deepEqual(state, { mine: 1 });
    await page.goBack();
    await person.sees(person.screen("account"));
  });
});
