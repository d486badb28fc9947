// A member of staff at the organization's account: what they see there, and how they add funds.

import assert from "node:assert/strict";

/** The payment card that the vendor publishes for trying things, and its address. */
export const TEST_CARD = {
  number: "4242424242424242", expiry: "06/29", cvc: "424", full_name: "InstantCard API",
  billing_address1: "418 Highland Rd.", billing_city: "Feasterville", billing_state: "PA", billing_zip_code: "19053",
};
export const DECLINED = "4000000000000002";
/** What is gone from the form once it was sent. */
export const SECRET = ["number", "expiry", "cvc"];
export const ADD_FUNDS = /^POST \S+\/add_funds$/;

const LABELS = {
  en: {
    amount: "Amount in US dollars", number: "Card number", expiry: "Expires (MM/YY)", cvc: "Security code",
    full_name: "Name on the card", billing_address1: "Street and number",
    billing_address2: "Apartment, floor, suite (optional)", billing_city: "City", billing_state: "State",
    billing_zip_code: "Zip code", billing_country: "Country",
  },
  es: {
    amount: "Importe en dólares estadounidenses", number: "Número de tarjeta", expiry: "Caduca (MM/AA)",
    cvc: "Código de seguridad", full_name: "Nombre en la tarjeta", billing_address1: "Calle y número",
    billing_address2: "Apartamento, piso, oficina (opcional)", billing_city: "Ciudad", billing_state: "Estado",
    billing_zip_code: "Código postal", billing_country: "País",
  },
};
/** The form's fields in the order in which they stand there. */
export const FIELDS = Object.keys(LABELS.en);
/** Those that are chosen from a list, in a country that has states. */
const CHOICES = ["billing_state", "billing_country"];

export class Payer {
  constructor(person, lang = "en") {
    this.person = person;
    this.labels = LABELS[lang];
  }

  get account() { return this.person.screen("account"); }
  get panel() { return this.account.getByRole("region", { name: /^(Add funds|Añadir fondos)$/ }); }
  get pay() { return this.panel.locator('[data-action="add-funds"]'); }
  get rows() { return this.account.getByRole("row").filter({ has: this.person.page.getByRole("cell") }); }
  field(name) {
    const role = CHOICES.includes(name) ? "combobox" : "textbox";
    return this.panel.getByRole(role, { name: this.labels[name], exact: true });
  }
  status(text) { return this.account.getByRole("status").filter({ hasText: text }); }

  async opensAccount() {
    await this.person.action("open-account").click();
    await this.account.waitFor();
  }

  async opensForm() {
    await this.person.action("add-funds-open").click();
    await this.field("amount").waitFor();
  }

  /** Signs in, and goes to the form. */
  async reachesForm() {
    await this.person.signIn();
    await this.opensAccount();
    await this.opensForm();
  }

  async fills(texts) {
    for (const [name, text] of Object.entries(texts)) {
      await (CHOICES.includes(name) ? this.field(name).selectOption(text) : this.field(name).fill(text));
    }
  }

  async sends(amount, card = TEST_CARD) {
    await this.fills({ amount, ...card });
    await this.pay.click();
  }

  /** Reads that it was added, and what there is now. */
  async reads(amount, balance) {
    const said = this.status(`${amount} was added to the account.`);
    await this.person.sees(said.filter({ hasText: `The balance is now ${balance}.` }));
    await this.person.sees(this.account.locator(".overview").getByText(balance, { exact: true }));
  }

  async standsThere(texts) {
    for (const [name, text] of Object.entries(texts)) assert.equal(await this.field(name).inputValue(), text, name);
  }

  /** The payment card is no longer in the form; all else is. */
  async cardIsGone(amount) {
    await this.standsThere({ ...TEST_CARD, amount, number: "", expiry: "", cvc: "", billing_country: "USA" });
  }

  /** Reads what is wrong with a field, which is tied to it. */
  async readsFlaw(name, why) {
    const line = this.panel.locator(`#funds-${name}-error`).filter({ hasText: why });
    await line.waitFor();
    const input = this.field(name);
    assert.equal(await input.getAttribute("aria-invalid"), "true", name);
    assert.ok((await input.getAttribute("aria-describedby")).split(" ").includes(`funds-${name}-error`), name);
  }

  isFlawed(name) { return this.panel.locator(`#funds-${name}-error`).isVisible(); }
}

/** The account's movements at the sandbox, in cents. */
export async function movements(sandbox) {
  return (await sandbox.state()).ledger.map(({ cents }) => cents);
}
