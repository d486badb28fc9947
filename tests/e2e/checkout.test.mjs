// The checkout: from the cart to a submitted order that was charged once, and what is said when it was not.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { DECLINED, TEST_CARD } from "./support/payer.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { client } from "./support/shop.mjs";
import { Shopper, entersAddress, finalized, jobs } from "./support/shopper.mjs";

/** Nobody looks at how the cards look. */
const CARDS = { sandbox: ["--cards", "12", "--preview-unavailable", "1000"] };
const DRAWN = { sandbox: ["--cards", "12"] };
const PRICE = 550;
const UPS = 1250;
const ONCE = {
  full_name: "Ivan Petrov", address_1: "12 Dock St", address_2: "Gate 3", city: "Boise", state: "ID", zip_code: "83702",
};
const NEW = {
  saved: true, full_name: "Mei Chen", email: "mei@example.org", phone_number: "+1 503 555 0100", address1: "9 Oak Ave",
  city: "Portland", state: "OR", zip_code: "97201", label: "Branch",
};
const PRINT = /^POST \S+\/print$/;

/** Signs in and opens the cart, in which somebody has put these cards, as `{copies: [cards]}`. */
async function withCart({ open, person, sandbox, lang }, wanted) {
  const shop = await client(sandbox);
  for (const [copies, cards] of Object.entries(wanted)) await shop.createJob({ cards, copies });
  const shopper = new Shopper(person, lang);
  await open();
  await person.signIn();
  await shopper.opensCart();
  for (const card of Object.values(wanted).flat()) await shopper.row(card).waitFor();
  return shopper;
}

/** The same by the person's own hands. */
async function fillsCart({ open, person, lang }, wanted) {
  const shopper = new Shopper(person, lang);
  await open();
  await person.signIn();
  await shopper.opensCart();
  await shopper.searches("");
  for (const [copies, cards] of Object.entries(wanted)) {
    await shopper.adds(...cards);
    if (copies !== "1") for (const card of cards) await shopper.wants(card, copies);
  }
  return shopper;
}

/** What went out of the account, in cents. */
async function debits(sandbox) {
  const { ledger } = await sandbox.state();
  return ledger.filter(({ cents }) => cents < 0).map(({ cents }) => -cents);
}

/** No job has lost its shipping provider, and none was submitted without its address. */
async function allSent(sandbox, provider, to) {
  const { print_jobs: all } = await sandbox.state();
  for (const job of all.filter(({ submitted }) => submitted)) {
    assert.equal(job.shipping_provider_id, provider);
    assert.match(job.ship_to, to);
  }
}

const organization = (sandbox) => `${sandbox.api}organizations/20003827`;

/** Somebody else's hands on the API. */
async function colleague(sandbox) {
  const body = new FormData();
  body.append("email", "api@instantcard.net");
  body.append("password", "instantcardapi");
  const answer = await fetch(`${sandbox.api}authenticate`, { method: "POST", body });
  const { auth_token: token } = await answer.json();
  return (method, path) => fetch(`${organization(sandbox)}/${path}`, { method, headers: { authorization: `bearer ${token}` } });
}

scenes("the checkout", () => {
  scene("three cards, two with one copy and one with three: two print jobs, one order, exact to the cent", DRAWN, async (stage) => {
    const { person, sandbox, events } = stage;
    const [a, b, c] = await finalized(sandbox);
    const shopper = await fillsCart(stage, { 1: [a, b], 3: [c] });
    await shopper.goesToReview();
    const review = shopper.step("review");
    await person.sees(review.getByText("3 cards, 5 copies in all"), shopper.step("address").getByText("418 Highland Rd."), shopper.step("shipping").getByText("UPS Ground"),
      review.getByText("$250.00"));
    assert.equal(await review.getByText("Your balance covers it.").count(), 2);
    const shown = review.getByRole("list", { name: "Cards" }).getByRole("listitem");
    assert.equal(await shown.count(), 3);
    for (const card of await shown.all()) {
      await card.scrollIntoViewIfNeeded();
      await person.loaded(card.locator("img"));
    }

    await shopper.submits();
    const costs = [2 * PRICE + UPS, 3 * PRICE + UPS];
    assert.deepEqual(await debits(sandbox), costs);
    assert.deepEqual(await jobs(sandbox), {});
    assert.deepEqual(await jobs(sandbox, true), { 1: [a, b], 3: [c] });
    await allSent(sandbox, 13, /Known\(9301\)/);
    await person.sees(shopper.done.getByText("$23.50"), shopper.done.getByText("$29.00"), shopper.done.getByText("$52.50"));
    const told = (await events()).filter(({ type }) => type === "ic-order-submitted");
    const { print_jobs: all } = await sandbox.state();
    assert.deepEqual(told.map(({ detail }) => detail), [{ printJobIds: all.map(({ id }) => id), cards: 3, copies: 5 }]);
    await person.sees(shopper.places.getByRole("button", { name: "Cart", exact: true }));
  });

  scene("to a one-off address, which is not saved", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await shopper.goesToReview({ address: ONCE });
    await person.sees(shopper.step("address").getByText("12 Dock St"), shopper.step("address").getByText("Boise, ID 83702"));
    await shopper.submits();
    await allSent(sandbox, 13, /OneOff.*12 Dock St.*Gate 3.*Boise/s);
    assert.equal((await sandbox.state()).addresses.length, 2);
  });

  scene("to a new address, which is saved with its contact, and chosen", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await shopper.goesToReview({ address: NEW });
    const { addresses, contacts } = await sandbox.state();
    const saved = addresses.find(({ label }) => label === "Branch");
    assert.equal(saved.city, "Portland");
    assert.equal(contacts.find(({ id }) => id === saved.contact_id).email, "mei@example.org");
    await person.sees(shopper.step("address").getByText("9 Oak Ave"));
    await shopper.submits();
    await allSent(sandbox, 13, new RegExp(`Known\\(${saved.id}\\)`));
  });

  scene("a new address while the saved ones could not be read: later all of them are there", { ...CARDS, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await sandbox.fault("json_500", { method: "GET", path: "/addresses", times: 1 });
    await shopper.goesToReview({ address: NEW });
    await shopper.checkout.getByRole("button", { name: "Change: Delivery address" }).click();
    for (const name of ["Head office", "Warehouse", "Branch"]) await person.sees(shopper.step("address").getByRole("radio", { name: new RegExp(name) }));
    assert.ok(await shopper.step("address").getByRole("radio", { name: /Branch/ }).isChecked());
  });

  scene("one does not sign out from under an order that is being submitted", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a], 2: [b] });
    await shopper.goesToReview();
    await sandbox.faults({ latency_ms: 300 });
    await shopper.submitButton.click();
    await person.sees(shopper.checkout.getByText("Your order is being submitted. Keep this page open."));
    await shopper.places.getByRole("button", { name: "Orders" }).click();
    await person.button("Sign out").click();
    await person.sees(shopper.checkout);
    await shopper.isDone();
    await person.button("Sign out").click();
    await person.sees(person.screen("sign-in"));
    assert.equal((await debits(sandbox)).length, 2);
  });

  scene("a new address whose answer got lost is saved once", { ...CARDS, network: true }, async (stage) => {
    const { sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await sandbox.fault("cut_after", { method: "POST", path: "/addresses", times: 1 });
    await shopper.goesToReview({ address: NEW });
    assert.equal((await sandbox.state()).addresses.length, 3);
    await shopper.submits();
  });

  scene("what is missing is named and gets the focus; nothing typed is lost elsewhere", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await shopper.cart.getByRole("button", { name: "Check out" }).click();
    const address = shopper.step("address");
    await address.getByRole("radio", { name: shopper.words.fresh }).check();
    await address.locator("[name=full_name]").fill("Mei Chen");
    await address.locator("[name=email]").fill("mei");
    await shopper.goesOn("address");
    await person.focuses(address.locator("[name=email]"));
    await person.sees(address.getByText("Check it for a missing @."), address.getByText("Fill in “City”."));

    await shopper.places.getByRole("button", { name: "Account" }).click();
    await person.sees(person.screen("account"));
    await shopper.opensCart();
    await shopper.cart.getByRole("button", { name: "Check out" }).click();
    assert.equal(await address.locator("[name=full_name]").inputValue(), "Mei Chen");
    await address.getByRole("radio", { name: shopper.words.saved, exact: true }).check();
    await shopper.goesOn("address");
    await shopper.goesOn("shipping");
    await person.sees(shopper.step("shipping").getByText("Choose who carries it."));
  });

  scene("each step can be changed until the end, and what the review says is what is submitted", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a, b] });
    await shopper.goesToReview();
    await shopper.checkout.getByRole("button", { name: "Change: Delivery address" }).click();
    await person.focuses(shopper.checkout.getByRole("heading", { name: "Delivery address" }));
    await shopper.choosesAddress("Warehouse");
    await shopper.choosesProvider("FedEx 2Day");
    const copies = shopper.step("copies");
    await copies.getByRole("textbox", { name: "Copies of every card" }).fill("2");
    await copies.getByRole("button", { name: "Use for all" }).click();
    await shopper.goesOn("copies");
    await person.sees(shopper.step("review").getByText("2 cards, 4 copies in all"), shopper.step("address").getByText("1200 Surf Ave"));
    await shopper.submits();
    assert.deepEqual(await debits(sandbox), [4 * PRICE + 1895]);
    assert.deepEqual(await jobs(sandbox, true), { 2: [a, b] });
    await allSent(sandbox, 14, /Known\(9302\)/);
  });

  scene("double clicks submit once", { ...CARDS, wide: true }, async (stage) => {
    const { sandbox } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a], 2: [b] });
    await shopper.goesToReview();
    await sandbox.faults({ latency_ms: 200 });
    await shopper.submitButton.dblclick();
    await shopper.isDone();
    assert.equal((await sandbox.requests(PRINT)).length, 2);
    assert.equal((await debits(sandbox)).length, 2);
  });

  for (const action of ["cut_after", "html_502", "garbage_json"]) {
    scene(`the answer to the submission is lost after the server acted (${action}): charged once, said so`, { ...CARDS, wide: action !== "cut_after", network: true }, async (stage) => {
      const { sandbox } = stage;
      const [a, b] = await finalized(sandbox);
      const shopper = await withCart(stage, { 1: [a], 2: [b] });
      await shopper.goesToReview();
      if (action === "html_502") {
        await sandbox.faults({ rules: [
          { match: { method: "POST", path_contains: "/print" }, action: "cut_after", times: 1 },
          { match: { method: "GET", path_contains: "/print_jobs/" }, action, times: 2 },
        ] });
      } else {
        await sandbox.fault(action, { method: "POST", path: "/print", times: 1 });
      }
      await shopper.submits();
      assert.equal((await sandbox.requests(PRINT)).length, 2);
      assert.equal((await debits(sandbox)).length, 2);
    });
  }

  scene("the submission is lost before the server acted: it is said, nothing was charged, and trying again works", { wide: true, ...CARDS, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a], 2: [b] });
    await shopper.goesToReview();
    await sandbox.fault("cut_before", { method: "POST", path: "/print", times: 1 });
    await shopper.submitButton.click();
    await person.sees(shopper.checkout.getByText("The answer got lost. Checking what became of it…"));
    await person.sees(shopper.checkout.getByText("was not charged. You can safely try again.").or(shopper.checkout.getByText("You can safely try again.")));
    assert.deepEqual(await debits(sandbox), []);
    await shopper.checkout.getByRole("button", { name: "Try again" }).click();
    await shopper.isDone();
    assert.equal((await debits(sandbox)).length, 2);
  });

  scene("the second of two jobs is refused: said which, the rest stays in the cart, and one goes on from there", { ...CARDS, network: true }, async (stage) => {
    const { person, sandbox, events } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a], 2: [b] });
    await shopper.goesToReview();
    const body = { error: ["The card design was withdrawn."] };
    await sandbox.fault({ status: 400, body }, { method: "POST", path: "/print", skip: 1, times: 1 });
    await shopper.submitButton.click();
    await person.sees(shopper.checkout.getByText("It is still in the cart."), shopper.checkout.getByText("The card design was withdrawn."));
    const { print_jobs: [first, second] } = await sandbox.state();
    await person.sees(shopper.checkout.locator(`[data-job="${first.id}"]`).getByText("Submitted and charged"),
      shopper.checkout.locator(`[data-job="${second.id}"]`).getByText("Not submitted"));
    assert.equal((await debits(sandbox)).length, 1);
    await person.sees(shopper.places.getByRole("button", { name: "Cart (1)" }));
    await shopper.opensCart();
    await person.sees(shopper.row(b));
    assert.equal(await shopper.rows.count(), 1);

    await shopper.cart.getByRole("button", { name: "Check out" }).click();
    await shopper.checkout.getByRole("button", { name: "Try again" }).click();
    await shopper.isDone();
    assert.equal((await debits(sandbox)).length, 2);
    const told = (await events()).filter(({ type }) => type === "ic-order-submitted");
    assert.deepEqual(told.map(({ detail }) => detail.printJobIds), [[first.id], [second.id]]);
  });

  scene("the job cannot be read after a lost answer: only checking again is offered, and then it is known", { wide: true, ...CARDS, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await shopper.goesToReview();
    await sandbox.faults({ rules: [
      { match: { method: "POST", path_contains: "/print" }, action: "cut_after", times: 1 },
      { match: { method: "GET", path_contains: "/print_jobs" }, action: "json_500", skip: 2 },
    ] });
    await shopper.submitButton.click();
    await person.sees(shopper.checkout.getByText("It may have been charged."));
    assert.equal(await shopper.checkout.getByRole("button", { name: /Try again|Review again|Submit/ }).count(), 0);
    await sandbox.heal();
    await shopper.checkout.getByRole("button", { name: "Check again" }).click();
    await shopper.isDone();
    assert.deepEqual(await debits(sandbox), [PRICE + UPS]);
    assert.equal((await sandbox.requests(PRINT)).length, 1);
  });

  scene("a token that expires on the way: sign in again in place, and the order goes on", { ...CARDS, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a], 2: [b] });
    await shopper.goesToReview();
    // The pictures of the cards would be the first to meet the expired token.
    await shopper.hasPictures(shopper.checkout);
    await sandbox.expireTokens();
    await shopper.submitButton.click();
    await person.signInAgain();
    await shopper.isDone();
    assert.equal((await debits(sandbox)).length, 2);
  });

  scene("a colleague changes the cart after the review: nothing is submitted that was not reviewed", { ...CARDS, wide: true }, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await shopper.goesToReview();
    const call = await colleague(sandbox);
    const { print_jobs: [job] } = await sandbox.state();
    const query = new URLSearchParams({ "print_job[shipping_provider_id]": 13, "print_job[card_ids]": `[${b}]` });
    assert.equal((await call("PATCH", `print_jobs/${job.id}?${query}`)).status, 200);
    await shopper.submitButton.click();
    await person.sees(shopper.checkout.getByText("Somebody has changed this print job since you reviewed it."));
    assert.deepEqual(await debits(sandbox), []);
    await shopper.checkout.getByRole("button", { name: "Review again" }).click();
    const review = shopper.step("review");
    await person.sees(review.getByText("2 cards, 2 copies in all"), review.getByText("One card was added to the cart since you opened it."));
    assert.deepEqual(await review.locator("li", { hasText: "New" }).evaluateAll((all) => all.map((card) => Number(card.dataset.card))), [b]);
    await shopper.submits();
    assert.deepEqual(await debits(sandbox), [2 * PRICE + UPS]);
  });

  scene("a colleague submits it first: it is not charged twice", { ...CARDS, wide: true }, async (stage) => {
    const { sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await shopper.goesToReview();
    const call = await colleague(sandbox);
    const { print_jobs: [job] } = await sandbox.state();
    assert.equal((await call("POST", `print_jobs/${job.id}/print`)).status, 200);
    await shopper.submits();
    assert.deepEqual(await debits(sandbox), [PRICE + UPS]);
  });

  scene("too little in the account: nothing is submitted before there is enough", CARDS, async (stage) => {
    const { person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await sandbox.balance(-550);
    await shopper.goesToReview();
    const review = shopper.step("review");
    await person.sees(review.getByText("−$5.50"), review.getByText("Your balance is too low for this order."));
    assert.equal(await shopper.submitButton.getAttribute("aria-disabled"), "true");
    await shopper.submitButton.click({ force: true });
    assert.deepEqual(await sandbox.requests(PRINT), []);
  });

  const secrets = { secrets: [TEST_CARD.number, DECLINED, "4242 4242 4242 4242", "4000 0000 0000 0002"] };
  scene("too little, a declined card, funds added in the review, submitted, and the order found again with its charges", { ...CARDS, ...secrets, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b, c] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a, b], 3: [c] });
    await sandbox.balance(2000);
    await shopper.goesToReview();
    const review = shopper.step("review");
    await person.sees(review.getByText("Your balance is too low for this order."), review.getByText("$20.00"));

    const pays = async (fields) => {
      await entersAddress(review, fields);
      await review.locator('[data-action="add-funds"]').click();
    };
    await pays({ ...TEST_CARD, amount: "5" });
    await person.sees(review.getByText("$5.00 was added to the account."), review.getByText("Your balance is too low for this order."));
    await review.locator('[data-action="add-more-funds"]').click();
    await pays({ ...TEST_CARD, number: DECLINED, amount: "40" });
    await person.sees(review.getByText("Your card was declined.", { exact: true }));
    assert.equal(await review.locator('[name="number"]').inputValue(), "");
    assert.equal(await review.locator('[name="billing_city"]').inputValue(), TEST_CARD.billing_city);
    const { number, expiry, cvc } = TEST_CARD;
    await pays({ number, expiry, cvc });
    await person.sees(review.getByText("$65.00", { exact: true }));
    await shopper.submits();

    const costs = [2 * PRICE + UPS, 3 * PRICE + UPS];
    assert.deepEqual((await sandbox.state()).ledger.slice(-3).map(({ cents }) => cents), [4000, -costs[0], -costs[1]]);
    await shopper.places.getByRole("button", { name: "Orders" }).click();
    const orders = person.screen("orders").locator("[data-order]");
    await orders.nth(1).waitFor();
    assert.equal(await orders.count(), 2);
    await orders.last().locator('[data-action="open-order"]').click();
    const order = person.screen("order");
    await person.sees(order.getByRole("table", { name: "Charges" }).getByText("$23.50"), order.getByText("418 Highland Rd."), order.getByText("UPS Ground"));
    assert.equal(await order.locator("[data-card]").count(), 2);
  });

  scene("the balance covers each job but not both: the second is not submitted, funds are added, and one goes on", { wide: true, ...CARDS, ...secrets }, async (stage) => {
    const { person, sandbox } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a], 2: [b] });
    await sandbox.balance(2 * PRICE + UPS);
    await shopper.goesToReview();
    await shopper.submitButton.click();
    await person.sees(shopper.checkout.getByText("Your balance does not cover this print job."));
    assert.deepEqual(await debits(sandbox), [25_000 - 2 * PRICE - UPS, PRICE + UPS]);
    await entersAddress(shopper.checkout, { ...TEST_CARD, amount: "30" });
    await shopper.checkout.locator('[data-action="add-funds"]').click();
    await person.sees(shopper.checkout.getByText("$30.00 was added to the account."));
    await shopper.checkout.getByRole("button", { name: "Go on with the order" }).click();
    await shopper.isDone();
    assert.equal((await debits(sandbox)).length, 3);
    assert.deepEqual(await jobs(sandbox, true), { 1: [a], 2: [b] });
  });

  scene("the server is down on the way to the review: tried again in place", { ...CARDS, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await shopper.cart.getByRole("button", { name: "Check out" }).click();
    await shopper.choosesAddress("Head office");
    await shopper.choosesProvider("UPS Ground");
    await sandbox.fault("cut_before", { method: "PATCH" });
    await shopper.goesOn("copies");
    await person.sees(shopper.checkout.getByRole("alert").filter({ hasText: "cannot be reached" }));
    await sandbox.heal();
    await shopper.checkout.getByRole("button", { name: "Try again" }).click();
    await shopper.submits();
    await allSent(sandbox, 13, /Known\(9301\)/);
  });

  scene("what was chosen is remembered by the jobs themselves over a reload", CARDS, async (stage) => {
    const { page, person, sandbox } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, { 1: [a] });
    await shopper.goesToReview({ address: ONCE, provider: "FedEx 2Day" });
    await page.reload();
    await person.signIn();
    await shopper.opensCart();
    await shopper.cart.getByRole("button", { name: "Check out" }).click();
    await person.sees(shopper.step("address").getByRole("radio", { name: shopper.words.once, checked: true }));
    assert.equal(await shopper.step("address").locator("[name=address_1]").inputValue(), "12 Dock St");
    await shopper.goesOn("address");
    await person.sees(shopper.step("shipping").getByRole("radio", { name: "FedEx 2Day", checked: true }));
  });

  for (const [lang, width, colorScheme, wide] of [
    ["en", 1280, "dark", true], ["es", 360, "light"], ["en", 360, "dark", true], ["es", 1280, "light", true], ["es", 320, "dark", true],
  ]) {
    const page = { viewport: { width, height: 800 }, colorScheme, locale: lang === "es" ? "es-ES" : "en-US" };
    scene(`each step fits and is accessible: ${lang}, ${width} px, ${colorScheme}`, { ...DRAWN, wide, lang, page }, async (stage) => {
      const { page, sandbox } = stage;
      const looks = async () => {
        await isAccessible(page);
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(wide <= room, `the page is ${wide} px wide in ${room} px`);
      };
      const [a, b] = await finalized(sandbox);
      const shopper = await withCart({ ...stage, lang }, { 1: [a], 2: [b] });
      await shopper.cart.getByRole("button", { name: shopper.words.checkout }).click();
      await looks();
      await shopper.step("address").getByRole("radio", { name: shopper.words.fresh }).check();
      await looks();
      await shopper.choosesAddress("Head office");
      await looks();
      await shopper.choosesProvider("UPS Ground");
      await looks();
      await shopper.goesOn("copies");
      await shopper.submitButton.waitFor();
      await looks();
      await shopper.submits();
      await looks();
    });
  }
});

scenes("the cut-off", () => {
  // Both Sundays on which the clocks change in New York, the Fridays before and the Mondays after, from three time zones.
  // The cut-off is 21:00 UTC in winter and 20:00 UTC in summer.
  const CASES = [
    ["2026-03-06T19:30:00Z", "Friday before the clocks go forward", "within 1 h 30 min", /Friday/],
    ["2026-03-08T19:30:00Z", "the Sunday on which they go forward", "The next one", /Monday/],
    ["2026-03-09T19:30:00Z", "the Monday after", "within 30 min", /Monday/],
    ["2026-10-30T19:30:00Z", "Friday before the clocks go back", "within 30 min", /Friday/],
    ["2026-11-01T19:30:00Z", "the Sunday on which they go back", "The next one", /Monday/],
    ["2026-11-02T19:30:00Z", "the Monday after that", "within 1 h 30 min", /Monday/],
  ];
  const ZONES = {
    "America/New_York": { winter: "4:00 PM", summer: "4:00 PM" },
    "America/Los_Angeles": { winter: "1:00 PM", summer: "1:00 PM" },
    // Madrid changes three weeks later in spring, and a week earlier in autumn: all of these are in its winter.
    "Europe/Madrid": { winter: "10:00 PM", summer: "9:00 PM" },
  };
  for (const [timezoneId, { winter, summer }] of Object.entries(ZONES)) {
    scene(`on the days when the clocks change, seen from ${timezoneId}`, { ...CARDS, wide: timezoneId !== "America/Los_Angeles", page: { timezoneId } }, async (stage) => {
      const { page, person, sandbox } = stage;
      const [a] = await finalized(sandbox);
      const shopper = await withCart(stage, { 1: [a] });
      await page.clock.install();
      await shopper.goesToReview();
      const line = shopper.step("review").locator(".cut-off");
      for (const [now, when, said, day] of CASES) {
        await page.clock.setFixedTime(new Date(now));
        // The line follows the clock every ten seconds.
        await page.clock.runFor(10_000);
        await person.sees(line.filter({ hasText: said }));
        const text = await line.innerText();
        assert.match(text, day, when);
        const next = said === "The next one" ? new Date(Date.parse(now) + 86_400_000) : new Date(now);
        const isSummer = next >= new Date("2026-03-08T07:00:00Z") && next < new Date("2026-11-01T06:00:00Z");
        assert.ok(text.includes(isSummer ? summer : winter), `${when}: ${text}`);
      }
    });
  }
});
