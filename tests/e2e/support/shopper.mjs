// A member of staff with cards to order: what they do in the cart and in the checkout, by what they see.

import assert from "node:assert/strict";

/** What things are called there. */
const WORDS = {
  en: {
    addToCart: "Add to cart", inCart: "In the cart", cart: /^Cart/, search: "Search your organization's cards",
    fewer: "Fewer copies of", more: "More copies of", copies: "Copies of", remove: "Remove", undo: "Put it back",
    checkout: "Check out", submit: "Submit order", done: "Your order is submitted",
    saved: "A saved address", fresh: "A new address, to be saved", once: "An address for this order only",
  },
  es: {
    addToCart: "Añadir al carrito", inCart: "En el carrito", cart: /^Carrito/, search: "Busca entre las tarjetas de tu organización",
    fewer: "Menos copias de", more: "Más copias de", copies: "Copias de", remove: "Quitar", undo: "Volver a ponerla",
    checkout: "Tramitar el pedido", submit: "Realizar el pedido", done: "Tu pedido está hecho",
    saved: "Una dirección guardada", fresh: "Una dirección nueva, que se guarda", once: "Una dirección solo para este pedido",
  },
};

/** Types, and chooses from lists, the parts of an address by their names. The country comes first: it says which states there are. */
export async function entersAddress(form, texts) {
  const isCountry = (name) => /country$/.test(name);
  const parts = Object.entries(texts).sort(([one], [other]) => isCountry(other) - isCountry(one));
  for (const [name, text] of parts) {
    const control = form.locator(`[name="${name}"]`);
    if (await control.evaluate(({ localName }) => localName === "select")) await control.selectOption(text);
    else await control.fill(text);
  }
}

export class Shopper {
  constructor(person, lang = "en") {
    this.person = person;
    this.words = WORDS[lang];
  }

  get cart() { return this.person.screen("cart"); }
  get checkout() { return this.person.screen("checkout"); }
  get done() { return this.person.screen("order-done"); }
  /** The cards in the cart. */
  get rows() { return this.cart.locator(".rows").first().locator("[data-card]"); }
  row(number) { return this.cart.locator(".rows").first().locator(`[data-card="${number}"]`); }
  /** What the search has found. */
  found(number) { return this.cart.locator(".add-a-card").locator(`[data-card="${number}"]`); }
  step(name) { return this.checkout.locator(`[data-step="${name}"]`); }
  get places() { return this.person.host.getByRole("navigation", { name: /Places|Secciones/ }); }

  async opensCart() {
    await this.places.getByRole("button", { name: this.words.cart }).click();
    await this.cart.waitFor();
  }

  async searches(term) {
    const field = this.cart.getByRole("textbox", { name: this.words.search });
    await field.fill(term);
    await field.press("Enter");
  }

  /** Finds a card by its number's own name and puts it into the cart. */
  async adds(...numbers) {
    for (const number of numbers) {
      await this.found(number).locator('[data-action="add-to-cart"]').click();
      await this.row(number).waitFor();
    }
    for (const number of numbers) await this.settled(number);
  }

  /** A change of this card has reached the server. */
  async settled(number) {
    await this.row(number).getByRole("status").filter({ hasText: /./ }).waitFor({ state: "detached" });
  }

  copies(number) { return this.row(number).locator('[name="copies"]'); }

  async wants(number, copies) {
    await this.copies(number).fill(String(copies));
    await this.copies(number).press("Tab");
    await this.settled(number);
  }

  async goesOn(step) {
    await this.step(step).locator('[data-action="continue"]').click();
  }

  /** The address, from the open checkout: a saved one by its name, or what to type, to be saved or not. */
  async choosesAddress(address) {
    const step = this.step("address");
    if (typeof address === "string") {
      await step.getByRole("radio", { name: this.words.saved, exact: true }).check();
      await step.getByRole("radio", { name: new RegExp(address) }).check();
    } else {
      const { saved, ...texts } = address;
      await step.getByRole("radio", { name: saved ? this.words.fresh : this.words.once }).check();
      await entersAddress(step, texts);
    }
    await this.goesOn("address");
  }

  async choosesProvider(name) {
    await this.step("shipping").getByRole("radio", { name }).check();
    await this.goesOn("shipping");
  }

  /** From the cart to the review. */
  async goesToReview({ address = "Head office", provider = "UPS Ground" } = {}) {
    await this.cart.getByRole("button", { name: this.words.checkout, exact: true }).click();
    await this.checkout.waitFor();
    await this.choosesAddress(address);
    await this.choosesProvider(provider);
    await this.goesOn("copies");
    await this.submitButton.waitFor();
  }

  /** Every card in sight there shows itself. */
  async hasPictures(screen) {
    await screen.evaluate(async (screen) => {
      const inSight = (thumbnail) => {
        const { top, bottom } = thumbnail.getBoundingClientRect();
        // Those of a long list are looked at where they are in the window, others where they are near it.
        const around = thumbnail.closest(".long-list") ? 0 : 300;
        return bottom > -around && top < innerHeight + around;
      };
      const waits = () => [...screen.querySelectorAll(".thumbnail")].filter(inSight).some((one) => one.querySelector(".skeleton"));
      while (waits()) await new Promise(requestAnimationFrame);
    });
  }

  get submitButton() { return this.checkout.getByRole("button", { name: this.words.submit, exact: true }); }

  async submits() {
    await this.submitButton.click();
    await this.isDone();
  }

  async isDone() {
    await this.done.getByRole("heading", { name: this.words.done }).waitFor();
  }
}

/** The numbers of the sandbox's finalized sample cards, the oldest first. */
export async function finalized(sandbox) {
  return (await sandbox.cards()).filter((card) => card.finalized).map(({ id }) => id);
}

/** The organization's jobs as `{copies: [cards, by number]}`, those that are open or those that are submitted. */
export async function jobs(sandbox, submitted = false) {
  const { print_jobs: all } = await sandbox.state();
  const some = all.filter((job) => job.submitted === submitted && job.card_ids.length);
  assert.equal(new Set(some.map((job) => job.number_of_copies)).size === some.length || submitted, true, "a job for each number");
  return Object.fromEntries(some.map((job) => [job.number_of_copies, job.card_ids.toSorted((a, b) => a - b)]));
}
