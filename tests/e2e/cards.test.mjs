// All cards of an organization, and what staff do with them: drafts that others have left are found, corrected, finalized, ordered.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isAccessible } from "./support/axe.mjs";
import { PASS, Person } from "./support/journey.mjs";
import { CREATE, FINALIZE, UPDATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { client } from "./support/shop.mjs";
import { Shopper, finalized, jobs } from "./support/shopper.mjs";

/** All cards, a page of them. */
const LIST = /^GET \S+\/cards$/;
const TOKEN = "site-given-token-31c7";

/** Staff at their cards. */
class Clerk {
  constructor(person) {
    this.person = person;
  }

  get list() { return this.person.screen("cards"); }
  get card() { return this.person.screen("card"); }
  get places() { return this.person.host.getByRole("navigation", { name: "Places" }); }
  row(number) { return this.list.locator(`[data-card="${number}"]`); }

  async opens() {
    await this.places.getByRole("button", { name: "Cards", exact: true }).click();
    await this.list.waitFor();
  }

  async looksFor(term) { await this.list.getByRole("textbox", { name: "Search cards" }).fill(term); }

  async picks(...numbers) {
    for (const number of numbers) await this.row(number).getByRole("checkbox").check();
  }

  async opensCard(number) {
    await this.row(number).locator('[data-action="open-card"]').click();
    await this.card.waitFor();
  }

  /** The numbers of the cards in the list, from the top. */
  numbers() { return this.list.locator("[data-card]").evaluateAll((rows) => rows.map((row) => Number(row.dataset.card))); }
}

scenes("all cards", () => {
  scene("a draft that a member has left is found by staff, corrected, finalized and ordered", {
    sandbox: ["--token", TOKEN, "--cards", "30"], secrets: [TOKEN],
  }, async ({ given, open, person, newPage, sandbox }) => {
    await given({ token: TOKEN });
    await open("host.html", { mode: "request", "template-id": "5802", "ends-with": "draft" });
    await person.enter(PASS);
    await person.button("Preview card").click();
    await person.screen("preview").locator('[data-action="finalize"]').click();
    await person.sees(person.screen("done").getByRole("heading", { name: "Your draft is saved" }));
    const draft = (await sandbox.cards()).at(-1).id;

    const page = await newPage();
    const staff = new Person(page);
    const [clerk, shopper] = [new Clerk(staff), new Shopper(staff)];
    await open("", {}, { page });
    await staff.signIn();
    await clerk.opens();
    await staff.sees(clerk.list.getByText("31 of 31 cards"));
    await clerk.list.getByRole("button", { name: "Waiting" }).click();
    await clerk.looksFor("nuñez");
    await staff.sees(clerk.row(draft).getByText("Ana Núñez"));
    assert.deepEqual(await clerk.numbers(), [draft]);
    await isAccessible(page);
    await clerk.opensCard(draft);
    await staff.sees(clerk.card.getByRole("img", { name: "Front: Ana Núñez" }), clerk.card.getByText("Never ordered, and the server"));
    await isAccessible(page);

    await clerk.card.getByRole("button", { name: "Edit card" }).click();
    await staff.standsThere(PASS.texts);
    await staff.field("Company").fill("Brightwater Inc.");
    await staff.button("Save draft").click();
    await staff.sees(staff.host.getByText("Draft saved."));
    assert.deepEqual((await sandbox.sentData(UPDATE)).map((fields) => fields.map(({ value }) => value)), [["Brightwater Inc."]]);

    await clerk.opens();
    await clerk.opensCard(draft);
    await staff.sees(clerk.card.getByText("Brightwater Inc."));
    await clerk.card.getByRole("button", { name: "Finalize and add to cart" }).click();
    await clerk.card.getByRole("button", { name: "Open the cart" }).click();
    await shopper.goesToReview();
    await shopper.submits();
    assert.deepEqual(await jobs(sandbox, true), { 1: [draft] });
    assert.equal((await sandbox.requests(CREATE)).length, 1, "no other card was made");
    assert.equal((await sandbox.requests(FINALIZE)).length, 1);
    await clerk.opens();
    await clerk.list.getByRole("button", { name: "Ordered" }).click();
    await staff.sees(clerk.row(draft).getByText("Ordered"));
  });

  scene("a card is deleted after asking, with some seconds to keep it", { sandbox: ["--cards", "6", "--preview-unavailable", "1000"] }, async (stage) => {
    const { open, person, sandbox } = stage;
    const clerk = new Clerk(person);
    const [one, other] = await finalized(sandbox);
    await open();
    await person.signIn();
    await clerk.opens();
    await clerk.opensCard(one);
    await person.action("delete").click();
    await isAccessible(stage.page);
    await person.dialog.getByRole("button", { name: "Cancel" }).click();
    await person.action("delete").click();
    await person.dialog.getByRole("button", { name: "Delete card" }).click();
    await clerk.row(one).waitFor({ state: "detached" });
    await person.host.getByRole("button", { name: "Keep it" }).click();
    await clerk.row(one).waitFor();

    await clerk.opensCard(other);
    await person.action("delete").click();
    await person.dialog.getByRole("button", { name: "Delete card" }).click();
    await clerk.row(other).waitFor({ state: "detached" });
    // Who goes elsewhere does not come back to it.
    await clerk.places.getByRole("button", { name: /^Cart/ }).click();
    await sandbox.until(({ cards }) => !cards.some(({ id }) => id === other));
    assert.ok((await sandbox.cards()).some(({ id }) => id === one));
  });

  scene("a card that is held is deleted also where the tab is closed, and one that is kept is not", { sandbox: ["--cards", "6", "--preview-unavailable", "1000"] }, async ({ open, newPage, person, page, sandbox }) => {
    const [one, other] = await finalized(sandbox);
    const deletes = async (clerk, number) => {
      await clerk.person.signIn();
      await clerk.opens();
      await clerk.opensCard(number);
      await clerk.person.action("delete").click();
      await clerk.person.dialog.getByRole("button", { name: "Delete card" }).click();
      await clerk.row(number).waitFor({ state: "detached" });
    };
    await open();
    const clerk = new Clerk(person);
    await deletes(clerk, one);
    await person.host.getByRole("button", { name: "Keep it" }).click();
    await clerk.row(one).waitFor();
    await page.close({ runBeforeUnload: true });

    const tab = await newPage();
    await open("", {}, { page: tab });
    await deletes(new Clerk(new Person(tab)), other);
    await tab.close({ runBeforeUnload: true });
    await sandbox.until(({ cards }) => !cards.some(({ id }) => id === other));
    assert.ok((await sandbox.cards()).some(({ id }) => id === one));
    assert.equal((await sandbox.requests(/^DELETE /)).length, 1);
  });

  scene("many at once: finalized, put into the cart and deleted, and what failed is tried again by itself", {
    sandbox: ["--cards", "40", "--preview-unavailable", "1000"], network: true,
  }, async ({ open, page, person, sandbox }) => {
    const clerk = new Clerk(person);
    const drafts = (await sandbox.cards()).filter((card) => !card.finalized).map(({ id }) => id).slice(0, 4);
    await open();
    await person.signIn();
    await clerk.opens();
    // All of them are near the window then.
    await clerk.list.getByRole("combobox", { name: "Template" }).selectOption({ label: "Visitor pass" });
    await clerk.picks(...drafts);
    await sandbox.fault({ status: 406, body: { error: "Not this one" } }, { path: `/cards/${drafts[2]}/finalize`, times: 1 });
    await clerk.list.getByRole("button", { name: "Finalize", exact: true }).click();
    await person.sees(clerk.list.getByText("3 of 4 cards are finalized. 1 could not be done."));
    const saved = page.waitForEvent("download");
    await clerk.list.getByRole("button", { name: "Download a report" }).click();
    const report = readFileSync(await (await saved).path(), "utf8").split("\r\n");
    assert.equal(report.length, 6);
    assert.match(report.find((line) => line.startsWith(`${drafts[2]},`)), /Not this one/);
    await clerk.list.getByRole("button", { name: "Try the rest again" }).click();
    await person.sees(clerk.list.getByText("4 of 4 cards are finalized."));
    assert.equal((await sandbox.requests(FINALIZE)).length, 5, "what is done is not done again");
    await clerk.list.getByRole("button", { name: "Close" }).click();

    await clerk.picks(...drafts);
    await clerk.list.getByRole("button", { name: "Add to cart" }).click();
    await person.sees(clerk.list.getByText("4 of 4 cards are in the cart."));
    assert.deepEqual(await jobs(sandbox), { 1: drafts });
    await clerk.list.getByRole("button", { name: "Close" }).click();

    await clerk.picks(...drafts.slice(0, 2));
    await clerk.list.getByRole("button", { name: "Delete", exact: true }).click();
    await person.dialog.getByRole("button", { name: "Delete card" }).click();
    await clerk.places.getByRole("button", { name: "Account" }).click();
    await sandbox.until(({ cards }) => !cards.some(({ id }) => drafts.slice(0, 2).includes(id)));
    assert.deepEqual(await jobs(sandbox), { 1: drafts.slice(2) });
  });

  scene("what waits is worked through with the keys", { sandbox: ["--cards", "16", "--preview-unavailable", "1000"] }, async (stage) => {
    const { open, page, person, sandbox } = stage;
    const clerk = new Clerk(person);
    await open();
    await person.signIn();
    await clerk.opens();
    await clerk.list.getByRole("button", { name: "Waiting" }).click();
    await person.sees(clerk.list.getByText(/^\d+ of 16 cards$/));
    const [first, second, third] = await clerk.numbers();
    await page.keyboard.press("?");
    await person.sees(person.dialog.getByText("Look through them"));
    await person.dialog.getByRole("button", { name: "Close" }).click();
    // Not while one types.
    await clerk.looksFor("?");
    assert.equal(await person.dialog.count(), 0);
    await clerk.looksFor("");
    const isAt = (number) => person.sees(clerk.card.getByText(String(number), { exact: true }));
    await clerk.list.getByRole("button", { name: "Look through them" }).click();
    await isAt(first);
    await page.keyboard.press("j");
    await isAt(second);
    await page.keyboard.press("?");
    await person.dialog.getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("f");
    await isAt(third);
    await sandbox.until(({ print_jobs: all }) => all.some(({ card_ids: ids }) => ids.includes(second)));
    await page.keyboard.press("k");
    await isAt(second);
    await page.keyboard.press("e");
    await person.screen("card-form").waitFor();
  });

  scene("on a wide screen a card stands beside the list, which stays where it was; on a narrow one alone", {
    sandbox: ["--cards", "60", "--preview-unavailable", "1000"],
  }, async ({ page, person, sandbox }) => {
    const clerk = new Clerk(person);
    const is = (hash) => page.waitForFunction((hash) => location.hash === hash, hash);
    const top = (number) => clerk.row(number).evaluate((row) => Math.round(row.getBoundingClientRect().top));
    await page.goto(`${sandbox.url}#/cards`);
    await person.signIn();
    await person.sees(clerk.list.getByText("60 of 60 cards"));
    await page.evaluate(() => scrollTo(0, 1700));
    const open = async (number) => {
      await clerk.row(number).locator('[data-action="open-card"]').click();
      await person.sees(clerk.card.getByText(String(number), { exact: true }));
      await person.focuses(clerk.card.getByRole("heading", { level: 1 }));
      await is(`#/cards/${number}`);
    };
    const numbers = (await sandbox.cards()).map(({ id }) => id).toReversed();
    const [one, other] = [numbers[22], numbers[23]];
    await person.sees(clerk.row(other));
    const before = await top(one);
    await open(one);
    assert.ok(Math.abs(await top(one) - before) <= 2, `the list stays where it was: ${before}, ${await top(one)}`);
    assert.equal(await clerk.row(one).locator("[aria-current]").count(), 1);
    await isAccessible(page);
    await open(other);
    assert.equal(await clerk.row(one).locator("[aria-current]").count(), 0);
    await page.goBack();
    await person.sees(clerk.card.getByText(String(one), { exact: true }));
    await clerk.card.getByRole("button", { name: "Back to the cards" }).click();
    await clerk.card.waitFor({ state: "detached" });
    await is("#/cards");
    await person.focuses(clerk.row(one).locator('[data-action="open-card"]'));

    await page.setViewportSize({ width: 768, height: 860 });
    await open(one);
    await clerk.list.waitFor({ state: "hidden" });
    await page.goBack();
    await clerk.list.waitFor();
    await person.focuses(clerk.row(one).locator('[data-action="open-card"]'));
    await page.goForward();
    await clerk.card.waitFor();
    const read = (await sandbox.requests(LIST)).length;
    await page.reload();
    await person.signIn();
    await person.sees(clerk.card.getByText(String(one), { exact: true }));
    // The newest cards are, for the templates' faces.
    assert.equal((await sandbox.requests(LIST)).length, read + 1, "where it is not seen, the list is not read");
    await page.setViewportSize({ width: 1280, height: 860 });
    await person.sees(clerk.list.getByText("60 of 60 cards"));
  });

  scene("what a colleague has changed meanwhile is shown beside one's own", { sandbox: ["--cards", "4", "--preview-unavailable", "1000"] }, async (stage) => {
    const { open, page, person, sandbox } = stage;
    const clerk = new Clerk(person);
    const pass = (await sandbox.cards()).at(-1).id;
    await open();
    await person.signIn();
    await clerk.opens();
    await clerk.opensCard(pass);
    await person.action("edit").click();
    await person.field("Company").fill("Mine Inc.");
    await (await client(sandbox)).changeCard(pass, { COMPANY: "Theirs Ltd." });
    await person.button("Preview card").click();
    await person.sees(clerk.card.getByText("Somebody else has changed this card meanwhile."), clerk.card.getByRole("row", { name: "Company Theirs Ltd. Mine Inc." }));
    await isAccessible(page);
    await clerk.card.getByRole("button", { name: "Go on with mine" }).click();
    await person.standsThere({ Company: "Mine Inc." });
    await person.button("Save draft").click();
    await sandbox.until(({ cards }) => cards.some(({ id, data }) => id === pass && data.COMPANY === "Mine Inc."));
  });

  scene("what a colleague has changed of one's own draft is shown, too, to who has never looked at all cards", { sandbox: ["--cards", "0", "--preview-unavailable", "1000"] }, async (stage) => {
    const { open, page, person, sandbox } = stage;
    const clerk = new Clerk(person);
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await person.button("Save draft").click();
    await sandbox.until(({ cards }) => cards.length === 1);
    const [{ id }] = await sandbox.cards();
    await (await client(sandbox)).changeCard(id, { ...PASS.data, COMPANY: "Theirs Ltd." });
    await person.field("Host").fill("Somebody else");
    await person.field("Company").fill("Mine Inc.");
    await person.button("Preview card").click();
    await person.sees(clerk.card.getByText("Somebody else has changed this card meanwhile."), clerk.card.getByRole("row", { name: "Company Theirs Ltd. Mine Inc." }));
    await isAccessible(page);
    await clerk.card.getByRole("button", { name: "Go on with mine" }).click();
    await person.standsThere({ Company: "Mine Inc.", Host: "Somebody else" });
    await person.button("Preview card").click();
    await person.screen("preview").waitFor();
    assert.equal((await sandbox.cards())[0].data.COMPANY, "Mine Inc.");
  });

  scene("who signs out has what can still be kept deleted, and reads what could not be", { sandbox: ["--cards", "6", "--preview-unavailable", "1000"], network: true }, async ({ open, page, person, sandbox }) => {
    const [one, other] = await finalized(sandbox);
    const clerk = new Clerk(person);
    const deletes = async (number) => {
      await person.signIn();
      await clerk.opens();
      await clerk.opensCard(number);
      await person.action("delete").click();
      await person.dialog.getByRole("button", { name: "Delete card" }).click();
      await clerk.row(number).waitFor({ state: "detached" });
      await person.button("Sign out").click();
      await person.screen("sign-in").waitFor();
    };
    await open();
    await deletes(one);
    await sandbox.until(({ cards }) => !cards.some(({ id }) => id === one));
    await sandbox.fault("json_500", { method: "DELETE" });
    await deletes(other);
    const told = person.alert(`Card number ${other} was not deleted.`);
    await person.sees(told);
    await isAccessible(page);
    await told.getByRole("button", { name: "I know" }).click();
    await told.waitFor({ state: "detached" });
    assert.ok((await sandbox.cards()).some(({ id }) => id === other));
  });
});
