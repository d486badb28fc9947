// A person's way through cart and checkout, one thing after another by chance, while whatever can go wrong goes wrong.
// They act on what they see, and when something has failed they do what the screen offers.

import { EMAIL, PASSWORD } from "../e2e/support/env.mjs";
import { Wrong } from "./book.mjs";
import { glance } from "./look.mjs";

/** How long the person waits for something to come about before it counts as never. */
const PATIENCE = 60_000;
/** How long a click may take; what cannot be clicked any more is looked at again. */
const CLICK = 4_000;
/** So many attempts in a row that came to nothing are a dead end. */
const DEAD_END = 12;

export class Walk {
  #failures = 0;

  constructor({ page, sandbox, dice, book, log, drafts, listen }) {
    Object.assign(this, { page, sandbox, dice, book, log, drafts, listen });
    this.host = page.locator("instant-card");
    this.actions = 0;
    this.words = ["", "", "a", "Hart", "Müller", "Chen", "Ravi"];
  }

  look() { return this.page.evaluate(glance).catch(() => ({ screen: null })); }

  action(name, within = this.host) { return within.locator(`[data-action="${name}"]`); }

  /** Waits until what is seen is so; gives what is seen then. */
  async until(what, is, patience = PATIENCE) {
    const end = Date.now() + patience;
    for (;;) {
      const seen = await this.look();
      if (await is(seen)) return seen;
      if (Date.now() > end) throw new Wrong(`waited in vain until ${what}; seen: ${JSON.stringify(seen)}`);
      await this.page.waitForTimeout(60);
    }
  }

  /** One deed; that it cannot be done just now is no mistake yet. */
  async does(what, deed) {
    this.actions += 1;
    this.log(what);
    try {
      await deed();
      this.#failures = 0;
      return true;
    } catch (error) {
      if (error instanceof Wrong || !/Timeout|not attached|detached|intercepts|Target closed/.test(error.message)) throw error;
      this.#failures += 1;
      this.log(`  … could not: ${error.message.split("\n").filter((line) => /waiting|intercept|not (enabled|visible)|detached|Timeout/.test(line)).slice(0, 3).join("; ")}`);
      if (this.#failures >= DEAD_END) throw new Wrong(`nothing can be done any more; seen: ${JSON.stringify(await this.look())}`);
      return false;
    }
  }

  /** A click, now and then two. */
  async click(what, locator, twice = 0.15) {
    const double = this.dice.chance(twice);
    return this.does(`${double ? "double click" : "click"}: ${what}`, () => (
      double ? locator.first().dblclick({ timeout: CLICK }) : locator.first().click({ timeout: CLICK })));
  }

  async open() {
    await this.page.goto(this.sandbox.url);
    await this.signIn();
  }

  /** Signs in at the form, as often as that takes. */
  async signIn() {
    for (let attempt = 1; ; attempt += 1) {
      const seen = await this.until("there is a sign-in form", ({ screen }) => screen !== null && screen !== "start");
      if (seen.screen !== "sign-in") break;
      if (attempt > 30) throw new Wrong("signing in does not come about");
      await this.credentials(this.host.locator('[data-screen="sign-in"]'));
    }
    await this.arrives();
  }

  /** Signed out without a reload (a second click may meet "Sign out"): what was not at the server yet went with it. */
  async signedOut() {
    this.book.interrupted();
    this.removed = null;
    await this.signIn();
  }

  async credentials(form) {
    await this.does("sign in", async () => {
      await form.locator("[name=email]").fill(EMAIL, { timeout: CLICK });
      await form.locator("[name=password]").fill(PASSWORD, { timeout: CLICK });
      await this.action("sign-in", form).click({ timeout: CLICK });
    });
    await this.until("signing in has ended", async ({ screen, asked }) => (
      (screen !== "sign-in" && !asked) || (await this.host.locator('[data-action="sign-in"]:not([aria-disabled=true])').count()) > 0));
  }

  /** After signing in: the templates, and with them the way to everything else. */
  async arrives() {
    for (let attempt = 1; attempt <= 30; attempt += 1) {
      const seen = await this.until("there is a way on after signing in", ({ asked, bar, retry }) => asked || bar || retry > 0);
      if (seen.asked) await this.signsInAgain(seen);
      else if (seen.bar) return;
      else await this.click("try again", this.action("retry"), 0);
    }
    throw new Wrong("the portal does not open");
  }

  /** The dialog that asks to sign in again. Now and then it is sent away. */
  async signsInAgain() {
    if (this.dice.chance(0.12)) {
      // Nobody is asked again for what only looks something up.
      await this.leaves();
      await this.does("cancel signing in again", () => this.host.locator("dialog").locator('[data-action="cancel"]').click({ timeout: CLICK }));
      return;
    }
    for (let attempt = 1; attempt <= 30; attempt += 1) {
      await this.credentials(this.host.locator("dialog"));
      if (!(await this.look()).asked) return;
    }
    throw new Wrong("signing in again does not come about");
  }

  /** The page is loaded anew. What the server has begun it ends meanwhile. */
  async reload() {
    this.log("reload the page");
    this.actions += 1;
    this.book.interrupted();
    this.removed = null;
    await this.listen();
    await this.page.reload({ waitUntil: "commit" });
    await this.quiet();
    await this.leaves();
    await this.signIn();
  }

  /** What was not told by now will not be. */
  async leaves() {
    await this.listen();
    this.book.check(await this.sandbox.state(), this.drafts);
    this.book.left();
  }

  /** Waits until the person was told of all that the browser has charged twice. */
  async isTold() {
    for (;;) {
      await this.listen();
      this.book.check(await this.sandbox.state(), this.drafts);
      if (!this.book.untold.length) return;
      if ((await this.look()).asked) await this.signsInAgain();
      await this.page.waitForTimeout(100);
    }
  }

  /** Waits until the server has nothing more to do. */
  async quiet() {
    const end = Date.now() + PATIENCE;
    while ((await this.sandbox.state()).audit.under_way > 0) {
      if (Date.now() > end) throw new Wrong("requests never end");
      await this.page.waitForTimeout(40);
    }
  }

  /** Opens the cart, whatever is in the way. */
  async toCart() {
    const seen = await this.look();
    if (seen.asked) return this.signsInAgain();
    if (seen.screen === "sign-in") return this.signedOut();
    if (!seen.bar) return this.arrives();
    return this.click("the cart", this.action("open-cart"), 0.1);
  }

  /** One thing after another. */
  async walk(steps) {
    for (let step = 0; step < steps; step += 1) {
      await this.step();
      const state = await this.sandbox.state();
      this.book.check(state, this.drafts);
      this.book.checkOrders(state);
    }
  }

  async step() {
    const seen = await this.look();
    if (seen.broken) throw new Wrong(`the element has stopped: ${seen.broken}`);
    if (seen.asked) return this.signsInAgain();
    if (seen.screen === "sign-in") return this.signedOut();
    if (seen.screen === null || !seen.bar) return this.arrives();
    if (seen.findings && this.dice.chance(0.2)) return this.click("I know", this.action("dismiss-finding"), 0);
    const away = this.dice.weighed({ no: 91, reload: 4, elsewhere: 5 });
    if (away === "reload") return this.reload();
    if (away === "elsewhere") {
      const place = this.dice.of(["make-card", "open-orders", "open-account", "open-cart"]);
      return this.click(place, this.action(place));
    }
    if (seen.cart) return this.inCart(seen.cart);
    if (seen.checkout) return this.inCheckout(seen.checkout);
    if (seen.done) return this.atTheEnd();
    return this.toCart();
  }

  // ---- the cart

  row(card) { return this.host.locator(`[data-screen="cart"] li[data-card="${card}"]:has([data-action="remove-from-cart"]), [data-step="copies"] li[data-card="${card}"]`); }

  async inCart(cart) {
    if (cart.failed) return this.click("try again to read the cart", this.action("retry"));
    if (!cart.ready) return this.until("the cart is read", ({ cart, asked }) => !cart || cart.ready || cart.failed || asked);
    // A draft stands there only until the server has refused it.
    const rows = cart.rows.filter(({ card, trouble }) => !trouble && !this.drafts.has(card));
    const trouble = [...cart.rows, ...cart.results].find(({ trouble }) => trouble);
    if (trouble && this.dice.chance(0.7)) return this.troubled(trouble);
    const what = this.dice.weighed({
      search: cart.results.length ? 1 : 5,
      add: cart.results.some(({ free, trouble }) => free && !trouble) ? 6 : 0,
      more: rows.length ? 3 : 0, fewer: rows.length ? 2 : 0, type: rows.length ? 3 : 0,
      remove: rows.length ? 2 : 0, undo: cart.undo ? 2 : 0,
      settle: 2, checkout: cart.checkout ? 5 + 2 * rows.length : 0,
    });
    switch (what) {
      case "search": return this.search(cart);
      case "add": return this.add(cart.results.filter(({ free, trouble }) => free && !trouble));
      case "more": return this.steps(this.dice.of(rows), "more-copies", 1);
      case "fewer": return this.steps(this.dice.of(rows), "fewer-copies", -1);
      case "type": return this.types(this.dice.of(rows));
      case "remove": return this.remove(this.dice.of(rows));
      case "undo": return this.undo();
      case "settle": return this.settle();
      default: return this.click("check out", this.action("checkout"));
    }
  }

  async search(cart) {
    if (cart.searchFailed && this.dice.chance(0.7)) {
      await this.click("try the search again", this.host.locator(".add-a-card").locator('[data-action="retry"]'));
    } else {
      const term = this.dice.of(this.words);
      await this.does(`search “${term}”`, async () => {
        await this.host.locator("[name=term]").fill(term, { timeout: CLICK });
        await this.action("search-cards").click({ timeout: CLICK });
      });
    }
    await this.until("the search has ended", ({ cart, asked }) => !cart || asked || !cart.searching);
  }

  async add(free) {
    const { card } = this.dice.of(free);
    const draft = this.drafts.has(card);
    if (draft && this.dice.chance(0.5)) return undefined;
    const add = this.host.locator(`.add-a-card li[data-card="${card}"] [data-action="add-to-cart"]`);
    const done = await this.click(`add ${draft ? "the draft " : ""}${card}`, add, 0.2);
    if (done && !draft) this.book.wish(card, 1);
    else if (!draft) this.mayBe(card);
    return undefined;
  }

  /** A deed that may or may not have reached the page. */
  mayBe(card) { this.book.wish(card, 0); this.book.interrupted([card]); this.book.open.set(card, false); }

  copiesOf(card) {
    return this.row(card).locator("[name=copies]").inputValue({ timeout: CLICK }).then(Number);
  }

  /** Asks for as many copies as the screen says now. */
  async wished(card, expected) {
    const now = await this.copiesOf(card);
    if (this.drafts.has(card)) return;
    // The sign-in dialog has come up in this moment, and what was typed went there.
    const isWrong = expected !== undefined && now !== expected && !(await this.look()).asked;
    if (isWrong) throw new Wrong(`card ${card} shows ${now} copies after the click, not ${expected}`);
    this.book.wish(card, now);
  }

  /** A deed with the copies of a card; what it has come to when it breaks off is asked for too. */
  changes(what, card, deed) {
    return this.does(what, async () => {
      try {
        await deed();
      } catch (error) {
        if (!(error instanceof Wrong)) await this.wished(card).catch(() => {});
        throw error;
      }
    });
  }

  async steps({ card }, action, by) {
    const times = this.dice.number(1, 3);
    await this.changes(`${action} of ${card}${times > 1 ? `, ${times} times` : ""}`, card, async () => {
      const before = await this.copiesOf(card);
      const button = this.action(action, this.row(card)).first();
      for (let time = 0; time < times; time += 1) {
        if (await button.getAttribute("aria-disabled", { timeout: CLICK }) === "true") break;
        await (times === 2 ? button.dblclick({ timeout: CLICK }) : button.click({ timeout: CLICK }));
        if (times === 2) break;
      }
      const expected = Math.max(1, Math.min(500, before + by * times));
      await this.wished(card, expected);
    });
  }

  async types({ card }) {
    await this.changes(`type copies of ${card}`, card, async () => {
      const field = this.row(card).locator("[name=copies]");
      if (this.dice.chance(0.15)) {
        await field.fill(this.dice.of(["0", "x", "", "501"]), { timeout: CLICK });
        await field.press("Enter", { timeout: CLICK });
      }
      const copies = this.dice.chance(0.3) ? this.dice.number(1, 12) : this.dice.number(1, 3);
      await field.fill(String(copies), { timeout: CLICK });
      await field.press(this.dice.of(["Enter", "Tab"]), { timeout: CLICK });
      this.log(`  ${copies}`);
      await this.wished(card, copies);
    });
  }

  async remove({ card, copies }) {
    const done = await this.click(`remove ${card}`, this.action("remove-from-cart", this.row(card)), 0.3);
    // Where everything moves a click may hit nothing: they look whether the card is gone.
    const seen = done && await this.look();
    if (done && seen.cart?.rows.some((row) => row.card === card)) return this.log("  nothing came of it");
    this.removed = done ? { card, copies } : null;
    if (done) this.book.wish(card, 0);
    else this.mayBe(card);
  }

  async undo() {
    const done = await this.click("put it back", this.action("undo"), 0.3);
    if (!this.removed) return;
    const { card, copies } = this.removed;
    const seen = done && await this.look();
    if (done && seen.cart?.undo) return this.log("  nothing came of it");
    if (done) this.book.wish(card, copies);
    else this.mayBe(card);
    this.removed = null;
  }

  /** A change did not come about: once more, or left as it is. */
  async troubled({ card, trouble }) {
    const draft = this.drafts.has(card);
    const row = this.host.locator(`li[data-card="${card}"]`).filter({ has: this.page.locator('[data-action="leave-as-is"]') }).first();
    if (!draft && this.dice.chance(0.75)) {
      await this.click(`try again with ${card} (${trouble.slice(0, 60)}…)`, this.action("retry", row));
      return;
    }
    const left = await this.click(`leave ${card} as it was (${trouble.slice(0, 60)}…)`, this.action("leave-as-is", row), 0.1);
    if (left && !draft) this.book.interrupted([card]);
    else if (!draft && this.book.wishes.has(card)) this.book.interrupted([card]);
  }

  /** Waits until the cart is as it was asked for, and looks whether the server says the same. */
  async settle() {
    this.log("wait until the cart is settled");
    const end = Date.now() + PATIENCE * 2;
    let last = null;
    for (;;) {
      if (Date.now() > end) throw new Wrong(last ?? `the cart does not settle; seen: ${JSON.stringify(await this.look())}`);
      const seen = await this.look();
      if (seen.asked) { await this.signsInAgain(); continue; }
      if (!seen.cart) {
        await this.toCart();
        await this.until("the cart comes", ({ cart, asked, screen, bar }) => cart || asked || screen === "sign-in" || !bar);
        continue;
      }
      const trouble = [...seen.cart.rows, ...seen.cart.results].find(({ trouble }) => trouble);
      if (seen.cart.failed) { await this.click("try again to read the cart", this.action("retry")); continue; }
      if (trouble) { await this.troubled(trouble); continue; }
      const busy = !seen.cart.ready || seen.cart.rows.some(({ saving }) => saving);
      const state = await this.sandbox.state();
      if (!busy && state.audit.under_way === 0) {
        const again = await this.look();
        if (JSON.stringify(again.cart?.rows) === JSON.stringify(seen.cart.rows)) {
          try {
            this.book.settled(seen.cart.rows, state, "cart");
            return;
          } catch (error) {
            // What is on its way to the screen is given as long as a lost answer is looked up, and not more.
            if (last !== null && error.message === last && this.since < Date.now() - 25_000) throw error;
            if (error.message !== last) { last = error.message; this.since = Date.now(); }
          }
        }
      }
      await this.page.waitForTimeout(80);
    }
  }

  // ---- the checkout

  async inCheckout(checkout) {
    if (checkout.order) return this.onTheWay(checkout);
    if (checkout.failed) return this.click("try again to read the cart", this.action("retry"));
    if (checkout.empty) return this.click("open the cart", this.action("open-cart"));
    if (!checkout.step) return this.until("the checkout is there", ({ checkout, asked }) => !checkout || asked || checkout.step || checkout.empty || checkout.failed || checkout.order);
    if (checkout.stepFailed && checkout.step !== "copies" && this.dice.chance(0.8)) return this.click(`try again (${checkout.step})`, this.action("retry"));
    if (checkout.changes.length && this.dice.chance(0.12)) {
      const to = this.dice.of(checkout.changes);
      return this.click(`change the ${to}`, this.host.locator(`[data-step-to="${to}"]`));
    }
    if (this.dice.chance(0.04)) return this.click("back to the cart", this.action("back-to-cart"));
    switch (checkout.step) {
      case "address": return this.address(checkout);
      case "shipping": return this.shipping(checkout);
      case "copies": return this.copies(checkout);
      default: return this.review(checkout);
    }
  }

  step_(name) { return this.host.locator(`[data-step="${name}"]`); }

  async address(checkout) {
    const step = this.step_("address");
    const way = this.dice.chance(0.6) ? checkout.way : this.dice.weighed({ saved: 5, new: 2, "one-off": 3 });
    if (way !== checkout.way) {
      await this.does(`address: ${way}`, () => step.locator(`[name=address_way][value="${way}"]`).check({ timeout: CLICK }));
    }
    if (way === "saved") {
      if (checkout.addresses.length && this.dice.chance(0.5)) {
        const address = this.dice.of(checkout.addresses);
        await this.does(`choose address ${address}`, () => step.locator(`[name=address_id][value="${address}"]`).check({ timeout: CLICK }));
      }
    } else {
      await this.does(`fill in the address (${way})`, async () => {
        const spelled = way === "new" ? ["address1", "address2"] : ["address_1", "address_2"];
        const texts = {
          full_name: "Ana Núñez", ...(way === "new" ? { email: "ana@example.org" } : {}),
          [spelled[0]]: `${this.dice.number(1, 999)} Harbor Street`, [spelled[1]]: "", city: "Boston", state: "MA",
          zip_code: "02110", country: "USA",
        };
        for (const [name, text] of Object.entries(texts)) {
          const control = step.locator(`[name="${name}"]`);
          const isList = await control.evaluate(({ localName }) => localName === "select", null, { timeout: CLICK });
          await (isList ? control.selectOption(text, { timeout: CLICK }) : control.fill(text, { timeout: CLICK }));
        }
      });
    }
    await this.click("continue", this.action("continue", step));
    await this.until("the address is saved", ({ checkout, asked }) => !checkout || asked || !checkout.saving);
  }

  async shipping(checkout) {
    const step = this.step_("shipping");
    if (checkout.providers.length && this.dice.chance(0.8)) {
      const provider = this.dice.of(checkout.providers);
      await this.does(`choose provider ${provider}`, () => step.locator(`[name=shipping_provider_id][value="${provider}"]`).check({ timeout: CLICK }));
    }
    await this.click("continue", this.action("continue", step));
  }

  async copies(checkout) {
    const trouble = checkout.rows.find(({ trouble }) => trouble);
    if (trouble && this.dice.chance(0.8)) return this.troubled(trouble);
    const rows = checkout.rows.filter(({ card, trouble }) => !trouble && !this.drafts.has(card));
    const what = this.dice.weighed({ more: rows.length ? 2 : 0, type: rows.length ? 2 : 0, all: rows.length > 1 ? 2 : 0, on: 6 });
    switch (what) {
      case "more": return this.steps(this.dice.of(rows), "more-copies", 1);
      case "type": return this.types(this.dice.of(rows));
      case "all": return this.does("copies for all", async () => {
        const copies = this.dice.number(1, 4);
        const form = this.host.locator(".for-all");
        await form.locator("[name=copies_of_all]").fill(String(copies), { timeout: CLICK });
        await this.action("apply-to-all", form).click({ timeout: CLICK });
        this.log(`  ${copies}`);
        const seen = await this.look();
        for (const { card } of seen.checkout?.rows ?? []) this.book.wish(card, copies);
      });
      default: return this.click("continue", this.action("continue", this.step_("copies")));
    }
  }

  async review() {
    const seen = await this.until("the review is there", ({ checkout, asked }) => (
      !checkout || asked || checkout.step !== "review" || checkout.review || checkout.stepFailed || checkout.order), PATIENCE * 2);
    const review = seen.checkout?.review;
    if (!review) return undefined;
    const state = await this.sandbox.state();
    const again = await this.look();
    if (state.audit.under_way === 0 && JSON.stringify(again.checkout?.review) === JSON.stringify(review)) {
      this.book.settled(review.cards, state, "review");
    }
    if (!review.free) return this.tooLittle();
    if (this.dice.chance(0.1)) return undefined;
    return this.submits(review);
  }

  async submits(review) {
    this.book.sends({ provider: review.provider, address: review.address });
    if (this.dice.chance(0.3)) await this.drops("/print");
    await this.click("submit the order", this.action("submit-order"), 0.4);
    if (this.dice.chance(0.15)) {
      await this.page.waitForTimeout(this.dice.number(0, 1500));
      await this.reload();
    }
  }

  /** The answer to the next POST there is dropped before its first byte, so that the browser repeats it by itself. */
  async drops(path) {
    this.log(`the next answer from ${path} is dropped`);
    await this.sandbox.fault("drop_after", { method: "POST", path, times: 1 });
  }

  /** The balance is too low: money is added, in the form that there is, or behind the scenes. */
  async tooLittle() {
    const form = this.host.locator("form").filter({ has: this.page.locator('[data-action="add-funds"]') });
    if (await form.count() > 0) {
      if (this.dice.chance(0.3)) await this.drops("/add_funds");
      await this.does("add funds", async () => {
        const texts = {
          amount: "200", number: "4242424242424242", expiry: "06/2029", cvc: "424", full_name: "InstantCard API",
          billing_address1: "418 Highland Rd.", billing_city: "Feasterville", billing_state: "PA",
          billing_zip_code: "19053", billing_country: "USA",
        };
        for (const [name, text] of Object.entries(texts)) {
          const field = form.locator(`[name="${name}"]`);
          if (await field.count() === 0) continue;
          const isList = await field.evaluate(({ localName }) => localName === "select");
          await (isList ? field.selectOption(text, { timeout: CLICK }) : field.fill(text, { timeout: CLICK }));
        }
        await this.action("add-funds", form).click({ timeout: CLICK });
      });
      return;
    }
    this.log("somebody adds money to the account");
    const { balance_cents: cents } = await this.sandbox.state();
    await this.sandbox.balance(cents + 20_000);
    const seen = await this.look();
    if (seen.checkout?.step === "review") {
      await this.click("change the copies", this.host.locator('[data-step-to="copies"]'));
      await this.click("continue", this.action("continue", this.step_("copies")));
    }
  }

  async onTheWay(checkout) {
    this.book.said(checkout.fates, Boolean(checkout.stopped));
    if (!checkout.stopped) {
      const what = this.dice.weighed({ wait: 80, reload: 6, leave: 14 });
      if (what === "reload") return this.reload();
      if (what === "leave") return this.toCart();
      this.log("wait for the order");
      await this.until("the order has gone through or stopped", ({ checkout, asked, done }) => (
        asked || done || !checkout || !checkout.order || checkout.stopped), PATIENCE * 2);
      return undefined;
    }
    const { ways, why } = checkout.stopped;
    this.log(`  stopped: ${why.slice(0, 110)} ${checkout.fates.map(({ job, said }) => `[${job}: ${said}]`).join(" ")}`);
    if (this.dice.chance(0.15)) return this.toCart();
    if (/balance does not cover/.test(why) && this.dice.chance(0.9)) await this.tooLittle();
    const way = this.dice.of(ways);
    if (way === "add-funds") return undefined;
    if (way !== "review-again") this.book.sends();
    return this.click(`${way}`, this.action(way, this.host.locator(".stopped")), 0.3);
  }

  async atTheEnd() {
    const seen = await this.until("the charges are there", ({ done, asked }) => !done || asked || done.charges.every(({ waiting }) => !waiting));
    if (seen.done) this.book.finished(seen.done, await this.sandbox.state());
    if (this.dice.chance(0.2)) await this.click("make another card", this.action("new-card"));
    return this.toCart();
  }
}
