// A person at the element: finds things by what they are called, and waits for what is to be seen.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "./env.mjs";
import { photos } from "./photos.mjs";

/** What things are called. */
export const WORDS = {
  en: {
    email: "Email", password: "Password", signIn: "Sign in", signOut: "Sign out",
    choosePhoto: "Choose a photo", changePhoto: "Change photo", usePhoto: "Use photo",
    preview: "Preview card", edit: "Edit card", finalize: "Finalize card", ready: "Your card is ready",
    another: "Make another card", retry: "Try again", cancel: "Cancel",
    front: (name) => `Front of the card “${name}”`, back: (name) => `Back of the card “${name}”`,
    signInAgain: "Sign in again", saveDraft: "Save draft",
  },
  es: {
    email: "Correo electrónico", password: "Contraseña", signIn: "Iniciar sesión", signOut: "Cerrar sesión",
    choosePhoto: "Elige una foto", changePhoto: "Cambiar foto", usePhoto: "Usar foto",
    preview: "Ver la tarjeta", edit: "Editar la tarjeta", finalize: "Finalizar la tarjeta",
    ready: "Tu tarjeta está lista", another: "Hacer otra tarjeta", retry: "Volver a intentarlo", cancel: "Cancelar",
    front: (name) => `Anverso de la tarjeta «${name}»`, back: (name) => `Reverso de la tarjeta «${name}»`,
    signInAgain: "Inicia sesión de nuevo", saveDraft: "Guardar borrador",
  },
};

/** The templates that the sandbox starts with, and what one enters for each. */
export const BADGE = {
  name: "Employee badge", sides: 2, portrait: false,
  texts: {
    "Full name": "Zoë Müller-Łukasz", "Job title": "Field engineer", Department: "Operations",
    "Employee number": "E-20417", "Emergency contact (optional)": "Ivan, +1 215 555 0100",
  },
  photos: { Photo: photos.portrait },
  data: {
    FULL_NAME: "Zoë Müller-Łukasz", JOB_TITLE: "Field engineer", DEPARTMENT: "Operations",
    EMPLOYEE_NUMBER: "E-20417", EMERGENCY_CONTACT: "Ivan, +1 215 555 0100",
  },
};
export const PASS = {
  name: "Visitor pass", sides: 1, portrait: false,
  texts: { "Full name": "Ana Núñez", Company: "Brightwater Ltd.", Host: "Amelia Hart", "Valid until": "June 30, 2027" },
  photos: {},
  data: { FULL_NAME: "Ana Núñez", COMPANY: "Brightwater Ltd.", HOST: "Amelia Hart", VALID_UNTIL: "June 30, 2027" },
};
export const STUDENT = {
  name: "Student ID", sides: 2, portrait: true,
  texts: { "Full name": "Иван Петров", Program: "M.A. Architecture", "Student number": "S-77120" },
  photos: { Photo: photos.landscape, Signature: photos.signature },
  data: { FULL_NAME: "Иван Петров", PROGRAM: "M.A. Architecture", STUDENT_NUMBER: "S-77120" },
};

export class Person {
  /** At the element `host` of `page`, which speaks `lang`. */
  constructor(page, lang = "en", host = "instant-card") {
    this.page = page;
    this.words = WORDS[lang];
    this.host = page.locator(host);
  }

  screen(name) { return this.host.locator(`[data-screen="${name}"]`); }
  action(name) { return this.host.locator(`[data-action="${name}"]`); }
  button(name) { return this.host.getByRole("button", { name, exact: true }); }
  field(label) { return this.host.getByRole("textbox", { name: label, exact: true }); }
  /** The control of an image field. */
  picture(label) { return this.host.getByRole("group", { name: label, exact: true }); }
  alert(text) { return this.host.getByRole("alert").filter({ hasText: text }); }
  get dialog() { return this.host.getByRole("dialog"); }

  /** Waits until there is this to be seen. */
  async sees(...locators) {
    for (const locator of locators) await locator.first().waitFor();
  }

  async enterCredentials(password = PASSWORD, within = this.host, email = EMAIL) {
    await within.getByRole("textbox", { name: this.words.email, exact: true }).fill(email);
    await within.getByLabel(this.words.password, { exact: true }).fill(password);
    await within.getByRole("button", { name: this.words.signIn, exact: true }).click();
  }

  async signIn() {
    await this.enterCredentials();
    await this.screen("sign-in").waitFor({ state: "detached" });
  }

  /** Signs out although something is lost by it, which is asked first. */
  async signOutAllTheSame() {
    await this.button(this.words.signOut).click();
    await this.dialog.locator('[data-action="confirm"]').click();
    await this.screen("sign-in").waitFor();
  }

  async signInAgain() {
    await this.dialog.getByRole("heading", { name: this.words.signInAgain }).waitFor();
    await this.enterCredentials(PASSWORD, this.dialog);
    await this.dialog.waitFor({ state: "detached" });
  }

  async choose(template) {
    await this.button(template).click();
    await this.screen("card-form").waitFor();
  }

  async fill(texts) {
    for (const [label, text] of Object.entries(texts)) await this.field(label).fill(text);
  }

  /** Chooses a file for an image field. What happens then depends on the file. */
  async chooseFile(label, photo) {
    const chooser = this.page.waitForEvent("filechooser");
    await this.picture(label).locator('[data-action="choose-file"]').click();
    await (await chooser).setFiles({ name: photo.name, mimeType: photo.mimeType, buffer: photo.buffer });
  }

  async addPhoto(label, photo = photos.portrait) {
    await this.chooseFile(label, photo);
    await this.screen("photo").waitFor();
    await this.button(this.words.usePhoto).click();
    await this.screen("card-form").waitFor();
    await this.loaded(this.picture(label).getByRole("img"));
  }

  /** Drops a file on an image field, or pastes it there. */
  async give(how, label, photo) {
    const bytes = photo.buffer.toString("base64");
    await this.picture(label).evaluate((field, [how, bytes, { name, type }]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], name, { type }));
      const about = { bubbles: true, composed: true, cancelable: true };
      if (how === "paste") {
        const paste = new ClipboardEvent("paste", { ...about, clipboardData: data });
        // Firefox leaves out what a script puts there.
        if (!paste.clipboardData?.files.length) Object.defineProperty(paste, "clipboardData", { value: data });
        field.dispatchEvent(paste);
      } else {
        for (const step of ["dragenter", "dragover", "drop"]) {
          field.dispatchEvent(new DragEvent(step, { ...about, dataTransfer: data }));
        }
      }
    }, [how, bytes, { name: photo.name, type: photo.mimeType }]);
    await this.screen("photo").waitFor();
  }

  /** Presses Tab until `target` has the focus. */
  async tabTo(target, key = "Tab") {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await this.hasFocus(target)) return;
      await this.page.keyboard.press(key);
    }
    assert.fail(`${target} is not reached with ${key}`);
  }

  hasFocus(target) {
    return target.evaluate((element) => element.getRootNode().activeElement === element);
  }

  /** Waits until `target` has the focus. */
  async focuses(target) {
    const element = await target.elementHandle();
    await this.page.waitForFunction((element) => element.getRootNode().activeElement === element, element);
  }

  /** Fills the whole form. */
  async enter(template) {
    await this.fill(template.texts);
    for (const [label, photo] of Object.entries(template.photos)) await this.addPhoto(label, photo);
  }

  /** Asks for the preview and looks at it. */
  async preview(template) {
    await this.button(this.words.preview).click();
    await this.looksAtPreview(template);
  }

  /** Both sides are there, really drawn, and lie as the card does. */
  async looksAtPreview({ name, sides, portrait }) {
    const screen = this.screen("preview");
    await screen.waitFor();
    await this.button(this.words.finalize).waitFor();
    const faces = screen.locator("img");
    assert.equal(await faces.count(), sides, `${sides} sides`);
    const names = [this.words.front(name), this.words.back(name)].slice(0, sides);
    for (const side of names) {
      const face = screen.locator("img").and(screen.getByAltText(side, { exact: true }));
      const drawn = await this.loaded(face);
      assert.equal(drawn.height > drawn.width, portrait, `${side} is drawn ${portrait ? "portrait" : "landscape"}`);
      assert.ok(Math.max(drawn.width, drawn.height) >= 600, `${side} is large enough to be read`);
      const shown = await face.evaluate(({ offsetWidth, offsetHeight }) => offsetWidth / offsetHeight);
      const ratio = portrait ? 53.98 / 85.6 : 85.6 / 53.98;
      assert.ok(Math.abs(shown / ratio - 1) < 0.02, `${side} is shown as a card lies: ${shown}`);
    }
  }

  /** The natural size of an image, once it has really loaded. */
  async loaded(image) {
    const size = await image.evaluate(async (image) => {
      await image.decode();
      return { width: image.naturalWidth, height: image.naturalHeight };
    });
    assert.ok(size.width > 0 && size.height > 0, "the image has loaded");
    return size;
  }

  async edit() {
    await this.button(this.words.edit).click();
    await this.screen("card-form").waitFor();
  }

  /** Finalizes, and reads that the card is ready. Gives the card's number. */
  async finalize() {
    await this.button(this.words.finalize).click();
    return this.isDone();
  }

  async isDone() {
    const screen = this.screen("done");
    await screen.getByRole("heading", { name: this.words.ready }).waitFor();
    return Number((await screen.innerText()).match(/\d+/)[0]);
  }

  /** From an open page to a finalized card. */
  async makes(template) {
    await this.signIn();
    await this.choose(template.name);
    await this.enter(template);
    await this.preview(template);
    return this.finalize();
  }

  /** What stands in the fields with these labels. */
  async standsThere(texts) {
    for (const [label, text] of Object.entries(texts)) {
      assert.equal(await this.field(label).inputValue(), text, label);
    }
  }
}
