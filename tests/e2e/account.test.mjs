// The account: its balance, what moved on it, and adding funds so that nothing is charged twice.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { violations } from "./support/axe.mjs";
import { PASS } from "./support/journey.mjs";
import { Nginx } from "./support/nginx.mjs";
import { ADD_FUNDS, DECLINED, FIELDS, Payer, SECRET, TEST_CARD, movements } from "./support/payer.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { client } from "./support/shop.mjs";
import { Shopper } from "./support/shopper.mjs";

/** A scene with a payer in it. */
function paying(title, options, body) {
  scene(title, options, (stage) => body({ ...stage, stage, payer: new Payer(stage.person, options.lang) }));
}

const dropped = (action) => ({ match: { method: "POST", path_contains: "/add_funds" }, action, times: 1 });
const added = (events) => events.filter(({ type }) => type === "ic-funds-added").map(({ detail }) => detail);

/** Nothing stands out at the sides of a narrow window. */
async function fits(page, about) {
  const outside = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const { shadowRoot } = document.querySelector("instant-card");
    const wide = [...shadowRoot.querySelectorAll("*")].filter((element) => {
      const { right, left, width } = element.getBoundingClientRect();
      return width > 1 && (right > room + 1 || left < -1) && !element.closest(".visually-hidden, .places");
    });
    return [document.documentElement.scrollWidth > room, wide.map((element) => `${element.localName}.${element.className}`)];
  });
  assert.deepEqual(outside, [false, []], about);
}

scenes("adding funds", () => {
  const secrets = [TEST_CARD.number, "4242 4242 4242 4242"];
  paying("with the vendor's test card: charged once, and told", { secrets }, async ({ open, person, sandbox, events, payer }) => {
    // A code of three digits may stand in the number of a port, too.
    if (!sandbox.url.includes(TEST_CARD.cvc)) secrets.push(`"${TEST_CARD.cvc}"`, `=${TEST_CARD.cvc}`);
    await open();
    await payer.reachesForm();
    await payer.fills({ amount: "50" });
    assert.equal(await payer.pay.innerText(), "Pay $50.00");
    await payer.sends("50");
    await payer.reads("$50.00", "$300.00");
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
    assert.deepEqual(added(await events()), [{ cents: 5000, currency: "USD" }]);
    await person.sees(payer.rows.filter({ hasText: "Funds added: $50.00" }));
    const [{ parts }] = await sandbox.requests(ADD_FUNDS);
    assert.deepEqual(parts.map(({ name }) => name).sort(), [
      "amount", "billing_address1", "billing_city", "billing_country", "billing_state", "billing_zip_code", "cvc",
      "exp_month", "exp_year", "full_name", "number",
    ]);

    await person.action("add-more-funds").click();
    await payer.cardIsGone("");
    await payer.sends("$1,234.50");
    await payer.reads("$1,234.50", "$1,534.50");
    assert.deepEqual(await movements(sandbox), [25_000, 5000, 123_450]);
  });

  paying("a declined card: the processor's words, and only the card is to be typed again", { network: true, secrets: [DECLINED, "4000 0000 0000 0002"] }, async ({ open, person, sandbox, events, payer }) => {
    await open();
    await payer.reachesForm();
    await payer.sends("20", { ...TEST_CARD, number: DECLINED });
    const told = person.alert("The payment was declined. Nothing was charged.");
    await person.sees(told, told.getByText("Your card was declined.", { exact: true }));
    await payer.cardIsGone("20");
    assert.deepEqual(await movements(sandbox), [25_000]);
    await payer.fills({ number: TEST_CARD.number, expiry: TEST_CARD.expiry, cvc: TEST_CARD.cvc });
    await payer.pay.click();
    await payer.reads("$20.00", "$270.00");
    assert.deepEqual(await movements(sandbox), [25_000, 2000]);
    assert.equal(added(await events()).length, 1);
  });

  paying("what is wrong is said at its field, on leaving it and on sending", {}, async ({ open, person, sandbox, payer }) => {
    await open();
    await payer.reachesForm();
    await payer.pay.click();
    await person.focuses(payer.field("amount"));
    for (const name of FIELDS.filter((name) => !["billing_address2", "billing_country"].includes(name))) {
      await payer.readsFlaw(name, /^(Enter|Fill in)/);
    }
    assert.deepEqual([await payer.isFlawed("billing_address2"), await payer.isFlawed("billing_country")], [false, false]);

    const wrong = [
      ["number", "4242 4242 4242 4241", "One of the digits is not right."],
      ["number", "4242", "A card number has more digits"],
      ["expiry", "01/20", "This card has expired."],
      ["expiry", "13/29", "Enter month and year"],
      ["expiry", "02/0290", "Enter month and year"],
      ["cvc", "12", "The security code of this card has 3 digits."],
      ["amount", "1.234", "Enter an amount such as 50"],
    ];
    for (const [name, text, why] of wrong) {
      await payer.fills({ [name]: text });
      assert.equal(await payer.isFlawed(name), false, "never while one is still typing");
      await payer.field(name).press("Tab");
      await payer.readsFlaw(name, why);
    }
    await payer.fills({ number: "378282246310005", cvc: "424" });
    await payer.field("cvc").press("Tab");
    await payer.readsFlaw("cvc", "has 4 digits");

    await payer.fills({ amount: "5", ...TEST_CARD, expiry: "01/20" });
    await payer.pay.click();
    await person.focuses(payer.field("expiry"));
    assert.deepEqual(await sandbox.requests(ADD_FUNDS), []);
    for (const [text, shown] of [["17,5", "$17.50"], ["17,000.37", "$17,000.37"]]) {
      await payer.fills({ amount: text });
      await person.sees(payer.panel.getByRole("button", { name: `Pay ${shown}`, exact: true }));
    }
  });

  paying("the number and the expiry are written while one types, and the caret stays", {}, async ({ open, page, payer }) => {
    await open();
    await payer.reachesForm();
    const number = payer.field("number");
    const caret = (input) => input.evaluate((input) => input.selectionStart);
    await number.pressSequentially("4242424242424242");
    assert.equal(await number.inputValue(), "4242 4242 4242 4242");
    await number.press("Home");
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Delete");
    assert.deepEqual([await number.inputValue(), await caret(number)], ["4242 2424 2424 242", 4], "over the gap");
    await page.keyboard.type("4");
    assert.deepEqual([await number.inputValue(), await caret(number)], ["4242 4242 4242 4242", 6]);
    await page.keyboard.press("Backspace");
    assert.deepEqual([await number.inputValue(), await caret(number)], ["4242 2424 2424 242", 4]);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Backspace");
    assert.deepEqual([await number.inputValue(), await caret(number)], ["4242 2424 2424 242", 4], "a gap comes back");
    await page.keyboard.press("Backspace");
    assert.deepEqual([await number.inputValue(), await caret(number)], ["4242 4242 4242 42", 3]);
    await number.fill("3782-822463-10005");
    assert.equal(await number.inputValue(), "3782 822463 10005");

    const expiry = payer.field("expiry");
    await expiry.pressSequentially("629");
    assert.equal(await expiry.inputValue(), "06/29");
    for (let presses = 0; presses < 3; presses += 1) await expiry.press("Backspace");
    assert.equal(await expiry.inputValue(), "06");
    await expiry.press("Backspace");
    await expiry.pressSequentially("1");
    assert.equal(await expiry.inputValue(), "01/");
  });

  paying("the browser is told what belongs where", {}, async ({ open, payer }) => {
    await open();
    await payer.reachesForm();
    const hints = {};
    for (const name of FIELDS) {
      const input = payer.field(name);
      assert.equal(await input.getAttribute("name"), name);
      hints[name] = [await input.getAttribute("autocomplete"), await input.getAttribute("inputmode")];
    }
    assert.deepEqual(hints, {
      amount: ["off", "decimal"], number: ["cc-number", "numeric"], expiry: ["cc-exp", "numeric"], cvc: ["cc-csc", "numeric"],
      full_name: ["cc-name", null], billing_address1: ["billing address-line1", null],
      billing_address2: ["billing address-line2", null], billing_city: ["billing address-level2", null],
      billing_state: ["billing address-level1", null], billing_zip_code: ["billing postal-code", null],
      billing_country: ["billing country", null],
    });
    assert.equal(await payer.field("billing_country").inputValue(), "USA");
  });

  paying("pressed many times it is paid once", {}, async ({ open, page, person, sandbox, payer }) => {
    await open();
    await payer.reachesForm();
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    await page.route("**/add_funds", (route) => held.then(() => route.continue()));
    await payer.fills({ amount: "50", ...TEST_CARD });
    await payer.pay.dblclick();
    await payer.field("full_name").press("Enter");
    await payer.pay.click({ force: true });
    await person.sees(payer.status("Paying…"));
    for (const name of SECRET) assert.equal(await payer.field(name).inputValue(), "", `${name} is gone while it is paid`);
    // Typed anew meanwhile: still not sent.
    await payer.fills({ number: TEST_CARD.number, expiry: TEST_CARD.expiry, cvc: TEST_CARD.cvc });
    await page.keyboard.press("Enter");
    letGo();
    await payer.reads("$50.00", "$300.00");
    assert.equal((await sandbox.requests(ADD_FUNDS)).length, 1);
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
  });

  paying("the answer is lost after it was paid: found in the account, and charged once", { network: true }, async ({ open, person, sandbox, events, payer }) => {
    await open();
    await payer.reachesForm();
    await sandbox.faults({ rules: [dropped("cut_after")], latency_ms: 200 });
    await payer.sends("50");
    await person.sees(payer.status("The answer got lost. Checking the account…"));
    await payer.reads("$50.00", "$300.00");
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
    assert.equal((await sandbox.requests(ADD_FUNDS)).length, 1);
    assert.equal(added(await events()).length, 1);
  });

  paying("the payment is lost on its way: nothing happened, and paying again charges once", { wide: true, network: true }, async ({ open, person, sandbox, events, payer }) => {
    await open();
    await payer.reachesForm();
    await sandbox.faults({ rules: [dropped("cut_before")] });
    await payer.sends("50");
    await person.sees(person.alert("The payment did not arrive. Nothing was charged."));
    await payer.cardIsGone("50");
    assert.deepEqual(await movements(sandbox), [25_000]);
    await payer.sends("50");
    await payer.reads("$50.00", "$300.00");
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
    assert.deepEqual(added(await events()), [{ cents: 5000, currency: "USD" }]);
  });

  paying("the account cannot be read after the loss: one can only look again", { wide: true, network: true }, async ({ open, person, sandbox, events, payer }) => {
    await open();
    await payer.reachesForm();
    const unread = { match: { method: "GET", path_contains: "/financial_transactions" }, action: "json_500", skip: 1 };
    await sandbox.faults({ rules: [dropped("cut_after"), unread] });
    await payer.sends("50");
    await person.sees(person.alert("It is not known whether your payment of $50.00 was made."));
    const again = person.action("check-again");
    await person.focuses(again);
    assert.deepEqual([await payer.pay.count(), await payer.field("number").count()], [0, 0], "there is no way to pay");
    // Nor is there one elsewhere.
    await person.action("open-cart").click();
    await payer.opensAccount();
    await person.sees(again);
    assert.equal(await payer.pay.count(), 0);
    await again.click();
    await person.sees(payer.status("Checking the account…"));
    await sandbox.heal();
    await payer.reads("$50.00", "$300.00");
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
    assert.equal((await sandbox.requests(ADD_FUNDS)).length, 1);
    assert.equal(added(await events()).length, 1);
  });

  paying("an account that cannot be read before is not paid into", { wide: true, network: true }, async ({ open, person, sandbox, payer }) => {
    await open();
    await payer.reachesForm();
    await sandbox.fault("json_500", { method: "GET", path: "/balance" });
    await payer.sends("50");
    const told = person.alert("Nothing was charged.");
    await person.sees(told);
    await payer.standsThere({ number: "4242 4242 4242 4242", expiry: "06/29", cvc: "424" });
    assert.deepEqual(await sandbox.requests(ADD_FUNDS), []);
    await sandbox.heal();
    await told.getByRole("button", { name: "Try again" }).click();
    await payer.reads("$50.00", "$300.00");
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
  });

  paying("the sign-in has expired: signed in again, and paid once", { network: true }, async ({ open, person, sandbox, payer }) => {
    await open();
    await payer.reachesForm();
    await payer.fills({ amount: "50", ...TEST_CARD });
    await sandbox.expireTokens();
    await payer.pay.click();
    await person.signInAgain();
    await payer.reads("$50.00", "$300.00");
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
  });

  paying("going elsewhere: it is paid to its end, and all but the card is kept", { wide: true }, async ({ open, person, sandbox, events, payer }) => {
    await open();
    await payer.reachesForm();
    await payer.fills({ amount: "50", ...TEST_CARD });
    await person.action("open-cart").click();
    await payer.opensAccount();
    await payer.cardIsGone("50");
    await payer.fills(TEST_CARD);
    await sandbox.faults({ latency_ms: 300 });
    await payer.pay.click();
    await person.action("open-cart").click();
    await payer.opensAccount();
    await payer.reads("$50.00", "$300.00");
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
    assert.equal(added(await events()).length, 1);
    // What was said was read; the next one to sign in finds nothing of it.
    await person.action("add-more-funds").click();
    await payer.fills({ amount: "20.00", full_name: "Alex Morgan" });
    // Whoever stays, by a button or by a key, has everything still.
    for (const stay of [() => person.button("Stay signed in").click(), () => person.page.keyboard.press("Escape")]) {
      await person.button("Sign out").click();
      await person.sees(person.dialog.getByText("What you entered and did not save is lost when you sign out."));
      await stay();
      await person.dialog.waitFor({ state: "detached" });
      await person.focuses(person.button("Sign out"));
    }
    await payer.standsThere({ full_name: "Alex Morgan" });
    await person.signOutAllTheSame();
    await person.signIn();
    await payer.opensAccount();
    await payer.opensForm();
    await payer.standsThere({ amount: "", full_name: "", billing_address1: "", billing_country: "USA" });
  });

  paying("not through a proxy that receives the target as {url}", {}, async ({ stage, person, payer }) => {
    const api = await stage.newSandbox("--no-cors");
    const nginx = await Nginx.start({ api: api.api, origin: new URL(stage.sandbox.url).origin });
    try {
      await stage.open("host.html", { "api-base": api.api, proxy: `${nginx.url}fetch?url={url}` });
      await person.signIn();
      await payer.opensAccount();
      await person.action("add-funds-open").click();
      await person.sees(payer.panel.getByText("A payment is not sent through this page's proxy."));
      await person.sees(payer.panel.getByText("The site's owner can set a proxy that stands in for the server's address."));
      assert.equal(await payer.panel.getByRole("textbox").count(), 0);
      await person.sees(payer.rows.filter({ hasText: "Opening balance" }));
    } finally {
      await nginx.stop();
    }
  });

  paying("with the keyboard alone", {}, async ({ open, page, person, sandbox, payer }) => {
    await open();
    await person.signIn();
    await person.tabTo(person.action("open-account"));
    await page.keyboard.press("Enter");
    await payer.account.waitFor();
    await person.tabTo(person.action("add-funds-open"));
    await page.keyboard.press("Enter");
    await person.focuses(payer.field("amount"));
    const texts = { amount: "50", ...TEST_CARD };
    for (const name of FIELDS) {
      await person.focuses(payer.field(name));
      // A list goes to what begins with what is typed.
      if (texts[name]) await page.keyboard.type(name === "billing_state" ? "Pennsylvania" : texts[name]);
      await page.keyboard.press("Tab");
    }
    await person.focuses(payer.pay);
    await page.keyboard.press("Enter");
    await payer.reads("$50.00", "$300.00");
    await person.focuses(payer.status("$50.00 was added"));
    assert.deepEqual(await movements(sandbox), [25_000, 5000]);
    await person.tabTo(person.action("close-funds"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await person.focuses(person.action("add-funds-open"));
    assert.equal(await payer.panel.count(), 0);
  });

  paying("more than $10,000 is asked about, once for each amount", {}, async ({ open, person, sandbox, payer }) => {
    await open();
    await payer.reachesForm();
    await payer.sends("12000");
    const question = payer.panel.getByRole("alert").filter({ hasText: "You are about to pay $12,000.00. Is that right?" });
    await person.sees(question);
    await payer.panel.getByRole("button", { name: "Change the amount" }).click();
    await person.focuses(payer.field("amount"));
    assert.deepEqual(await movements(sandbox), [25_000]);
    await payer.pay.click();
    await person.sees(question);
    await payer.fills({ amount: "12001" });
    await question.waitFor({ state: "detached" });
    await payer.pay.click();
    await payer.panel.getByRole("button", { name: "Yes, pay" }).click();
    await payer.reads("$12,001.00", "$12,251.00");
    assert.deepEqual(await movements(sandbox), [25_000, 1_200_100]);
  });

  paying("countries and their states are chosen, and a text elsewhere", {}, async ({ open, sandbox, person, payer }) => {
    await open();
    await payer.reachesForm();
    await payer.fills({ amount: "20", ...TEST_CARD, billing_country: "CAN" });
    const state = payer.panel.locator('[name="billing_state"]');
    assert.equal(await state.inputValue(), "", "a state of another country is none of this one");
    await state.selectOption("Ontario");
    await payer.fills({ billing_country: "DEU" });
    await payer.panel.getByRole("textbox", { name: "State", exact: true }).fill("Hessen");
    await payer.pay.click();
    await payer.reads("$20.00", "$270.00");
    const [{ parts }] = await sandbox.requests(ADD_FUNDS);
    const sent = Object.fromEntries(parts.map(({ name, value }) => [name, value]));
    assert.deepEqual([sent.billing_country, sent.billing_state], ["DEU", "Hessen"]);
    await person.sees(payer.rows);
  });

  paying("in Spanish", { lang: "es", network: true }, async ({ open, person, payer }) => {
    await open("host.html", { lang: "es" });
    await payer.reachesForm();
    await payer.sends("20", { ...TEST_CARD, number: DECLINED });
    await person.sees(person.alert("El pago fue rechazado. No se cobró nada."));
    await payer.sends("20");
    await person.sees(payer.status("Se añadieron 20,00 US$ a la cuenta.").filter({ hasText: "El saldo es ahora 270,00 US$." }));
    await person.sees(payer.account.getByRole("heading", { name: "Movimientos" }));
  });
});

/** Movements of three months, as the server might send them: not in order, one without a time, one with odd words. */
const NOW = "2026-11-24T12:00:00Z";
const moved = (id, created_at, description, cents, balance) => ({
  id, created_at, description, type: cents < 0 ? "Debit" : "Credit", sub_type: cents < 0 ? "Print Job" : "Funds Added",
  credit: cents < 0 ? null : `$${(cents / 100).toFixed(2)}`, debit: cents < 0 ? `$${(-cents / 100).toFixed(2)}` : null,
  balance, receipt: null, transaction_items: [],
});
const MOVED = [
  moved(3, "2026-11-01T03:30:00Z", "Late in October, in New York", -550, "$244.50"),
  moved(5, "2026-11-20T15:00:00Z", "=HYPERLINK(\"x\"), cards", -25_000, "($5.50)"),
  moved(1, "2026-09-10T12:00:00Z", "Opening balance", 25_000, "$250.00"),
  moved(6, null, "Without a time", -100, "($6.50)"),
  moved(4, "2026-11-02T15:00:00Z", "A card", -550, "$239.00"),
  moved(2, "2026-10-05T12:00:00Z", "Funds, added", 0, "$250.00"),
];
const inNewYork = { timezoneId: "America/New_York" };

/** At an account with these movements, on the day that they were made for. */
async function atAccount({ stage, page, open, person, sandbox, payer }, list = MOVED, path = "", attributes = {}) {
  await page.clock.setFixedTime(NOW);
  await sandbox.fault({ status: 200, body: list }, { path: "/financial_transactions" });
  await open(path, attributes);
  await person.signIn();
  await payer.opensAccount();
}

async function descriptions(payer) {
  const cells = await payer.rows.locator("td.description > span:first-child").allInnerTexts();
  return cells.map((text) => text.trim());
}

scenes("the account", () => {
  paying("whose it is, what is in it, and what moved", { page: inNewYork, sandbox: ["--cards", "3", "--balance", "-550"] }, async (all) => {
    const { person, payer } = all;
    await atAccount(all);
    const overview = payer.account.locator(".overview");
    await person.sees(overview.getByRole("heading", { name: "InstantCard API" }), overview.getByText("Organization 20003827"));
    await person.sees(overview.getByText("3 cards"), overview.getByText("3 templates"));
    await person.sees(overview.getByText("−$5.50", { exact: true }), overview.getByText("InstantCard writes ($5.50)"));
    await person.sees(overview.getByText("Overdrawn."));
    await person.sees(payer.rows);
    assert.deepEqual(await descriptions(payer), [
      "=HYPERLINK(\"x\"), cards", "A card", "Late in October, in New York", "Funds, added", "Opening balance", "Without a time",
    ], "the newest first");
    const heads = await payer.account.getByRole("columnheader").allInnerTexts();
    assert.deepEqual(heads, ["Date", "Description", "Credit", "Debit", "Balance"]);
    const cells = await payer.rows.nth(2).getByRole("cell").allInnerTexts();
    assert.deepEqual(cells.map((text) => text.replace(/\s+/g, " ").trim()), [
      "Oct 31, 2026, 11:30 PM", "Late in October, in New York Print job", "", "$5.50", "$244.50",
    ]);
  });

  paying("by period, and as a file of what is shown", { page: inNewYork }, async (all) => {
    const { page, person, payer } = all;
    await atAccount(all);
    await person.sees(payer.rows);
    const press = (name) => payer.account.getByRole("button", { name, exact: true }).click();
    const days = async () => [await from.inputValue(), await to.inputValue()];
    const from = payer.account.getByLabel("From", { exact: true });
    const to = payer.account.getByLabel("To", { exact: true });
    const pressed = payer.account.locator('[aria-pressed="true"]');
    assert.deepEqual([await days(), await pressed.innerText()], [["", ""], "All"]);

    await press("This month");
    assert.deepEqual([await days(), await pressed.innerText()], [["2026-11-01", "2026-11-30"], "This month"]);
    assert.deepEqual(await descriptions(payer), ["=HYPERLINK(\"x\"), cards", "A card", "Without a time"]);
    const download = page.waitForEvent("download");
    await press("Download as CSV");
    const file = await download;
    assert.equal(file.suggestedFilename(), "instantcard-transactions-2026-11-01-2026-11-30.csv");
    assert.equal(await readFile(await file.path(), "utf8"), [
      "\ufeffDate,Type,Sub type,Description,Credit,Debit,Balance",
      "2026-11-20T15:00:00Z,Debit,Print Job,\"'=HYPERLINK(\"\"x\"\"), cards\",,250.00,-5.50",
      "2026-11-02T15:00:00Z,Debit,Print Job,A card,,5.50,239.00",
      ",Debit,Print Job,Without a time,,1.00,-6.50",
      "",
    ].join("\r\n"));

    await press("Last month");
    assert.deepEqual(await days(), ["2026-10-01", "2026-10-31"]);
    assert.deepEqual(await descriptions(payer), ["Late in October, in New York", "Funds, added", "Without a time"]);
    await to.fill("2026-10-04");
    await person.sees(payer.status("1 transaction"));
    await from.fill("2026-10-30");
    await person.sees(person.alert("The first day is after the last one."));
    assert.deepEqual([await from.getAttribute("aria-invalid"), await payer.rows.count()], ["true", 0]);
    await press("All");
    await person.sees(payer.status("6 transactions"));
    const everything = page.waitForEvent("download");
    await press("Download as CSV");
    assert.equal((await everything).suggestedFilename(), "instantcard-transactions-2026-09-10-2026-11-24.csv");

    // The period is kept while one is elsewhere.
    await press("Last month");
    await person.action("open-cart").click();
    await payer.opensAccount();
    await person.sees(payer.status("3 transactions"));
    assert.deepEqual(await days(), ["2026-10-01", "2026-10-31"]);
  });

  paying("page by page", { page: inNewYork }, async (all) => {
    const { person, payer } = all;
    const list = Array.from({ length: 12 }, (_, at) => moved(at, `2026-10-${10 + at}T12:00:00Z`, `Movement ${at}`, 100, "$1.00"));
    await atAccount(all, list, "host.html", { "page-size": "5" });
    await person.sees(payer.status("5 of 12 transactions"));
    const more = person.button("Show more");
    await more.click();
    await person.sees(payer.status("10 of 12 transactions"));
    await person.focuses(more);
    await more.click();
    await person.sees(payer.status("12 transactions"));
    await person.focuses(payer.status("12 transactions"));
    assert.equal((await descriptions(payer)).at(-1), "Movement 0");
    assert.equal(await more.isVisible(), false);
    // Another period begins with its first page.
    await person.button("Last month").click();
    await person.sees(payer.status("5 of 12 transactions"));
  });

  paying("nothing there, and nothing in a period", { page: inNewYork }, async (all) => {
    const { person, payer, sandbox } = all;
    await atAccount(all, []);
    await person.sees(payer.account.getByText("Nothing has moved on this account yet."));
    await sandbox.fault({ status: 200, body: MOVED.slice(2, 3) }, { path: "/financial_transactions" });
    await person.action("open-cart").click();
    await payer.opensAccount();
    await person.sees(payer.status("1 transaction"));
    await person.button("This month").click();
    await person.sees(payer.account.getByText("There are no transactions in this period."));
    await person.button("Show all transactions").click();
    await person.sees(payer.status("1 transaction"));
  });

  paying("what cannot be read is said where it is missing, and tried again there", { network: true }, async ({ open, person, sandbox, payer }) => {
    await open();
    await person.signIn();
    const fails = (path) => ({ match: { path_contains: path }, action: "json_500" });
    await sandbox.faults({ rules: [fails("/balance"), fails("/financial_transactions"), { ...fails("/organizations/20003827"), times: 1 }] });
    await payer.opensAccount();
    const balance = payer.account.locator(".overview").getByRole("alert");
    const list = payer.account.getByRole("region", { name: "Transactions" }).getByRole("alert");
    await person.sees(balance.getByText("The server has a problem of its own right now."), list.getByText("Internal Server Error"));
    await person.sees(payer.account.getByRole("heading", { name: "InstantCard API" }));
    await sandbox.heal();
    await balance.getByRole("button", { name: "Try again" }).click();
    await person.sees(payer.account.getByText("$250.00", { exact: true }));
    await list.getByRole("button", { name: "Try again" }).click();
    await person.sees(payer.rows.filter({ hasText: "Opening balance" }));
    await sandbox.faults({ dialect: { balance: "string" } });
    await person.action("open-cart").click();
    await payer.opensAccount();
    await person.sees(payer.account.locator(".overview").getByText("$250.00", { exact: true }));
  });

  paying("opened while the templates are on their way, it stays", {}, async ({ open, page, person, sandbox, payer }) => {
    await open();
    await sandbox.faults({ latency_ms: 500 });
    await person.signIn();
    await payer.opensAccount();
    await page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-sign-in"));
    await person.sees(payer.rows.filter({ hasText: "Opening balance" }));
    await person.action("make-card").click();
    await person.sees(person.button(PASS.name));
  });

  paying("in Spanish, with its dates and its words in the file", { lang: "es", page: inNewYork }, async (all) => {
    const { page, person, payer } = all;
    await atAccount(all, MOVED, "host.html", { lang: "es" });
    await person.sees(payer.rows);
    const cells = await payer.rows.nth(1).getByRole("cell").allInnerTexts();
    assert.match(cells[0], /^2 nov 2026, 10:00/);
    const download = page.waitForEvent("download");
    await person.button("Descargar como CSV").click();
    const [heads] = (await readFile(await (await download).path(), "utf8")).split("\r\n");
    assert.equal(heads, "\ufeffFecha,Tipo,Subtipo,Descripción,Abono,Cargo,Saldo");
    await person.sees(payer.status("6 movimientos"));
  });
});

scenes("everybody", () => {
  for (const [colorScheme, width, wide] of [["light", 1280, true], ["dark", 360, true], ["light", 320, true], ["dark", 1280, true]]) {
    paying(`axe and room, ${colorScheme}, ${width} px`, { wide, page: { ...inNewYork, colorScheme, viewport: { width, height: 860 } }, network: true, sandbox: ["--balance", "-550"] }, async (all) => {
      const { page, person, sandbox, payer } = all;
      const found = [];
      const look = async (about) => {
        found.push(...await violations(page, about));
        await fits(page, about);
      };
      await atAccount(all);
      await person.sees(payer.rows, payer.account.getByText("Overdrawn."));
      await look("account");
      await person.button("This month").click();
      await payer.account.getByLabel("To", { exact: true }).fill("2026-10-01");
      await person.sees(person.alert("The first day is after"));
      await look("a period that ends before it begins");
      await person.button("Last month").click();
      await payer.opensForm();
      await look("form");
      await payer.pay.click();
      await look("form with errors");
      await payer.sends("50", { ...TEST_CARD, number: DECLINED });
      await person.sees(person.alert("The payment was declined."));
      await look("declined");
      const unread = { match: { method: "GET", path_contains: "/financial_transactions" }, action: "json_500", skip: 1 };
      await sandbox.faults({ rules: [dropped("cut_after"), unread] });
      await payer.sends("50");
      await person.sees(person.action("check-again"));
      await look("unknown");
      await sandbox.heal();
      await person.action("check-again").click();
      await person.sees(payer.status("The balance is now $44.50."));
      await look("added");
      await sandbox.fault("json_500", { method: "GET" });
      await person.action("open-cart").click();
      await payer.opensAccount();
      await person.sees(payer.account.locator(".overview").getByRole("alert"));
      await look("failed");
      assert.deepEqual(found, []);
    });
  }
});

scenes("what the account knows", () => {
  scene("who is signed in, receipts, an order on paper, and what another one will probably cost", { sandbox: ["--cards", "12"] }, async ({ open, page, person, sandbox }) => {
    const [shopper, other] = [new Shopper(person), await client(sandbox)];
    const final = (await sandbox.cards()).filter((card) => card.finalized);
    const [one, two] = final.filter((card) => card.card_template_id === final[0].card_template_id);
    const order = await other.order({ cards: [one.id], copies: 1 });
    await other.createJob({ cards: [two.id], copies: 1 });
    await other.addFunds("25.00");
    await open();
    await person.signIn();
    await person.action("open-account").click();
    const account = person.screen("account");
    await person.sees(account.getByText(/^Signed in as .*api@instantcard\.net/), account.getByText("Receipt RCPT-400003"));

    await person.action("open-orders").click();
    await person.screen("orders").locator(`[data-order="${order}"] [data-action="open-order"]`).click();
    await page.evaluate(() => { window.print = () => { window.isPrinted = true; }; });
    await person.action("print-order").click();
    assert.ok(await page.evaluate(() => window.isPrinted));
    await page.emulateMedia({ media: "print" });
    await person.action("print-order").waitFor({ state: "hidden" });
    await person.sees(person.screen("order").getByRole("heading", { name: `Order ${order}` }));
    await page.emulateMedia({ media: "screen" });

    await shopper.opensCart();
    await shopper.goesToReview({ provider: "USPS First Class" });
    await person.action("estimate-cost").click();
    const estimate = shopper.checkout.locator(".estimate");
    await person.sees(estimate.getByText("from one earlier order like it. It is not InstantCard's price."));
    const sum = (await estimate.innerText()).match(/\$[\d.]+/)[0];
    await shopper.submits();
    await person.sees(shopper.done.getByText(sum, { exact: true }));
  });
});
