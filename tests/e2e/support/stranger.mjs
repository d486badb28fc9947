// A stranger's whole way through a kiosk by touch, past every screen there is, with a look at each; and what staff see there.
// By hooks, not by words, so that it is the same in every language.

import { EMAIL, PASSWORD } from "./env.mjs";
import { STUDENT } from "./journey.mjs";
import { TOKEN, lobby, seconds } from "./lobby.mjs";
import { entersAddress } from "./shopper.mjs";

/** A kiosk that shows everything: what is agreed to, photo rules, a field of the page's, the keyboard, and an order at the end. */
export const FULL = { "ends-with": "order", "shipping-provider-id": "13", "photo-rules": "on", keyboard: "on" };
export const GIVEN = {
  consent: { text: "My photo is used for this card only.", required: true },
  fields: { PROGRAM: { value: "M.A. Architecture", locked: true } },
};
export const HOME = {
  full_name: "Ana Núñez", address_1: "12 Orchard Lane", city: "Albany", country: "USA", state: "NY", zip_code: "12207",
};

const hook = ({ person }, name) => person.host.locator(`[data-action="${name}"]:not([aria-disabled])`);
const key = ({ person }, name) => person.host.locator(`.keyboard [data-key=${JSON.stringify(name)}]:visible`).first();
const field = ({ person }, token) => person.host.locator(`input[data-token="${token}"]`);

/** Signs on the pad with a finger. */
export async function signs({ page, person }) {
  const { x, y, width, height } = await person.host.locator(".sign-canvas").boundingBox();
  await page.mouse.move(x + width * 0.2, y + height * 0.6);
  await page.mouse.down();
  for (let step = 1; step <= 12; step += 1) await page.mouse.move(x + width * (0.2 + step * 0.05), y + height * (0.5 + 0.2 * Math.sin(step)));
  await page.mouse.up();
}

/** Goes it, from the screen for nobody to the screen for nobody; `look` is called at each screen, with what it is. */
export async function journey(stage, look, attributes = {}) {
  const { page, person, sandbox } = stage;
  await lobby(stage, { ...FULL, ...attributes }, TOKEN, GIVEN);
  await hook(stage, "start").waitFor();
  await look("attract");
  await hook(stage, "start").tap();
  await person.screen("templates").waitFor();
  await look("templates");
  await hook(stage, "choose-template").filter({ hasText: STUDENT.name }).tap();
  const consent = person.host.getByRole("checkbox");
  await person.sees(consent, person.host.locator(".rules"));
  await look("form");
  await hook(stage, "show-preview").tap();
  await person.sees(person.screen("card-form").getByRole("alert").filter({ hasText: /./ }));
  await look("form with problems");

  await field(stage, "FULL_NAME").tap();
  await person.sees(key(stage, "q"));
  for (const letter of "ana") await key(stage, letter).tap();
  await look("keyboard");
  await key(stage, "accents").tap();
  await key(stage, "a").tap();
  await key(stage, "á").waitFor();
  await look("keyboard with letters of other languages");
  await key(stage, "signs").tap();
  await look("keyboard with signs");
  await key(stage, "hide").tap();
  await field(stage, "STUDENT_NUMBER").fill("S-77120");
  await consent.tap();

  await hook(stage, "take-photo").tap();
  await hook(stage, "shutter").waitFor();
  await look("camera");
  await hook(stage, "shutter").tap();
  await person.sees(person.host.getByRole("timer").filter({ hasText: "3" }));
  await look("camera counting");
  await seconds(page, 4);
  await hook(stage, "use-photo").waitFor();
  await look("crop");
  await person.host.locator("summary").tap();
  await look("crop with brightness and contrast");
  await hook(stage, "use-photo").tap();
  await hook(stage, "sign").tap();
  await person.screen("signature").waitFor();
  await look("signature");
  await signs(stage);
  await hook(stage, "use-signature").tap();
  await person.loaded(person.host.locator(".photo-picker img").last());
  await look("form filled in");

  await sandbox.faults({ preview_delay_ms: 60_000 });
  await hook(stage, "show-preview").tap();
  await hook(stage, "stop-preview").waitFor();
  await look("preview being drawn");
  await sandbox.heal();
  await hook(stage, "stop-preview").tap();
  await hook(stage, "retry").tap();
  await hook(stage, "checkout").waitFor();
  await look("preview");
  await hook(stage, "start-over").tap();
  await look("question whether to start over");
  await person.dialog.locator('[data-action="cancel"]').tap();
  await person.dialog.waitFor({ state: "detached" });
  await seconds(page, 61);
  await hook(stage, "still-here").waitFor();
  await look("warning");
  await hook(stage, "still-here").tap();
  await person.dialog.waitFor({ state: "detached" });

  await hook(stage, "checkout").tap();
  const delivery = person.screen("checkout");
  await hook(stage, "submit-order").tap();
  await person.sees(delivery.locator(".error").filter({ hasText: /./ }));
  await look("delivery with problems");
  await delivery.locator("[name=zip_code]").tap();
  await look("delivery with the keyboard");
  await key(stage, "hide").tap();
  await entersAddress(delivery, HOME);
  await look("delivery");
  await hook(stage, "submit-order").tap();
  await hook(stage, "finish").waitFor();
  await look("done");
  await hook(stage, "finish").tap();
  await hook(stage, "start").waitFor();
}

/** What staff see; it ends with the kiosk left. */
export async function staff(stage, look) {
  const { page, person } = stage;
  await page.keyboard.press("Control+Alt+Shift+KeyS");
  const screen = person.screen("staff");
  await screen.waitFor();
  await screen.locator("[name=password]").tap();
  await look("staff signing in");
  await screen.locator("[name=email]").fill(EMAIL);
  await screen.locator("[name=password]").fill("wrong");
  await hook(stage, "sign-in").tap();
  await person.sees(screen.getByRole("alert").filter({ hasText: /./ }));
  await look("staff not let in");
  await screen.locator("[name=password]").fill(PASSWORD);
  await hook(stage, "sign-in").tap();
  await hook(stage, "leave-kiosk").waitFor();
  await look("staff's panel");
  await hook(stage, "test-camera").tap();
  await screen.locator("video").waitFor();
  await look("staff's camera");
  await hook(stage, "leave-kiosk").tap();
  await hook(stage, "begin-kiosk").waitFor();
  await look("kiosk mode off");
  await hook(stage, "begin-kiosk").tap();
  await hook(stage, "start").waitFor();
}

/** There is no way to the server. */
export async function closed(stage, look) {
  const { page, person } = stage;
  await page.route("**/api/**", (route) => route.abort());
  await seconds(page, 61);
  await person.sees(person.host.locator(".attract-closed"));
  await look("back soon");
  await page.unroute("**/api/**");
}

/** There is one again. */
export async function opens(stage) {
  await seconds(stage.page, 31);
  await hook(stage, "start").waitFor();
}
