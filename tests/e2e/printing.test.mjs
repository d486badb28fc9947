// Texts that may come out on the printed card otherwise than they were typed.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { PASS } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";

scenes("what the printer will do", () => {
  scene("is told at the field once it was left, and asked to be looked at on the preview", {}, async ({ open, page, person }) => {
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    const hint = (label, text) => person.screen("card-form").locator(".field").filter({ has: page.getByRole("textbox", { name: label, exact: true }) }).getByText(text);
    await person.fill({ ...PASS.texts, "Full name": "Ana 🎉 张伟" });
    await person.fill({ Company: "María de los Ángeles Fernández-Villalobos y Ruiz de la P" });
    await person.field("Host").focus();
    await person.sees(hint("Full name", "Emoji are mostly printed as empty boxes, or not at all."));
    await person.sees(hint("Full name", "Chinese, Japanese and Korean characters may be printed as empty boxes."));
    await person.sees(hint("Company", "This is long for a card."));
    assert.equal(await hint("Host", "may be printed").count(), 0);
    const described = await person.field("Full name").getAttribute("aria-describedby");
    assert.match(await person.host.locator(`#${described}`).innerText(), /^Emoji/, "it is told to whoever does not see it");
    await isAccessible(page);

    await person.button("Preview card").click();
    await person.looksAtPreview(PASS);
    const closely = person.screen("preview").locator(".closely");
    const asked = await closely.getByRole("listitem").allInnerTexts();
    assert.equal(asked.length, 2, `${asked}`);
    assert.match(asked[0], /^Full name: Ana 🎉 张伟/);
    assert.match(asked[1], /^Company: María de los Ángeles/);
    await isAccessible(page);
    await person.edit();
    await person.fill({ "Full name": "Ana Núñez", Company: "Brightwater" });
    await person.button("Preview card").click();
    await person.looksAtPreview(PASS);
    assert.equal(await closely.count(), 0);
  });

  scene("in Spanish", { lang: "es", page: { locale: "es-MX" }, wide: true }, async ({ open, person }) => {
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill({ ...PASS.texts, "Full name": "محمد علي" });
    await person.field("Host").focus();
    await person.sees(person.screen("card-form").getByText("Las letras árabes y hebreas pueden imprimirse separadas"));
    await person.button("Ver la tarjeta").click();
    await person.looksAtPreview(PASS);
    await person.sees(person.screen("preview").getByText("Fíjate bien en esto"));
  });
});
