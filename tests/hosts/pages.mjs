// The pages of the product's own: the portal, a site's page before the gateway, and the kiosk; each in any browser.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "../e2e/support/env.mjs";
import { Gateway } from "../e2e/support/gateway.mjs";
import { PASS, STUDENT } from "../e2e/support/journey.mjs";
import { tour } from "../e2e/support/tour.mjs";
import { WAVE } from "../e2e/support/visitor.mjs";

const action = (name) => `[data-action="${name}"]`;
const screen = (name, inside = "") => `[data-screen="${name}"] ${inside}`;
const field = screen("card-form", "input");
const HOME = [
  ["country", "USA"], ["full_name", "Ana Núñez"], ["address_1", "12 Orchard Lane"], ["city", "Albany"], ["state", "NY"], ["zip_code", "12207"],
];

const types = async (visitor, texts) => {
  for (const [label, text] of Object.entries(texts)) await visitor.types(field, text, label);
};

/** What this build of WebKitGTK has not. */
const NO_CAMERA = "no camera is there; the widget says so, and the photo comes from a file";

async function portal(visitor, { sandbox, hasCamera, feature, lacks }) {
  await feature("Card, cart, checkout, orders and account", () => tour(visitor, sandbox, { hasCamera }));
  // The tour has seen either.
  if (hasCamera) await feature("A photo from the camera", async () => {});
  else lacks("A photo from the camera", NO_CAMERA);

  await feature("A signature, drawn", async () => {
    await visitor.types("[name=email]", EMAIL);
    await visitor.types("[name=password]", PASSWORD);
    await visitor.clicks(action("sign-in"));
    await visitor.clicks(action("choose-template"), STUDENT.name);
    await visitor.chooses("PHOTO", STUDENT.photos.Photo);
    await visitor.clicks(screen("photo", action("use-photo")));
    await visitor.seesPictures(screen("card-form", ".photo-picker img"));
    await visitor.clicks(action("sign"));
    await visitor.draws(screen("signature", "canvas"), WAVE);
    await visitor.clicks(action("use-signature"));
    await visitor.sees(screen("card-form", action("sign")), "Sign again");
    assert.equal((await visitor.seesPictures(screen("card-form", ".photo-picker img"))).length, 2);
    await types(visitor, STUDENT.texts);
    await visitor.clicks(action("show-preview"));
    await visitor.sees(action("finalize"));
    await visitor.seesPictures(screen("preview", "img"));
    await visitor.clicks(action("finalize"));
    await visitor.sees(screen("done"), visitor.words.ready);
    const card = (await sandbox.cards()).at(-1);
    assert.match(card.data.SIGNATURE.mime, /^image\//);
  });
}

async function request(visitor, { sandbox, feature, ends }) {
  ends(await Gateway.demo(sandbox));
  await feature("A member's own card", async () => {
    await visitor.goto(`${sandbox.url}request.html`);
    await visitor.clicks(action("choose-template"), PASS.name);
    await visitor.sees(field, "Full name");
    assert.equal(await visitor.value(field, "Full name"), "Ana Núñez", "what the site knows is there");
    await types(visitor, PASS.texts);
    await visitor.clicks(action("show-preview"));
    await visitor.seesPictures(screen("preview", "img"));
  });
  await feature("Ordered through the gateway", async () => {
    await visitor.clicks(screen("preview", "button"), "Go on to delivery");
    for (const [name, text] of HOME) {
      const control = screen("checkout", `[name="${name}"]`);
      await visitor.sees(control);
      if (await visitor.is(control, "select")) await visitor.picks(control, text);
      else await visitor.types(control, text);
    }
    await visitor.clicks(action("submit-order"));
    await visitor.sees(screen("done", "h1"), "Your card is ordered");
    assert.equal((await sandbox.state()).audit.charges.length, 1);
  });
}

async function kiosk(visitor, { sandbox, feature, ends }) {
  ends(await Gateway.demo(sandbox));
  const begins = async () => {
    await visitor.clicks(screen("attract", action("start")));
    await visitor.clicks(action("choose-template"), PASS.name);
    await visitor.sees(field, "Company");
  };
  await feature("A stranger's card, in the cart", async () => {
    await visitor.goto(`${sandbox.url}kiosk.html`);
    await begins();
    await types(visitor, PASS.texts);
    await visitor.clicks(action("show-preview"));
    await visitor.seesPictures(screen("preview", "img"));
    await visitor.clicks(`${action("add-to-cart")}, ${action("finalize")}`);
    await visitor.sees(screen("done"));
    const { print_jobs: jobs, cards } = await sandbox.state();
    assert.equal(jobs.filter((job) => !job.submitted && job.card_ids.includes(cards.at(-1).id)).length, 1);
  });
  await feature("Nothing of them for the next one", async () => {
    await visitor.clicks(action("finish"));
    await begins();
    for (const label of Object.keys(PASS.texts)) assert.equal(await visitor.value(field, label), "", label);
  });
}

export const PAGES = { "The portal": portal, "A site's page, before the gateway": request, "A kiosk": kiosk };
