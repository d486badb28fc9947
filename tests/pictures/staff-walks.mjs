// Staff in the portal, past every screen that they have. By hooks, not by words, so that it is the same in every language.

import { EMAIL, PASSWORD } from "../e2e/support/env.mjs";
import { BADGE, STUDENT } from "../e2e/support/journey.mjs";
import { DECLINED, TEST_CARD } from "../e2e/support/payer.mjs";
import { photos } from "../e2e/support/photos.mjs";
import { client } from "../e2e/support/shop.mjs";
import { entersAddress } from "../e2e/support/shopper.mjs";
import { signs } from "../e2e/support/stranger.mjs";

const action = ({ person }, name) => person.host.locator(`[data-action="${name}"]`);
const inside = (place, name) => place.locator(`[data-action="${name}"]`);
/** Something that answers stands somewhere: an alert with words. */
const alert = ({ person }) => person.host.getByRole("alert").filter({ hasText: /./ });
const named = (place, name) => place.locator(`[name="${name}"]`);

export async function signsIn(stage, { within = stage.person.host, password = PASSWORD } = {}) {
  await named(within, "email").fill(EMAIL);
  await named(within, "password").fill(password);
  await inside(within, "sign-in").click();
}

/** Nothing goes wrong any more; as slow as it is, the server stays. */
const heals = (sandbox) => sandbox.faults({ rules: [], preview_delay_ms: 0, preview_unavailable_times: 0 });

/** Opens the portal and signs in. */
export async function begins(stage) {
  await stage.open();
  await signsIn(stage);
  await action(stage, "choose-template").first().waitFor();
}

export async function goesTo(stage, place, screen = place) {
  await action(stage, `open-${place}`).first().click();
  await stage.person.screen(screen).waitFor();
}

const chooses = async (stage, template) => {
  await action(stage, "choose-template").filter({ hasText: template.name }).click();
  await stage.person.screen("card-form").waitFor();
};

/** From signing in to a card that is finalized, with all that can go wrong on the way. */
export async function card(stage, look) {
  const { open, person, sandbox } = stage;
  await open();
  await named(person.host, "password").waitFor();
  await look("sign-in");
  await action(stage, "sign-in").click();
  await person.sees(person.host.locator(".error").filter({ hasText: /./ }));
  await look("sign-in-with-errors");
  await signsIn(stage, { password: "wrong" });
  await person.sees(alert(stage));
  await look("sign-in-refused");

  await sandbox.fault("json_500", { path: "/card_templates", times: 1 });
  await signsIn(stage);
  await person.sees(action(stage, "retry"));
  await look("templates-failed");
  await sandbox.fault("hang", { path: "/card_templates", times: 1 });
  await action(stage, "retry").click();
  await person.sees(person.screen("templates").locator(".skeleton"));
  await look("templates-loading", { waits: true });
  await heals(sandbox);
  await begins(stage);
  await look("templates");

  await chooses(stage, BADGE);
  await look("form");
  await action(stage, "show-preview").click();
  await person.sees(alert(stage));
  await look("form-with-problems");
  await person.fill({ ...BADGE.texts, Department: "x".repeat(300) });
  await person.chooseFile("Photo", photos.text);
  await person.sees(person.picture("Photo").getByRole("alert"));
  await look("form-refused-file");
  await person.fill(BADGE.texts);
  await person.chooseFile("Photo", photos.portrait);
  await person.screen("photo").waitFor();
  await look("photo");
  await person.host.locator("summary").click();
  await look("photo-tone");
  await action(stage, "use-photo").click();
  await person.loaded(person.picture("Photo").getByRole("img"));
  await look("form-filled");
  await action(stage, "save-draft").click();
  await person.sees(person.host.getByRole("status").filter({ hasText: /./ }));
  await look("form-saved");
  await person.field("Department").fill("Field operations");
  await action(stage, "sign-out").click();
  await person.dialog.waitFor();
  await look("leaving");
  await inside(person.dialog, "cancel").click();

  await sandbox.fault("json_500", { method: "PATCH", times: 1 });
  await action(stage, "show-preview").click();
  await person.sees(alert(stage));
  await look("form-not-sent");
  await sandbox.expireTokens();
  await action(stage, "show-preview").click();
  await person.dialog.waitFor();
  await look("sign-in-again");
  await sandbox.faults({ preview_delay_ms: 600_000 });
  await signsIn(stage, { within: person.dialog });
  await action(stage, "stop-preview").waitFor();
  await look("preview-waiting", { waits: true });
  await heals(sandbox);
  await action(stage, "stop-preview").click();
  await person.sees(alert(stage));
  await look("preview-stopped");
  await action(stage, "retry").click();
  await person.looksAtPreview(BADGE);
  await look("preview");
  await sandbox.fault("json_500", { path: "/finalize", times: 1 });
  await action(stage, "finalize").click();
  await person.sees(alert(stage));
  await look("preview-not-finalized");
  await action(stage, "retry").click();
  await person.screen("done").waitFor();
  await look("done");
  await inside(person.screen("done"), "add-to-cart").click();
  await inside(person.screen("done"), "open-cart").waitFor();
  await look("done-in-cart");
}

/** What is left empty, a signature, a camera. */
export async function media(stage, look) {
  const { person } = stage;
  await begins(stage);
  await chooses(stage, STUDENT);
  await look("form-upright");
  await action(stage, "sign").click();
  await person.screen("signature").waitFor();
  await look("signature");
  await signs(stage);
  await look("signature-drawn");
  await action(stage, "use-signature").click();
  await action(stage, "take-photo").first().click();
  await person.sees(person.host.locator('[data-action="shutter"]:not([aria-disabled])'));
  await look("camera");
  await named(person.host, "timer").selectOption("0");
  await action(stage, "shutter").click();
  await action(stage, "use-photo").waitFor();
  await look("camera-photo");
  await action(stage, "use-photo").click();
  await person.fill(STUDENT.texts);
  await action(stage, "show-preview").click();
  await person.looksAtPreview(STUDENT);
  await look("preview-upright");
}

/** All cards of the organization, one of them, and what is done with many. */
export async function cards(stage, look) {
  const { person, sandbox } = stage;
  await begins(stage);
  // The newest cards are read for the templates, before the list is.
  for (const template of await action(stage, "choose-template").all()) await person.loaded(template.locator("img"));
  await look("templates-with-faces");
  await sandbox.fault("json_500", { path: "/cards", times: 1 });
  await goesTo(stage, "cards");
  await person.sees(action(stage, "retry"));
  await look("cards-failed");
  await action(stage, "retry").click();
  await stage.sees(".card-row .thumbnail img");
  await look("cards");
  await action(stage, "show-faces").click();
  await stage.sees(".face-item img");
  await look("cards-as-faces");
  await action(stage, "show-list").click();
  await action(stage, "show-waiting").click();
  await action(stage, "walk").waitFor();
  await look("cards-waiting");
  const list = person.screen("cards");
  for (const row of (await list.locator("[data-card] [name=pick]").all()).slice(0, 3)) await row.check();
  await person.sees(list.locator('[data-action="add-picked"]:not([aria-disabled])'));
  await look("cards-picked");
  await named(list, "term").fill("nobody is called so");
  await action(stage, "show-all-cards").waitFor();
  await look("cards-none");
  await action(stage, "show-all-cards").click();
  await stage.page.keyboard.press("Escape");
  await stage.page.keyboard.press("?");
  await person.dialog.waitFor();
  await look("keys");
  await inside(person.dialog, "dismiss").click();

  await inside(list, "open-card").first().click();
  await person.screen("card").locator("img").first().waitFor();
  await look("card");
  await action(stage, "delete").last().click();
  await person.dialog.waitFor();
  await look("card-delete");
  await inside(person.dialog, "confirm").click();
  await action(stage, "undo").waitFor();
  await look("cards-undo");
  await action(stage, "undo").click();
  const pass = (await sandbox.cards()).findLast(({ data }) => data.COMPANY).id;
  await list.locator(`[data-card="${pass}"] [data-action="open-card"]`).click();
  await person.screen("card").getByText(String(pass), { exact: true }).first().waitFor();
  await action(stage, "edit").click();
  await person.field("Company").fill("Mine Inc.");
  await (await client(sandbox)).changeCard(pass, { COMPANY: "Theirs Ltd." });
  await action(stage, "show-preview").click();
  await person.screen("card").getByRole("table").waitFor();
  await look("card-changed-meanwhile");
}

/** An address that is not to be had from the saved ones. */
const NEW = { full_name: "Mei Chen", address1: "9 Oak Ave", city: "Portland", state: "OR", zip_code: "97201", country: "USA" };
const chooseWay = (step, at) => step.locator(".ways [type=radio]").nth(at).check();

/** The cart, the checkout, and what became of the order. */
export async function order(stage, look) {
  const { person, sandbox } = stage;
  const [first, second, third, fourth] = (await sandbox.cards()).filter(({ finalized }) => finalized).map(({ id }) => id);
  await sandbox.balance(500);
  await begins(stage);
  await goesTo(stage, "cart");
  await person.sees(action(stage, "new-card").last());
  await look("cart-empty");
  const cart = person.screen("cart");
  await action(stage, "search-cards").click();
  await stage.sees(".add-a-card [data-card] img");
  await look("cart-search");
  const found = (id) => cart.locator(`.add-a-card [data-card="${id}"]`);
  for (const id of [first, second, third]) await inside(found(id), "add-to-cart").click();
  const row = (id) => cart.locator(`.rows [data-card="${id}"]:has([data-action="remove-from-cart"])`);
  for (const id of [first, second, third]) await row(id).waitFor();
  await named(row(second), "copies").fill("2");
  await named(row(second), "copies").press("Tab");
  await sandbox.until(({ print_jobs: jobs }) => jobs.some((job) => job.number_of_copies === 2 && job.card_ids.length));
  await stage.still();
  await look("cart");
  await inside(row(third), "remove-from-cart").click();
  await action(stage, "undo").waitFor();
  await sandbox.until(({ print_jobs: jobs }) => !jobs.some(({ card_ids: ids }) => ids.includes(third)));
  await stage.still();
  await look("cart-undo");
  await sandbox.fault("json_500", { path: "/print_jobs", method: "POST", times: 3 });
  await inside(found(third), "add-to-cart").click();
  await person.sees(cart.getByRole("alert"), action(stage, "leave-as-is"));
  await look("cart-trouble");
  await heals(sandbox);
  await action(stage, "leave-as-is").first().click();

  await inside(cart, "checkout").click();
  const checkout = person.screen("checkout");
  const step = (name) => checkout.locator(`[data-step="${name}"]`);
  await step("address").locator("[type=radio]").first().waitFor();
  await look("checkout-address");
  await chooseWay(step("address"), 1);
  await inside(step("address"), "continue").click();
  await person.sees(step("address").locator(".error").filter({ hasText: /./ }));
  await look("checkout-new-address");
  await chooseWay(step("address"), 2);
  await entersAddress(step("address"), NEW).catch(() => {});
  await look("checkout-one-off-address");
  await chooseWay(step("address"), 0);
  await step("address").locator(".choices:not(.ways) [type=radio]").first().check();
  await inside(step("address"), "continue").click();
  await step("shipping").locator("[type=radio]").first().waitFor();
  await look("checkout-shipping");
  await step("shipping").getByRole("radio", { name: "UPS Ground" }).check();
  await inside(step("shipping"), "continue").click();
  await inside(step("copies"), "continue").waitFor();
  await look("checkout-copies");
  await inside(step("copies"), "continue").click();
  await named(step("review"), "amount").waitFor();
  await look("review-too-little");
  await sandbox.balance(50_000);
  await inside(step("shipping"), "change").click();
  await inside(step("shipping"), "continue").click();
  await inside(step("copies"), "continue").click();
  const submit = checkout.locator('[data-action="submit-order"]:not([aria-disabled])');
  await submit.waitFor();
  await look("review");
  await sandbox.fault("json_500", { path: "/print", method: "POST", times: 1 });
  await submit.click();
  await person.sees(alert(stage));
  await look("review-not-submitted");
  const jobs = (await sandbox.state()).print_jobs.filter(({ submitted }) => !submitted);
  await (await client(sandbox)).addCards(jobs[0].id, [fourth]);
  await action(stage, "retry").or(submit).first().click();
  await person.sees(action(stage, "review-again"));
  await look("review-changed-meanwhile");
}

/** What was ordered, what it cost, and how an order is repeated. */
export async function orders(stage, look) {
  const { person, sandbox } = stage;
  const shop = await client(sandbox);
  const all = await shop.cards();
  await begins(stage);
  await sandbox.fault("json_500", { method: "GET", path: "/print_jobs" });
  await goesTo(stage, "orders");
  await person.sees(action(stage, "retry"));
  await look("orders-failed");
  await heals(sandbox);
  await action(stage, "retry").click();
  await person.sees(person.screen("orders").locator(".nothing"));
  await look("orders-empty");
  const job = await shop.order({ cards: all.slice(0, 6), copies: 2 });
  await shop.order({ cards: all.slice(6, 7), provider: 13 });
  await shop.deleteCard(all[2]);
  await shop.createJob({ cards: all.slice(0, 2) });
  await goesTo(stage, "cart");
  await stage.sees(".rows [data-card] img");
  await inside(person.screen("cart"), "checkout").click();
  const step = (name) => person.screen("checkout").locator(`[data-step="${name}"]`);
  await step("address").locator(".choices:not(.ways) [type=radio]").first().check();
  await inside(step("address"), "continue").click();
  await step("shipping").getByRole("radio", { name: "UPS Ground" }).check();
  await inside(step("shipping"), "continue").click();
  await inside(step("copies"), "continue").click();
  await action(stage, "submit-order").click();
  await person.screen("order-done").waitFor();
  await stage.still();
  await look("order-done");
  await goesTo(stage, "orders");
  await person.sees(person.screen("orders").locator("[data-order]"));
  await stage.still();
  await look("orders");
  await inside(person.screen("orders").locator(`[data-order="${job}"]`), "open-order").click();
  await person.screen("order").getByRole("table").waitFor();
  await stage.still();
  await look("order");
  await action(stage, "order-again").click();
  await person.sees(alert(stage));
  await look("order-again");
}

/** Money: what is there, what moved, and how more comes. */
export async function account(stage, look) {
  const { person, sandbox } = stage;
  await begins(stage);
  await goesTo(stage, "account");
  await person.sees(person.screen("account").locator(".nothing, table"));
  await look("account-new");
  const shop = await client(sandbox);
  await shop.addFunds("25.00");
  await shop.order({ cards: (await shop.cards()).slice(0, 4) });
  await goesTo(stage, "cart");
  await sandbox.fault("json_500", { method: "GET", path: "/financial_transactions", times: 1 });
  await goesTo(stage, "account");
  await person.sees(action(stage, "retry"));
  await look("account-failed");
  await action(stage, "retry").first().click();
  await person.screen("account").getByRole("table").waitFor();
  await look("account");
  await action(stage, "add-funds-open").click();
  const panel = person.screen("account").locator(".panel");
  await named(panel, "amount").waitFor();
  await look("funds");
  await inside(panel, "add-funds").click();
  await person.sees(panel.locator(".error").filter({ hasText: /./ }));
  await look("funds-with-errors");
  await entersAddress(panel, { amount: "50", ...TEST_CARD, number: DECLINED });
  await inside(panel, "add-funds").click();
  await person.sees(panel.getByRole("alert").filter({ hasText: /./ }));
  await look("funds-declined");
  await entersAddress(panel, TEST_CARD);
  await inside(panel, "add-funds").click();
  await action(stage, "add-more-funds").or(action(stage, "add-funds-open")).first().waitFor();
  await stage.still();
  await look("funds-added");
  await sandbox.balance(-550);
  await goesTo(stage, "cart");
  await goesTo(stage, "account");
  await stage.still();
  await look("account-overdrawn");
}

/** Contacts and saved addresses. */
export async function people(stage, look) {
  const { person, sandbox } = stage;
  await begins(stage);
  await action(stage, "open-people").click();
  await action(stage, "open-addresses").click();
  await person.screen("addresses").locator(".people-row").first().waitFor();
  await look("addresses");
  await inside(person.host.locator(".people-row").first(), "edit").click();
  await person.host.locator(".people-editor form").waitFor();
  await look("address-edited");
  await action(stage, "cancel").click();
  await inside(person.host.locator(".people-row").first(), "delete").click();
  await person.dialog.waitFor();
  await look("address-delete");
  await inside(person.dialog, "confirm").click();
  await action(stage, "undo").waitFor();
  await look("addresses-undo");
  await action(stage, "undo").click();
  await action(stage, "open-contacts").click();
  await person.screen("contacts").locator(".people-row").first().waitFor();
  await look("contacts");
  await action(stage, "new-contact").click();
  const editor = person.host.locator(".people-editor");
  await editor.locator("form").waitFor();
  await inside(editor, "save").click();
  await person.sees(editor.locator(".error").filter({ hasText: /./ }));
  await look("contact-new");
  await named(editor, "full_name").fill("Mei Chen");
  await action(stage, "cancel").click();
  await person.dialog.waitFor();
  await look("contact-discard");
}
