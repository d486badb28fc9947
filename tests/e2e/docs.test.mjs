// The documentation as it is served beside a sandbox: its examples run, and what is written as code does what the page says.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAccessible } from "./support/axe.mjs";
import { PACKAGE_DIR } from "./support/env.mjs";
import { guide } from "./support/guide.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";

/** The blocks of code in a text, by their language. */
const blocks = (text, language) => [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, code]) => code);
const run = (page) => page.getByRole("button", { name: "Run this example" }).click();
/** Runs a script of a page's, with names of its own. */
const runs = (page, code) => page.evaluate(`{\n${code}}`);

scenes("the documentation", () => {
  scene("embed.md: its example is the whole journey, and its scripts hear what happens", { expected: [/^tried no reason$/] }, async ({ page, person, sandbox }) => {
    await page.goto(`${sandbox.url}docs/`);
    await page.getByRole("navigation", { name: "Documentation" }).getByRole("link", { name: "Five minutes" }).click();
    await run(page);
    await person.screen("sign-in").waitFor();
    const script = blocks(guide("embed.md"), "js").find((code) => code.includes("addEventListener"));
    await runs(page, script);
    await runs(page, blocks(guide("strings.md"), "js")[0]);
    await runs(page, blocks(guide("troubleshooting.md"), "js")[0]);
    const heard = page.waitForEvent("console", (message) => message.type() === "warning");
    await person.host.evaluate((card) => card.dispatchEvent(new CustomEvent("ic-error", { bubbles: true, composed: true, detail: { code: "tried", message: "no reason" } })));
    assert.equal((await heard).text(), "tried no reason");
    const said = page.waitForEvent("console", (message) => message.text().startsWith("card "));
    await person.signIn();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await person.preview(PASS);
    const number = await person.finalize();
    assert.equal((await said).text(), `card ${number}`);
    await page.getByText("The last event: ic-card-finalized").waitFor();
  });

  scene("request.md: a card of one's own, with what the page knows", { wide: true }, async ({ page, person, sandbox }) => {
    await page.goto(`${sandbox.url}docs/request.html`);
    await run(page);
    await person.screen("templates").waitFor();
    const scripts = blocks(guide("request.md"), "js").filter((code) => !code.includes("/my-site/"));
    assert.equal(scripts.length, 3);
    for (const script of scripts) await runs(page, script);
    await person.choose(BADGE.name);
    assert.equal(await person.field("Full name").inputValue(), "Ana Núñez");
    const number = person.field("Employee number");
    assert.deepEqual([await number.inputValue(), await number.isEditable(), await person.field("Department").count()], ["E-20417", false, 0]);
    await person.sees(person.host.getByText("Your photo is printed on your card and kept by the club."));
  });

  scene("theming.md: each custom property is tried on the element, and written down as a style sheet", { wide: true }, async ({ page, person, sandbox }) => {
    await page.goto(`${sandbox.url}docs/theming.html`);
    await person.screen("sign-in").waitFor();
    const tried = { "<color>": "rgb(1, 120, 110)", "<length>": "10px", "<family-name>#": "monospace", "<shadow>#": "0px 0px 4px rgb(1, 2, 3)" };
    const rows = page.getByRole("row").filter({ hasText: "--ic-" });
    assert.equal(await rows.count(), guide("theming.md").match(/^\| `--ic-/gm).length);
    for (const row of await rows.all()) {
      const [name, syntax] = await row.getByRole("cell").allTextContents();
      await page.getByRole("textbox", { name, exact: true }).fill(tried[syntax]);
      const value = await person.host.evaluate((card, name) => getComputedStyle(card).getPropertyValue(name), name);
      assert.equal(value, tried[syntax], name);
    }
    const button = person.button("Sign in");
    assert.equal(await button.evaluate((button) => getComputedStyle(button).fontFamily), "monospace");
    await page.locator("code").filter({ hasText: "--ic-accent: rgb(1, 120, 110);" }).waitFor();
    await page.getByRole("button", { name: "Start over" }).click();
    await isAccessible(page);
    assert.equal(await person.host.evaluate((card) => getComputedStyle(card).getPropertyValue("--ic-accent")), "#2f5fd0");
    // The style sheets of the page, one after the other.
    const styles = blocks(guide("theming.md"), "css");
    await page.evaluate((styles) => {
      for (const style of styles) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
        document.adoptedStyleSheets.push(sheet);
      }
    }, styles);
    const title = person.host.locator("[part~=title]").first();
    const [accent, spacing, font] = await title.evaluate((title) => {
      const now = getComputedStyle(title);
      return [now.getPropertyValue("--ic-accent"), now.letterSpacing, now.fontFamily];
    });
    assert.deepEqual([accent, spacing.startsWith("-0."), font.split(",")[0]], ["light-dark(#0b6e6e, #3fb8ae)", true, "Inter"]);
  });

  scene("README.md: its page, to the letter but for the API's address", { wide: true }, async ({ page, person, sandbox }) => {
    const [html] = blocks(readFileSync(new URL("../../README.md", import.meta.url), "utf8"), "html");
    assert.match(html, /api-base="https:\/\/core\.instantcard\.net\/api\/v2\/"/);
    await page.route("**/readme.html", (route) => route.fulfill({ contentType: "text/html", body: html.replace("https://core.instantcard.net/api/v2/", "/api/v2/") }));
    await page.route("**/cards/instant-card*", (route) => route.fulfill({ path: join(PACKAGE_DIR, new URL(route.request().url()).pathname.replace("/cards/", "")) }));
    await page.goto(`${sandbox.url}readme.html`);
    await person.signIn();
    await person.screen("templates").waitFor();
  });
});
