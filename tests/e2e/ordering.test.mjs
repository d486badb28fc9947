// What the randomized runs (tests/faults) have found in cart and checkout, each by itself.

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { client } from "./support/shop.mjs";
import { entersAddress } from "./support/shopper.mjs";
import { scene, scenes } from "./support/scene.mjs";

const network = true;
const sandbox = ["--cards", "12", "--preview-unavailable", "1000"];
/** Finalized cards that the sandbox starts with. */
const [FIRST, SECOND, THIRD] = [264501, 264502, 264503];

const rule = (method, path, action, more = {}) => ({ match: { method, path_contains: path }, times: 1, action, ...more });
const SLOW = { slow_ms: 1600 };

/** Signs in and opens the cart, in which somebody has put these cards, with a search for all cards below it. */
async function reachesCart({ open, person, sandbox }, ...cards) {
  if (cards.length) await (await client(sandbox)).createJob({ cards, copies: 1 });
  await open();
  await person.signIn();
  await person.action("open-cart").first().click();
  for (const card of cards) await person.sees(row(person, card));
  await searches(person);
}

async function searches(person) {
  await person.action("search-cards").click();
  await person.sees(found(person, FIRST));
}

const found = (person, card) => person.host.locator(`.add-a-card li[data-card="${card}"]`);
const row = (person, card) => person.host.locator(`li[data-card="${card}"]:has([data-action="remove-from-cart"])`);
const copies = (person, card) => row(person, card).locator("[name=copies]");
const within = (place, action) => place.locator(`[data-action="${action}"]`);

/** Adds cards, and waits until they are at the server. */
async function adds({ person, sandbox }, ...cards) {
  for (const card of cards) await within(found(person, card), "add-to-cart").click();
  await saved({ person, sandbox });
}

/** Waits until nothing more is being saved, or is about to be. */
async function saved({ person, sandbox }) {
  const saving = person.host.locator(".named [role=status]").filter({ hasText: "Saving…" });
  for (;;) {
    await person.page.waitForFunction(() => ![...document.querySelector("instant-card").shadowRoot
      .querySelectorAll(".named [role=status]")].some(({ textContent }) => textContent.includes("Saving…")));
    await sandbox.until(({ audit }) => audit.under_way === 0);
    if (await saving.count() === 0) return;
  }
}

/** What would be printed: `{card: copies}`. */
function printed({ print_jobs: jobs }) {
  const all = {};
  for (const job of jobs.filter(({ submitted }) => !submitted)) {
    for (const card of job.card_ids) all[card] = (all[card] ?? 0) + job.number_of_copies;
  }
  return all;
}

/** What the screen says will be printed: whatever is asked for stands there at once. */
const shown = (person) => person.host.locator('li[data-card]:has([data-action="remove-from-cart"])').evaluateAll((rows) => (
  Object.fromEntries(rows.map((row) => [row.dataset.card, Number(row.querySelector("[name=copies]").value)]))));

/** In the end this would be printed, and nothing else is asked for. */
async function prints(stage, expected) {
  await stage.sandbox.until((state) => isDeepStrictEqual(printed(state), expected));
  await saved(stage);
  assert.deepEqual(printed(await stage.sandbox.state()), expected);
  assert.deepEqual(await shown(stage.person), expected);
}

/** From the cart to the number of copies. */
async function reachesCopies({ person }) {
  await person.action("checkout").click();
  const step = (name) => person.host.locator(`[data-step="${name}"]`);
  await step("address").locator("[name=address_id]").first().check();
  await within(step("address"), "continue").click();
  await step("shipping").locator('[name=shipping_provider_id][value="12"]').check();
  await within(step("shipping"), "continue").click();
}

/** From the cart to the review. */
async function reachesReview(stage) {
  const { person } = stage;
  await reachesCopies(stage);
  await within(person.host.locator('[data-step="copies"]'), "continue").click();
  await person.sees(person.action("submit-order"));
}

/** A way to let go of something, and a promise that it has been let go. */
function gate() {
  let open;
  const opened = new Promise((resolve) => { open = resolve; });
  return [open, opened];
}

const reviewed = (person) => person.host.locator(".review-cards li").evaluateAll((items) => (
  Object.fromEntries(items.map((item) => [item.dataset.card, Number(item.querySelector(".times").textContent.replace(/\D/g, ""))]))));

scenes("ordering", () => {
  scene("a double click is for the card that it hits, whatever moves under it", { sandbox }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesCart(stage);
    await within(found(person, SECOND), "add-to-cart").dblclick();
    await person.sees(row(person, SECOND));
    await prints(stage, { [SECOND]: 1 });
    await adds(stage, FIRST, THIRD);
    await within(row(person, FIRST), "remove-from-cart").dblclick();
    await row(person, FIRST).waitFor({ state: "detached" });
    await prints(stage, { [SECOND]: 1, [THIRD]: 1 });
    // Where nothing moves both clicks count.
    await within(row(person, SECOND), "more-copies").dblclick();
    assert.equal(await copies(person, SECOND).inputValue(), "3");
  });

  scene("what is typed stays when an answer comes", { sandbox }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesCart(stage);
    await sandbox.faults({ rules: [rule("POST", "/print_jobs", "slow", SLOW)] });
    await within(found(person, FIRST), "add-to-cart").click();
    await copies(person, FIRST).fill("7");
    await saved(stage);
    assert.equal(await copies(person, FIRST).inputValue(), "7");
    await copies(person, FIRST).press("Enter");
    await prints(stage, { [FIRST]: 7 });
  });

  scene("what is put back has as many copies as it had on the screen", { sandbox }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesCart(stage, FIRST);
    await copies(person, FIRST).fill("5");
    await copies(person, FIRST).press("Enter");
    await within(row(person, FIRST), "remove-from-cart").click();
    await person.action("undo").click();
    assert.equal(await copies(person, FIRST).inputValue(), "5");
    await prints(stage, { [FIRST]: 5 });
  });

  scene("a cart that was read before a change does not come after it", { sandbox }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesCart(stage, FIRST);
    // It is read, and before the answer is there more copies are asked for.
    const [letGo, held] = gate();
    const [said, isRead] = gate();
    await person.page.route(/print_jobs\?/, async (route) => {
      const response = await route.fetch();
      said();
      await held;
      await route.fulfill({ response });
    }, { times: 1 });
    await person.action("open-account").first().click();
    await person.action("open-cart").first().click();
    await isRead;
    await within(row(person, FIRST), "more-copies").click();
    letGo();
    await saved(stage);
    assert.equal(await copies(person, FIRST).inputValue(), "2");
    await prints(stage, { [FIRST]: 2 });
  });

  scene("an answer is lost and the cart cannot be read: once more is not twice", { sandbox, network }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesCart(stage);
    await sandbox.faults({ rules: [rule("POST", "/print_jobs", "cut_after"), rule("GET", "/print_jobs", "json_500")] });
    await within(found(person, FIRST), "add-to-cart").click();
    await within(found(person, FIRST), "retry").click();
    await person.sees(row(person, FIRST));
    await prints(stage, { [FIRST]: 1 });
    assert.equal(await copies(person, FIRST).inputValue(), "1");
  });

  scene("the last answer of all is lost: what is there then is what is shown", { sandbox, wide: true, network }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesCart(stage, FIRST);
    const lost = [rule("PATCH", "/print_jobs", "cut_before", { times: 2 }), rule("PATCH", "/print_jobs", "cut_after", { skip: 2 })];
    await sandbox.faults({ rules: lost });
    await copies(person, FIRST).fill("3");
    await copies(person, FIRST).press("Enter");
    await prints(stage, { [FIRST]: 3 });
    assert.equal(await row(person, FIRST).locator(".notice").count(), 0);
    // And when it cannot be looked up: it is read again before it is left as it was.
    await sandbox.faults({ rules: [rule("PATCH", "/print_jobs", "cut_after"), rule("GET", "/print_jobs", "json_500", { skip: 1 })] });
    await copies(person, FIRST).fill("4");
    await copies(person, FIRST).press("Enter");
    await within(row(person, FIRST), "leave-as-is").click();
    await row(person, FIRST).locator(".notice").waitFor({ state: "detached" });
    await person.sees(row(person, FIRST));
    await saved(stage);
    await prints(stage, { [FIRST]: 4 });
    assert.equal(await copies(person, FIRST).inputValue(), "4");
  });

  scene("a card that could not be added is told of, also after one has looked elsewhere", { sandbox, wide: true, network }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesCart(stage);
    await sandbox.faults({ rules: [{ match: { method: "POST", path_contains: "/print_jobs" }, action: "json_500" }] });
    await within(found(person, FIRST), "add-to-cart").click();
    await person.action("open-account").first().click();
    await person.screen("account").waitFor();
    await person.action("open-cart").first().click();
    await within(row(person, FIRST), "retry").waitFor();
    await sandbox.heal();
    await within(row(person, FIRST), "retry").click();
    await prints(stage, { [FIRST]: 1 });
  });

  scene("the review is of the cart as it is when one comes back", { sandbox }, async (stage) => {
    const { person } = stage;
    await reachesCart(stage, FIRST);
    await reachesReview(stage);
    assert.deepEqual(await reviewed(person), { [FIRST]: 1 });
    await person.action("back-to-cart").click();
    await searches(person);
    await within(found(person, SECOND), "add-to-cart").click();
    await person.action("checkout").click();
    await person.sees(person.host.locator(`.review-cards li[data-card="${SECOND}"]`), person.action("submit-order"));
    assert.deepEqual(await reviewed(person), { [FIRST]: 1, [SECOND]: 1 });
  });

  scene("addresses that come late leave what was begun", { sandbox, network }, async (stage) => {
    const { open, person, sandbox } = stage;
    await reachesCart(stage, FIRST);
    // An earlier order was to go to an address of its own.
    await person.action("checkout").click();
    const step = person.host.locator('[data-step="address"]');
    await step.locator('[name=address_way][value="one-off"]').check();
    const texts = { full_name: "Ana", address_1: "1 Harbor Street", city: "Boston", state: "MA", zip_code: "02110", country: "USA" };
    await entersAddress(step, texts);
    await within(step, "continue").click();
    await person.host.locator('[name=shipping_provider_id][value="12"]').check();
    await within(person.host.locator('[data-step="shipping"]'), "continue").click();
    await within(person.host.locator('[data-step="copies"]'), "continue").click();
    await person.sees(person.action("submit-order"));

    await open();
    await person.signIn();
    await sandbox.faults({ rules: [rule("GET", "/addresses", "slow", SLOW)] });
    const answer = person.page.waitForResponse(/\/addresses/);
    await person.action("open-cart").first().click();
    await person.action("checkout").click();
    await step.locator('[name=address_way][value="new"]').check();
    await step.locator("[name=full_name]").fill("Somebody else");
    const isKept = async () => {
      assert.equal(await step.locator("[name=full_name]").inputValue(), "Somebody else");
      assert.ok(await step.locator('[name=address_way][value="new"]').isChecked());
    };
    await (await answer).finished();
    await person.page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
    await isKept();
    // They have come indeed.
    await step.locator('[name=address_way][value="saved"]').check();
    await person.sees(step.locator("[name=address_id]"));
    await step.locator('[name=address_way][value="new"]').check();
    await isKept();
  });

  scene("copies that are changed while the order is prepared leave it its shipping provider", { sandbox, wide: true }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesCart(stage, FIRST);
    await reachesCopies(stage);
    // The job is prepared after 2 s. Its copies are changed by what is read of it before, and sent after that.
    await sandbox.faults({ rules: [
      rule("PATCH", "/print_jobs/", "slow", { slow_ms: 4000 }), rule("GET", "/print_jobs/", "slow", { slow_ms: 2400 }),
    ] });
    const prepared = person.page.waitForResponse((answer) => answer.request().method() === "PATCH");
    await within(person.host.locator('[data-step="copies"]'), "continue").click();
    await person.host.locator('[data-step-to="copies"]').click();
    await within(person.host.locator(`[data-step="copies"] li[data-card="${FIRST}"]`), "more-copies").click();
    await prepared;
    await within(person.host.locator('[data-step="copies"]'), "continue").click();
    await person.sees(person.action("submit-order"));
    const state = await sandbox.state();
    assert.deepEqual(state.audit.lost_providers, []);
    assert.deepEqual(state.print_jobs.map((job) => [job.shipping_provider_id, job.number_of_copies]), [[12, 2]]);
  });

  scene("an order is submitted as it was reviewed, whatever is asked of the cart meanwhile", { sandbox, network }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesCart(stage, FIRST);
    await reachesReview(stage);
    await sandbox.faults({ rules: [rule("GET", "/check_balance", "slow", SLOW)] });
    await person.action("submit-order").click();
    await person.action("open-cart").first().click();
    await within(row(person, FIRST), "more-copies").click();
    await person.page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-order-submitted"));
    await saved(stage);
    const { print_jobs: jobs, audit } = await sandbox.state();
    assert.deepEqual(jobs.map((job) => [job.number_of_copies, job.submitted, job.card_ids]), [[1, true, [FIRST]]]);
    assert.equal(audit.charges.length, 1);
    await person.sees(person.host.getByText("Your cart is empty."));
  });
});
