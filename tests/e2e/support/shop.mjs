// What others have done at the server before a test begins: print jobs, submitted or not, by the API itself.

import { EMAIL, ORGANIZATION, PASSWORD } from "./env.mjs";

/** An address for one order, as the API takes it. */
export const ONE_OFF = {
  "contact][full_name": "Ana Núñez", organization_name: "Brightwater Ltd.", address_1: "12 Elm St.", city: "Austin",
  state: "TX", zip_code: "73301", country: "USA",
};

/** Somebody signed in at the API of `sandbox`. */
export async function client(sandbox) {
  let token;
  const send = async (method, path, fields) => {
    const headers = token ? { authorization: `bearer ${token}` } : {};
    const parts = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
    const form = fields && new FormData();
    for (const [name, value] of parts) form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
    const response = await fetch(`${sandbox.api}${path}`, { method, headers, body: form });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
  const signedIn = await send("POST", "authenticate", { email: EMAIL, password: PASSWORD });
  token = signedIn.auth_token ?? signedIn.token;
  const at = (path) => `organizations/${ORGANIZATION}/${path}`;
  const self = {
    /** The numbers of the finalized cards, the oldest first. */
    async cards() {
      return (await sandbox.cards()).filter(({ finalized }) => finalized).map(({ id }) => id);
    },

    /** A saved address, by its label. */
    async address(label) {
      return (await sandbox.state()).addresses.find((address) => address.label === label).id;
    },

    /** An open job: `{cards, copies, provider, address}`, the address being a number or the fields of a one-off one. */
    async createJob({ cards = [], copies, provider, address } = {}) {
      const fields = {
        "print_job[card_ids]": cards.length ? cards : undefined,
        "print_job[number_of_copies]": copies,
        "print_job[shipping_provider_id]": provider,
        "print_job[address_id]": typeof address === "number" ? address : undefined,
      };
      if (typeof address === "object") {
        for (const [name, value] of Object.entries(address)) fields[`print_job[address][${name}]`] = value;
      }
      return Number((await send("POST", at("print_jobs"), fields)).id);
    },

    submitJob: (job) => send("POST", at(`print_jobs/${job}/print`), {}),

    /** A submitted job; to the head office by USPS First Class, if nothing else is said. */
    async order({ cards, copies, provider = 11, address }) {
      const job = await self.createJob({ cards, copies, provider, address: address ?? await self.address("Head office") });
      await self.submitJob(job);
      return job;
    },

    addCards: (job, cards) => send("POST", at(`print_jobs/${job}/add_cards`), { "print_job[card_ids]": cards }),
    changeCard: (card, data) => send("PATCH", at(`cards/${card}`), {
      "card[data]": Object.entries(data).map(([token, value]) => ({ token, label: token, type: "text", value })),
    }),
    addFunds: (amount) => send("POST", at("add_funds"), {
      amount, number: "4242424242424242", exp_month: "06", exp_year: "2029", cvc: "424", full_name: "InstantCard API",
      billing_address1: "418 Highland Rd.", billing_country: "USA", billing_city: "Feasterville", billing_state: "PA", billing_zip_code: "19053",
    }),
    deleteCard: (card) => send("DELETE", at(`cards/${card}`)),
  };
  return self;
}

/** Everything that has been submitted is printed and sent. */
export async function printAll(sandbox) {
  const response = await fetch(`${sandbox.url}__sandbox/print_all`, { method: "POST" });
  if (!response.ok) throw new Error(`print_all: ${response.status}`);
}
