// What stands between the page and the server, and what servers send: gates, slow lines, bad characters, and a page that never
// answers.

import assert from "node:assert/strict";
import { BADGE, PASS } from "./support/journey.mjs";
import { photos } from "./support/photos.mjs";
import { CREATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { Shopper, finalized } from "./support/shopper.mjs";

const network = true;
const TOKEN = "site-given-token-7c2e";
const withToken = { network, sandbox: ["--token", TOKEN], secrets: [TOKEN] };
const ADDRESS = {
  full_name: "Ivan Petrov", address_1: "12 Dock St", city: "Boise", state: "ID", zip_code: "83702", country: "USA",
};
const PAGE = "<html><title>Somebody else's page</title></html>";

/** A page of a gate, for the requests that match. */
const gate = (status, match, headers = {}) =>
  ({ match, times: 1, action: { status, body: PAGE, headers } });

const codes = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);

const focused = (page) => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.localName);

scenes("network", () => {
  scene("a gate before the server is told as that, and a server that asks for patience gets it", { network }, async (stage) => {
    const { page, open, person, sandbox, events } = stage;
    await open();
    const signsIn = { path_contains: "/authenticate" };
    await sandbox.faults({ rules: [
      gate(302, signsIn, { Location: "/pages/host.html" }),
      gate(401, signsIn),
      gate(403, signsIn),
      gate(429, signsIn, { "Retry-After": "2" }),
      // A date is one of the server's clock.
      gate(429, signsIn, { Date: "Wed, 01 Jan 2020 00:00:00 GMT", "Retry-After": "Wed, 01 Jan 2020 00:00:03 GMT" }),
    ] });
    await person.enterCredentials();
    await person.sees(person.alert("A sign-in page stands between this page and the card server."));
    await person.button("Sign in").click();
    await person.sees(person.alert("answered in its place, with status 401"));
    await person.button("Sign in").click();
    await person.sees(person.alert("answered in its place, with status 403"));
    // Also where the form is longer than what is to be seen of it.
    await page.setViewportSize({ width: 360, height: 320 });
    await person.button("Sign in").click();
    const told = person.host.getByRole("status").filter({ hasText: "The server asks to wait." });
    await person.sees(told.filter({ hasText: "2 s" }));
    await person.sees(told.filter({ hasText: "1 s" }));
    const { y, height } = await told.boundingBox();
    assert.ok(y > 0 && y + height <= 320, "it is where one looks");
    await person.sees(told.filter({ hasText: "3 s" }));
    // And then by itself.
    await person.sees(person.button(PASS.name));
    assert.deepEqual(await codes(events), ["sign-in-page", "sign-in-page", "gate"]);
  });

  scene("bad characters and entries take nothing with them", { network }, async (stage) => {
    const { open, person, sandbox, events } = stage;
    const rule = (action, path) => ({ match: { method: "GET", path_contains: path }, action });
    await sandbox.faults({ rules: [
      { ...rule("bad_characters", "/card_templates"), times: 1 }, rule("bad_entries", "/fields"),
      rule("bad_entries", "/print_jobs"), rule("bad_characters", "/cards/search"), rule("bad_entries", "/cards"),
      rule("bad_entries", "/financial_transactions"), rule("bad_entries", "/addresses"),
    ] });
    await open();
    await person.signIn();
    await person.sees(person.host.getByRole("button", { name: "\ufffd" }), person.button(PASS.name));
    await person.choose(PASS.name);
    await person.sees(person.host.getByText("2 entries of this list cannot be read and are left out."));
    await person.enter(PASS);
    await person.preview(PASS);
    await person.finalize();
    await person.action("add-to-cart").first().click();
    await person.action("open-cart").first().click();
    await person.sees(person.screen("cart").getByText("2 entries of this list cannot be read"));
    await person.sees(person.screen("cart").locator("[data-card]"));
    assert.deepEqual([...new Set(await codes(events))], ["entries-left-out"]);
  });

  scene("what cannot be read is not told as nothing, and a card may be in the part that cannot be read", {
    wide: true,
    network, sandbox: ["--cards", "6", "--preview-unavailable", "1000"],
  }, async (stage) => {
    const { page, open, person, sandbox } = stage;
    const shopper = new Shopper(person);
    const [card] = await finalized(sandbox);
    const unreadable = (path, more = {}) =>
      ({ match: { method: "GET", path_contains: path }, action: { status: 200, body: [null] }, ...more });
    const lists = ["/print_jobs", "/addresses", "/shipping_providers", "/financial_transactions", "/cards"];
    // The cart comes while the person is at what is said of the templates.
    const late = { ...unreadable("/print_jobs", { times: 1 }), slow_ms: 800 };
    await sandbox.faults({ rules: [unreadable("/card_templates", { times: 1 }), late, ...lists.map((path) => unreadable(path))] });
    const nothing = "There is nothing here that can be read.";
    const doubt = "A part of the cart cannot be read. A card may be in it already, and be printed twice.";
    await open();
    await person.signIn();
    await person.sees(person.alert("The server's answer could not be understood."));
    await person.button("Try again").focus();
    await page.waitForFunction(() => window.heard.filter(({ type }) => type === "ic-error").length === 2);
    assert.equal(await focused(page), "button", "what is told of another list leaves it alone");
    await page.keyboard.press("Enter");
    await person.sees(person.button(PASS.name));
    assert.equal(await focused(page), "h1", "the button is gone, and not the focus");
    await shopper.opensCart();
    await person.sees(shopper.cart.getByText(nothing), shopper.cart.getByText(doubt));
    await shopper.searches("");
    await person.sees(shopper.cart.locator(".add-a-card").getByText(nothing));
    assert.equal(await shopper.cart.getByText(/empty|no cards yet/).count(), 0);
    await shopper.places.getByRole("button", { name: "Orders" }).click();
    await person.sees(person.screen("orders").getByText(nothing));
    await shopper.places.getByRole("button", { name: "Account" }).click();
    await person.sees(person.screen("account").locator(".transactions").getByText(nothing));
    // Part of it can be read: a card is added and ordered all the same.
    await sandbox.faults({ rules: [
      { match: { method: "GET", path_contains: "/print_jobs" }, action: "bad_entries" }, unreadable("/addresses", { times: 1 }),
      unreadable("/shipping_providers", { times: 1 }),
    ] });
    await shopper.opensCart();
    await shopper.searches("\u200e");
    await person.sees(shopper.cart.getByText(doubt));
    await shopper.adds(card);
    await shopper.cart.getByRole("button", { name: "Check out" }).click();
    await person.sees(shopper.step("address").getByText("One entry of this list cannot be read"));
    await shopper.step("address").getByRole("radio", { name: shopper.words.saved, exact: true }).check();
    await person.sees(shopper.step("address").getByText(nothing));
    await shopper.choosesAddress(ADDRESS);
    await person.sees(shopper.step("shipping").getByText(nothing));
    await shopper.step("shipping").getByRole("button", { name: "Try again" }).click();
    await shopper.choosesProvider("UPS Ground");
    await shopper.goesOn("copies");
    await person.sees(shopper.step("review").getByText(doubt));
    await sandbox.faults({ latency_ms: 1000 });
    await shopper.step("review").getByRole("button", { name: "Submit order" }).press("Enter");
    await person.sees(shopper.checkout.locator(".progress"));
    assert.equal(await focused(page), "h1", "while it is on its way");
    await person.sees(shopper.done);
  });

  scene("photos that something on the way does not let through are sent smaller, once", { network, wide: true }, async (stage) => {
    const { open, person, sandbox, events } = stage;
    await open();
    await person.signIn();
    await person.choose(BADGE.name);
    await person.enter(BADGE);
    await sandbox.faults({ rules: [gate(413, { method: "POST", path_contains: "/cards" })] });
    await person.button("Preview card").click();
    await person.looksAtPreview(BADGE);
    await person.sees(person.host.getByText("The photos are too large for something on the way, so they are sent smaller."));
    const [refused, sent] = (await sandbox.requests(CREATE)).map(({ parts }) => JSON.stringify(parts));
    assert.ok(refused && sent, "sent twice");
    await person.edit();
    await person.addPhoto("Photo", photos.landscape);
    await sandbox.faults({ rules: [{ ...gate(413, { method: "PATCH", path_contains: "/cards" }), times: 2 }] });
    await person.button("Preview card").click();
    await person.sees(person.alert("does not let so much through"), person.alert(/\d+ KB were sent and refused with status 413/));
    assert.equal(await person.host.getByText("sent smaller").count(), 0, "they were not");
    assert.deepEqual(await codes(events), ["too-large"]);
  });

  scene("a card whose answer was lost is looked for before another one is made", { network }, async (stage) => {
    const { open, person, sandbox } = stage;
    await open();
    await person.signIn();
    await person.choose(BADGE.name);
    await person.enter(BADGE);
    await sandbox.fault("cut_after", { method: "POST", path: "/cards", times: 1 });
    await person.button("Preview card").click();
    await person.sees(person.alert("The card server cannot be reached."));
    await person.fill({ "Full name": "Somebody Else" });
    await person.button("Try again").click();
    await person.looksAtPreview(BADGE);
    await person.finalize();
    const cards = await sandbox.cards();
    assert.deepEqual(cards.map(({ data }) => data.FULL_NAME), ["Somebody Else"], "one card, with what was typed since");
    assert.equal((await sandbox.requests(CREATE)).length, 1);
  });

  scene("a page whose token cannot be used is not told as the server's refusal", withToken, async (stage) => {
    const { page, open, person, events } = stage;
    await page.addInitScript(() => { window.given = { tokenProvider: async () => { throw new Error("No session."); } }; });
    await open("host.html", { mode: "request" });
    await person.sees(person.alert("This page has not given you access yet."), person.alert("tell the site's owner"));
    for (const answer of [undefined, "", { token: "x" }, 7, "one\ntwo", "t\u00f6ken"]) {
      const asked = await person.host.evaluate((host, answer) => new Promise((resolve) => {
        host.tokenProvider = () => { resolve(true); return answer; };
        host.shadowRoot.querySelector("[data-action=retry]")?.click();
      }), answer);
      assert.ok(asked);
      await person.sees(person.alert("This page has not given you access yet."));
    }
    assert.deepEqual([...new Set(await codes(events))], ["token-provider"]);
    await person.host.evaluate((host, token) => { host.tokenProvider = async () => token; }, TOKEN);
    await person.sees(person.button(PASS.name));
  });

  scene("a page that never answers", withToken, async (stage) => {
    const { page, open, person, events } = stage;
    await page.addInitScript(() => {
      window.asked = 0;
      window.given = { tokenProvider: () => { window.asked += 1; return new Promise(() => {}); } };
    });
    await page.clock.install();
    await open("host.html", { mode: "request" });
    await page.waitForFunction(() => window.asked === 1);
    await page.clock.runFor(30_000);
    await person.sees(person.alert("This page did not pass on your sign-in within 25 seconds."));
    await person.button("Try again").click();
    await page.waitForFunction(() => window.asked > 1);
    await person.host.evaluate((host, token) => { host.tokenProvider = async () => token; }, TOKEN);
    await person.sees(person.button(PASS.name));
    const heard = (await events()).map(({ type }) => type);
    assert.equal(heard.filter((type) => type === "ic-sign-in").length, 1);
  });
});
