// The pages that `cargo xtask demo` serves beside the portal, as a newcomer finds them.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { Gateway } from "./support/gateway.mjs";
import { PASS } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { entersAddress } from "./support/shopper.mjs";

const HOME = {
  full_name: "Ana Núñez", address_1: "12 Orchard Lane", city: "Albany", country: "USA", state: "NY", zip_code: "12207",
};

scenes("the examples", () => {
  scene("request.html: a member's own card, ordered", {}, async ({ page, person, sandbox, ends }) => {
    ends(await Gateway.demo(sandbox));
    await page.goto(`${sandbox.url}request.html`);
    await person.choose(PASS.name);
    assert.equal(await person.field("Full name").inputValue(), "Ana Núñez", "what the site knows is there");
    await isAccessible(page);
    await person.fill(PASS.texts);
    await person.button("Preview card").click();
    await person.button("Go on to delivery").click();
    await entersAddress(person.screen("checkout"), HOME);
    await person.action("submit-order").click();
    await person.sees(person.screen("done").getByRole("heading", { name: "Your card is ordered" }));
    assert.equal((await sandbox.state()).audit.charges.length, 1);
  });

  scene("kiosk.html: a stranger's card, in the cart", { page: { hasTouch: true } }, async ({ page, person, sandbox, ends }) => {
    ends(await Gateway.demo(sandbox));
    await page.goto(`${sandbox.url}kiosk.html`);
    await person.action("start").tap();
    await person.button(PASS.name).tap();
    await person.fill(PASS.texts);
    await person.button("Preview card").tap();
    await person.action("add-to-cart").or(person.action("finalize")).tap();
    await person.screen("done").waitFor();
    const { print_jobs: jobs, cards } = await sandbox.state();
    const [card] = cards.slice(-1);
    assert.equal(jobs.filter((job) => !job.submitted && job.card_ids.includes(card.id)).length, 1);
    // The next one has a session of their own, which may make one card as well.
    await person.action("finish").tap();
    await person.action("start").tap();
    await person.button(PASS.name).tap();
    await person.fill(PASS.texts);
    await person.button("Preview card").tap();
    await person.screen("preview").waitFor();
    assert.equal((await sandbox.cards()).length, cards.length + 1);
  });
});
