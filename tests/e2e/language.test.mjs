// The line above the element on the portal's page: its name, and its language.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { PASS, Person } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";

const about = (page) => page.evaluate(() => [document.documentElement.lang, document.title]);
const EN = ["en", "ID cards"];
const ES = ["es", "Tarjetas de identificación"];

scenes("the portal's page", () => {
  scene("its language is chosen, kept on the device, and its title follows; nothing typed is lost", {}, async ({ open, page, person }) => {
    const choice = (name) => page.getByRole("button", { name, exact: true });
    await open();
    await person.sees(person.screen("sign-in"));
    assert.deepEqual(await about(page), EN);
    assert.equal(await choice("English").getAttribute("aria-pressed"), "true");
    await isAccessible(page);
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill({ "Full name": "Ana Núñez" });
    await choice("Español").click();
    const hispanic = new Person(page, "es");
    await hispanic.sees(hispanic.button("Ver la tarjeta"));
    assert.equal(await hispanic.field("Full name").inputValue(), "Ana Núñez");
    assert.deepEqual(await about(page), ES);
    assert.equal(await page.getByRole("group", { name: "Idioma" }).getByRole("button").count(), 2);

    await person.page.evaluate(() => document.querySelector("instant-card").signOut());
    await page.goto("about:blank");
    await open();
    await hispanic.sees(hispanic.button("Iniciar sesión"));
    assert.deepEqual(await about(page), ES);
    await choice("English").focus();
    await page.keyboard.press("Enter");
    await person.sees(person.button("Sign in"));
    assert.deepEqual(await about(page), EN);
  });

  scene("it begins in the browser's language", { page: { locale: "es-MX" }, lang: "es" }, async ({ open, page, person }) => {
    await open();
    await person.sees(person.button("Iniciar sesión"));
    assert.deepEqual(await about(page), ES);
  });

  for (const [width, colorScheme] of [[320, "light"], [1280, "dark"]]) {
    scene(`nothing of its line is cut at ${width} px, ${colorScheme}`, { wide: true, page: { viewport: { width, height: 640 }, colorScheme, locale: "es-MX" }, lang: "es" }, async ({ open, page, person }) => {
      await open();
      await person.sees(person.screen("sign-in"));
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing to scroll sideways");
      await isAccessible(page);
    });
  }
});
