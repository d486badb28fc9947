// `remember="session"`: a reload, and whoever comes to the tab next.

import assert from "node:assert/strict";
import { PASSWORD } from "./support/env.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { CREATE } from "./support/sandbox.mjs";

const SESSION = { remember: "session" };

/** Everything that the page keeps anywhere, as text. */
const kept = (page) => page.evaluate(async () => JSON.stringify([
  Object.entries(sessionStorage), Object.entries(localStorage), document.cookie, history.state,
  await indexedDB.databases(), await caches?.keys(),
]));

/** The tab's storage, once it holds (or holds no more) `text`. */
async function keeps(page, text, is = true) {
  await page.waitForFunction(([text, is]) => JSON.stringify(Object.entries(sessionStorage)).includes(text) === is, [text, is]);
  return page.evaluate(() => Object.keys(sessionStorage).length);
}

/** Takes the token out of the storage, since no scene is to end with one in it. */
const forget = (page) => page.evaluate(() => sessionStorage.clear());

scenes("what outlives a reload", () => {
  scene("the sign-in and the texts do; a photo is asked for again; a refusal and signing out leave nothing", {}, async ({ open, page, person }) => {
    await open("host.html", SESSION);
    await person.signIn();
    await person.choose(BADGE.name);
    await person.fill(BADGE.texts);
    await person.addPhoto("Photo", BADGE.photos.Photo);
    await keeps(page, "Müller-Łukasz");
    const all = await kept(page);
    assert.ok(!all.includes(PASSWORD) && !/\/9j\/|iVBORw0KGgo|data:image|blob:/.test(all), "neither password nor photo");
    // A photo is nowhere else.
    page.once("dialog", (dialog) => dialog.accept());
    await page.reload();
    const question = person.dialog;
    await person.sees(question.getByRole("heading", { name: "Go on with your card?" }), question.getByText("has to be added again"));
    await person.action("go-on").click();
    await person.sees(person.screen("card-form"));
    await person.standsThere(BADGE.texts);
    await question.waitFor({ state: "detached" });
    // Without a photo, nothing is lost: nobody is asked.
    await page.reload();
    await person.sees(question);
    await person.action("start-over").click();
    await question.waitFor({ state: "detached" });
    await person.sees(person.screen("templates"));
    await keeps(page, "Müller-Łukasz", false);
    await page.reload();
    await person.sees(person.button(BADGE.name));
    assert.equal(await question.count(), 0);
    await person.choose(PASS.name);
    await person.field("Company").fill("Brightwater");
    await keeps(page, "Brightwater");
    // A reload keeps it, and signing out does not.
    await person.signOutAllTheSame();
    await page.waitForFunction(() => sessionStorage.length === 0);
    await page.reload();
    await person.sees(person.field("Email"));
  });

  scene("where the form is there already, it is filled with what is gone on with", {}, async ({ open, page, person }) => {
    const attributes = { ...SESSION, "template-id": "5802" };
    await open("host.html", attributes);
    await person.signIn();
    await person.field("Company").fill("Brightwater");
    await keeps(page, "Brightwater");
    await page.reload();
    await person.action("go-on").click();
    await person.dialog.waitFor({ state: "detached" });
    assert.equal(await person.field("Company").inputValue(), "Brightwater");
    await person.field("Host").fill("Amelia Hart");
    await keeps(page, "Amelia Hart");
    assert.equal(await person.field("Company").inputValue(), "Brightwater");
    await keeps(page, "Brightwater");
    await forget(page);
  });

  scene("a card at the server is gone on with, in a copy of the tab not; the page's signOut forgets all", {}, async ({ open, newPage, page, person, sandbox, events }) => {
    await open("host.html", SESSION);
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    await person.action("save-draft").click();
    await person.sees(person.host.getByText("Draft saved"));
    await person.field("Company").fill("Harbor");
    await keeps(page, "Harbor");
    // As a browser does when a tab is duplicated.
    const entries = await page.evaluate(() => Object.entries(sessionStorage));
    const copy = await newPage();
    await copy.goto(`${sandbox.url}pages/host.css`);
    await copy.evaluate((entries) => entries.forEach(([key, text]) => sessionStorage.setItem(key, text)), entries);
    await open("host.html", SESSION, { page: copy });
    await copy.locator("instant-card").getByRole("button", { name: PASS.name, exact: true }).waitFor();
    await copy.waitForFunction(() => !JSON.stringify(Object.entries(sessionStorage)).includes("Harbor"));
    assert.equal(await copy.locator("instant-card").getByRole("dialog").count(), 0);
    await forget(copy);
    await copy.goto("about:blank");
    await page.reload();
    await person.action("go-on").click();
    await person.sees(person.screen("card-form"));
    assert.equal(await person.field("Company").inputValue(), "Harbor");
    await person.action("save-draft").click();
    await person.sees(person.host.getByText("Draft saved"));
    assert.equal((await sandbox.requests(CREATE)).length, 1);
    const [card] = (await sandbox.cards()).filter((card) => JSON.stringify(card).includes("Harbor"));
    assert.ok(card, "the same card has changed");
    await page.reload();
    await person.sees(person.dialog);
    await person.host.evaluate((host) => host.signOut());
    await person.sees(person.screen("sign-in"));
    await page.waitForFunction(() => sessionStorage.length === 0);
    assert.ok((await events()).some(({ type }) => type === "ic-sign-out"));
  });

  scene("a token that has expired is asked for in place; a place without a card is come back to", { network: true }, async ({ open, page, person, sandbox }) => {
    await open("host.html", SESSION);
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    await keeps(page, "Brightwater");
    await sandbox.expireTokens();
    await page.reload();
    await person.signInAgain();
    await person.action("go-on").click();
    await person.sees(person.screen("card-form"));
    await person.standsThere(PASS.texts);
    await person.action("open-account").click();
    await person.sees(person.screen("account"));
    await page.reload();
    await person.action("go-on").click();
    await person.sees(person.screen("account"));
    await forget(page);
  });

  scene("with none, nothing is anywhere; where nothing can be kept, it is as with none", {}, async ({ open, page, person }) => {
    await open("host.html", { remember: "none" });
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);
    page.on("dialog", (dialog) => dialog.accept());
    await page.addInitScript(() => {
      Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("no", "SecurityError"); } });
    });
    await open("host.html", SESSION);
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    const asked = page.waitForEvent("dialog");
    await page.goto("about:blank");
    assert.equal((await asked).type(), "beforeunload");
  });

  scene("in a kiosk it is a configuration error", {}, async ({ open, person, events }) => {
    await open("host.html", { ...SESSION, mode: "kiosk" });
    await person.sees(person.alert('remember="session"'));
    assert.ok((await events()).some(({ type, detail }) => type === "ic-error" && detail.code === "configuration"));
  });
});
