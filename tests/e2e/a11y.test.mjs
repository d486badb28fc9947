// What assistive technology, a keyboard, and eyes of every kind find: axe on every screen, contrast, focus.

import assert from "node:assert/strict";
import { violations } from "./support/axe.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { photos } from "./support/photos.mjs";
import { scene, scenes } from "./support/scene.mjs";

/** What is drawn, as sRGB: `{ text, ground }` of an element, its ground being the nearest one that is not see-through. */
function colours(locator, property = "color") {
  return locator.evaluate(async (element, property) => {
    await Promise.all(element.getAnimations().map((animation) => animation.finished));
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const text = rgba(getComputedStyle(element).getPropertyValue(property));
    for (let at = element; at; at = at.parentNode ?? at.host) {
      if (at instanceof ShadowRoot) at = at.host;
      if (!(at instanceof Element)) break;
      const ground = rgba(getComputedStyle(at).backgroundColor);
      if (ground[3] === 255) return { text, ground };
    }
    return { text, ground: [255, 255, 255, 255] };
  }, property);
}

function contrast({ text, ground }) {
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light, dark] = [luminance(text), luminance(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

scenes("axe", () => {
  // All four of both with `--wide`; other files look at theirs in light.
  for (const [colorScheme, width] of [["light", 1280], ["dark", 360], ["dark", 1280], ["light", 320]]) {
    const is = (scheme, size) => colorScheme === scheme && width === size;
    const page = { colorScheme, viewport: { width, height: 860 } };

    scene(`every screen of the journey, ${colorScheme}, ${width} px`, { wide: !is("dark", 360), page, network: true }, async ({ open, page, person, sandbox }) => {
      const found = [];
      const look = async (about) => found.push(...await violations(page, about));
      await open();
      await person.sees(person.screen("sign-in"));
      await look("sign-in");
      await person.button("Sign in").click();
      await look("sign-in with errors");
      await person.enterCredentials("wrong");
      await person.sees(person.alert("do not match an account"));
      await look("sign-in refused");

      await sandbox.fault("hang", { path: "/card_templates", times: 1 });
      await person.signIn();
      await person.sees(person.host.getByRole("status", { name: "Loading…" }));
      await look("templates on their way");
      await open();
      await person.signIn();
      await person.sees(person.button(BADGE.name));
      await look("templates");

      await person.choose(BADGE.name);
      await person.sees(person.field("Full name"));
      await look("form");
      await person.button("Preview card").click();
      await person.sees(person.alert("Some fields need you"));
      await look("form with problems");
      await person.fill({ ...BADGE.texts, Department: "x".repeat(300) });
      await person.chooseFile("Photo", photos.text);
      await person.sees(person.picture("Photo").getByRole("alert"), person.host.getByText("300 of 255 characters"));
      await look("form with a text that is too long and a file that is no photo");

      await person.fill(BADGE.texts);
      await person.chooseFile("Photo", photos.portrait);
      await person.sees(person.screen("photo"));
      await look("photo");
      await person.button("Use photo").click();
      await person.loaded(person.picture("Photo").getByRole("img"));
      await look("form with a photo");

      await sandbox.fault("json_500", { method: "POST", times: 1 });
      await person.button("Preview card").click();
      await person.sees(person.alert("Internal Server Error"));
      await look("form that could not be sent");
      await sandbox.expireTokens();
      await person.button("Preview card").click();
      await person.sees(person.dialog);
      await look("dialog");
      await person.enterCredentials("wrong", person.dialog);
      await person.sees(person.dialog.getByRole("alert"));
      await look("dialog with an error");

      await sandbox.faults({ preview_delay_ms: 60_000 });
      await person.signInAgain();
      await person.sees(person.button("Stop waiting"));
      await look("preview being drawn");
      await sandbox.heal();
      await person.button("Stop waiting").click();
      await person.sees(person.alert("You stopped the preview."));
      await look("preview stopped");
      await person.button("Try again").click();
      await person.looksAtPreview(BADGE);
      await look("preview");
      await sandbox.fault("json_500", { path: "/finalize", times: 1 });
      await person.button("Finalize card").click();
      await person.sees(person.alert("Internal Server Error"));
      await look("finalizing failed");
      await person.button("Try again").click();
      await person.isDone();
      await look("done");
      assert.deepEqual(found, []);
    });

    scene(`states without a journey, ${colorScheme}, ${width} px`, { wide: !is("light", 1280), page, network: true }, async ({ open, page, person, sandbox }) => {
      const found = [];
      const look = async (about) => found.push(...await violations(page, about));
      await open("host.html", { mode: "lobby", "organization-id": "x" });
      await person.sees(person.alert("not set up correctly"));
      await look("configuration");
      await open("host.html", { mode: "request" });
      await person.sees(person.alert("has not given you access"));
      await look("no access");
      await open("host.html", { "organization-id": "999", lang: "es" });
      const spanish = person.host;
      await spanish.getByRole("textbox", { name: "Correo electrónico" }).fill("api@instantcard.net");
      await spanish.getByLabel("Contraseña", { exact: true }).fill("instantcardapi");
      await spanish.getByRole("button", { name: "Iniciar sesión" }).click();
      await person.sees(person.alert("999"));
      await look("unknown organization, in Spanish");
      await sandbox.fault({ status: 404 }, { path: ".wasm" });
      await open("host.html");
      await person.sees(person.alert("HTTP 404"));
      await look("not loaded");
      assert.deepEqual(found, []);
    });
  }
});

scenes("contrast", () => {
  for (const colorScheme of ["light", "dark"]) {
    scene(`with any accent, ${colorScheme}`, { wide: colorScheme === "light", page: { colorScheme } }, async ({ open, page, person }) => {
      await open("host.html");
      const primary = person.button("Sign in");
      await person.sees(primary);
      const accents = ["#2f5fd0", "#ffd400", "#000000", "#fafafa", "#ff0000", "#00a86b", "#808080", "#7b2cbf"];
      const use = (accent) => person.host.evaluate((host, accent) => host.style.setProperty("--ic-accent", accent), accent);
      const weak = [];
      const measure = async (about, accent, locator, least, property) => {
        const ratio = contrast(await colours(locator, property));
        if (ratio < least) weak.push(`${about} with ${accent}: ${ratio.toFixed(2)}`);
      };
      for (const accent of accents) {
        await use(accent);
        await page.mouse.move(0, 0);
        await measure("the primary button", accent, primary, 4.5);
        await primary.hover();
        await measure("the hovered primary button", accent, primary, 4.5);
        await page.mouse.down();
        await measure("the pressed primary button", accent, primary, 4.5);
        await page.mouse.move(0, 0);
        await page.mouse.up();
        const email = person.field("Email");
        await email.focus();
        await measure("a field's focus", accent, email, 3, "outline-color");
      }
      await person.signIn();
      await person.choose(PASS.name);
      await person.sees(person.field("Company"));
      for (const accent of accents) {
        await use(accent);
        await measure("the quiet button", accent, person.button("Sign out"), 4.5);
        await measure("the step one is at", accent, person.host.locator("[aria-current=step]"), 3, "border-top-color");
        weak.push(...await violations(page, accent, ["color-contrast"]));
      }
      assert.deepEqual(weak, []);
    });
  }
});

scenes("focus", () => {
  scene("follows the screens, and is never taken from the page", {}, async ({ open, page, person }) => {
    const heading = (name) => person.focuses(person.host.getByRole("heading", { name, level: 1 }));
    await open("host.html");
    await person.sees(person.field("Email"));
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true, "not at the start");
    await person.signIn();
    await heading("Choose a card");
    await person.choose(BADGE.name);
    await heading("Fill in the card");
    await person.fill(BADGE.texts);
    await person.chooseFile("Photo", photos.portrait);
    await heading("Adjust the photo");
    await person.button("Use photo").click();
    await heading("Fill in the card");
    await person.preview(BADGE);
    await heading("Check the card");
    await person.edit();
    await heading("Fill in the card");
    await person.preview(BADGE);
    await person.finalize();
    await heading("Your card is ready");
  });

  scene("goes into the dialog, stays there, and comes back", { network: true }, async ({ open, page, person, sandbox }) => {
    await open("host.html");
    await person.signIn();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await sandbox.expireTokens();
    const button = person.action("show-preview");
    await button.focus();
    await page.keyboard.press("Enter");
    await person.sees(person.dialog);
    const email = person.dialog.getByRole("textbox", { name: "Email" });
    await person.focuses(email);
    const reached = new Set();
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press("Tab");
      const [within, name] = await person.host.evaluate((host) => {
        const at = host.shadowRoot.activeElement;
        // Between the dialog's end and its beginning the focus is the browser's own, which no page sees.
        const nowhere = !at && [null, document.body].includes(document.activeElement);
        return [nowhere || Boolean(at?.closest("dialog")), at?.name || at?.dataset.action];
      });
      assert.ok(within, `Tab ${presses + 1} went to ${name}`);
      if (name) reached.add(name);
    }
    assert.deepEqual([...reached].sort(), ["cancel", "email", "password", "show-password", "sign-in"]);
    await page.keyboard.press("Escape");
    await person.dialog.waitFor({ state: "detached" });
    await person.sees(person.alert("You are not signed in."));
    await person.focuses(button);
  });

  scene("goes to the summary of what is missing", {}, async ({ open, page, person }) => {
    await open("host.html");
    await person.signIn();
    await person.choose(PASS.name);
    // The last field: there is none behind it to go on to.
    await person.field("Valid until").press("Enter");
    await person.sees(person.alert("Some fields need you"));
    await page.waitForFunction(() => {
      const { activeElement } = document.querySelector("instant-card").shadowRoot;
      return activeElement?.textContent.includes("Some fields need you");
    });
    for (const label of Object.keys(PASS.texts)) {
      const description = await person.field(label).evaluate((input) => {
        const ids = input.getAttribute("aria-describedby").split(" ");
        return ids.map((id) => input.getRootNode().getElementById(id).textContent).join(" ");
      });
      assert.equal(description.trim(), `Fill in “${label}”.`, "the error is tied to its field");
    }
  });

  scene("is to be seen wherever it goes", {}, async ({ open, page, person }) => {
    await open("host.html");
    await person.signIn();
    await person.choose(BADGE.name);
    await person.addPhoto("Photo");
    const seen = new Set();
    for (let presses = 0; presses < 16; presses += 1) {
      await page.keyboard.press("Tab");
      const [name, outline] = await person.host.evaluate((host) => {
        const at = host.shadowRoot.activeElement;
        const style = at && getComputedStyle(at);
        return [at?.dataset.action ?? at?.dataset.token, style && `${style.outlineStyle} ${style.outlineWidth}`];
      });
      if (!name) continue;
      seen.add(name);
      assert.match(outline, /^solid [2-9]px$/, `the focus on ${name}`);
    }
    for (const name of ["FULL_NAME", "choose-file", "adjust-photo", "show-preview", "save-draft"]) {
      assert.ok(seen.has(name), `${name} is reached: ${[...seen]}`);
    }
  });
});

scenes("room", () => {
  scene("320 px: nothing is cut off", { page: { viewport: { width: 320, height: 640 }, reducedMotion: "no-preference" } }, async ({ open, page, person }) => {
    const fits = async (about) => {
      const outside = await page.evaluate(() => {
        const room = document.documentElement.clientWidth;
        const { shadowRoot } = document.querySelector("instant-card");
        // The places of the bar are scrolled to, in their one line.
        const wide = [...shadowRoot.querySelectorAll("*")].filter((element) => {
          const { right, left, width } = element.getBoundingClientRect();
          return width > 1 && (right > room + 1 || left < -1) && !element.closest(".visually-hidden, .places");
        });
        return [document.documentElement.scrollWidth > room, wide.map((element) => `${element.localName}.${element.className}`)];
      });
      assert.deepEqual(outside, [false, []], about);
    };
    await open();
    await person.sees(person.screen("sign-in"));
    await fits("sign-in");
    await person.signIn();
    await person.sees(person.button(BADGE.name));
    await fits("templates");
    await person.choose(BADGE.name);
    await person.fill(BADGE.texts);
    await person.button("Preview card").click();
    await person.sees(person.alert("Some fields need you"));
    await fits("form with a problem");
    await person.chooseFile("Photo", photos.landscape);
    await person.sees(person.screen("photo"));
    await fits("photo");
    await person.button("Use photo").click();
    await person.button("Preview card").click();
    await person.sees(person.button("Finalize card"));
    await fits("preview");
    const back = person.host.getByRole("img", { name: "Back of the card “Employee badge”" });
    await person.button("Turn the card over").click();
    await person.sees(back);
    await person.finalize();
    await fits("done");
  });

  scene("320 px: the place where one is stands in sight in the bar", { page: { viewport: { width: 320, height: 640 } } }, async ({ open, page, person }) => {
    const isSeen = (name) => page.waitForFunction((name) => {
      const line = document.querySelector("instant-card").shadowRoot.querySelector(".places");
      const place = line.querySelector("[aria-current=page]");
      const [outer, inner] = [line, place].map((element) => element?.getBoundingClientRect());
      return place?.dataset.action === name && inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
    }, name);
    await open();
    await person.signIn();
    for (const name of ["open-account", "open-people", "open-cards", "open-account"]) {
      await person.action(name).click();
      await isSeen(name);
    }
    await page.reload();
    await person.signIn();
    await isSeen("open-account");
  });
});
