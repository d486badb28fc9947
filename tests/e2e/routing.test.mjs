// Each screen of the portal has an address: for a reload, for a link in a mail, and for two tabs.

import assert from "node:assert/strict";
import { BADGE } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { client } from "./support/shop.mjs";

/** What stands behind the page's own address, once it is this. */
const is = (page, hash) => page.waitForFunction((hash) => location.hash === hash, hash);

scenes("addresses of screens", () => {
  scene("a link leads through the sign-in form to its order; Back, a reload and a second tab do what one expects", { sandbox: ["--cards", "2"] }, async ({ open, page, person, sandbox, newPage }) => {
    const other = await client(sandbox);
    const [card] = await other.cards();
    const id = await other.order({ cards: [card] });
    await page.goto(`${sandbox.url}#/orders/${id}`);
    await person.signIn();
    await person.sees(person.screen("order").getByRole("heading", { name: `Order ${id}` }));
    await is(page, `#/orders/${id}`);
    await person.action("open-account").click();
    await is(page, "#/account");
    await person.action("open-people").click();
    await is(page, "#/contacts");
    await page.goBack();
    await person.sees(person.screen("account"));
    await is(page, "#/account");

    await page.reload();
    await person.sees(person.screen("sign-in"));
    await is(page, "#/account");
    await person.signIn();
    await person.sees(person.screen("account"));
    await page.goBack();
    await person.sees(person.screen("order"));
    await is(page, `#/orders/${id}`);
    await page.goForward();
    await person.sees(person.screen("account"));

    // One contact of those that are there, and the keys of that page.
    const contact = (await sandbox.state()).contacts[0].id;
    await page.evaluate((id) => { location.hash = `#/contacts/${id}`; }, contact);
    const form = person.screen("contacts").locator("form");
    await form.waitFor();
    await page.reload();
    await person.signIn();
    await form.waitFor();
    await is(page, `#/contacts/${contact}`);
    await person.action("cancel").click();
    await is(page, "#/contacts");
    await page.keyboard.press("?");
    await person.sees(person.dialog.getByText("New contact"));
    await person.dialog.getByRole("button", { name: "Close" }).click();
    await page.goto(`${sandbox.url}#/account`);
    await person.sees(person.screen("account"));

    // Typed, or followed from the page around it.
    await page.evaluate(() => { location.hash = "#/addresses"; });
    await person.sees(person.screen("addresses"));
    await page.goBack();
    await person.sees(person.screen("account"));
    await is(page, "#/account");

    const tab = await newPage();
    await tab.goto(`${sandbox.url}#/cart`);
    await tab.locator('instant-card [data-screen="sign-in"]').waitFor();
    await is(tab, "#/cart");

    await person.action("sign-out").click();
    await person.sees(person.screen("sign-in"));
    await is(page, "");
    assert.equal(await page.evaluate(() => document.querySelector("instant-card").getAttribute("routing")), "hash");
  });

  scene("a card in work is kept on the way; a value that does not exist is told", {}, async ({ open, page, person }) => {
    await open();
    await person.signIn();
    await is(page, "#/new");
    await person.choose(BADGE.name);
    await person.field("Full name").fill("Half a na");
    await page.evaluate(() => { location.hash = "#/orders"; });
    await person.sees(person.screen("orders"));
    await page.goBack();
    await person.sees(person.screen("card-form"));
    assert.equal(await person.field("Full name").inputValue(), "Half a na");
    page.once("dialog", (dialog) => dialog.accept());
    await open("host.html", { routing: "path" });
    await person.sees(person.alert('routing="path" must be one of: none, hash.'));
  });
});
