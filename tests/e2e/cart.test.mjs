// The cart: finalized cards gathered, counted, taken out and put back; the same on every machine.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { PASS } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { client } from "./support/shop.mjs";
import { Shopper, finalized, jobs } from "./support/shopper.mjs";

/** Nobody looks at how the cards look. */
const CARDS = { sandbox: ["--cards", "12", "--preview-unavailable", "1000"] };

async function fits(page) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= room, `the page is ${wide} px wide in ${room} px`);
}

/** Signs in and opens the cart, with these cards in it. */
async function withCart({ open, person, lang }, ...cards) {
  const shopper = new Shopper(person, lang);
  await open();
  await person.signIn();
  await shopper.opensCart();
  if (cards.length) {
    await shopper.searches("");
    await shopper.adds(...cards);
  }
  return shopper;
}

scenes("the cart", () => {
  scene("a card goes from the done screen into the cart, and is there after a reload and for a colleague", {}, async (stage) => {
    const { open, page, person, sandbox, events } = stage;
    const shopper = new Shopper(person);
    await open();
    const number = await person.makes(PASS);
    await person.screen("done").getByRole("button", { name: "Add to cart" }).click();
    await person.sees(person.host.getByText("The card is in the cart."));
    assert.deepEqual(await jobs(sandbox), { 1: [number] });
    const told = (await events()).filter(({ type }) => type === "ic-cart-changed");
    assert.deepEqual(told.map(({ detail }) => detail), [{ cards: 1, copies: 1 }]);
    await person.screen("done").getByRole("button", { name: "Open the cart" }).click();
    await person.sees(shopper.row(number).getByText("Ana Núñez"));
    await person.sees(shopper.places.getByRole("button", { name: "Cart (1)" }));

    await page.reload();
    await person.signIn();
    await person.sees(shopper.places.getByRole("button", { name: "Cart (1)" }));
    await shopper.opensCart();
    await person.sees(shopper.row(number).getByText("Ana Núñez"));
  });

  scene("each number of copies is a print job of its own, and the list stays as it is", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b, c] = await finalized(sandbox);
    const shopper = await withCart(stage, a, b, c);
    assert.deepEqual(await jobs(sandbox), { 1: [a, b, c] });
    const order = () => shopper.rows.evaluateAll((rows) => rows.map((row) => Number(row.dataset.card)));
    const before = await order();

    await shopper.row(b).getByRole("button", { name: /^More copies/ }).click();
    await shopper.row(b).getByRole("button", { name: /^More copies/ }).click();
    await shopper.settled(b);
    assert.deepEqual(await jobs(sandbox), { 1: [a, c], 3: [b] });
    await shopper.wants(c, 3);
    assert.deepEqual(await jobs(sandbox), { 1: [a], 3: [b, c] });
    await shopper.wants(a, 3);
    assert.deepEqual(await jobs(sandbox), { 3: [a, b, c] });
    assert.deepEqual(await order(), before);
    await person.sees(shopper.cart.getByText("3 cards, 9 copies in all"));
  });

  scene("a wrong number is named, and what was there stays", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    for (const wrong of ["0", "x", "", "999"]) {
      await shopper.copies(a).fill(wrong);
      await shopper.copies(a).press("Tab");
      await person.sees(shopper.row(a).getByText("Enter a number from 1 to 500."));
      assert.equal(await shopper.copies(a).getAttribute("aria-invalid"), "true");
    }
    assert.deepEqual(await jobs(sandbox), { 1: [a] });
    await shopper.wants(a, 500);
    assert.deepEqual(await jobs(sandbox), { 500: [a] });
    assert.equal(await shopper.copies(a).getAttribute("aria-invalid"), null);
  });

  scene("taken out and put back, with as many copies as before", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, a, b);
    await shopper.wants(b, 4);
    await shopper.row(b).getByRole("button", { name: /^Remove/ }).click();
    await shopper.row(b).waitFor({ state: "detached" });
    await person.sees(shopper.cart.getByText("is no longer in the cart."));
    await person.sees(shopper.places.getByRole("button", { name: "Cart (1)" }));
    assert.deepEqual(await jobs(sandbox), { 1: [a] });
    await shopper.cart.getByRole("button", { name: "Put it back" }).click();
    await shopper.settled(b);
    await person.sees(shopper.places.getByRole("button", { name: "Cart (2)" }));
    assert.deepEqual(await jobs(sandbox), { 1: [a], 4: [b] });
    assert.equal(await shopper.copies(b).inputValue(), "4");
  });

  scene("taken out and put back while others are still on their way, one of which is refused", { wide: true, ...CARDS, network: true }, async (stage) => {
    const { sandbox } = stage;
    const draft = (await sandbox.cards()).find((card) => !card.finalized).id;
    const [a, b, c, d] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    const sent = (requests) => requests.filter(({ method, path }) => method === "POST" && path.includes("/print_jobs")).length;
    const posts = (number) => sandbox.until(({ requests }) => sent(requests) >= number);
    const before = sent(await sandbox.requests());
    await sandbox.faults({ latency_ms: 2000 });
    const adds = (card) => shopper.found(card).getByRole("button", { name: /^Add/ }).click();
    await adds(b);
    await posts(before + 1);
    // While that one is on its way these become one request, which the draft spoils; then they are added by halves.
    for (const card of [c, draft, d]) await adds(card);
    await posts(before + 2);
    await shopper.row(c).getByRole("button", { name: /^Remove/ }).click();
    await posts(before + 3);
    await shopper.cart.getByRole("button", { name: "Put it back" }).click();
    await sandbox.faults({ latency_ms: 0 });
    for (const card of [b, c, d]) await shopper.settled(card);
    assert.deepEqual(await jobs(sandbox), { 1: [a, b, c, d] });
  });

  scene("a draft and a card that is gone are refused kindly", { ...CARDS, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    const draft = (await sandbox.cards()).find((card) => !card.finalized).id;
    const [gone] = await finalized(sandbox);
    const shopper = await withCart(stage);
    await shopper.searches("");
    await shopper.found(draft).getByRole("button", { name: /^Add/ }).click();
    await person.sees(shopper.found(draft).getByText("Only finalized cards can be printed."));
    await person.sees(shopper.found(draft).getByText(`Card ${draft} must be finalized before it can be printed`));

    await sandbox.fault({ status: 404, body: { error: "Card not found" } }, { method: "POST", path: "/print_jobs" });
    await shopper.found(gone).getByRole("button", { name: /^Add/ }).click();
    await person.sees(shopper.found(gone).getByText("This card no longer exists."));
    await shopper.found(gone).getByRole("button", { name: "Leave it as it was" }).click();
    await person.sees(shopper.found(gone).getByRole("button", { name: /^Add/ }));
    assert.deepEqual(await jobs(sandbox), {});
  });

  scene("the cart is read again when it could not be", { ...CARDS, network: true }, async (stage) => {
    const { open, person, sandbox } = stage;
    const shopper = new Shopper(person);
    await sandbox.fault("json_500", { method: "GET", path: "/print_jobs" });
    await open();
    await person.signIn();
    await shopper.opensCart();
    await person.sees(shopper.cart.getByRole("alert"));
    await sandbox.heal();
    await shopper.cart.getByRole("button", { name: "Try again" }).click();
    await person.sees(shopper.cart.getByText("Your cart is empty."));
  });

  scene("lost answers, before and after the server acted: the cart ends as it was wanted", { ...CARDS, wide: true, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b, c] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    const once = (method, action) => ({ match: { method, path_contains: "/print_jobs/" }, action, times: 1 });
    await sandbox.faults({ rules: [once("POST", "cut_after"), once("DELETE", "cut_before")] });
    await shopper.adds(b);
    await sandbox.faults({ rules: [once("POST", "cut_before")] });
    await shopper.adds(c);
    assert.deepEqual(await jobs(sandbox), { 1: [a, b, c] });
    await sandbox.faults({ rules: [once("DELETE", "cut_after")] });
    await shopper.wants(b, 2);
    assert.deepEqual(await jobs(sandbox), { 1: [a, c], 2: [b] });
    await sandbox.faults({ rules: [once("DELETE", "html_502")] });
    await shopper.wants(b, 1);
    assert.deepEqual(await jobs(sandbox), { 1: [a, b, c] });
    await person.sees(shopper.cart.getByText("3 cards, 3 copies in all"));
  });

  scene("an expired token: sign in again in place, and the change goes on", { ...CARDS, network: true }, async (stage) => {
    const { page, person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    // Their pictures would be the first to meet the expired token.
    await shopper.hasPictures(shopper.cart);
    await sandbox.expireTokens();
    await shopper.row(a).getByRole("button", { name: /^More copies/ }).click();
    await person.signInAgain();
    await shopper.settled(a);
    assert.deepEqual(await jobs(sandbox), { 2: [a] });
  });

  scene("a job that a colleague has submitted is not added to", { ...CARDS, network: true }, async (stage) => {
    const { sandbox } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    const { print_jobs: [job] } = await sandbox.state();
    const organization = `${sandbox.api}organizations/20003827`;
    const form = (fields) => {
      const data = new FormData();
      for (const [name, value] of Object.entries(fields)) data.append(name, value);
      return data;
    };
    const { auth_token: token } = await (await fetch(`${sandbox.api}authenticate`, {
      method: "POST", body: form({ email: "api@instantcard.net", password: "instantcardapi" }),
    })).json();
    const headers = { authorization: `bearer ${token}` };
    const query = new URLSearchParams({ "print_job[address_id]": 9301, "print_job[shipping_provider_id]": 11 });
    await fetch(`${organization}/print_jobs/${job.id}?${query}`, { method: "PATCH", headers });
    assert.equal((await fetch(`${organization}/print_jobs/${job.id}/print`, { method: "POST", headers })).status, 200);

    await shopper.found(b).getByRole("button", { name: /^Add/ }).click();
    await shopper.row(b).waitFor();
    await shopper.settled(b);
    assert.deepEqual(await jobs(sandbox), { 1: [b] });
    assert.deepEqual(await jobs(sandbox, true), { 1: [a] });
    await shopper.row(a).waitFor({ state: "detached" });
  });

  scene("a server that says yes and does otherwise: said, and not asked again and again", CARDS, async (stage) => {
    const { page, person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    // It answers with the job as it is, and changes nothing.
    let asked = 0;
    await page.route(/print_jobs\/\d+\?/, async (route) => {
      if (route.request().method() !== "PATCH") return route.continue();
      asked += 1;
      const response = await route.fetch({ method: "GET", url: route.request().url().replace(/\?.*/, "") });
      return route.fulfill({ response });
    });
    await shopper.row(a).getByRole("button", { name: /^More copies/ }).click();
    await person.sees(shopper.row(a).getByText("This change did not reach the cart."));
    assert.equal(asked, 1);
    await shopper.row(a).getByRole("button", { name: "Leave it as it was" }).click();
    assert.equal(await shopper.copies(a).inputValue(), "1");
  });

  scene("more results are added below, where one is", { sandbox: ["--cards", "100"], network: true, wide: true }, async (stage) => {
    const { person, sandbox } = stage;
    const shopper = await withCart(stage);
    await shopper.searches("");
    const results = shopper.cart.locator(".add-a-card [data-card]");
    const more = shopper.cart.getByRole("button", { name: "Show more" });
    await more.focus();
    // Their pictures would be the first to meet what is to come.
    await shopper.hasPictures(shopper.cart);
    const first = await results.count();
    await sandbox.fault("json_500", { method: "GET", path: "/cards", times: 1 });
    await more.press("Enter");
    await shopper.cart.getByRole("alert").getByRole("button", { name: "Try again" }).click();
    await results.nth(first).waitFor();
    assert.equal(await results.count(), first * 2);
    await more.focus();
    await more.press("Enter");
    await results.nth(first * 2).waitFor();
    assert.ok(await person.hasFocus(more), "the focus stays");
  });

  scene("of many cards only those near the window are drawn; who takes one out goes on at the next", {
    sandbox: ["--cards", "200", "--preview-unavailable", "1000"],
  }, async ({ open, page, person, sandbox }) => {
    const all = (await finalized(sandbox)).slice(0, 120);
    await (await client(sandbox)).createJob({ cards: all });
    const shopper = new Shopper(person);
    await open();
    await person.signIn();
    await shopper.opensCart();
    await person.sees(shopper.row(all[0]), shopper.cart.getByText("120 cards, 120 copies in all"));
    assert.ok(await shopper.rows.count() < 40);
    assert.equal(await shopper.row(all[2]).getAttribute("aria-posinset"), "3");
    assert.equal(await shopper.row(all[2]).getAttribute("aria-setsize"), "120");
    const remove = (number) => shopper.row(number).getByRole("button", { name: /^Remove/ });
    await remove(all[2]).focus();
    await page.keyboard.press("Enter");
    await shopper.row(all[2]).waitFor({ state: "detached" });
    await person.focuses(remove(all[3]));
    await person.sees(shopper.cart.getByText("119 cards, 119 copies in all"));
    await shopper.cart.getByRole("button", { name: "Put it back" }).click();
    await person.sees(shopper.row(all[2]), shopper.cart.getByText("120 cards, 120 copies in all"));
    // What is wrong is not lost by looking elsewhere.
    await shopper.copies(all[1]).fill("x");
    await shopper.copies(all[1]).press("Tab");
    await shopper.cart.locator(".summary").scrollIntoViewIfNeeded();
    await person.sees(shopper.row(all[119]));
    await shopper.row(all[0]).waitFor({ state: "detached" });
    assert.equal(await shopper.copies(all[1]).inputValue(), "x");
  });

  scene("another person signs in: nothing of the first one's is there", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    await sandbox.fault("hang", { method: "GET", path: "/print_jobs" });
    await person.button("Sign out").click();
    await person.sees(person.screen("sign-in"));
    await person.signIn();
    await shopper.opensCart();
    await shopper.cart.locator(".skeleton").first().waitFor();
    assert.equal(await shopper.rows.count(), 0);
  });

  for (const [lang, width, colorScheme, wide] of [
    ["en", 1280, "light", true], ["es", 360, "dark"], ["en", 360, "light", true], ["es", 1280, "dark", true], ["es", 320, "light", true],
  ]) {
    const page = { viewport: { width, height: 800 }, colorScheme, locale: lang === "es" ? "es-ES" : "en-US" };
    scene(`it fits and is accessible: ${lang}, ${width} px, ${colorScheme}`, { sandbox: ["--cards", "12"], wide, lang, page }, async (stage) => {
      const [a, b] = await finalized(stage.sandbox);
      const shopper = await withCart({ ...stage, lang });
      await fits(stage.page);
      await isAccessible(stage.page);
      await shopper.searches("");
      await shopper.adds(a, b);
      await fits(stage.page);
      await isAccessible(stage.page);
    });
  }

  scene("wholly by keyboard", CARDS, async (stage) => {
    const { page: { keyboard }, person, sandbox } = stage;
    const all = await finalized(sandbox);
    const newest = all.at(-1);
    const shopper = new Shopper(person);
    await stage.open();
    await person.signIn();
    await person.tabTo(shopper.places.getByRole("button", { name: "Cart" }));
    await keyboard.press("Enter");
    await person.focuses(person.host.getByRole("heading", { name: "Cart", exact: true }));
    await person.tabTo(shopper.cart.getByRole("textbox", { name: "Search your organization's cards" }));
    await keyboard.press("Enter");
    await shopper.found(newest).waitFor();
    await person.tabTo(shopper.found(newest).getByRole("button"));
    await keyboard.press("Enter");
    await shopper.row(newest).waitFor();
    await shopper.settled(newest);
    await person.tabTo(shopper.row(newest).getByRole("button", { name: /^More copies/ }), "Shift+Tab");
    await keyboard.press("Space");
    await shopper.settled(newest);
    assert.ok(await person.hasFocus(shopper.row(newest).getByRole("button", { name: /^More copies/ })), "the focus stays");
    await person.tabTo(shopper.row(newest).getByRole("button", { name: /^Remove/ }));
    await keyboard.press("Enter");
    await person.sees(shopper.cart.getByText("Your cart is empty."));
    await person.tabTo(shopper.cart.getByRole("button", { name: "Put it back" }), "Shift+Tab");
    await keyboard.press("Enter");
    await shopper.row(newest).waitFor();
    await shopper.settled(newest);
    assert.deepEqual(await jobs(sandbox), { 2: [newest] });
  });
});
