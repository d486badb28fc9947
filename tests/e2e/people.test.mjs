// People and places: contacts and saved addresses through their whole lives, and what the vendor's rules make of them.

import assert from "node:assert/strict";
import { violations } from "./support/axe.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { client } from "./support/shop.mjs";
import { entersAddress, Shopper } from "./support/shopper.mjs";

const OAK = { address1: "9 Oak Ave", city: "Portland", state: "OR", zip_code: "97201", label: "Branch" };

/** A member of staff at the two screens. */
class Clerk {
  constructor(person) {
    this.person = person;
  }

  get addresses() { return this.person.screen("addresses"); }
  get contacts() { return this.person.screen("contacts"); }
  /** The row of what is called so. */
  row(text) { return this.person.host.locator(".people-row").filter({ hasText: text }); }
  action(name, text) { return this.row(text).locator(`[data-action="${name}"]`); }
  get form() { return this.person.host.locator(".people-editor"); }

  async goesTo(page) {
    await this.person.action("open-people").click();
    if (page === "addresses") await this.person.action("open-addresses").click();
    await this.person.screen(page).waitFor();
  }

  async opens(action, text) {
    await (text ? this.action(action, text) : this.person.action(action)).click();
    await this.form.locator("form").waitFor();
  }

  async enters(texts) { await entersAddress(this.form, texts); }

  async saves() {
    await this.form.locator('[data-action="save"]').click();
    await this.form.waitFor({ state: "detached" });
  }

  async deletes(text) {
    await this.action("delete", text).click();
    await this.person.dialog.locator('[data-action="confirm"]').click();
    await this.row(text).waitFor({ state: "detached" });
  }
}

/** Which operations on addresses and contacts were called. */
async function called(sandbox) {
  const requests = await sandbox.requests(/\/(addresses|contacts)(\/\d+)?$/);
  const names = requests.map(({ method, path }) => `${method} ${path.replace(/.*\/(?=addresses|contacts)/, "").replace(/\d+/, "#")}`);
  return [...new Set(names)].sort();
}

/** So many have been deleted at the server. */
const deleted = (sandbox, what, count) => sandbox.until(({ requests }) =>
  requests.filter(({ method, path }) => method === "DELETE" && path.includes(`/${what}/`)).length === count);

scenes("people and places", () => {
  scene("a contact and an address are created, found, linked, changed, deleted and kept", { network: true }, async ({ open, person, sandbox, page, events }) => {
    const clerk = new Clerk(person);
    await open();
    await person.signIn();
    await clerk.goesTo("contacts");
    await person.sees(clerk.row("Alex Morgan"), clerk.row("Priya Raman"));

    await clerk.opens("new-contact");
    await clerk.form.locator('[data-action="save"]').click();
    await person.focuses(clerk.form.locator("[name=full_name]"));
    await clerk.enters({ full_name: "Mei Chen", email: "mei@example.org", alt_email: "chen@example.org", alt_phone_number: "+1 503 555 0199" });
    await clerk.saves();
    await person.sees(clerk.row("chen@example.org"));
    await person.focuses(clerk.action("edit", "Mei Chen"));

    await clerk.opens("add-address", "Mei Chen");
    assert.deepEqual(await clerk.form.locator("[name=full_name]").count(), 0, "who receives there is known");
    await clerk.enters(OAK);
    await clerk.form.locator("[name=primary]").check();
    await clerk.saves();
    await person.sees(clerk.row("9 Oak Ave").filter({ hasText: "Primary" }).filter({ hasText: "Mei Chen" }));
    assert.equal(await clerk.addresses.locator(".badge").count(), 1, "there is one primary address");

    await clerk.opens("edit", "9 Oak Ave");
    await clerk.enters({ address2: "Floor 2" });
    await clerk.saves();
    await person.sees(clerk.row("Floor 2"));
    const [update] = (await sandbox.requests(/^PATCH \S+\/addresses\/\d+$/));
    assert.deepEqual(update.query.map(({ name }) => name), ["address[address2]"], "what is not changed is not sent");

    await clerk.action("open-contact", "9 Oak Ave").click();
    await clerk.form.locator("form").waitFor();
    await clerk.enters({ phone_number: "+1 503 555 0100" });
    await person.action("cancel").click();
    await person.dialog.locator('[data-action="cancel"]').click();
    await clerk.saves();
    await person.sees(clerk.row("+1 503 555 0100"), clerk.action("open-address", "Mei Chen"));
    assert.deepEqual(await violations(page, "contacts"), []);

    await clerk.deletes("Mei Chen");
    await person.action("undo").click();
    await person.sees(clerk.row("Mei Chen"));
    await clerk.deletes("Mei Chen");
    await person.action("open-addresses").click();
    await deleted(sandbox, "contacts", 1);
    await person.sees(clerk.row("9 Oak Ave").filter({ hasText: "no contact" }));
    assert.deepEqual(await violations(page, "addresses"), []);

    // Its contact is gone: it is saved anew, with another one.
    await clerk.action("link-contact", "9 Oak Ave").click();
    await person.sees(clerk.form.getByText("InstantCard changes no address without one"));
    await clerk.form.locator("[name=contact_id]").selectOption({ label: "Priya Raman · priya.raman@example.org" });
    await clerk.saves();
    await person.sees(clerk.row("9 Oak Ave").filter({ hasText: "Priya Raman" }));
    assert.equal(await clerk.row("9 Oak Ave").count(), 1);
    await clerk.deletes("9 Oak Ave");
    await person.action("open-account").click();
    await person.screen("account").waitFor();
    await deleted(sandbox, "addresses", 2);
    const [one, all] = [["DELETE", "GET", "PATCH"], ["GET", "POST"]];
    assert.deepEqual(await called(sandbox), ["addresses", "contacts"].flatMap((what) => [
      ...all.map((method) => `${method} ${what}`), ...one.map((method) => `${method} ${what}/#`),
    ]).sort());
    assert.deepEqual((await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code), []);
  });

  scene("what the server refuses is told with its words, and nothing that was typed is lost", { network: true }, async ({ open, person, sandbox, page }) => {
    const clerk = new Clerk(person);
    await open();
    await person.signIn();
    await clerk.goesTo("addresses");

    const refuse = (status, method, path) => sandbox.fault({ status, body: '{"error": "Not like this"}' }, { method, path, times: 1 });
    await clerk.opens("edit", "Warehouse");
    await refuse(406, "PATCH", "/addresses/");
    await clerk.enters({ label: "Depot" });
    await clerk.form.locator('[data-action="save"]').click();
    await person.sees(person.alert("InstantCard does not accept this as it is").getByText("Not like this"));
    await clerk.saves();
    await person.sees(clerk.row("Depot"));

    // Its contact is lost while it is in the form.
    await clerk.opens("edit", "Depot");
    await clerk.enters({ label: "Pier" });
    await refuse(501, "PATCH", "/addresses/");
    await clerk.form.locator('[data-action="save"]').click();
    await person.sees(person.alert("has lost its contact"));
    await person.action("save-as-new").click();
    await person.sees(clerk.row("Pier"));

    await refuse(500, "DELETE", "/addresses/");
    await clerk.deletes("Depot");
    await person.action("open-contacts").click();
    await person.action("open-addresses").click();
    await person.sees(person.alert("“Depot” could not be deleted"), clerk.row("Depot"));
    await person.button("Try again").click();
    await clerk.row("Depot").waitFor({ state: "detached" });

    for (const width of [320, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const room = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.equal(room[0], room[1], `nothing stands out at ${width}`);
    }
  });

  scene("an order goes to a new address of an existing contact, which becomes the primary one", { sandbox: ["--cards", "2"] }, async ({ open, person, sandbox }) => {
    const [shopper, other] = [new Shopper(person), await client(sandbox)];
    await other.createJob({ cards: (await other.cards()).slice(0, 1) });
    await open();
    await person.signIn();
    await shopper.opensCart();
    await shopper.cart.getByRole("button", { name: shopper.words.checkout, exact: true }).click();
    const step = shopper.step("address");
    await step.getByRole("radio", { name: shopper.words.fresh }).check();
    await step.locator('[data-action="choose-contact"]').click();
    await step.locator("[name=contact_id]").selectOption({ label: "Priya Raman · priya.raman@example.org" });
    await step.locator("[name=full_name]").waitFor({ state: "detached" });
    await entersAddress(step, OAK);
    await step.locator("[name=primary]").check();
    await shopper.goesOn("address");
    await person.sees(shopper.step("shipping").getByRole("radio", { name: "UPS Ground" }));
    const [{ parts }] = await sandbox.requests(/^POST \S+\/addresses$/);
    const sent = Object.fromEntries(parts.map(({ name, value }) => [name, value]));
    assert.ok(sent["address[contact_id]"] && sent["address[primary]"] === "true" && !("address[contact][email]" in sent));
  });
});
