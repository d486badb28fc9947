// A device that loses its network in the middle of things, and has it again.

import assert from "node:assert/strict";
import { PASS } from "./support/journey.mjs";
import { Payer, movements } from "./support/payer.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { Shopper } from "./support/shopper.mjs";
import { CREATE } from "./support/sandbox.mjs";

const options = { network: true, expected: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/] };
const OFFLINE = "You are offline.";

scenes("a device without a network", () => {
  scene("it is told as that, and what was asked for goes on by itself", options, async ({ open, page, person, sandbox }) => {
    const network = page.context();
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.enter(PASS);

    await network.setOffline(true);
    await person.button("Save draft").click();
    const told = person.alert(OFFLINE);
    await person.sees(told.filter({ hasText: "What you entered is still here." }));
    assert.equal(await person.alert("CORS").count(), 0);
    await network.setOffline(false);
    await person.sees(person.screen("card-form").getByText("Draft saved."));
    await person.standsThere(PASS.texts);

    await person.fill({ Company: "Northwind" });
    await network.setOffline(true);
    await person.button("Preview card").click();
    await person.sees(told);
    await network.setOffline(false);
    await person.looksAtPreview(PASS);
    assert.equal((await sandbox.requests(CREATE)).length, 1, "one card, however often it was tried");
  });

  scene("pictures and names that did not come are there once there is a network", { ...options, sandbox: ["--cards", "12"] }, async (stage) => {
    const { open, page, person } = stage;
    await open();
    await person.signIn();
    await person.action("open-cart").first().click();
    await page.route(/\/preview/, (route) => route.abort("internetdisconnected"));
    await new Shopper(person).searches("a");
    const found = person.screen("cart").locator(".add-a-card [data-card]");
    await person.sees(found.getByText("No picture"));
    await page.context().setOffline(true);
    await page.unroute(/\/preview/);
    await new Shopper(person).searches("e");
    await person.sees(person.alert(OFFLINE));
    await new Shopper(person).searches("a");
    await page.context().setOffline(false);
    await person.sees(found.locator("img"));
    assert.equal(await person.alert(OFFLINE).count(), 0);
  });

  scene("nobody pays by itself", options, async ({ open, page, person, sandbox }) => {
    const payer = new Payer(person);
    await open();
    await payer.reachesForm();
    await page.context().setOffline(true);
    await payer.sends("50");
    await person.sees(payer.panel.getByRole("alert").filter({ hasText: OFFLINE }).filter({ hasText: "Once you are back online, try again." }));
    await page.context().setOffline(false);
    await payer.panel.getByRole("button", { name: "Try again" }).click();
    await payer.reads("$50.00", "$300.00");
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
  });
});
