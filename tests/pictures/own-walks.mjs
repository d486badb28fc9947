// People at a card of their own, in a site's page and at a kiosk, past every screen that they have.

import { STUDENT } from "../e2e/support/journey.mjs";
import { TOKEN } from "../e2e/support/lobby.mjs";
import { entersAddress } from "../e2e/support/shopper.mjs";
import { FULL, GIVEN, HOME, closed, journey, opens, staff } from "../e2e/support/stranger.mjs";

const action = ({ person }, name) => person.host.locator(`[data-action="${name}"]`);
const alert = ({ person }) => person.host.getByRole("alert").filter({ hasText: /./ });

/** In a site's page: what the page gives, what is agreed to, and an order to one's own address. */
export async function request(stage, look) {
  const { given, lang, open, person, sandbox } = stage;
  await given({ token: TOKEN, ...GIVEN });
  await open("host.html", { mode: "request", lang, "template-id": "5803", "photo-rules": "on", "ends-with": "order", "shipping-provider-id": "13" });
  await person.sees(person.host.getByRole("checkbox"), person.host.locator(".rules"));
  await look("request-form");
  const { Program, ...texts } = STUDENT.texts;
  await person.fill(texts);
  await person.host.getByRole("checkbox").check();
  for (const [label, photo] of Object.entries(STUDENT.photos)) await person.addPhoto(label, photo);
  await look("request-form-filled");
  await action(stage, "show-preview").click();
  await action(stage, "checkout").waitFor();
  await person.sees(person.screen("preview").locator("img"));
  await look("request-preview");
  await action(stage, "checkout").click();
  const delivery = person.screen("checkout");
  await action(stage, "submit-order").click();
  await person.sees(delivery.locator(".error").filter({ hasText: /./ }));
  await look("request-delivery");
  await entersAddress(delivery, HOME);
  await sandbox.fault("json_500", { method: "POST", path: "/print_jobs", times: 1 });
  await action(stage, "submit-order").click();
  await person.sees(alert(stage));
  await look("request-not-ordered");
  await action(stage, "retry").or(action(stage, "submit-order")).first().click();
  await person.screen("done").waitFor();
  await look("request-done");
}

/** Why there is nothing to be done. */
export async function broken(stage, look) {
  const { lang, open, page, person } = stage;
  await open("host.html", { mode: "lobby", "organization-id": "x", lang });
  await person.sees(alert(stage));
  await look("not-set-up");
  await open("host.html", { mode: "request", lang });
  await person.sees(alert(stage));
  await look("no-access");
  await page.route(/\.wasm$/, (route) => route.fulfill({ status: 404, body: "" }));
  await open("host.html", { mode: "request", lang });
  await person.sees(alert(stage));
  await look("not-loaded");
}

const dashed = (about) => `kiosk-${about.toLowerCase().replace(/[^a-z]+/g, "-")}`;

/** At a kiosk, and its staff. */
export async function kiosk(stage, look) {
  const see = (about) => look(dashed(about), { waits: about === "preview being drawn" });
  const { lang } = stage;
  // Whether a face is found in time depends on the machine.
  await journey(stage, see, { ...FULL, lang, "face-help": "off" });
  await closed(stage, see);
  await opens(stage);
  await staff(stage, see);
}
