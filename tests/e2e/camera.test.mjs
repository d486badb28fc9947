// Taking a photo with a camera: Chromium's own fake one, which plays a clip made here, or none, or one that is refused.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { CLIP, clip } from "./support/clip.mjs";
import { BADGE, STUDENT } from "./support/journey.mjs";
import { colours, isLike } from "./support/pixels.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";

const device = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip()}`];
/** A camera, and a person who always allows it. */
const camera = { browser: [...device, "--use-fake-ui-for-media-stream"] };

/** Keeps every track that the page is given, so that a test can see whether its light is on. */
const record = () => {
  window.tracks = [];
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    window.asked = wish;
    if (window.hold) await window.hold;
    const stream = await ask(wish);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
};

const lights = (page) => page.evaluate(() => window.tracks.map((track) => track.readyState));
/** Waits until so many cameras were on, and all of them are off; a second is what the person is promised. */
const isOff = (page, count = 1) =>
  page.waitForFunction((count) => window.tracks.length === count && window.tracks.every(({ readyState }) => readyState === "ended"), count, { timeout: 1000 });

/** Signs in and opens the form of `template`. */
async function toForm({ open, page, person }, { template = BADGE, path = "", attributes } = {}) {
  await page.addInitScript(record);
  await open(path, attributes);
  await person.signIn();
  await person.choose(template.name);
}

/** From the form to the live picture. */
async function toCamera(stage, options) {
  await toForm(stage, options);
  await stage.person.action("take-photo").click();
  await isLive(stage);
}

async function isLive({ page, person }) {
  await person.sees(person.host.locator('[data-action="shutter"]:not([aria-disabled])'));
  assert.ok((await lights(page)).includes("live"));
}

async function noCountdown(person) {
  await person.host.getByRole("combobox", { name: "Countdown" }).selectOption("0");
}

scenes("the camera", () => {
  scene("photographed, cropped, used: the preview shows that photo", camera, async (stage) => {
    const { page, person, sandbox } = stage;
    await toCamera(stage);
    assert.equal(await page.evaluate(() => window.asked.audio ?? false), false, "only the picture is asked for");
    await noCountdown(person);
    await person.button("Take photo").click();
    await person.sees(person.host.getByRole("heading", { name: "Adjust the photo" }));
    await isOff(page);
    await person.button("Use photo").click();
    await person.screen("card-form").waitFor();
    const shown = person.picture("Photo").getByRole("img");
    await person.loaded(shown);
    const places = [[0.1, 0.1], [0.5, 0.5], [0.5, 0.95]];
    const [wall, face, shirt] = await colours(shown, places);
    isLike(wall, CLIP.wall, "the wall");
    isLike(face, CLIP.skin, "the face");
    isLike(shirt, CLIP.shirt, "the shirt");

    await person.fill(BADGE.texts);
    await person.preview(BADGE);
    const front = person.host.getByRole("img", { name: person.words.front(BADGE.name) });
    const seen = await front.evaluate(async (image, wanted) => {
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      return wanted.map((colour) => {
        let count = 0;
        for (let at = 0; at < data.length; at += 4) {
          if (colour.every((part, channel) => Math.abs(data[at + channel] - part) < 20)) count += 1;
        }
        return count / (canvas.width * canvas.height);
      });
    }, [CLIP.skin, CLIP.shirt]);
    assert.ok(seen.every((share) => share > 0.005), `skin and shirt are on the card: ${seen}`);
    await person.finalize();
    assert.equal((await sandbox.cards()).length, 1);
    assert.deepEqual(await lights(page), ["ended"]);
  });

  scene("counted down, seen and spoken; stopped, and counted again", camera, async (stage) => {
    const { page, person } = stage;
    await page.clock.install();
    await toCamera(stage);
    const count = person.host.getByRole("timer");
    assert.equal(await count.getAttribute("aria-live"), "assertive");
    await person.button("Take photo").click();
    await person.sees(count.getByText("3", { exact: true }));
    await page.clock.runFor(1000);
    await person.sees(count.getByText("2", { exact: true }));
    await person.button("Stop the countdown").click();
    await person.sees(person.button("Take photo"));
    await page.clock.runFor(5000);
    assert.equal(await count.textContent(), "");
    assert.deepEqual(await lights(page), ["live"], "no picture was taken");
    await person.button("Take photo").click();
    for (const left of ["3", "2", "1"]) {
      await person.sees(count.getByText(left, { exact: true }));
      await page.clock.runFor(1000);
    }
    await person.sees(person.host.getByRole("heading", { name: "Adjust the photo" }));
    await isOff(page);
  });

  scene("mirrored to look at, never in the photo; another one is taken", camera, async (stage) => {
    const { page, person } = stage;
    await toCamera(stage);
    const view = person.host.getByLabel("Camera picture");
    assert.equal(await view.evaluate((view) => getComputedStyle(view).scale), "-1 1");
    await noCountdown(person);
    await person.button("Take photo").click();
    const picture = person.host.locator(".crop-stage canvas");
    await picture.waitFor();
    const corners = await picture.evaluate((shown) => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [shown.width, shown.height];
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.drawImage(shown, 0, 0);
      return [0.02, 0.98].map((x) => [...context.getImageData(x * canvas.width, 0.97 * canvas.height, 1, 1).data.slice(0, 3)]);
    });
    isLike(corners[0], CLIP.badge, "the mark on the left");
    isLike(corners[1], CLIP.wall, "the wall on the right");
    await person.button("Take another").click();
    await isLive(stage);
    await person.button("Cancel").click();
    await person.sees(person.host.getByRole("heading", { name: "Adjust the photo" }));
    await isOff(page, 2);
    await person.button("Use photo").click();
    await person.screen("card-form").waitFor();
  });

  scene("wholly by keyboard, in Spanish", { ...camera, lang: "es", wide: true }, async (stage) => {
    const { page, person } = stage;
    await toForm(stage, { path: "host.html", attributes: { lang: "es" } });
    await person.tabTo(person.action("take-photo"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await person.focuses(person.host.getByRole("heading", { name: "Haz una foto" }));
    await isLive(stage);
    await person.tabTo(person.host.getByRole("combobox", { name: "Cuenta atrás" }));
    await page.keyboard.press("Home");
    await person.tabTo(person.button("Hacer foto"), "Shift+Tab");
    await page.keyboard.press("Space");
    await person.focuses(person.host.getByRole("heading", { name: "Ajusta la foto" }));
    await isOff(page);
  });

  for (const colorScheme of ["light", "dark"]) {
    scene(`accessible: ${colorScheme}`, { ...camera, wide: colorScheme === "light", page: { colorScheme, viewport: { width: 360, height: 740 } } }, async (stage) => {
      await toCamera(stage);
      await isAccessible(stage.page);
      assert.equal(await stage.page.evaluate(() => document.documentElement.scrollWidth), 360, "nothing sticks out");
    });
  }
});

scenes("the camera is off", () => {
  const leaving = [
    ["cancelled", ({ person }) => person.button("Cancel").click()],
    ["back by the step line", ({ person }) => person.button("Details").click()],
    ["signed out", ({ person }) => person.button("Sign out").click()],
    ["the element is taken out", ({ person }) => person.host.evaluate((host) => host.remove())],
    ["another template", ({ person }) => person.host.evaluate((host) => host.setAttribute("template-id", "5802"))],
  ];
  for (const [how, leave] of leaving) {
    scene(how, camera, async (stage) => {
      await toCamera(stage, { path: "host.html" });
      await leave(stage);
      await isOff(stage.page);
    });
  }

  scene("cancelled while it is still being asked for", camera, async (stage) => {
    const { page, person } = stage;
    await toForm(stage);
    await page.evaluate(() => { window.hold = new Promise((resolve) => { window.answer = resolve; }); });
    await person.action("take-photo").click();
    await person.sees(person.host.getByText("Allow the camera in your browser's question."));
    await person.button("Cancel").click();
    await person.screen("card-form").waitFor();
    await page.evaluate(() => window.answer());
    await isOff(page);
  });

  scene("the element is taken out while it is still being asked for", camera, async (stage) => {
    const { page, person } = stage;
    await toForm(stage);
    await page.evaluate(() => { window.hold = new Promise((resolve) => { window.answer = resolve; }); });
    await person.action("take-photo").click();
    await person.sees(person.host.getByText("Allow the camera in your browser's question."));
    await person.host.evaluate((host) => host.remove());
    await page.evaluate(() => window.answer());
    await isOff(page);
  });

  scene("the page goes out of sight, and the camera comes back with it", camera, async (stage) => {
    const { page, person } = stage;
    await toCamera(stage);
    const sight = (state) => page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
    await sight("hidden");
    await isOff(page);
    await person.sees(person.host.getByText("The camera is off while this page is out of sight."));
    await sight("visible");
    await isLive(stage);
    assert.deepEqual(await lights(page), ["ended", "live"]);
  });
});

scenes("no camera", () => {
  /** What is said, that trying again says it again, and that a file is another way. */
  async function isSaid({ person }, what, next) {
    const said = person.alert(what);
    await person.sees(said);
    assert.ok((await said.textContent()).includes(next), await said.textContent());
    assert.equal(await person.action("shutter").isVisible(), false);
    await said.getByRole("button", { name: "Try again" }).click();
    await person.sees(person.alert(what));
  }

  async function byFile({ page, person }) {
    const chooser = page.waitForEvent("filechooser");
    await person.button("Choose a file instead").click();
    const { name, mimeType, buffer } = BADGE.photos.Photo;
    await (await chooser).setFiles({ name, mimeType, buffer });
    await person.sees(person.host.getByRole("heading", { name: "Adjust the photo" }));
    assert.equal(await person.action("retake").count(), 0);
    await person.button("Use photo").click();
    await person.screen("card-form").waitFor();
  }

  const setPermission = async ({ page, sandbox }, setting) => {
    const devtools = await page.context().browser().newBrowserCDPSession();
    const { targetInfo } = await (await page.context().newCDPSession(page)).send("Target.getTargetInfo");
    await devtools.send("Browser.setPermission", {
      permission: { name: "camera" }, setting, origin: new URL(sandbox.url).origin,
      browserContextId: targetInfo.browserContextId,
    });
  };

  scene("denied", { browser: device, asks: true }, async (stage) => {
    await setPermission(stage, "denied");
    await toForm(stage);
    await stage.person.action("take-photo").click();
    await isSaid(stage, "This site may not use the camera.", "allow the camera, and try again");
    await isAccessible(stage.page);
    // The person does as they were told.
    await setPermission(stage, "granted");
    await stage.person.button("Try again").click();
    await isLive(stage);
  });

  scene("the system keeps it; it cannot be read; it takes too long", { browsers: BOTH, wide: true }, async (stage) => {
    const { events, page, person } = stage;
    /** What the browser answers, and what it says of the permission. */
    const answers = (name, message, state) => page.evaluate((answer) => Object.assign(window, answer), {
      refusal: [message, name], permission: state,
    });
    await page.addInitScript(() => {
      window.wishes = [];
      // The empty page before has none.
      if (!navigator.mediaDevices) return;
      navigator.mediaDevices.getUserMedia = async ({ video }) => {
        window.wishes.push({ at: performance.now(), large: "width" in video });
        throw new DOMException(...window.refusal);
      };
      navigator.permissions.query = async () => ({ state: window.permission });
    });
    await stage.open("host.html");
    await person.signIn();
    await person.choose(BADGE.name);
    await answers("NotAllowedError", "Permission denied by system", "granted");
    await person.action("take-photo").click();
    const system = "Your device's own settings keep this browser from the camera.";
    await isSaid(stage, system, "privacy settings");
    await answers("NotAllowedError", "Permission denied by system", "prompt");
    await isSaid(stage, system, "Allow it there");
    await answers("NotAllowedError", "Permission dismissed", "prompt");
    await person.button("Try again").press("Enter");
    // The button goes away while one is asked; whoever goes on by keyboard goes on from the title.
    await page.waitForFunction(() => document.activeElement.shadowRoot?.activeElement?.matches("h1"));
    await isSaid(stage, "The browser's question about the camera was closed.", "Allow");
    await answers("AbortError", "Timeout starting video source", "granted");
    await person.button("Try again").click();
    await isSaid(stage, "The camera did not start in time.", "Unplug it");
    await answers("NotReadableError", "Could not start video source", "granted");
    await page.evaluate(() => { window.wishes = []; });
    await person.button("Try again").click();
    await person.sees(person.alert("The camera is there, but it gives no picture."));
    const wishes = await page.evaluate(() => window.wishes);
    assert.deepEqual(wishes.map(({ large }) => large), [true, false, false], "once more with fewer wishes, and once more");
    assert.ok(wishes[2].at - wishes[1].at > 290, "after a rest");
    const codes = (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);
    assert.deepEqual([...new Set(codes)], ["camera-denied-by-system", "camera-dismissed", "camera-timed-out", "camera-unreadable"]);
  });

  scene("there is none; one comes by file", {}, async (stage) => {
    await setPermission(stage, "granted");
    await toForm(stage);
    await stage.person.action("take-photo").click();
    await isSaid(stage, "No camera was found.", "Connect one and try again");
    await byFile(stage);
  });

  scene("the page's Permissions-Policy forbids it", camera, async (stage) => {
    const { page } = stage;
    await page.route("**/*", async (route) => {
      if (route.request().resourceType() !== "document") return route.fallback();
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "permissions-policy": "camera=()" } });
    });
    await toForm(stage);
    await stage.person.action("take-photo").click();
    await isSaid(stage, "This page does not let the card form use the camera.", "Permissions-Policy");
    await byFile(stage);
  });

  scene("it ends while it is on", { browser: device, asks: true }, async (stage) => {
    await setPermission(stage, "granted");
    await toCamera(stage);
    // Taking the permission back ends the track, as pulling the plug does.
    await setPermission(stage, "denied");
    await stage.person.sees(stage.person.alert("The camera was disconnected."));
    await isOff(stage.page);
    await setPermission(stage, "granted");
    await stage.person.button("Try again").click();
    await isLive(stage);
  });

  scene("an insecure page", camera, async (stage) => {
    const { page, sandbox } = stage;
    // The same server by a name that is not this machine's own, which makes its http insecure.
    await page.route("http://cards.example/**", async (route) => {
      const { pathname, search } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: `${sandbox.url}${pathname.slice(1)}${search}` }) });
    });
    await page.goto("http://cards.example/");
    await stage.person.signIn();
    await stage.person.choose(STUDENT.name);
    await stage.person.action("take-photo").first().click();
    await stage.person.sees(stage.person.alert("Browsers give the camera to secure pages only (https)."));
    assert.equal(await stage.person.host.locator('input[type=file][capture="user"]').count(), 1);
  });

  scene("a browser without a way to cameras: the system's own is offered", {}, async (stage) => {
    const { page, person } = stage;
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "mediaDevices", { value: undefined }));
    await stage.open();
    await person.signIn();
    await person.choose(BADGE.name);
    const chooser = page.waitForEvent("filechooser");
    await person.button("Take photo").click();
    const { name, mimeType, buffer } = BADGE.photos.Photo;
    await (await chooser).setFiles({ name, mimeType, buffer });
    await person.sees(person.host.getByRole("heading", { name: "Adjust the photo" }));
  });
});
