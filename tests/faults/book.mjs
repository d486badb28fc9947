// What the person has put into the cart, what the screen has told them, and whether the server agrees.

import assert from "node:assert/strict";

export class Wrong extends Error {}

const PROVIDERS = { 11: "USPS First Class", 12: "USPS Priority Mail", 13: "UPS Ground", 14: "FedEx 2Day", 15: "FedEx Priority Overnight" };

const dollars = (cents) => {
  const [whole, rest] = [Math.floor(cents / 100), String(cents % 100).padStart(2, "0")];
  return `$${String(whole).replace(/\B(?=(\d{3})+$)/g, ",")}.${rest}`;
};
/** The same as it is written in Spanish. */
const inSpanish = (cents) => `${dollars(cents).slice(1).replace(/[.,]/g, (mark) => (mark === "." ? "," : "."))}\u00a0US$`;
const isAmount = (text, cents) => [dollars(cents), inSpanish(cents)].includes(text.replace(/\s/g, "\u00a0"));

/** How long the widget may take to find out that the browser has charged something twice, and to say so. */
const TELLING = 30_000;

/** The cards of the open jobs and how many copies of each would be printed: `Map card → copies`. */
export function openCards({ print_jobs: jobs }) {
  const cards = new Map();
  for (const job of jobs.filter((job) => !job.submitted)) {
    for (const card of job.card_ids) cards.set(card, (cards.get(card) ?? 0) + job.number_of_copies);
  }
  return cards;
}

const shown = (cards) => [...cards].sort(([a], [b]) => a - b).map(([card, copies]) => `${card}×${copies}`).join(" ") || "nothing";

export class Book {
  /** `Map card → copies` as the screen showed it last, all changes done. */
  cart = new Map();
  /** What was asked for since: `Map card → copies`, 0 to take it out. */
  wishes = new Map();
  /** What was interrupted, so that either may be: `Map card → whether it must still be there`. */
  open = new Map();
  /** Print jobs that the screen has said were charged, and those that it said were not: `Map job → how many sendings before`. */
  charged = new Set();
  notCharged = new Map();
  /** How often the person has sent an order on its way, or on. */
  sendings = 0;
  /** What the review or the progress has said of jobs: `Map job → {cards, copies}`. */
  lines = new Map();
  /** Where orders were to go, as reviewed: `{provider, address}`. */
  reviews = [];
  /** What the browser has charged twice by itself, so that the person has to be told: `Map what → since when`. */
  #doubled = new Map();
  /** What of it they were told, and what they did not wait for. */
  #warned = new Set();
  #unread = new Set();
  #seen = new Set();
  /** What was taken out since all was settled, if only for a moment. */
  #leaving = new Set();

  #wrong(text) { throw new Wrong(text); }

  wish(card, copies) {
    if (copies === 0) this.#leaving.add(card);
    this.wishes.set(card, copies);
  }

  /** Changes that are under way may or may not come about: the page was reloaded, or they were left as they are. */
  interrupted(cards = [...this.wishes.keys()]) {
    for (const card of cards) {
      const wished = this.wishes.get(card);
      if (wished === undefined && !this.cart.has(card)) continue;
      const stays = this.cart.has(card) && !this.#leaving.has(card) && this.open.get(card) !== false;
      this.open.set(card, stays);
      this.wishes.delete(card);
    }
  }

  /** The jobs that were submitted since this was last asked take their cards out of the cart. */
  #submittedSince(state) {
    for (const job of state.print_jobs.filter((job) => job.submitted && !this.#seen.has(job.id))) {
      this.#seen.add(job.id);
      if (!this.sendings) this.#wrong(`print job ${job.id} was submitted, and nobody had asked for it`);
      for (const card of job.card_ids) {
        // What was changed meanwhile is put into another job, or was in time: either is as asked.
        if (this.wishes.has(card)) this.interrupted([card]);
        this.cart.delete(card);
        this.open.set(card, false);
      }
    }
  }

  /** What stands on the screen, when all is done, is what is at the server, and what was asked for. */
  settled(rows, state, where) {
    const later = new Map();
    const at = openCards(state);
    const seen = new Map(rows.map(({ card, copies }) => [card, copies]));
    assert.equal(seen.size, rows.length, "no card stands there twice");
    if (shown(seen) !== shown(at)) this.#wrong(`the ${where} shows ${shown(seen)}, the server has ${shown(at)}`);
    this.#submittedSince(state);
    for (const [card, copies] of this.cart) {
      const wished = this.wishes.get(card);
      if (wished === 0 || this.open.get(card) === false) continue;
      if (!seen.has(card)) this.#wrong(`card ${card} is lost from the cart: the ${where} shows ${shown(seen)}`);
      if (this.open.has(card)) continue;
      const expected = wished ?? copies;
      if (seen.get(card) !== expected) this.#wrong(`card ${card} has ${seen.get(card)} copies in the ${where}, not ${expected}`);
    }
    for (const [card, copies] of this.wishes) {
      // What never came into the cart is told in the cart.
      if (where === "review" && copies > 0 && !this.cart.has(card) && !seen.has(card)) {
        later.set(card, copies);
        continue;
      }
      if (copies === 0 && seen.has(card)) this.#wrong(`card ${card} was taken out and is in the ${where}`);
      if (copies > 0 && seen.get(card) !== copies && !this.open.has(card)) {
        this.#wrong(`${copies} copies of card ${card} were asked for, the ${where} shows ${seen.get(card) ?? "none"}`);
      }
    }
    for (const card of seen.keys()) {
      const known = this.cart.has(card) || this.wishes.get(card) > 0 || this.open.has(card);
      if (!known) this.#wrong(`card ${card} is in the ${where}, and nobody put it there`);
    }
    this.cart = seen;
    this.wishes = later;
    this.#leaving.clear();
    this.open.clear();
  }

  /** The person sends an order on its way, or on. */
  sends(review) {
    this.sendings += 1;
    if (!review) return;
    this.reviews.push(review);
    // The lines of an earlier order say nothing of this one.
    this.lines.clear();
  }

  /** What the progress says of each job. */
  said(fates, isStopped) {
    for (const { job, cards, copies, said } of fates) {
      this.lines.set(job, { cards, copies });
      if (said === "Submitted and charged") this.charged.add(job);
      if (isStopped && said === "Not submitted") this.notCharged.set(job, this.sendings);
      if (isStopped && said === "Not known") this.notCharged.delete(job);
    }
  }

  /** What the page was told. */
  heard(jobs, cards, copies, state) {
    jobs.forEach((job) => this.charged.add(job));
    const there = state.print_jobs.filter((job) => jobs.includes(job.id));
    const sum = (of) => there.reduce((sum, job) => sum + of(job), 0);
    if (sum((job) => job.card_ids.length) !== cards) this.#wrong(`ic-order-submitted tells of ${cards} cards`);
    if (sum((job) => job.card_ids.length * job.number_of_copies) !== copies) this.#wrong(`ic-order-submitted tells of ${copies} copies`);
  }

  /** The page was told that something may have been charged twice. */
  warned(message) {
    for (const what of [...message.matchAll(/Order \d+|was added/g)].map(([what]) => what)) {
      this.#warned.add(what);
    }
  }

  /** The person leaves before they could be told. */
  left() {
    for (const what of this.#doubled.keys()) if (!this.#warned.has(what)) this.#unread.add(what);
  }

  /** What is still to be told. */
  get untold() { return [...this.#doubled.keys()].filter((what) => !this.#warned.has(what) && !this.#unread.has(what)); }

  repeats() { return { twice: this.#doubled.size, unread: this.#unread.size }; }

  /** The last screen of an order tells what was charged. */
  finished({ charges, total }, state) {
    let sum = 0;
    for (const { job, amount } of charges) {
      this.charged.add(job);
      const cents = state.print_jobs.find(({ id }) => id === job)?.charged_cents;
      if (amount && !isAmount(amount, cents ?? 0)) this.#wrong(`print job ${job} was charged ${cents} cents, the screen says ${amount}`);
      sum += cents ?? 0;
    }
    if (total && !isAmount(total, sum)) this.#wrong(`the total is ${sum} cents, the screen says ${total}`);
  }

  /** What holds at any time. */
  check(state, drafts) {
    const { audit, print_jobs: jobs, ledger } = state;
    const lost = audit.lost_providers.map(({ job }) => job);
    if (lost.length) this.#wrong(`an update left print jobs ${lost} without their shipping provider`);
    const times = new Map();
    for (const { job } of audit.charges) times.set(job, (times.get(job) ?? 0) + 1);
    for (const [job, count] of times) {
      const repeated = state.requests.filter(({ path, fault }) => path.endsWith(`/print_jobs/${job}/print`) && /DropAfter/.test(fault));
      if (count > 1 + repeated.length) this.#wrong(`print job ${job} was charged ${count} times, by itself or by us`);
      if (count > 1 && !this.#doubled.has(`Order ${job}`)) this.#doubled.set(`Order ${job}`, Date.now());
    }
    const paid = state.requests.filter(({ path }) => path.endsWith("/add_funds"));
    if (paid.some(({ fault }, at) => /DropAfter/.test(fault) && paid[at + 1]?.status === 200) && !this.#doubled.has("was added")) {
      this.#doubled.set("was added", Date.now());
    }
    for (const [what, since] of this.#doubled) {
      if (Date.now() > since + TELLING && !this.#warned.has(what) && !this.#unread.has(what)) {
        this.#wrong(`“${what}”: charged twice by the browser, and nobody has said so`);
      }
    }
    for (const job of this.charged) if (!times.has(job)) this.#wrong(`the screen said that print job ${job} was charged; it was not`);
    for (const [job, at] of this.notCharged) {
      if (times.has(job) && at === this.sendings && !this.charged.has(job)) {
        this.#wrong(`the screen said that print job ${job} was not charged; it was`);
      }
    }
    for (const job of jobs) {
      const draft = job.card_ids.find((card) => drafts.has(card));
      if (draft) this.#wrong(`the draft ${draft} is in print job ${job.id}`);
    }
    const debits = ledger.filter(({ sub_type: type }) => type === "Print Job").map(({ cents }) => -cents);
    const sum = (list) => list.reduce((sum, cents) => sum + cents, 0);
    if (sum(debits) !== sum(audit.charges.map(({ cents }) => cents))) this.#wrong("the ledger's debits are not the charges");
    if (sum(ledger.map(({ cents }) => cents)) !== state.balance_cents) this.#wrong("the balance is not the ledger's sum");
  }

  /** What holds of jobs that the screen said were submitted: they are what the screen showed. */
  checkOrders(state) {
    for (const job of state.print_jobs.filter(({ id }) => this.charged.has(id))) {
      const line = this.lines.get(job.id);
      if (line && (line.cards !== job.card_ids.length || line.copies !== job.number_of_copies)) {
        this.#wrong(`print job ${job.id} was submitted with ${job.card_ids.length} cards × ${job.number_of_copies}, `
          + `the screen said ${line.cards} × ${line.copies}`);
      }
      if (this.reviews.length) {
        const provider = PROVIDERS[job.shipping_provider_id];
        const goes = this.reviews.some((review) => review.provider === provider
          && review.address.includes(street(state, job)));
        if (!goes) this.#wrong(`print job ${job.id} goes with ${provider} to ${job.ship_to}, which was in no review`);
      }
    }
  }
}

/** The first line of the address that a job goes to. */
function street(state, { ship_to: to }) {
  const known = to.match(/^Known\((\d+)\)$/);
  if (known) return state.addresses.find(({ id }) => id === Number(known[1]))?.address1;
  return to.match(/address1: "([^"]*)"/)?.[1];
}
