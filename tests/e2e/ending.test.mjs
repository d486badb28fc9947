// A card of one's own, to its end: into the organization's cart, or ordered and mailed to the person who made it.

import assert from "node:assert/strict";
import { PASS } from "./support/journey.mjs";
import { FINALIZE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { entersAddress } from "./support/shopper.mjs";

const TOKEN = "site-given-token-77aa";
const withToken = { sandbox: ["--token", TOKEN], secrets: [TOKEN] };
const UPS = 13;
const PRICE = 550;
const SHIPPING = 1250;
const HOME = {
  full_name: "Ana Núñez", address_1: "12 Orchard Lane", city: "Albany", country: "USA", state: "NY", zip_code: "12207",
};

/** Opens the form for a visitor's pass where the page wants its card to end like this. */
async function begins({ given, open }, ends, more = {}) {
  await given({ token: TOKEN });
  const order = ends === "order" ? { "shipping-provider-id": UPS } : {};
  await open("host.html", { mode: "request", "template-id": "5802", "ends-with": ends, ...order, ...more });
}

/** From the form to where the address is asked for. */
async function toDelivery({ person }) {
  await person.enter(PASS);
  await person.button("Preview card").click();
  await person.button("Go on to delivery").click();
  await person.screen("checkout").waitFor();
}

async function orders({ person }) {
  await entersAddress(person.screen("checkout"), HOME);
  await person.action("submit-order").click();
}

const told = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);
const heard = async (events, type) => (await events()).filter((event) => event.type === type).map(({ detail }) => detail);

/** What the sandbox has been charged, and what its print jobs hold. */
async function books(sandbox) {
  const { audit, print_jobs: jobs, cards } = await sandbox.state();
  const [card] = cards.slice(-1);
  const holding = jobs.filter(({ card_ids: ids }) => ids.includes(card.id));
  return { card, holding, charges: audit.charges };
}

async function isOrderedOnce(stage) {
  const { person, sandbox, events } = stage;
  await person.sees(person.screen("done").getByRole("heading", { name: "Your card is ordered" }));
  const { card, holding: [job, ...others], charges } = await books(sandbox);
  assert.deepEqual(others, [], "it stands in no other print job");
  assert.deepEqual(charges, [{ job: job.id, cents: PRICE + SHIPPING }]);
  assert.deepEqual([card.finalized, job.submitted, job.card_ids, job.number_of_copies], [true, true, [card.id], 1]);
  assert.deepEqual(await heard(events, "ic-order-submitted"), [{ printJobIds: [job.id], cards: 1, copies: 1 }]);
  return job;
}

scenes("a card that ends in the cart", () => {
  scene("is there once, and no cart is shown", withToken, async (stage) => {
    const { person, sandbox, events } = stage;
    await begins(stage, "cart");
    await person.enter(PASS);
    await person.preview(PASS);
    await person.action("finalize").click();
    await person.sees(person.screen("done").getByRole("heading", { name: "Your card is handed in" }));
    const { card, holding, charges } = await books(sandbox);
    assert.deepEqual(holding.map(({ card_ids: ids, submitted }) => [ids, submitted]), [[[card.id], false]]);
    assert.equal(card.finalized, true);
    assert.deepEqual(charges, []);
    assert.equal(await person.action("open-cart").count(), 0);
    assert.deepEqual(await told(events), []);
  });

  scene("is tried again where the answers are lost, and there once all the same", { ...withToken, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    await begins(stage, "cart");
    await person.enter(PASS);
    await person.preview(PASS);
    await sandbox.fault("cut_after", { method: "PATCH", path: "/finalize", times: 1 });
    await person.action("finalize").click();
    await person.sees(person.alert("Your card was not handed in."));
    await sandbox.fault("cut_after", { method: "POST", path: "/print_jobs", times: 1 });
    await person.action("retry").click();
    await person.sees(person.screen("done").getByRole("heading", { name: "Your card is handed in" }));
    const { card, holding } = await books(sandbox);
    assert.deepEqual(holding.map(({ card_ids: ids }) => ids), [[card.id]]);
  });
});

scenes("a card that is ordered", () => {
  scene("is mailed to the person, and charged once", withToken, async (stage) => {
    const { person, sandbox, events } = stage;
    await begins(stage, "order");
    await toDelivery(stage);
    assert.equal((await books(sandbox)).card.finalized, false, "nothing is final before it is ordered");
    const delivery = person.screen("checkout");
    // What is missing, and what no post would take, is said at its place.
    await person.action("submit-order").click();
    await person.sees(delivery.getByText("Fill in “Full name”."));
    await entersAddress(delivery, { ...HOME, zip_code: "1220" });
    await person.action("submit-order").click();
    await person.sees(delivery.getByText("This is not a zip code of this country."));
    await person.focuses(delivery.locator('[name="zip_code"]'));
    // Another country has its own states, or none.
    await delivery.locator('[name="country"]').selectOption("CAN");
    assert.equal(await delivery.locator('[name="state"] option').count(), 14);
    await delivery.locator('[name="country"]').selectOption({ label: "Germany" });
    assert.equal(await delivery.locator('[name="state"]').evaluate(({ localName }) => localName), "input");

    await orders(stage);
    const job = await isOrderedOnce(stage);
    for (const text of Object.values(HOME)) assert.ok(job.ship_to.includes(`"${text}"`), `${job.ship_to} has ${text}`);
    assert.equal(job.shipping_provider_id, UPS);
    await person.sees(person.screen("done").getByText("Albany, NY 12207"));
    assert.deepEqual(await told(events), []);
    assert.ok(!/\$|balance/i.test(await person.host.innerText()), "nothing of the organization's money");
  });

  scene("with an account that is too low it goes into the cart, and the page is told", withToken, async (stage) => {
    const { person, sandbox, events } = stage;
    await sandbox.balance(100);
    await begins(stage, "order");
    await toDelivery(stage);
    await orders(stage);
    await person.sees(person.screen("done").getByText("The organization will send it"));
    const { card, holding, charges } = await books(sandbox);
    assert.deepEqual(holding.map(({ card_ids: ids, submitted }) => [ids, submitted]), [[[card.id], false]]);
    assert.deepEqual([card.finalized, charges], [true, []]);
    assert.deepEqual(await told(events), ["balance-low"]);
  });

  for (const [what, fault, error] of [
    ["finalizing", { method: "PATCH", path: "/finalize" }, "Your card was not ordered."],
    ["the print job", { method: "POST", path: "/print_jobs" }],
    ["the address", { method: "PATCH", path: "/print_jobs" }, "Your card was not ordered."],
    ["the balance", { method: "GET", path: "/check_balance" }],
    ["submitting", { method: "POST", path: "/print", skip: 1 }],
  ]) {
    scene(`a lost answer: ${what}`, { ...withToken, wide: what !== "submitting", network: true }, async (stage) => {
      const { person, sandbox, events } = stage;
      await begins(stage, "order");
      await toDelivery(stage);
      await sandbox.fault("cut_after", { ...fault, times: 1 });
      await orders(stage);
      if (error) {
        await person.sees(person.alert(error));
        await person.action("retry").click();
      }
      await isOrderedOnce(stage);
      assert.equal((await sandbox.requests(FINALIZE)).every(({ status }) => status === 200 || status === null), true);
    });
  }

  scene("an address that is refused can be corrected", { ...withToken, network: true }, async (stage) => {
    const { person, sandbox } = stage;
    await begins(stage, "order");
    await toDelivery(stage);
    const refusal = { status: 400, body: JSON.stringify({ error: "No carrier goes there." }), headers: { "content-type": "application/json" } };
    await sandbox.fault(refusal, { method: "PATCH", path: "/print_jobs", times: 1 });
    await orders(stage);
    await person.sees(person.alert("No carrier goes there."));
    await entersAddress(person.screen("checkout"), { address_1: "7 Market Street" });
    await person.action("submit-order").click();
    const job = await isOrderedOnce(stage);
    assert.ok(job.ship_to.includes('"7 Market Street"'), job.ship_to);
    await person.sees(person.screen("done").getByText("7 Market Street"));
  });

  scene("a print job that the browser makes twice: the other one is emptied", withToken, async (stage) => {
    const { sandbox } = stage;
    await begins(stage, "order");
    await toDelivery(stage);
    await sandbox.fault("drop_after", { method: "POST", path: "/print_jobs", times: 1 });
    await orders(stage);
    await isOrderedOnce(stage);
    const { print_jobs: jobs } = await sandbox.state();
    assert.deepEqual(jobs.map(({ card_ids: ids }) => ids.length).sort(), [0, 1]);
  });

  scene("a submission that the browser makes twice is told to the page, not in figures to the person", withToken, async (stage) => {
    const { person, sandbox, events } = stage;
    await begins(stage, "order");
    await toDelivery(stage);
    // The first one to begin like this makes the print job.
    await sandbox.fault("drop_after", { method: "POST", path: "/print", skip: 1, times: 1 });
    await orders(stage);
    await person.sees(person.screen("done").getByText("Something about this order has to be checked."));
    assert.deepEqual(await told(events), ["charged-twice"]);
    assert.ok(!/\$/.test(await person.host.innerText()));
  });
});

scenes("an address that the page knows", () => {
  scene("stands there, is the person's to change, and is the page's again for the next one", withToken, async (stage) => {
    const { given, open, page, person, events } = stage;
    await given({ token: TOKEN, shippingAddress: { ...HOME, country: "us", state: "New York", zip_code: "ABC" } });
    await open("host.html", { mode: "request", "template-id": "5802", "ends-with": "order", "shipping-provider-id": UPS });
    await toDelivery(stage);
    const delivery = person.screen("checkout");
    const stands = (name) => delivery.locator(`[name="${name}"]`).inputValue();
    // What no post would take is told to the page, and said to the person at its place.
    assert.deepEqual([await stands("full_name"), await stands("country"), await stands("state")], [HOME.full_name, "USA", "NY"]);
    assert.deepEqual(await told(events), ["given-address"]);
    assert.match((await events()).find(({ type }) => type === "ic-error").detail.message, /cannot be mailed to as it is: zip_code/);
    await person.action("submit-order").click();
    await person.sees(delivery.getByText("This is not a zip code of this country."));
    await person.focuses(delivery.locator('[name="zip_code"]'));
    await entersAddress(delivery, { zip_code: HOME.zip_code, address_1: "7 Market Street" });
    // The page has found out more: what the person has typed stays.
    const gives = (address) => page.evaluate((address) => { document.querySelector("instant-card").shippingAddress = address; }, address);
    await gives({ ...HOME, city: "Troy" });
    assert.deepEqual([await stands("address_1"), await stands("zip_code")], ["7 Market Street", HOME.zip_code]);
    await person.action("submit-order").click();
    const job = await isOrderedOnce(stage);
    assert.ok(job.ship_to.includes('"7 Market Street"'), job.ship_to);
    await page.evaluate(() => document.querySelector("instant-card").reset());
    await toDelivery(stage);
    assert.deepEqual([await stands("address_1"), await stands("city")], [HOME.address_1, "Troy"]);
    // A part that no address has is the page's mistake.
    await gives({ street: "12 Orchard Lane" });
    await person.sees(person.alert("shippingAddress.street is no part of an address."));
    assert.equal((await told(events)).at(-1), "configuration");
    await gives(HOME);
    await delivery.waitFor();
  });
});

scenes("what the page has to say first", () => {
  scene("a shipping provider that the account does not have", withToken, async (stage) => {
    const { person, events } = stage;
    await begins(stage, "order", { "shipping-provider-id": 999 });
    await person.sees(person.host.getByText("is none of the account's shipping providers: 11, 12, 13, 14, 15"));
    assert.deepEqual(await told(events), ["configuration"]);
  });
});
