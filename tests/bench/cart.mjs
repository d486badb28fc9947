// A cart of 500 cards: how long a person waits for what they do in it, beside the same cart in React as far as that goes. `cargo xtask bench` starts
// it; the browser's main thread is slowed four times, the sandbox is on the same machine.
import { chromium } from "playwright-core";
import { EMAIL, PASSWORD } from "../e2e/support/env.mjs";
import { Person } from "../e2e/support/journey.mjs";
import { Sandbox } from "../e2e/support/sandbox.mjs";
import { Shopper, finalized } from "../e2e/support/shopper.mjs";
import { CPU, PEER, RUNS, Rows, WEATHERS, buildPeer, print, watchBlocks } from "./lists.mjs";

const [OPEN, REMOVE, CHECK_OUT] = ["open the cart", "remove a card: gone", "check out"];

const CARDS = 500;
const peer = await buildPeer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
try {
  console.log(`\nA cart of ${CARDS} cards (main thread ${CPU} times slower; ${browser.version()}; medians of ${RUNS}, and the longest block of the main thread)`);
  for (const [, weather, faults] of WEATHERS) {
    const subjects = [new Rows(), new Rows()];
    for (let run = 0; run < RUNS; run += 1) {
      await withCart(faults, (...given) => ours(subjects[0], ...given));
      await withCart(faults, (...given) => theirs(subjects[1], ...given));
    }
    print(weather, ["instant-card", PEER], subjects);
  }
} finally {
  await browser.close();
  peer.remove();
}

/** A page, a sandbox with so many cards in its cart, one that is not, and what slows the page. */
async function withCart(faults, measure) {
  const sandbox = await Sandbox.start("--cards", String(Math.ceil((CARDS * 4) / 3) + 40), "--balance", "100000000", "--static", `/peer=${peer.folder}`);
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
  try {
    const all = await finalized(sandbox);
    const cards = all.slice(0, CARDS);
    await fill(sandbox, cards);
    await sandbox.faults(faults);
    page.setDefaultTimeout(60_000);
    await page.addInitScript(watchBlocks);
    const devtools = await page.context().newCDPSession(page);
    await measure(page, sandbox, cards, all.at(-1), () => devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU }));
  } finally {
    await page.close();
    await sandbox.stop();
  }
}

/**
 * What presses a button where it is: what is measured is not how far one has to scroll to it, nor how long it takes to find it by its
 * role among all that is there, which is done before.
 */
async function presses(button) {
  const found = await button.elementHandle();
  return () => found.evaluate((button) => button.click());
}

async function ours(rows, page, sandbox, inCart, newest, slow) {
  const time = (what, act, seen) => rows.time(page, what, act, seen);
  const person = new Person(page);
  const shopper = new Shopper(person);
  await page.goto(sandbox.url);
  await person.signIn();
  await shopper.places.getByRole("button", { name: `Cart (${CARDS})` }).waitFor();
  await slow();
  await time(OPEN, await presses(shopper.places.getByRole("button", { name: /^Cart/ })), () => shopper.row(inCart[0]).waitFor());
  const more = shopper.row(inCart[1]).getByRole("button", { name: /^More copies/ });
  const handle = await shopper.row(inCart[1]).elementHandle();
  const copies = (number) => page.waitForFunction(
    ([row, number]) => row.querySelector("[name=copies]").value === number, [handle, number]);
  await time("one copy more: shown", () => more.click(), () => copies("2"));
  await time("one copy more: saved", async () => {}, () => shopper.settled(inCart[1]));
  const remove = shopper.row(inCart[2]);
  await time(REMOVE, await presses(remove.getByRole("button", { name: /^Remove/ })), () => remove.waitFor({ state: "detached" }));
  await shopper.searches("");
  const added = shopper.found(newest);
  await added.waitFor();
  await time("add a card: shown", () => added.getByRole("button").click(), () => shopper.cart.getByText(`${CARDS} cards`).waitFor());
  await time("add a card: saved", async () => {}, () => added.getByRole("button", { name: "In the cart" }).waitFor());
  await time(CHECK_OUT, await presses(shopper.cart.getByRole("button", { name: "Check out" })), () => shopper.step("address").getByText(/Head office/).first().waitFor());
  await shopper.choosesAddress("Head office");
  await shopper.step("shipping").getByRole("radio", { name: "UPS Ground" }).check();
  await time("the copies of all cards", () => shopper.goesOn("shipping"), () => shopper.step("copies").locator("[data-card]").first().waitFor());
  await time("the review", () => shopper.goesOn("copies"), () => shopper.submitButton.waitFor());
  await time("submit", () => shopper.submitButton.click(), () => shopper.isDone());
}

async function theirs(rows, page, sandbox, inCart, newest, slow) {
  const time = (what, act, seen) => rows.time(page, what, act, seen);
  await page.goto(`${sandbox.url}peer/index.html`);
  const open = page.getByRole("button", { name: "Cart" });
  await open.waitFor();
  await slow();
  const row = (card) => page.locator(`[data-card="${card}"]`);
  await time(OPEN, await presses(open), () => row(inCart[0]).waitFor());
  await time(REMOVE, await presses(row(inCart[2]).getByRole("button", { name: "Remove" })), () => row(inCart[2]).waitFor({ state: "detached" }));
  await time(CHECK_OUT, await presses(page.getByRole("button", { name: "Check out" })), () => page.getByText(/Head office/).waitFor());
}

/** Puts cards into the cart, over the API. */
async function fill(sandbox, cards) {
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
