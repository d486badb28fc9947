// What became of the orders: the list, one order, its charges and printings, and the same again.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { client, ONE_OFF, printAll } from "./support/shop.mjs";

const network = true;
const drawn = (count) => ["--cards", String(count)];
/** Nobody looks at how the cards look. */
const cards = (count) => [...drawn(count), "--preview-unavailable", "1000"];
const LIST = /^GET \S+\/print_jobs$/;
const HISTORY = /^GET \S+\/print_history$/;

/** A day as the widget writes it. */
const day = (locale, zone) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: zone }).format(new Date());

/** Signs in, and opens the orders. */
async function opensOrders({ open, person }, attributes) {
  await (attributes ? open("host.html", attributes) : open());
  await person.signIn();
  await person.action("open-orders").click();
  await person.sees(person.screen("orders"));
}

const entry = (person, job) => person.screen("orders").locator(`[data-order="${job}"]`);

async function opensOrder(person, job) {
  await entry(person, job).getByRole("button").click();
  await person.sees(person.screen("order"));
}

/** The numbers of the orders in the list, in their order. */
const listed = (person) => person.screen("orders").locator("[data-order]")
  .evaluateAll((entries) => entries.map((entry) => Number(entry.dataset.order)));

/** Waits until the list has so many orders. */
const lists = (person, count) => person.sees(person.screen("orders").locator(`.rows:has(> [data-order]:nth-child(${count})):not(:has(> :nth-child(${count + 1})))`));

/** `{name: text}` of an order's details. */
const details = (person) => person.screen("order").locator("dl").evaluate((list) => Object.fromEntries(
  [...list.children].map(({ children: [name, value] }) => [name.textContent, value.innerText])));

/** `[[what, amount]]` of an order's charges. */
async function charges(person) {
  const table = person.screen("order").getByRole("table", { name: "Charges" });
  await table.waitFor();
  return table.locator("tbody tr, tfoot tr").evaluateAll((rows) => rows.filter((row) => row.checkVisibility())
    .map((row) => [...row.children].map((cell) => cell.innerText)));
}

/** The print jobs, as `{id: [copies, cards, submitted]}`. */
async function jobs(sandbox) {
  const { print_jobs: all } = await sandbox.state();
  return Object.fromEntries(all.map((job) => [job.id, [job.number_of_copies, job.card_ids, job.submitted]]));
}

const row = (person, card) => person.screen("order").locator(`[data-card="${card}"]`);
const errors = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);

scenes("the list of orders", () => {
  scene("an order is found with its cards, where it goes and when", {
    sandbox: drawn(12), page: { timezoneId: "Pacific/Auckland" },
  }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const all = await shop.cards();
    const one = await shop.order({ cards: all.slice(0, 1), copies: 1 });
    const many = await shop.order({ cards: all.slice(1, 8), copies: 2, address: ONE_OFF });
    const open = await shop.createJob({ cards: all.slice(0, 2) });
    await shop.createJob({ cards: [] });
    await opensOrders(stage);
    await lists(person, 2);
    assert.deepEqual(await listed(person), [many, one], "the newest first, and what is submitted only");
    const date = day("en", "Pacific/Auckland");
    // What it has cost is said once the account's movements are there.
    await person.sees(entry(person, many).getByText("charged"), entry(person, one).getByText("charged"));
    const { ledger } = await sandbox.state();
    const cost = (job) => `charged $${(-ledger.find((moved) => moved.job === job).cents / 100).toFixed(2)}`;
    assert.deepEqual((await entry(person, many).locator(".order-text").innerText()).split("\n").filter(Boolean),
      [`Order ${many}`, "Submitted", date, `7 cards, 2 copies of each, 14 in all · ${cost(many)}`, "Ships to Austin"]);
    assert.deepEqual((await entry(person, one).locator(".order-text").innerText()).split("\n").filter(Boolean),
      [`Order ${one}`, "Submitted", date, `1 card, 1 copy · ${cost(one)}`, "Ships to Feasterville"]);
    await person.loaded(entry(person, many).locator("img").nth(2));
    assert.equal(await entry(person, many).locator(".thumbnail").count(), 4);
    await person.sees(entry(person, many).getByText("+4", { exact: true }));

    await person.button("In the cart").click();
    await lists(person, 1);
    assert.deepEqual(await listed(person), [open], "one without cards is nothing to anybody");
    await person.sees(entry(person, open).getByText("Created", { exact: true }));
    assert.equal(await person.button("In the cart").getAttribute("aria-pressed"), "true");
    await person.button("Submitted").click();
    await lists(person, 2);
  });

  scene("there are none yet", {}, async (stage) => {
    const { person } = stage;
    await opensOrders(stage);
    await person.sees(person.host.getByText("No orders yet."));
    await person.button("In the cart").click();
    await person.sees(person.host.getByText("No order is waiting."));
    await person.screen("orders").locator('[data-action="open-cart"]').click();
    await person.sees(person.screen("cart"));
  });

  scene("who goes there before the templates have come stays there", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox, page } = stage;
    const shop = await client(sandbox);
    const job = await shop.order({ cards: (await shop.cards()).slice(0, 1) });
    let letThrough;
    const gate = new Promise((open) => { letThrough = open; });
    await page.route("**/card_templates", async (route) => {
      await gate;
      await route.continue();
    });
    await opensOrders(stage);
    await lists(person, 1);
    letThrough();
    // Told when the templates are there.
    await page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-sign-in"));
    assert.deepEqual(await listed(person), [job]);
    await person.action("make-card").click();
    await person.sees(person.button("Visitor pass"));
  });

  scene("page by page, and back to where one was", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const [card] = await shop.cards();
    const all = [];
    for (let at = 0; at < 5; at += 1) all.unshift(await shop.order({ cards: [card] }));
    await opensOrders(stage, { "page-size": "2" });
    await lists(person, 2);
    const more = person.button("Show more");
    await more.focus();
    await person.page.keyboard.press("Enter");
    await lists(person, 4);
    // The keyboard goes on with what has come.
    await person.focuses(entry(person, all[2]).getByRole("button"));
    await more.click();
    await lists(person, 5);
    assert.deepEqual(await listed(person), all);
    await more.waitFor({ state: "detached" });

    await opensOrder(person, all[3]);
    await person.action("back-to-orders").click();
    assert.deepEqual(await listed(person), all, "at once, and as far as it was read");
    await person.focuses(entry(person, all[3]).getByRole("button"));
    const newest = await shop.order({ cards: [card] });
    await person.action("open-account").click();
    await person.action("open-orders").click();
    await lists(person, 6);
    assert.deepEqual(await listed(person), [newest, ...all]);
  });

  scene("a server that ignores the status that is asked for", {
    sandbox: [...cards(12), "--dialect", "status_filter=ignored"],
  }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const [card] = await shop.cards();
    const submitted = [await shop.order({ cards: [card] })];
    const open = [];
    for (let at = 0; at < 5; at += 1) open.unshift(await shop.createJob({ cards: [card] }));
    submitted.unshift(await shop.order({ cards: [card] }));
    await opensOrders(stage, { "page-size": "2" });
    // The first page has one of them; the next two have none, and the last one has the other.
    await lists(person, 1);
    assert.deepEqual(await listed(person), submitted.slice(0, 1));
    const before = (await sandbox.requests(LIST)).length;
    await person.button("Show more").click();
    await lists(person, 2);
    assert.deepEqual(await listed(person), submitted);
    assert.equal((await sandbox.requests(LIST)).length, before + 3);
    await person.button("Show more").waitFor({ state: "detached" });
    await person.button("In the cart").click();
    await lists(person, 1);
    await person.button("Show more").click();
    await lists(person, 3);
    await person.button("Show more").click();
    await lists(person, 5);
    assert.deepEqual(await listed(person), open);
  });

  scene("the looking ends, and can go on", { wide: true, 
    sandbox: [...cards(12), "--dialect", "status_filter=ignored"],
  }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const [card] = await shop.cards();
    const job = await shop.order({ cards: [card] });
    for (let at = 0; at < 60; at += 1) await shop.createJob({ cards: [card] });
    await opensOrders(stage, { "page-size": "1" });
    await person.sees(person.host.getByText("None of these orders has turned up so far."));
    await isAccessible(person.page);
    await person.button("Show more").click();
    await lists(person, 1);
    assert.deepEqual(await listed(person), [job]);
  });

  scene("another language, and another person", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const [card] = await shop.cards();
    for (let at = 0; at < 3; at += 1) await shop.order({ cards: [card] });
    await opensOrders(stage, { "page-size": "2" });
    await lists(person, 2);
    await person.button("Show more").click();
    await lists(person, 3);
    await person.host.evaluate((host) => host.setAttribute("lang", "es"));
    await person.sees(person.host.getByRole("heading", { name: "Pedidos" }));
    assert.equal((await listed(person)).length, 3, "as far as it was read");
    await person.host.evaluate((host) => host.setAttribute("lang", "en"));
    await person.button("Sign out").click();
    await person.signIn();
    await sandbox.fault("hang", { path: "/print_jobs" });
    await person.action("open-orders").click();
    await person.sees(person.screen("orders"));
    assert.deepEqual(await listed(person), [], "nothing of the one before");
  });

  scene("the server is down, and comes back", { sandbox: cards(12), network }, async (stage) => {
    const { person, sandbox, events } = stage;
    const shop = await client(sandbox);
    const [card] = await shop.cards();
    for (let at = 0; at < 3; at += 1) await shop.order({ cards: [card] });
    await stage.open("host.html", { "page-size": "2" });
    await person.signIn();
    await sandbox.fault("html_502", { path: "/print_jobs" });
    await person.action("open-orders").click();
    await person.sees(person.alert("The server has a problem of its own right now."));
    await sandbox.heal();
    await person.button("Try again").click();
    await lists(person, 2);
    // Further pages fail without taking away what is there.
    await sandbox.fault("cut_before", { path: "/print_jobs" });
    await person.button("Show more").click();
    await person.sees(person.alert("The card server cannot be reached."));
    assert.equal((await listed(person)).length, 2);
    await sandbox.heal();
    await person.button("Try again").click();
    await lists(person, 3);
    assert.deepEqual(new Set(await errors(events)), new Set(["server", "unreachable"]));
  });

  // As it is unless told otherwise, each other way by itself, and all of them at once.
  const OTHERS = [
    ["job_cards", ["cards", "top_cards", "card_ids"]], ["job_extras", ["extract"]], ["job_status", ["number"]],
    ["ids", ["strings"]], ["nulls", ["absent"]],
  ];
  const each = OTHERS.flatMap(([key, values]) => values.map((value) => [`${key}=${value}`, { [key]: value }]));
  const together = Object.fromEntries(OTHERS.map(([key, values]) => [key, values.at(-1)]));
  for (const [about, dialect] of [["as expected", {}], ["otherwise in all that is open", together], ...each]) {
    scene(`the server's answers: ${about}`, { wide: dialect !== together, sandbox: cards(12) }, async (stage) => {
      const { person, sandbox } = stage;
      const shop = await client(sandbox);
      const all = await shop.cards();
      const job = await shop.order({ cards: all.slice(0, 3), copies: 2, provider: 12 });
      const open = await shop.createJob({ cards: all.slice(3, 4) });
      await sandbox.faults({ dialect });
      await opensOrders(stage);
      await lists(person, 1);
      await person.sees(entry(person, job).getByText("3 cards, 2 copies of each"));
      await opensOrder(person, job);
      await person.sees(person.screen("order").getByText("USPS Priority Mail"));
      const { Status, "Copies of each card": copies } = await details(person);
      assert.deepEqual([Status, copies], ["Submitted", "2"]);
      for (const card of all.slice(0, 3)) await person.sees(row(person, card));
      assert.deepEqual((await charges(person)).at(-1), ["Total", "$42.75"]);
      await person.action("back-to-orders").click();
      await person.button("In the cart").click();
      await opensOrder(person, open);
      await person.sees(person.screen("order").getByText("This order has not been submitted."));
      assert.equal((await details(person)).Status, "Created");
    });
  }
});

scenes("one order", () => {
  scene("its cards, where it goes, and what it cost to the cent", {
    sandbox: drawn(12), page: { timezoneId: "America/Los_Angeles" },
  }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const all = (await shop.cards()).slice(0, 4);
    const job = await shop.order({ cards: all, copies: 3, provider: 14, address: ONE_OFF });
    await opensOrders(stage);
    await opensOrder(person, job);
    await person.sees(person.host.getByRole("heading", { level: 1, name: `Order ${job}` }));
    await person.focuses(person.host.getByRole("heading", { level: 1 }));
    const table = [
      ["4 × Printed card\nQuantity: 3, $5.50 per piece, $16.50 each", "$66.00"], ["Shipping", "$18.95"], ["Total", "$84.95"],
    ];
    assert.deepEqual(await charges(person), table);
    await person.sees(person.screen("order").getByText("FedEx 2Day"));
    const { Created, Submitted, ...rest } = await details(person);
    assert.deepEqual(rest, {
      Status: "Submitted", "Copies of each card": "3", "Copies in all": "12", "Shipping provider": "FedEx 2Day",
      Address: "Ana Núñez\nBrightwater Ltd.\n12 Elm St.\nAustin, TX 73301\nUSA",
    });
    for (const text of [Created, Submitted]) assert.ok(text.startsWith(day("en", "America/Los_Angeles")), text);
    await person.loaded(row(person, all[0]).locator("img"));
    await person.sees(row(person, all[0]).getByText("Amelia Hart"), row(person, all[0]).getByText(`Card number ${all[0]}`));
    const [{ charged_cents: charged }] = (await sandbox.state()).print_jobs;
    assert.equal(charged, 8495);
  });

  scene("printed or not", { sandbox: cards(12), page: { timezoneId: "UTC" } }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    // One that was never printed before.
    const card = (await sandbox.cards()).find(({ finalized, prints }) => finalized && !prints.length).id;
    const job = await shop.order({ cards: [card] });
    await opensOrders(stage);
    await opensOrder(person, job);
    await person.sees(row(person, card).getByText("Not printed yet", { exact: true }));
    await printAll(sandbox);
    await shop.order({ cards: [card] });
    await shop.order({ cards: [card] });
    await person.action("back-to-orders").click();
    await opensOrder(person, job);
    await person.sees(row(person, card).getByText("Not printed yet (2 orders)"));
    await person.sees(row(person, card).getByText(`Printed and sent on ${day("en", "UTC")}`));
    for (let at = 0; at < 4; at += 1) {
      await printAll(sandbox);
      await shop.order({ cards: [card] });
    }
    await person.action("back-to-orders").click();
    await opensOrder(person, job);
    await person.sees(row(person, card).getByText("and 3 times before"));
  });

  scene("a print history that fails, and a card that is gone", { sandbox: cards(12), network }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const [card, gone] = await shop.cards();
    const job = await shop.order({ cards: [card, gone] });
    await shop.deleteCard(gone);
    await sandbox.fault("html_502", { path: `${card}/print_history` });
    await opensOrders(stage);
    await opensOrder(person, job);
    await person.sees(row(person, gone).getByText("This card no longer exists."));
    await person.sees(row(person, card).getByText("When it was printed could not be found out."));
    await sandbox.heal();
    await row(person, card).getByRole("button", { name: "Try again" }).click();
    await person.sees(row(person, card).getByText("Not printed yet", { exact: true }));
  });

  scene("one of 300 cards: only what is in sight is asked for", {
    wide: true,
    sandbox: [...cards(400), "--balance", "10000000"],
  }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const all = await shop.cards();
    const job = await shop.order({ cards: all.slice(0, 300) });
    await opensOrders(stage);
    await opensOrder(person, job);
    assert.deepEqual((await charges(person))[0], ["300 × Printed card\nQuantity: 1, $5.50 per piece", "$1,650.00"]);
    await person.sees(row(person, all[0]).getByText("Not printed yet"));
    const rows = person.screen("order").locator("[data-card]");
    assert.ok(await rows.count() < 40, "only those near the window are drawn");
    assert.equal(await row(person, all[1]).getAttribute("aria-posinset"), "2");
    assert.equal(await row(person, all[1]).getAttribute("aria-setsize"), "300");
    assert.ok((await sandbox.requests(HISTORY)).length < 40, "those below the window were not asked for");
    await person.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await person.sees(row(person, all[299]).getByText("Not printed yet"));
    await row(person, all[0]).waitFor({ state: "detached" });
    // On paper there are all.
    await person.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await rows.count(), 300);
    await person.page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await row(person, all[0]).waitFor({ state: "detached" });
    assert.ok((await sandbox.requests(HISTORY)).length < 150);
  });

  scene("charges as nobody has described them", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const all = await shop.cards();
    const job = await shop.order({ cards: all });
    const items = [
      ...all.map((id) => ({ id, name: "Card", amount: 5.5 })),
      { id: 1, name: "Lanyard", price: "$1.25", quantity: 3, isRush: true, nested: { a: 1 } },
      { id: 2, label: "Discount", amount: "($2.00)" }, { id: 3, total: "5,50 EUR" },
      ...Array.from({ length: 12 }, (_, at) => ({ id: at, name: `Extra ${at}`, total: "$0.10" })),
    ];
    await sandbox.fault({ status: 200, body: { items, job_total_cost: "$52.00", shipping_cost: null } }, { path: "/charge_details" });
    await opensOrders(stage);
    await opensOrder(person, job);
    const shown = await charges(person);
    assert.deepEqual(shown.slice(0, 5), [
      ["9 × Card\n$5.50 each", "$49.50"], ["Lanyard\nIs rush: true, $1.25 per piece, Quantity: 3", ""],
      ["Discount", "−$2.00"], ["Item\nTotal: 5,50 EUR", ""], ["Extra 0", "$0.10"],
    ]);
    assert.deepEqual(shown.at(-1), ["Total", "$52.00"]);
    assert.equal(shown.length, 13);
    await person.button("Show all 16 lines").click();
    assert.equal((await charges(person)).length, 17);
  });

  scene("charges that fail leave the rest", { sandbox: cards(12), network }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const job = await shop.order({ cards: (await shop.cards()).slice(0, 2) });
    await sandbox.fault("html_502", { path: "/charge_details" });
    await opensOrders(stage);
    await opensOrder(person, job);
    await person.sees(person.alert("The server has a problem of its own right now."), row(person, (await shop.cards())[0]));
    await sandbox.heal();
    await person.button("Try again").click();
    assert.deepEqual((await charges(person)).at(-1), ["Total", "$15.95"]);
  });

  scene("a status of the server's own, a provider without a name, an address that is only a number", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const [card] = await shop.cards();
    const job = await shop.order({ cards: [card] });
    const body = { id: job, status: "Scheduled", address_id: 9301, shipping_provider_id: 99, card_ids: [card] };
    await opensOrders(stage);
    await lists(person, 1);
    await sandbox.fault({ status: 200, body }, { path: `/print_jobs/${job}` });
    await opensOrder(person, job);
    await person.sees(person.screen("order").getByText("Scheduled"), person.screen("order").getByText("Number 99"));
    assert.deepEqual(await details(person), { Status: "Scheduled", "Shipping provider": "Number 99", Address: "Saved address 9301" });
    await person.sees(person.action("order-again"));
  });

  scene("an open one leads to the cart", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const job = await shop.createJob({ cards: (await shop.cards()).slice(0, 1), copies: 2 });
    await opensOrders(stage);
    await person.button("In the cart").click();
    await opensOrder(person, job);
    await person.sees(person.screen("order").getByText("This order has not been submitted."));
    const { Created, ...rest } = await details(person);
    assert.ok(Created);
    assert.deepEqual(rest, {
      Status: "Created", "Copies of each card": "2", "Shipping provider": "Not chosen yet", Address: "Not chosen yet",
    });
    assert.equal(await person.action("order-again").count(), 0);
    assert.equal((await sandbox.requests(/charge_details/)).length, 0);
    await person.screen("order").locator('[data-action="open-cart"]').click();
    await person.sees(person.screen("cart"));
  });

  scene("one that is gone, and one that cannot be read now", { sandbox: cards(12), network }, async (stage) => {
    const { person, sandbox, events } = stage;
    const shop = await client(sandbox);
    const [card] = await shop.cards();
    const job = await shop.order({ cards: [card] });
    await opensOrders(stage);
    await lists(person, 1);
    await sandbox.fault("html_502", { path: `/print_jobs/${job}` });
    await opensOrder(person, job);
    // What the list had of it is there all the same.
    const whole = person.screen("order").locator(":scope > .notice");
    await person.sees(whole.getByText("The server has a problem of its own right now."), row(person, card));
    await sandbox.heal();
    await whole.getByRole("button", { name: "Try again" }).click();
    await whole.waitFor({ state: "detached" });
    await person.action("back-to-orders").click();
    await lists(person, 1);
    await sandbox.fault({ status: 404, body: { error: "Print job not found" } }, { path: `/print_jobs/${job}` });
    await opensOrder(person, job);
    await person.sees(person.alert("This order does not exist any more."));
    assert.ok((await errors(events)).includes("not-found"));
    await sandbox.heal();
    await person.button("Back to the orders").click();
    await lists(person, 1);
  });
});

scenes("the same again", () => {
  scene("all of it is in the cart", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox, events } = stage;
    const shop = await client(sandbox);
    const all = (await shop.cards()).slice(0, 4);
    const job = await shop.order({ cards: all, copies: 2 });
    await opensOrders(stage);
    await opensOrder(person, job);
    await person.button("Order again").click();
    await person.sees(person.screen("cart").getByText("4 cards, 8 copies in all"));
    assert.deepEqual(await jobs(sandbox), { [job]: [2, all, true], [job + 1]: [2, all, false] });
    const changes = (await events()).filter(({ type }) => type === "ic-cart-changed").map(({ detail }) => detail);
    assert.deepEqual(changes, [{ cards: 4, copies: 8 }]);
    // Once more changes nothing: they are all there.
    await person.action("open-orders").click();
    await opensOrder(person, job);
    await person.button("Order again").click();
    await person.sees(person.screen("cart").getByText("4 cards, 8 copies in all"));
    assert.equal(Object.keys(await jobs(sandbox)).length, 2);
  });

  scene("where others are in the cart, one is asked first", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const [one, two, three] = await shop.cards();
    const job = await shop.order({ cards: [one, two], copies: 1 });
    const open = await shop.createJob({ cards: [three], copies: 1 });
    await opensOrders(stage);
    await opensOrder(person, job);
    const question = person.alert("There is another card in the cart already.");
    await person.button("Order again").click();
    await person.focuses(question);
    await question.getByRole("button", { name: "Cancel" }).click();
    await question.waitFor({ state: "detached" });
    await person.focuses(person.button("Order again"));
    assert.deepEqual(await jobs(sandbox), { [job]: [1, [one, two], true], [open]: [1, [three], false] });
    await person.button("Order again").click();
    await question.getByRole("button", { name: "Add these to them" }).click();
    await person.sees(person.screen("cart").getByText("3 cards, 3 copies in all"));
  });

  scene("never fewer copies than there are already", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const [one, two, three] = await shop.cards();
    const job = await shop.order({ cards: [one, two, three], copies: 2 });
    const open = await shop.createJob({ cards: [one], copies: 5 });
    await opensOrders(stage);
    await opensOrder(person, job);
    await person.button("Order again").click();
    await person.sees(person.screen("cart").getByText("3 cards, 9 copies in all"));
    assert.deepEqual(await jobs(sandbox), { [job]: [2, [one, two, three], true], [open]: [5, [one], false], [open + 1]: [2, [two, three], false] });
  });

  scene("a card that was deleted is named, and the others are in", { sandbox: cards(12), network }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const all = (await shop.cards()).slice(0, 3);
    const job = await shop.order({ cards: all, copies: 1 });
    await shop.deleteCard(all[1]);
    await opensOrders(stage);
    await opensOrder(person, job);
    await person.button("Order again").click();
    const said = person.alert("One card could not be ordered again.");
    await person.sees(said.getByText(`Card number ${all[1]}`), said.getByText("The others are in the cart."));
    assert.deepEqual(await jobs(sandbox), { [job]: [1, all, true], [job + 1]: [1, [all[0], all[2]], false] });
    await said.getByRole("button", { name: "Open the cart" }).click();
    await person.sees(person.screen("cart").getByText("2 cards, 2 copies in all"));
    assert.equal(await person.screen("cart").getByRole("alert").count(), 0, "told once");
  });

  scene("the server is down meanwhile", { sandbox: cards(12), wide: true, network }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const all = (await shop.cards()).slice(0, 2);
    const job = await shop.order({ cards: all, copies: 1 });
    await opensOrders(stage);
    await opensOrder(person, job);
    await sandbox.fault("html_502", { method: "GET", path: "/print_jobs" });
    await person.button("Order again").click();
    await person.sees(person.alert("The server has a problem of its own right now."));
    await sandbox.fault("html_502", { method: "POST", path: "/print_jobs" });
    await person.button("Try again").click();
    const said = person.alert("Not all cards are in the cart.");
    await person.sees(said);
    await sandbox.heal();
    await said.getByRole("button", { name: "Try again" }).click();
    await person.sees(person.screen("cart").getByText("2 cards, 2 copies in all"));
    assert.deepEqual(await jobs(sandbox), { [job]: [1, all, true], [job + 1]: [1, all, false] });
  });
});

scenes("for everybody", () => {
  scene("in Spanish", { sandbox: cards(12), lang: "es", page: { locale: "es-MX", timezoneId: "America/Mexico_City" } }, async (stage) => {
    const { person, sandbox } = stage;
    const shop = await client(sandbox);
    const all = await shop.cards();
    const job = await shop.order({ cards: all.slice(0, 2), copies: 1 });
    await opensOrders(stage);
    await person.sees(entry(person, job).getByText("2 tarjetas, 1 copia de cada una"), entry(person, job).getByText("Se envía a Feasterville"));
    await person.sees(entry(person, job).getByText(day("es", "America/Mexico_City")));
    await opensOrder(person, job);
    await person.sees(person.host.getByRole("heading", { name: `Pedido ${job}` }), person.button("Pedir otra vez"));
    await person.sees(person.host.getByRole("table", { name: "Cargos" }).getByText("2 × Printed card"));
    await person.sees(row(person, all[1]).getByText("Sin imprimir todavía"));
  });

  for (const [colorScheme, width] of [["light", 1280], ["dark", 360], ["light", 320], ["dark", 1280]]) {
    scene(`axe and the width, ${colorScheme}, ${width} px`, {
      wide: true, sandbox: drawn(12), network, page: { colorScheme, viewport: { width, height: 860 } },
    }, async (stage) => {
      const { person, sandbox, page } = stage;
      const shop = await client(sandbox);
      const all = await shop.cards();
      const job = await shop.order({ cards: all.slice(0, 8), copies: 2 });
      await shop.deleteCard(all[2]);
      await shop.createJob({ cards: all.slice(0, 1) });
      const fits = async () => {
        const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(content <= window, `${content} px in ${window} px`);
        await isAccessible(page);
      };
      await opensOrders(stage);
      await person.loaded(entry(person, job).locator("img").first());
      await fits();
      await person.button("In the cart").click();
      await lists(person, 1);
      await fits();
      await person.button("Submitted").click();
      await opensOrder(person, job);
      await charges(person);
      for (const [card, text] of [[all[0], "Not printed yet"], [all[2], "This card no longer exists."]]) {
        await row(person, card).scrollIntoViewIfNeeded();
        await person.sees(row(person, card).getByText(text));
      }
      await fits();
      await person.button("Order again").click();
      await person.sees(person.alert("One card could not be ordered again."));
      await fits();
    });
  }

  scene("with the keyboard alone", { sandbox: cards(12) }, async (stage) => {
    const { person, sandbox } = stage;
    const { keyboard } = person.page;
    const shop = await client(sandbox);
    const all = (await shop.cards()).slice(0, 2);
    const job = await shop.order({ cards: all, copies: 1 });
    await stage.open();
    await person.signIn();
    await person.tabTo(person.action("open-orders"));
    await keyboard.press("Enter");
    await person.focuses(person.host.getByRole("heading", { level: 1, name: "Orders" }));
    await person.tabTo(person.button("In the cart"));
    await keyboard.press("Space");
    await person.sees(person.host.getByText("No order is waiting."));
    await person.tabTo(person.button("Submitted"), "Shift+Tab");
    await keyboard.press("Space");
    await lists(person, 1);
    const name = entry(person, job).getByRole("button", { name: `Order ${job}`, exact: true });
    await person.tabTo(name);
    await keyboard.press("Enter");
    await person.focuses(person.host.getByRole("heading", { level: 1, name: `Order ${job}` }));
    await person.tabTo(person.button("Back to the orders"), "Shift+Tab");
    await keyboard.press("Enter");
    await person.focuses(name);
    await keyboard.press("Enter");
    await person.tabTo(person.button("Order again"));
    await keyboard.press("Enter");
    await person.focuses(person.host.getByRole("heading", { level: 1, name: "Cart" }));
    assert.deepEqual(await jobs(sandbox), { [job]: [1, all, true], [job + 1]: [1, all, false] });
  });
});
