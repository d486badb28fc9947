// `strings`: the page's own words.

import assert from "node:assert/strict";
import { scene, scenes } from "./support/scene.mjs";

const OWN = { "sign_in.title": "Welcome to <b>Harbor</b>", "sign_in.submit": "Let me in", "card.templates_title": "Pick one" };

scenes("the page's own words", () => {
  scene("they are there from the first moment on, as text, and each element has its own", {}, async ({ open, given, page, person }) => {
    await given({ strings: OWN });
    await page.addInitScript(() => {
      window.titles = new Set();
      const look = () => {
        const title = document.querySelector("instant-card")?.shadowRoot?.querySelector("h1")?.textContent;
        if (title) window.titles.add(title);
        requestAnimationFrame(look);
      };
      look();
    });
    await open("host.html");
    await person.sees(person.host.getByRole("heading", { name: OWN["sign_in.title"] }));
    assert.equal(await person.host.locator("h1 b").count(), 0);
    assert.deepEqual(await page.evaluate(() => [...window.titles]), [OWN["sign_in.title"]]);
    await person.field("Email").fill("half@a");
    await page.evaluate(() => {
      const other = document.createElement("instant-card");
      other.id = "other";
      other.setAttribute("api-base", "/api/v2/");
      document.getElementById("other-place").append(other);
    });
    await page.locator("#other").getByRole("heading", { name: "Sign in to order cards" }).waitFor();
    // Another text while it stands there, and then ours again.
    await page.evaluate(() => { document.getElementById("card").strings = { "sign_in.title": "Hello" }; });
    await person.sees(page.locator("#card").getByRole("heading", { name: "Hello" }));
    assert.equal(await page.locator("#card").getByRole("textbox", { name: "Email" }).inputValue(), "half@a");
    await page.evaluate(() => {
      document.getElementById("card").strings = null;
      document.getElementById("other").remove();
    });
    await person.sees(page.locator("#card").getByRole("heading", { name: "Sign in to order cards" }));
    await page.evaluate((own) => { document.getElementById("card").strings = own; }, OWN);
    await page.locator("#card").getByRole("button", { name: "Let me in" }).waitFor();
    await page.locator("#card").evaluate((host) => host.setAttribute("lang", "es"));
    await page.locator("#card").getByRole("textbox", { name: "Correo electrónico" }).waitFor();
    await person.sees(page.locator("#card").getByRole("button", { name: "Let me in" }));
  });

  scene("a key that is not there, or a place that is missing, is named", {}, async ({ open, given, page, person, events }) => {
    await given({ strings: { "sign_in.titel": "Hello", "kiosk.thanks": "Bye" } });
    await open("host.html");
    await person.sees(person.alert("“sign_in.titel”"), person.alert("{seconds}"));
    const told = (await events()).find(({ type }) => type === "ic-error");
    assert.equal(told.detail.code, "configuration");
    assert.ok(told.detail.message.includes("sign_in.titel") && told.detail.message.includes("kiosk.thanks"));
    await page.evaluate((own) => { document.getElementById("card").strings = own; }, OWN);
    await person.sees(person.host.getByRole("heading", { name: OWN["sign_in.title"] }));
  });

  scene("what is said without the program; and where the words' own file does not come, ours are there", { network: true }, async ({ open, given, page, person }) => {
    await given({ strings: { ...OWN, "load.network": "No way to <i>us</i>.", "load.offline": "No way to <i>us</i>.", "load.retry": "Once more" } });
    await page.route("**/instant-card_bg.wasm", (route) => route.abort());
    await open("host.html");
    await person.sees(person.alert("No way to <i>us</i>."), person.button("Once more"));
    await page.unroute("**/instant-card_bg.wasm");
    await page.route("**/instant-card-extras.wasm", (route) => route.abort());
    await person.button("Once more").click();
    await person.sees(person.host.getByRole("heading", { name: "Sign in to order cards" }));
  });
});
