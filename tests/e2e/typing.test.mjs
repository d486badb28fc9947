// What stands in a field: filled in by whatever browser or password manager, typed on whatever keyboard, read in whatever
// direction.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "./support/env.mjs";
import { PASS } from "./support/journey.mjs";
import { ADD_FUNDS, Payer, TEST_CARD } from "./support/payer.mjs";
import { AUTHENTICATE, CREATE } from "./support/sandbox.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";
import { finalized, jobs, Shopper } from "./support/shopper.mjs";

/** Fills in a field as Chrome on an iPhone does, telling of it by `change` only; or not at all, as others do. */
const slip = (field, text, told) => field.evaluate((input, [text, told]) => {
  input.value = text;
  if (told) input.dispatchEvent(new Event(told, { bubbles: true }));
}, [text, told]);

const named = (within, name) => within.locator(`[name="${name}"]`);

scenes("what is filled in without a word", () => {
  scene("signing in, before the WASM is there", { browsers: BOTH, wide: ["firefox"] }, async ({ open, page, person, sandbox }) => {
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    await page.route("**/instant-card_bg.wasm", async (route) => {
      await held;
      await route.continue();
    });
    await open();
    await slip(named(person.host, "email"), EMAIL, "change");
    await slip(named(person.host, "password"), PASSWORD);
    await person.action("sign-in").click();
    letGo();
    await person.sees(person.screen("templates"));
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 1);
  });

  scene("signing in, a card's texts, and the draft of it", { browsers: BOTH, wide: ["firefox"] }, async ({ open, page, person, sandbox }) => {
    await open();
    await page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-ready"));
    // Copied from a page that runs from right to left.
    await slip(named(person.host, "email"), `\u200e${EMAIL}\u200f`, "change");
    await slip(named(person.host, "password"), PASSWORD);
    await person.action("sign-in").click();
    await person.choose(PASS.name);
    const told = ["change", undefined, "change", undefined];
    for (const [label, text] of Object.entries(PASS.texts)) await slip(person.field(label), text, told.pop());
    await person.action("show-preview").click();
    await person.sees(person.screen("preview"));
    const [data] = await sandbox.sentData(CREATE);
    assert.deepEqual(Object.fromEntries(data.map(({ token, value }) => [token, value])), PASS.data);
    await person.action("edit").click();
    await slip(person.field("Company"), "Harbor & Sons");
    await person.action("save-draft").click();
    await sandbox.until(({ cards }) => JSON.stringify(cards).includes("Harbor & Sons"));
  });

  scene("searching, copies, an address, and who carries it", {
    browsers: BOTH,
    wide: true,
    sandbox: ["--cards", "3", "--preview-unavailable", "1000"],
  }, async ({ open, person, sandbox }) => {
    const shopper = new Shopper(person);
    const [one, two] = await finalized(sandbox);
    await open();
    await person.signIn();
    await shopper.opensCart();
    await slip(shopper.cart.getByRole("textbox", { name: shopper.words.search }), "badge");
    await person.action("search-cards").click();
    await sandbox.until(({ requests }) => requests.some(({ query }) => JSON.stringify(query).includes("badge")));
    await slip(shopper.cart.getByRole("textbox", { name: shopper.words.search }), "");
    await person.action("search-cards").click();
    await shopper.adds(one, two);
    await slip(shopper.copies(one), "4");
    await shopper.cart.getByRole("button", { name: shopper.words.checkout, exact: true }).click();
    await shopper.checkout.waitFor();
    const step = shopper.step("address");
    await step.getByRole("radio", { name: shopper.words.once }).evaluate((radio) => { radio.checked = true; });
    await step.locator("h2, h3").first().click();
    const address = { full_name: "Ana Núñez", address_1: "12 Elm St.", city: "Austin", state: "TX", zip_code: "７３３０１" };
    for (const [name, text] of Object.entries(address)) await slip(named(step, name), text);
    await shopper.goesOn("address");
    await shopper.step("shipping").getByRole("radio").last().evaluate((radio) => { radio.checked = true; });
    await shopper.goesOn("shipping");
    await slip(named(shopper.step("copies").locator(`[data-card="${two}"]`), "copies"), "٣");
    await shopper.goesOn("copies");
    await shopper.submitButton.waitFor();
    assert.deepEqual(await jobs(sandbox), { 3: [two], 4: [one] });
    await shopper.submits();
    const parts = (await sandbox.requests(/print_jobs/)).flatMap(({ parts, query }) => [...parts, ...query]);
    const told = (name) => [...new Set(parts.filter((part) => part.name.includes(`[${name}]`)).map(({ value }) => value))];
    assert.deepEqual([told("zip_code"), told("address_1")], [["73301"], ["12 Elm St."]]);
  });

  scene("a payment, its expiry as managers write it, its digits as keyboards do", {
    browsers: BOTH,
    secrets: ["4242 4242 4242 4242"],
  }, async ({ open, sandbox, person }) => {
    const payer = new Payer(person);
    await open();
    await payer.reachesForm();
    await slip(payer.field("amount"), "٥٠", "change");
    assert.equal(await payer.pay.innerText(), "Pay $50.00");
    const others = { ...TEST_CARD, number: "４２４２４２４２４２４２４２４２", expiry: "2029-06", cvc: "٤٢٤", billing_zip_code: "۱۹۰۵۳" };
    for (const [name, text] of Object.entries(others)) await slip(payer.field(name), text, name === "expiry" ? "input" : undefined);
    assert.equal(await payer.field("expiry").inputValue(), "06/2029");
    await payer.pay.click();
    await payer.reads("$50.00", "$300.00");
    const [{ parts }] = await sandbox.requests(ADD_FUNDS);
    const sent = Object.fromEntries(parts.map(({ name, value }) => [name, value]));
    assert.deepEqual([sent.amount, sent.billing_zip_code], ["50.00", "19053"]);
  });
});

scenes("what is typed", () => {
  // Only Chromium can be told to compose.
  scene("nothing is written anew while a letter is being composed", {}, async ({ open, page, person }) => {
    const payer = new Payer(person);
    await open();
    await payer.reachesForm();
    const typing = await page.context().newCDPSession(page);
    const compose = async (name, texts) => {
      await payer.field(name).focus();
      for (const text of texts) {
        await typing.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
        assert.equal(await payer.field(name).inputValue(), text, "as the input method has it");
      }
      await typing.send("Input.insertText", { text: texts.at(-1) });
      return payer.field(name).inputValue();
    };
    assert.equal(await compose("number", ["４", "４２", "４２４２４"]), "4242 4");
    assert.equal(await compose("expiry", ["０", "０６", "０６２９"]), "06/29");
    await page.keyboard.type("1");
    assert.equal(await payer.field("expiry").inputValue(), "06/291", "and typed on");
  });

  scene("what nobody sees is on no card, and stands for nothing", { browsers: BOTH, wide: ["firefox"] }, async ({ open, person, sandbox }) => {
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill({ "Full name": "\u{200b}", Company: "\u{202e}Zoe\u{308}\u{202c}", Host: "می\u{200c}رود\t\u{a0}", "Valid until": "👩\u{200d}🚀 a\u{ad}b" });
    await person.action("show-preview").click();
    await person.sees(person.alert("Full name"));
    await person.fill({ "Full name": "e\u{200b}\u{301}\u{feff}" });
    await person.action("show-preview").click();
    await person.sees(person.screen("preview"));
    const [data] = await sandbox.sentData(CREATE);
    assert.deepEqual(data.map(({ value }) => value), ["é", "Zoë", "می\u{200c}رود", "👩\u{200d}🚀 ab"]);
  });

  scene("in a page that runs from right to left", {
    wide: true,
    browsers: BOTH,
    sandbox: ["--cards", "2", "--preview-unavailable", "1000"],
  }, async ({ open, page, person, sandbox }) => {
    const shopper = new Shopper(person);
    const payer = new Payer(person);
    await page.addInitScript(() => addEventListener("DOMContentLoaded", () => { document.documentElement.dir = "rtl"; }));
    await open();
    await person.signIn();
    await payer.opensAccount();
    await payer.opensForm();
    await payer.fills({ number: "4242424242424242", full_name: "دانا" });
    const direction = (field) => field.evaluate((input) => getComputedStyle(input).direction);
    for (const name of ["amount", "number", "expiry", "cvc", "billing_zip_code"]) assert.equal(await direction(payer.field(name)), "ltr", name);
    assert.equal(await direction(payer.field("full_name")), "rtl", "as its letters run");
    await payer.fills({ full_name: "Dana" });
    assert.equal(await direction(payer.field("full_name")), "ltr");
    // The sentence ends with its full stop, on its right.
    const ends = await person.host.evaluate((host) => {
      const sentences = [...host.shadowRoot.querySelectorAll("p")].filter((line) => /^\w.*\.$/.test(line.textContent) && line.checkVisibility());
      return sentences.map((line) => {
        const at = (from) => {
          const range = new Range();
          const text = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
          range.setStart(text, from < 0 ? text.data.length + from : from);
          range.setEnd(text, from < 0 ? text.data.length : from + 1);
          return range.getBoundingClientRect();
        };
        return [line.textContent, at(0).left, at(-1).left, at(0).top === at(-1).top];
      }).filter(([, first, last, isOneLine]) => isOneLine && first > last);
    });
    assert.deepEqual(ends, []);
    await shopper.opensCart();
    await shopper.searches("דנה 7");
    await person.sees(shopper.cart.getByText("\u{2068}דנה 7\u{2069}"));
    assert.equal(await direction(shopper.cart.getByRole("textbox", { name: shopper.words.search })), "rtl");
    await shopper.searches("");
    await shopper.adds((await finalized(sandbox))[0]);
    assert.equal(await direction(shopper.rows.first().locator('[name="copies"]')), "ltr");
  });
});
