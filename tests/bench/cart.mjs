// A cart of 500 cards: how long a person waits for what they do in it. `cargo xtask bench` starts it; the browser's main
// thread is slowed four times, the sandbox is on the same machine.
import { chromium } from "playwright-core";
import { EMAIL, PASSWORD } from "../e2e/support/env.mjs";
import { Person } from "../e2e/support/journey.mjs";
import { Sandbox } from "../e2e/support/sandbox.mjs";
import { Shopper, finalized } from "../e2e/support/shopper.mjs";

const CARDS = 500;
const CPU = 4;
const sandbox = await Sandbox.start("--cards", String(Math.ceil((CARDS * 4) / 3) + 40), "--balance", "100000000");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const all = await finalized(sandbox);
  const inCart = all.slice(0, CARDS);
  await fill(inCart);
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
  page.setDefaultTimeout(60_000);
  await page.addInitScript(watchBlocks);
  const devtools = await page.context().newCDPSession(page);
  const person = new Person(page);
  const shopper = new Shopper(person);
  await page.goto(sandbox.url);
  await person.signIn();
  await shopper.places.getByRole("button", { name: `Cart (${CARDS})` }).waitFor();
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU });

  const rows = [];
  /** Does something and waits for what is to be seen then; notes how long, and the longest block meanwhile. */
  const time = async (what, act, seen) => {
    await page.evaluate(() => { window.blocks = []; });
    const start = performance.now();
    await act();
    await seen();
    const took = performance.now() - start;
    rows.push([what, took, await page.evaluate(() => Math.max(0, ...window.blocks))]);
  };
  const middle = inCart[CARDS / 2];
  const more = shopper.row(middle).getByRole("button", { name: /^More copies/ });
  await time("open the cart", () => shopper.places.getByRole("button", { name: /^Cart/ }).click(), () => shopper.row(inCart[0]).waitFor());
  await more.scrollIntoViewIfNeeded();
  const copies = (number) => page.waitForFunction(
    ([row, number]) => row.querySelector("[name=copies]").value === number, [handle, number]);
  const handle = await shopper.row(middle).elementHandle();
  await time("one copy more: shown", () => more.click(), () => copies("2"));
  await time("one copy more: saved", async () => {}, () => shopper.settled(middle));
  const remove = shopper.row(inCart[1]);
  await time("remove a card: gone", () => remove.getByRole("button", { name: /^Remove/ }).click(), () => remove.waitFor({ state: "detached" }));
  await shopper.searches("");
  const found = shopper.cart.locator(".add-a-card [data-card]").filter({ has: page.getByRole("button", { name: /^Add / }) }).last();
  await found.waitFor();
  const added = Number(await found.getAttribute("data-card"));
  await time("add a card: in the list", () => found.getByRole("button").click(), () => shopper.row(added).waitFor());
  await time("add a card: saved", async () => {}, () => shopper.settled(added));
  await time("check out", () => shopper.cart.getByRole("button", { name: "Check out" }).click(), () => shopper.step("address").getByRole("radio", { name: /Head office/ }).waitFor());
  await shopper.choosesAddress("Head office");
  await shopper.step("shipping").getByRole("radio", { name: "UPS Ground" }).check();
  await time("the copies of all cards", () => shopper.goesOn("shipping"), () => shopper.step("copies").locator("[data-card]").last().waitFor());
  await time("the review", () => shopper.goesOn("copies"), () => shopper.submitButton.waitFor());
  await time("submit", () => shopper.submitButton.click(), () => shopper.isDone());

  console.log(`\nA cart of ${CARDS} cards (main thread ${CPU} times slower; ${browser.version()})\n`);
  console.log("".padEnd(30) + "ms".padStart(10) + "longest block".padStart(16));
  for (const [what, took, block] of rows) console.log(what.padEnd(30) + took.toFixed(0).padStart(10) + block.toFixed(0).padStart(16));
} finally {
  await browser.close();
  await sandbox.stop();
}

/** Puts cards into the cart, over the API. */
async function fill(cards) {
  const form = (fields) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    return data;
  };
  const answer = await fetch(`${sandbox.api}authenticate`, { method: "POST", body: form({ email: EMAIL, password: PASSWORD }) });
  const { auth_token: token } = await answer.json();
  const made = await fetch(`${sandbox.api}organizations/20003827/print_jobs`, {
    method: "POST",
    headers: { authorization: `bearer ${token}` },
    body: form({ "print_job[number_of_copies]": "1", "print_job[card_ids]": JSON.stringify(cards) }),
  });
  if (!made.ok) throw new Error(`filling the cart: ${made.status} ${await made.text()}`);
}

/** Runs in the page: notes each block of the main thread of more than 50 ms. */
function watchBlocks() {
  window.blocks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.blocks.push(duration);
  }).observe({ type: "longtask", buffered: false });
}
