// The element behind a gateway: a visitor has a statement of their site, and never the organization's token.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "./support/env.mjs";
import { Gateway } from "./support/gateway.mjs";
import { PASS } from "./support/journey.mjs";
import { AUTHENTICATE, CREATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { entersAddress } from "./support/shopper.mjs";

const UPS = 13;
const PRICE = 550;
const SHIPPING = 1250;
const HOME = {
  full_name: "Ana Núñez", address_1: "12 Orchard Lane", city: "Albany", country: "USA", state: "NY", zip_code: "12207",
};
const ORDERS = `[orders]\nshipping_provider_id = ${UPS}\n`;

/** A page whose site signs a statement whenever its element asks for one. */
async function visits(stage, claims = {}, attributes = {}, more = "", properties = {}) {
  const gateway = stage.ends(await Gateway.start(stage.sandbox, more));
  const asked = [];
  await stage.page.exposeFunction("statement", () => {
    asked.push(gateway.statement(claims));
    return asked.at(-1);
  });
  await stage.page.addInitScript((properties) => { window.given = { tokenProvider: () => window.statement(), ...properties }; }, properties);
  const sent = [];
  stage.page.on("request", (request) => {
    if (request.url().startsWith(gateway.url) && request.method() !== "OPTIONS") sent.push(request);
  });
  await stage.open("host.html", { mode: "request", gateway: gateway.url, "api-base": "", ...attributes });
  return { gateway, asked, sent };
}

const bearer = (request) => request.headers().authorization?.replace(/^bearer /i, "");

const told = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);

scenes("a visitor behind a gateway", () => {
  scene("makes a card with a session of their own", { sandbox: ["--cards", "2"] }, async (stage) => {
    const { person, sandbox } = stage;
    const { gateway, asked, sent } = await visits(stage);
    await person.enter(PASS);
    await person.preview(PASS);
    await person.action("finalize").click();
    await person.screen("done").waitFor();
    const cards = (await sandbox.cards()).sort((one, other) => one.id - other.id);
    assert.equal(cards.at(-1).finalized, true);
    assert.equal(asked.length, 1, "the site was asked once");
    const [first, ...others] = sent;
    assert.deepEqual([new URL(first.url()).pathname, bearer(first)], ["/session", asked[0]]);
    const sessions = new Set(others.map(bearer));
    assert.equal(sessions.size, 1, "everything else is the session's");
    assert.match([...sessions][0], /^icg_/);
    for (const request of sent) {
      assert.equal("idempotency-key" in request.headers(), request.method() !== "GET", request.url());
    }
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 1, "the gateway has signed in for itself");
    // What the visitor has opens their own card, and nothing else of the organization.
    const [session] = sessions;
    const statuses = await Promise.all([cards[0].id, cards.at(-1).id].map(async (id) => {
      const path = `organizations/20003827/cards/${id}`;
      return (await fetch(`${gateway.url}${path}`, { headers: { authorization: `bearer ${session}` } })).status;
    }));
    assert.deepEqual(statuses, [404, 200], `${cards.map(({ id }) => id)}`);
    assert.ok(!gateway.log.includes(session) && !gateway.log.includes("Ana"), "nothing of it is in the log");
  });

  scene("orders it once, whatever becomes of the answers", { network: true }, async (stage) => {
    const { person, sandbox, page, events } = stage;
    const { gateway } = await visits(stage, { ends_with: "order" }, { "ends-with": "order", "shipping-provider-id": UPS }, ORDERS);
    await person.enter(PASS);
    await person.button("Preview card").click();
    await person.button("Go on to delivery").click();
    await entersAddress(person.screen("checkout"), HOME);
    // The vendor's answer to the gateway is lost; then the gateway's to the page.
    await sandbox.fault("drop_after", { method: "POST", path: "/print", times: 1 });
    let isCut = false;
    await page.route(`${gateway.url}session/order`, async (route) => {
      if (isCut || route.request().method() === "OPTIONS") return route.continue();
      isCut = true;
      await route.fetch();
      return route.abort("connectionreset");
    });
    await person.action("submit-order").click();
    await person.sees(person.screen("done").getByRole("heading", { name: "Your card is ordered" }));
    const { audit, cards, print_jobs: jobs } = await sandbox.state();
    assert.deepEqual(audit.charges.map(({ cents }) => cents), [PRICE + SHIPPING]);
    const holding = jobs.filter(({ card_ids: ids }) => ids.includes(cards.at(-1).id));
    assert.deepEqual(holding.map(({ submitted }) => submitted), [true]);
    assert.ok(isCut);
    const orders = (await events()).filter(({ type }) => type === "ic-order-submitted").map(({ detail }) => detail);
    assert.deepEqual(orders, [{ printJobIds: [], cards: 1, copies: 1 }], "it knows of no print job");
  });

  scene("sees what the statement says of the fields, which counts before what the page gives", {}, async (stage) => {
    const { person, sandbox } = stage;
    const claims = { locked: { HOST: "Amelia Hart", ELSEWHERE: "x" }, prefill: { COMPANY: "Brightwater Ltd." } };
    await visits(stage, claims, {}, "", {
      prefill: { COMPANY: "Another", VALID_UNTIL: "June 30, 2027" }, fields: { HOST: { value: "Another", locked: false } },
    });
    const host = person.field("Host");
    await person.sees(host);
    assert.deepEqual([await host.inputValue(), await host.getAttribute("readonly")], ["Amelia Hart", ""]);
    const there = await Promise.all(["Company", "Valid until"].map((label) => person.field(label).inputValue()));
    assert.deepEqual(there, ["Brightwater Ltd.", "June 30, 2027"]);
    await person.field("Full name").fill("Ana Núñez");
    await person.field("Company").fill("Brightwater & Co.");
    await person.button("Preview card").click();
    await person.action("finalize").click();
    await person.screen("done").waitFor();
    const { data } = (await sandbox.cards()).at(-1);
    assert.deepEqual([data.HOST, data.COMPANY], ["Amelia Hart", "Brightwater & Co."]);
  });

  scene("is told where the balance is too low, and the card waits in the cart", {}, async (stage) => {
    const { person, sandbox, events } = stage;
    await sandbox.balance(100);
    const { gateway } = await visits(stage, { ends_with: "order" }, { "ends-with": "order", "shipping-provider-id": UPS }, ORDERS);
    await person.enter(PASS);
    await person.button("Preview card").click();
    await person.button("Go on to delivery").click();
    await entersAddress(person.screen("checkout"), HOME);
    await person.action("submit-order").click();
    await person.screen("done").waitFor();
    assert.deepEqual(await told(events), ["balance-low"]);
    const { audit, cards, print_jobs: jobs } = await sandbox.state();
    assert.deepEqual(audit.charges, []);
    assert.ok(jobs.some(({ card_ids: ids, submitted }) => !submitted && ids.includes(cards.at(-1).id)));
  });

  scene("loses nothing when the gateway is started again in the middle", { network: true }, async (stage) => {
    const { person, sandbox } = stage;
    const { gateway, asked } = await visits(stage, { ends_with: "cart" }, { "ends-with": "cart" });
    await person.enter(PASS);
    await person.preview(PASS);
    await gateway.kill();
    await person.action("finalize").click();
    await person.sees(person.host.getByRole("alert").getByText("the gateway is away or does not allow this site"));
    await gateway.run();
    await person.button("Try again").click();
    await person.sees(person.screen("done").getByRole("heading", { name: "Your card is handed in" }));
    const { cards, print_jobs: jobs } = await sandbox.state();
    assert.ok(jobs.some(({ card_ids: ids }) => ids.includes(cards.at(-1).id)));
    assert.equal((await sandbox.requests(CREATE)).length, 1);
    assert.equal(asked.length, 1, "the session has outlived it");
  });

  scene("with an account of their own signs in with the form, and each change has its key", {}, async (stage) => {
    const { person, open } = stage;
    const gateway = stage.ends(await Gateway.start(stage.sandbox, "[staff]\nenabled = true\n"));
    const keys = [];
    stage.page.on("request", (request) => {
      if (request.url().startsWith(gateway.url) && request.method() === "POST") keys.push(request.headers()["idempotency-key"]);
    });
    await open("host.html", { gateway: gateway.url, "api-base": "" });
    await person.signIn(EMAIL, PASSWORD);
    await person.screen("templates").waitFor();
    assert.ok(keys.length >= 1 && keys.every(Boolean), `${keys}`);
  });
});
