// What a person does on each of the sites, in any browser, and what the site does with the element meanwhile.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "../e2e/support/env.mjs";
import { BADGE } from "../e2e/support/journey.mjs";
import { FINALIZE } from "../e2e/support/sandbox.mjs";

const action = (name) => `[data-action="${name}"]`;
const screen = (name, inside = "") => `[data-screen="${name}"] ${inside}`;
const field = screen("card-form", "input");
const TOGGLE = ":root button";

async function signsIn(visitor) {
  await visitor.types("[name=email]", EMAIL);
  await visitor.types("[name=password]", PASSWORD);
  await visitor.clicks(action("sign-in"));
  await visitor.sees(action("choose-template"), BADGE.name);
}

/** The way through the site at `url`. `feature(name, work)` hears what is tried, and how it went. */
export async function visit(visitor, { url, sandbox, feature }) {
  await feature("Signing in", async () => {
    await visitor.goto(url);
    await visitor.sees(":root h1", "Cards for our members");
    await signsIn(visitor);
  });

  await feature("An attribute, changed by the page", async () => {
    await visitor.picks(":root select", "es");
    await visitor.sees(action("sign-out"), "Cerrar sesión");
    await visitor.picks(":root select", "en");
    await visitor.sees(action("sign-out"), "Sign out");
  });

  await feature("A property, set by the page", async () => {
    await visitor.clicks(action("choose-template"), BADGE.name);
    await visitor.sees(field, "Department");
    assert.equal(await visitor.value(field, "Department"), "Rowing");
  });

  await feature("Fields and a photo from a file", async () => {
    for (const [label, text] of Object.entries(BADGE.texts)) await visitor.types(field, text, label);
    await visitor.chooses("PHOTO", BADGE.photos.Photo);
    await visitor.clicks(screen("photo", action("use-photo")));
    await visitor.seesPictures(screen("card-form", ".photo-picker img"));
  });

  let number;
  await feature("Preview and finalized card", async () => {
    await visitor.clicks(action("show-preview"));
    await visitor.sees(action("finalize"));
    assert.equal((await visitor.seesPictures(screen("preview", "img"))).length, BADGE.sides);
    await visitor.clicks(action("finalize"));
    number = Number((await visitor.reads(screen("done"), visitor.words.ready)).match(/\d{3,}/)[0]);
    assert.equal((await sandbox.requests(FINALIZE)).length, 1);
    const card = (await sandbox.cards()).find(({ id }) => id === number);
    for (const [token, text] of Object.entries(BADGE.data)) assert.equal(card.data[token], text, token);
  });

  await feature("An event, heard by the page", () => visitor.sees(":root li", `Card ${number} is ready`));

  await feature("Taken out and put back", async () => {
    await visitor.clicks(TOGGLE, "Close the card form");
    await visitor.misses(":root instant-card");
    await visitor.clicks(TOGGLE, "Open the card form");
    await signsIn(visitor);
    // What the page gives, it gives the new one too.
    await visitor.clicks(action("choose-template"), BADGE.name);
    await visitor.sees(field, "Department");
    assert.equal(await visitor.value(field, "Department"), "Rowing");
    await visitor.clicks(TOGGLE, "Close the card form");
    await visitor.misses(":root instant-card");
  });
}
