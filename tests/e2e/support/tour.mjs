// The way through the whole product, the same in every browser: from signing in to a card, an order, and what it cost.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "./env.mjs";
import { BADGE } from "./journey.mjs";
import { TEST_CARD, movements } from "./payer.mjs";
import { CREATE, FINALIZE } from "./sandbox.mjs";

const action = (name) => `[data-action="${name}"]`;
const screen = (name, inside = "") => `[data-screen="${name}"] ${inside}`;
/** Too little for an order of one card, $18.00 by UPS Ground; and what it takes. */
const BALANCE = 500;
const ADDED = 2000;
const PRICE = 1800;

/** Goes it at the portal of `sandbox`; `hasCamera` tells whether this browser has one. */
export async function tour(visitor, sandbox, { hasCamera }) {
  await sandbox.balance(BALANCE);
  await visitor.goto(sandbox.url);
  await visitor.types("[name=email]", EMAIL);
  await visitor.types("[name=password]", PASSWORD);
  await visitor.clicks(action("sign-in"));

  const card = await makesCard(visitor, sandbox, hasCamera);
  await orders(visitor, card);
  await finds(visitor, card);

  assert.deepEqual((await movements(sandbox)).slice(-2), [ADDED, -PRICE]);
  await visitor.clicks(action("sign-out"));
  await visitor.sees(screen("sign-in", action("sign-in")));
}

async function makesCard(visitor, sandbox, hasCamera) {
  await visitor.clicks(action("choose-template"), BADGE.name);
  for (const [label, text] of Object.entries(BADGE.texts)) await visitor.types(screen("card-form", "input"), text, label);

  await visitor.clicks(action("take-photo"));
  if (hasCamera) {
    await visitor.picks(screen("photo", "[name=timer]"), "0");
    await visitor.clicks(screen("photo", action("shutter")));
    await visitor.clicks(screen("photo", action("use-photo")));
    await visitor.seesPictures(screen("card-form", ".photo-picker img"));
  } else {
    await visitor.sees(screen("photo", "[role=alert]"), "No camera was found.");
    await visitor.clicks(screen("photo", action("cancel")));
  }
  await visitor.sees(screen("card-form", action("choose-file")));
  await visitor.chooses("PHOTO", BADGE.photos.Photo);
  await visitor.clicks(screen("photo", action("use-photo")));
  await visitor.seesPictures(screen("card-form", ".photo-picker img"));

  await visitor.clicks(action("show-preview"));
  await visitor.sees(action("finalize"));
  const sides = await visitor.seesPictures(screen("preview", "img"));
  assert.equal(sides.length, BADGE.sides);
  assert.ok(sides.every(([width, height]) => width >= 600 && width > height), `both sides are drawn as they are printed: ${sides}`);
  await visitor.clicks(action("finalize"));
  const number = Number((await visitor.reads(screen("done"), visitor.words.ready)).match(/\d{3,}/)[0]);

  const [[created], finalized, cards] = await Promise.all([sandbox.sentData(CREATE), sandbox.requests(FINALIZE), sandbox.cards()]);
  assert.equal(created.find(({ token }) => token === "PHOTO").value.mime, "image/jpeg");
  assert.equal(finalized.length, 1);
  const card = cards.find(({ id }) => id === number);
  for (const [token, text] of Object.entries(BADGE.data)) assert.equal(card.data[token], text, token);
  assert.deepEqual([card.data.PHOTO.mime, card.finalized], ["image/jpeg", true]);
  return number;
}

/** Puts the card into the cart and has it sent to the head office; the account gets what it lacks on the way. */
async function orders(visitor, card) {
  await visitor.clicks(screen("done", action("add-to-cart")));
  await visitor.clicks(action("open-cart"));
  await visitor.sees(screen("cart", `[data-card="${card}"]`), BADGE.texts["Full name"]);
  await visitor.clicks(screen("cart", action("checkout")));
  const step = (name, inside) => screen("checkout", `[data-step="${name}"] ${inside}`);
  await visitor.clicks(step("address", "label"), "418 Highland Rd.");
  await visitor.clicks(step("address", action("continue")));
  await visitor.clicks(step("shipping", "label"), "UPS Ground");
  await visitor.clicks(step("shipping", action("continue")));
  await visitor.clicks(step("copies", action("continue")));

  await visitor.sees(step("review", "*"), "Your balance is too low for this order.");
  const payment = { amount: String(ADDED / 100), ...TEST_CARD };
  for (const [name, text] of Object.entries(payment)) {
    const field = step("review", `[name="${name}"]`);
    await (await visitor.is(field, "select") ? visitor.picks(field, text) : visitor.types(field, text));
  }
  await visitor.clicks(step("review", action("add-funds")));
  await visitor.sees(step("review", "*"), "$20.00 was added to the account.");
  await visitor.clicks(action("submit-order"));
  await visitor.sees(screen("order-done", "*"), "$18.00");
}

/** Finds the order among all orders, and in the account what was charged for it. */
async function finds(visitor, card) {
  await visitor.clicks(action("open-orders"));
  await visitor.clicks(screen("orders", `[data-order] ${action("open-order")}`));
  await visitor.sees(screen("order", "table"), "$18.00");
  await visitor.sees(screen("order", `[data-card="${card}"]`));
  await visitor.clicks(action("open-account"));
  await visitor.sees(screen("account", ".overview"), "$7.00");
  await visitor.sees(screen("account", "table"), "$18.00");
}
