// What Firefox repeats by itself: the same as Chromium (see repeats.test.mjs), where it costs money.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { FirefoxPerson, start } from "./support/firefox.mjs";
import { WIDE } from "./support/env.mjs";
import { TEST_CARD } from "./support/payer.mjs";
import { Sandbox } from "./support/sandbox.mjs";
import { client } from "./support/shop.mjs";

let browser;
after(() => browser?.close());

/** One test, with a sandbox and a page of its own, at which somebody is signed in. */
function scene(title, body) {
  if (WIDE) return;
  test(title, { timeout: 90_000 }, async () => {
    const sandbox = await Sandbox.start("--cards", "3", "--preview-unavailable", "1000");
    browser ??= await start();
    const page = await browser.newPage();
    try {
      const person = new FirefoxPerson(page);
      await body({ sandbox, person });
    } finally {
      await page.close();
      await sandbox.stop();
    }
  });
}

const drops = (sandbox, path) => sandbox.fault("drop_after", { method: "POST", path, times: 1 });

async function isRepeated(sandbox, pattern) {
  const requests = await sandbox.requests(pattern);
  assert.deepEqual(requests.map(({ status, fault }) => [status, fault]), [[null, "Named(DropAfter)"], [200, null]]);
  const { audit } = await sandbox.state();
  assert.deepEqual(Object.values(audit.repeats), [1], "to the letter, so it was the browser");
}

describe("repeated by Firefox", { concurrency: 1 }, () => {
  scene("a payment: it may be two, and that is said", async ({ sandbox, person }) => {
    await person.signsIn(sandbox.url);
    await person.clicks('[data-action="open-account"]');
    await person.clicks('[data-action="add-funds-open"]');
    for (const [name, text] of Object.entries({ amount: "50", ...TEST_CARD })) await person.types(name, text);
    await drops(sandbox, "/add_funds");
    await person.clicks('[data-action="add-funds"]');
    await person.sees('[data-finding="charge-unclear"]', "$50.00 was added, but more than one entry in the account may be this payment");
    await isRepeated(sandbox, /^POST \S+\/add_funds$/);
    assert.deepEqual((await sandbox.state()).ledger.map(({ cents }) => cents), [25_000, 5000, 5000]);
    assert.deepEqual(await person.told(), ["charge-unclear"]);
  });

  scene("a submission: charged twice, and that is said", async ({ sandbox, person }) => {
    const shop = await client(sandbox);
    const [card] = await shop.cards();
    const job = await shop.createJob({ cards: [card], copies: 1, provider: 13, address: await shop.address("Head office") });
    await person.signsIn(sandbox.url);
    await person.clicks('[data-action="open-cart"]');
    await person.clicks('[data-action="checkout"]');
    for (const step of ["address", "shipping", "copies"]) await person.clicks(`[data-step="${step}"] [data-action="continue"]`);
    await person.sees('[data-action="submit-order"]:not([aria-disabled="true"])');
    await drops(sandbox, "/print");
    await person.clicks('[data-action="submit-order"]');
    await person.sees('[data-screen="order-done"]');
    await person.sees('[data-finding="charged-twice"]', `Order ${job} was charged 2 times, $18.00 each time.`);
    await isRepeated(sandbox, /^POST \S+\/print$/);
    assert.deepEqual((await sandbox.state()).audit.charges.map(({ cents }) => cents), [1800, 1800]);
    assert.deepEqual(await person.told(), ["charged-twice"]);
    await person.clicks('[data-action="dismiss-finding"]');
    await person.isGone("[data-finding]");
  });
});
