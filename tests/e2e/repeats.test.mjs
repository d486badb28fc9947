// What a browser repeats by itself: a POST whose connection, kept from earlier calls, closes before the answer begins. The
// page makes one call and sees one answer; the server has done it twice. It is told, or mended.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "./support/env.mjs";
import { PASS } from "./support/journey.mjs";
import { ADD_FUNDS, Payer, TEST_CARD, movements } from "./support/payer.mjs";
import { CREATE } from "./support/sandbox.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";
import { Shopper, finalized, jobs } from "./support/shopper.mjs";

const CARDS = { sandbox: ["--cards", "12", "--preview-unavailable", "1000"] };
const PRICE = 550;
const UPS = 1250;

/** The next POST to `path` is carried out, and its connection closes before the answer begins. */
const drops = (sandbox, path) => sandbox.fault("drop_after", { method: "POST", path, times: 1 });

/** The page has called once, and the browser has sent it twice: the first one was done and its answer lost. */
async function isRepeated(sandbox, pattern) {
  const requests = await sandbox.requests(pattern);
  assert.deepEqual(requests.map(({ status, fault }) => [status, fault]), [[null, "Named(DropAfter)"], [200, null]]);
  const { audit } = await sandbox.state();
  assert.deepEqual(Object.values(audit.repeats), [1], "to the letter, so it was the browser");
}

/** Somebody else of the organization finalizes a card. */
async function colleagueFinalizes({ api }, card) {
  const form = new FormData();
  form.set("email", EMAIL);
  form.set("password", PASSWORD);
  const { auth_token: token } = await (await fetch(`${api}authenticate`, { method: "POST", body: form })).json();
  const path = `${api}organizations/20003827/cards/${card}/finalize`;
  const { status } = await fetch(path, { method: "PATCH", headers: { authorization: `bearer ${token}` } });
  assert.equal(status, 200);
}

const finding = (person, code) => person.host.locator(`[data-finding="${code}"]`);
const told = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);

/** Signs in and opens the cart, with these cards in it. */
async function withCart({ open, person }, ...cards) {
  const shopper = new Shopper(person);
  await open();
  await person.signIn();
  await shopper.opensCart();
  await shopper.searches("");
  await shopper.adds(...cards);
  return shopper;
}

scenes("repeated by the browser", () => {
  const secrets = { browsers: BOTH, secrets: [TEST_CARD.number, "4242 4242 4242 4242"] };
  scene("a payment: it may be two, and that is said until the person knows", secrets, async ({ open, person, sandbox, events }) => {
    const payer = new Payer(person);
    await open();
    await payer.reachesForm();
    await drops(sandbox, "/add_funds");
    await payer.sends("50");
    await person.sees(payer.status("$50.00 was added to the account."));
    const notice = finding(person, "charge-unclear");
    await person.sees(notice.getByText("$50.00 was added, but more than one entry in the account may be this payment"),
      notice.getByText("Look at your card's statement."), notice.getByText("20003827"));
    await isRepeated(sandbox, ADD_FUNDS);
    assert.deepEqual(await movements(sandbox), [25_000, 5000, 5000]);
    await person.sees(payer.account.locator(".overview").getByText("$350.00", { exact: true }));
    assert.deepEqual(await told(events), ["charge-unclear"]);
    assert.equal((await events()).filter(({ type }) => type === "ic-funds-added").length, 1);

    await person.action("open-cart").click();
    await person.sees(notice);
    await payer.opensAccount();
    await person.sees(notice);
    await person.action("dismiss-finding").click();
    await notice.waitFor({ state: "detached" });
  });

  scene("a submission: charged twice, which is said with both entries, over every screen", { ...CARDS, browsers: BOTH, wide: ["firefox"] }, async (stage) => {
    const { person, sandbox, events } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    await shopper.goesToReview();
    await drops(sandbox, "/print");
    await shopper.submits();
    const notice = finding(person, "charged-twice");
    await person.sees(notice);
    await isRepeated(sandbox, /^POST \S+\/print$/);
    const { print_jobs: [job], audit, ledger } = await sandbox.state();
    assert.deepEqual(audit.charges, [{ job: job.id, cents: PRICE + UPS }, { job: job.id, cents: PRICE + UPS }]);
    const entries = ledger.filter(({ cents }) => cents < 0).map(({ id }) => id).sort();
    await person.sees(notice.getByText(`Order ${job.id} was charged 2 times, $18.00 each time.`),
      notice.getByText("Do not submit it again."), notice.getByText("write to InstantCard's support"),
      notice.getByText(`The transactions are ${entries.join(", ")}.`));
    assert.deepEqual(await told(events), ["charged-twice"]);
    // Nor does the screen claim another charge than the notice.
    await person.sees(person.screen("order-done").getByRole("heading", { name: "What the order costs" }));

    for (const place of ["orders", "account", "cart"]) {
      await person.action(`open-${place}`).first().click();
      await person.sees(person.screen(place), notice);
    }
    await person.action("dismiss-finding").click();
    await notice.waitFor({ state: "detached" });
    await person.focuses(person.host.getByRole("heading", { level: 1, name: "Cart" }));
    await person.action("open-orders").first().click();
    await person.sees(person.screen("orders"));
    assert.equal(await notice.count(), 0);
  });

  scene("a new card: there are two drafts, which is told with both numbers, and the person goes on with one", { ...CARDS, wide: true }, async ({ open, person, sandbox, events }) => {
    await open();
    await sandbox.heal();
    const before = (await sandbox.cards()).length;
    await person.signIn();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await drops(sandbox, "/cards");
    await person.preview(PASS);
    await isRepeated(sandbox, CREATE);
    const made = (await sandbox.cards()).slice(before).map(({ id }) => id);
    assert.equal(made.length, 2);
    const number = await person.finalize();
    assert.equal(number, made[1], "the one whose number was heard of");
    const notice = person.host.locator(`[data-twins="${number}"]`);
    await person.sees(notice.getByText(`Card ${number} may have been created twice. The same details are on: ${made[0]}.`),
      notice.getByText("Put only one of them into the cart"));
    await person.screen("done").getByRole("button", { name: "Add to cart" }).click();
    await person.sees(person.host.getByText("The card is in the cart."));
    assert.deepEqual(await jobs(sandbox), { 1: [number] });
    assert.equal((await sandbox.cards()).length, before + 2, "nothing is deleted but by the person");

    // It stands over the cart until the person knows; where both come to be in it, each says so.
    const shopper = new Shopper(person);
    await shopper.opensCart();
    await person.sees(notice);
    await colleagueFinalizes(sandbox, made[0]);
    await shopper.searches(PASS.data.FULL_NAME);
    await shopper.found(made[0]).locator('[data-action="add-to-cart"]').click();
    await person.sees(shopper.row(made[0]).getByText(`This may be the same card as ${made[1]}, which is in the cart too.`),
      shopper.row(made[1]).getByText(`This may be the same card as ${made[0]}, which is in the cart too.`));
    await person.action("dismiss-twins").click();
    await notice.waitFor({ state: "detached" });
    await person.focuses(person.host.getByRole("heading", { level: 1, name: "Cart" }));
    await shopper.row(made[0]).locator('[data-action="remove-from-cart"]').click();
    await shopper.row(made[1]).getByText("This may be the same card").waitFor({ state: "detached" });
    await sandbox.until(({ print_jobs: all }) => all.flatMap((job) => job.card_ids).length === 1);
    assert.deepEqual(await told(events), ["card-unclear"]);
  });

  scene("a new print job: the cart shows the card once, and the spare job is emptied", CARDS, async (stage) => {
    const { person, sandbox, events } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = new Shopper(person);
    await stage.open();
    await person.signIn();
    await shopper.opensCart();
    await shopper.searches("");
    await drops(sandbox, "/print_jobs");
    await shopper.adds(a);
    await isRepeated(sandbox, /^POST \S+\/print_jobs$/);
    const all = await sandbox.until(({ print_jobs: all }) => all.flatMap((job) => job.card_ids).length === 1 && all);
    assert.equal(all.length, 2);
    assert.equal(await shopper.rows.count(), 1);
    await shopper.adds(b);
    await shopper.wants(a, 3);
    await person.sees(shopper.cart.getByText("2 cards, 4 copies in all"));
    assert.deepEqual(await jobs(sandbox), { 1: [b], 3: [a] });
    assert.deepEqual(await told(events), []);
  });

  scene("a card into a print job: what is in it twice is taken out once", CARDS, async (stage) => {
    const { person, sandbox, events } = stage;
    const [a, b] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    await drops(sandbox, "/add_cards");
    await shopper.adds(b);
    await isRepeated(sandbox, /^POST \S+\/add_cards$/);
    await sandbox.until(({ print_jobs: [job] }) => job.card_ids.length === 2);
    assert.deepEqual(await jobs(sandbox), { 1: [a, b] });
    await person.sees(shopper.cart.getByText("2 cards, 2 copies in all"));
    assert.deepEqual(await told(events), []);
  });

  scene("a new address: there are two of it, and the order goes on to the one", CARDS, async (stage) => {
    const { sandbox, person, events } = stage;
    const [a] = await finalized(sandbox);
    const shopper = await withCart(stage, a);
    await drops(sandbox, "/addresses");
    await shopper.goesToReview({ address: {
      saved: true, full_name: "Mei Chen", email: "mei@example.org", phone_number: "+1 503 555 0100", address1: "9 Oak Ave",
      city: "Portland", state: "OR", zip_code: "97201", label: "Branch",
    } });
    await isRepeated(sandbox, /^POST \S+\/addresses$/);
    const { addresses } = await sandbox.state();
    const saved = addresses.filter(({ label }) => label === "Branch").map(({ id }) => id);
    assert.equal(saved.length, 2);
    await person.sees(shopper.step("address").getByText("9 Oak Ave"));
    // The person is told, and both can be seen where one chooses.
    await person.sees(shopper.step("address").getByText("This address has come to be saved twice."));
    await shopper.submits();
    const { print_jobs: [job] } = await sandbox.state();
    assert.equal(job.ship_to, `Known(${saved[1]})`);
    assert.equal((await sandbox.state()).audit.charges.length, 1);
    assert.deepEqual(await told(events), ["saved-twice"]);
    await shopper.opensCart();
    await shopper.searches("");
    await shopper.adds((await finalized(sandbox)).at(-1));
    await shopper.cart.getByRole("button", { name: "Check out" }).click();
    await shopper.step("address").getByRole("radio", { name: /Branch/ }).nth(1).waitFor();
  });
});
