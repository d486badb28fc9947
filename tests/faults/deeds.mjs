// The deeds of `simulator/src/persons/deed.rs`, done at a real screen: by the element's hooks, as a person would.

import { EMAIL, PASSWORD } from "../e2e/support/env.mjs";

/** How long a control may take to be there: all is quiet when it is wanted. */
const CLICK = 5_000;

/** What is typed into the form for adding money, but for the amount, the number and the name. */
const PAYMENT = {
  expiry: "06/2029", cvc: "424", billing_address1: "418 Highland Rd.", billing_city: "Feasterville", billing_state: "PA",
  billing_zip_code: "19053", billing_country: "USA",
};

/** Where each way on stands that is offered for what failed. */
const RETRIES = {
  templates: '[data-screen="templates"]',
  "card-form": '[data-screen="card-form"]',
  preview: '[data-screen="preview"]',
  cart: '[data-screen="cart"], [data-screen="checkout"]',
  search: ".add-a-card > .notice, .add-a-card > :not(ul) > .notice",
  address: '[data-step="address"]',
  shipping: '[data-step="shipping"]',
  review: '[data-step="review"]',
  orders: ".orders-view",
  order: '[data-screen="order"] .notice',
  balance: ".balance",
};

/** A person's hands at a page. */
export class Hands {
  constructor(page, sandbox) {
    Object.assign(this, { page, sandbox, host: page.locator("instant-card") });
  }

  /** Does a deed. */
  async do({ verb, ...given }) {
    if (!Object.hasOwn(DEEDS, verb)) throw new Error(`nobody knows how to ${verb}`);
    await DEEDS[verb](this, given);
  }

  find(selector) { return this.host.locator(selector); }

  press(action, { within = "", twice = false } = {}) {
    const button = this.find(`${within ? `:is(${within}) ` : ""}[data-action="${action}"]`).first();
    return twice ? button.dblclick({ timeout: CLICK }) : button.click({ timeout: CLICK });
  }

  fill(selector, text) { return this.find(selector).first().fill(text, { timeout: CLICK }); }

  /** Types it, or chooses it from a list. */
  async enter(selector, text) {
    const control = this.find(selector).first();
    if (await control.evaluate(({ localName }) => localName, null, { timeout: CLICK }) === "select") await control.selectOption(text, { timeout: CLICK });
    else await control.fill(text, { timeout: CLICK });
  }

  /** Chooses one of several. */
  choose(name, value) { return this.find(`[name="${name}"][value="${value}"]`).check({ timeout: CLICK }); }

  /** Presses what is there, if it is. */
  async pressIfThere(action, within) {
    if (await this.find(`${within} [data-action="${action}"]:visible`).count() > 0) await this.press(action, { within });
  }
}

/** A card in the list with its number of copies. */
const row = (card) => `li[data-card="${card}"]:has([name="copies"])`;
/** A card in any list. */
const anywhere = (card) => `li[data-card="${card}"]`;

const DEEDS = {
  // Whoever is there.
  async sign_in(hands, { is_wrong: isWrong }) {
    const isAsked = await hands.find("dialog").count() > 0;
    const form = isAsked ? "dialog" : '[data-screen="sign-in"]';
    await hands.fill(`${form} [name="email"]`, EMAIL);
    await hands.fill(`${form} [name="password"]`, isWrong ? "wrong-horse-battery" : PASSWORD);
    await hands.press("sign-in", { within: form });
  },
  dismiss_sign_in: (hands) => hands.press("cancel", { within: "dialog" }),
  async sign_out(hands, { is_by_page: isByPage }) {
    if (isByPage) return hands.host.evaluate((element) => element.signOut());
    await hands.press("sign-out");
    // Asked where something would be lost by it.
    if (await hands.find('dialog [data-action="confirm"]').count()) await hands.press("confirm", { within: "dialog" });
  },
  go_to: (hands, { place }) => hands.press(place, { within: ".bar" }),
  dismiss_finding: (hands) => hands.press("dismiss-finding"),
  async retry(hands, { of }) {
    if (of === "address") await hands.choose("address_way", "saved");
    await hands.press("retry", { within: RETRIES[of] });
  },

  // A card.
  choose_template: (hands, { template }) => hands.find(`[data-template="${template}"]`).click({ timeout: CLICK }),
  async fill_in(hands, { fields }) {
    for (const [token, text] of fields) await hands.fill(`[data-token="${token}"]`, text);
    if (fields.length) await hands.find(`[data-token="${fields.at(-1)[0]}"]`).press("Tab", { timeout: CLICK });
  },
  save_draft: (hands, { twice }) => hands.press("save-draft", { twice }),
  async show_preview(hands, { leaves_empty: leavesEmpty, twice }) {
    await hands.press("show-preview", { twice });
    if (leavesEmpty) await hands.pressIfThere("leave-empty", '[data-screen="card-form"]');
  },
  go_to_templates: (hands) => hands.press("go-to-templates"),
  go_to_details: (hands) => hands.press("go-to-details"),
  finalize: (hands, { twice }) => hands.press("finalize", { twice }),
  edit: (hands) => hands.press("edit"),
  add_finished: (hands) => hands.press("add-to-cart", { within: ".next" }),
  open_cart: (hands) => hands.press("open-cart", { within: "[data-screen]" }),
  new_card: (hands) => hands.press("new-card", { within: "[data-screen]" }),

  // The cart.
  async search(hands, { term }) {
    await hands.fill('[name="term"]', term);
    await hands.press("search-cards");
  },
  search_on: (hands) => hands.press("show-more", { within: ".add-a-card" }),
  add: (hands, { card }) => hands.press("add-to-cart", { within: `.add-a-card ${anywhere(card)}` }),
  async step_copies(hands, { card, up, times }) {
    for (let time = 0; time < times; time += 1) {
      const step = hands.find(`${row(card)} [data-action="${up ? "more" : "fewer"}-copies"]`);
      if (await step.getAttribute("aria-disabled") === "true") return;
      await step.click({ timeout: CLICK });
    }
  },
  async type_copies(hands, { card, copies }) {
    await hands.fill(`${row(card)} [name="copies"]`, String(copies));
    await hands.find(`${row(card)} [name="copies"]`).press("Enter", { timeout: CLICK });
  },
  take_out: (hands, { card }) => hands.press("remove-from-cart", { within: row(card) }),
  put_back: (hands) => hands.press("undo"),
  retry_card: (hands, { card }) => hands.press("retry", { within: anywhere(card) }),
  leave_card: (hands, { card }) => hands.press("leave-as-is", { within: anywhere(card) }),
  check_out: (hands) => hands.press("checkout"),

  // The checkout.
  back_to_cart: (hands) => hands.press("back-to-cart"),
  open_step: (hands, { step }) => hands.find(`[data-step-to="${step}"]`).click({ timeout: CLICK }),
  async saved_address(hands, { address, twice }) {
    await hands.choose("address_way", "saved");
    if (address !== null) await hands.choose("address_id", address);
    if (address !== null) await hands.press("continue", { within: '[data-step="address"]', twice });
  },
  async typed_address(hands, { is_new: isNew, fields }) {
    await hands.choose("address_way", isNew ? "new" : "one-off");
    for (const [name, text] of fields) await hands.enter(`[data-step="address"] [name="${name}"]`, text);
    await hands.press("continue", { within: '[data-step="address"]' });
  },
  async provider(hands, { provider }) {
    if (provider === null) return;
    await hands.choose("shipping_provider_id", provider);
    await hands.press("continue", { within: '[data-step="shipping"]' });
  },
  async copies_of_all(hands, { copies }) {
    await hands.fill('[name="copies_of_all"]', String(copies));
    await hands.press("apply-to-all");
  },
  go_on: (hands) => hands.press("continue", { within: '[data-step="copies"]' }),
  submit: (hands, { twice }) => hands.press("submit-order", { twice }),
  async resume(hands, { twice }) {
    const way = hands.find('.stopped > .actions [data-action]:not([data-action="review-again"])').first();
    await (twice ? way.dblclick({ timeout: CLICK }) : way.click({ timeout: CLICK }));
  },
  review_again: (hands, { twice }) => hands.press("review-again", { twice }),
  async money_comes(hands, { cents }) {
    await hands.sandbox.balance(cents);
    if (await hands.find('[data-step="review"].open').count() > 0) {
      await hands.find('[data-step-to="copies"]').click({ timeout: CLICK });
    }
  },

  // The orders and the account.
  show_orders: (hands, { are_open: areOpen }) => hands.press(areOpen ? "show-open" : "show-submitted"),
  read_on: (hands) => hands.press("show-more", { within: ".orders-view" }),
  open_order: (hands, { job }) => hands.press("open-order", { within: `[data-order="${job}"]` }),
  async order_again(hands) {
    await hands.press("order-again");
    // Where there are others in the cart, one is asked.
    await hands.pressIfThere("confirm", ".order-again");
  },
  back_to_orders: (hands) => hands.press("back-to-orders"),
  async pay(hands, { dollars, number, holder, twice }) {
    const open = hands.find('[data-action="add-funds-open"][aria-expanded="false"]');
    if (await open.count() > 0) await open.click({ timeout: CLICK });
    await hands.pressIfThere("add-more-funds", ".funds");
    for (const [name, text] of Object.entries({ amount: String(dollars), number, full_name: holder, ...PAYMENT })) {
      await hands.enter(`.funds [name="${name}"]`, text);
    }
    await hands.press("add-funds", { within: ".funds", twice });
  },
  check_payment: (hands, { twice }) => hands.press("check-again", { within: ".funds", twice }),
};
