// <instant-card>: the ES module that a page loads.
//
// The element is defined at once, so that a page can set its properties and listen from the first line on; the WASM is
// fetched when the first element is connected. This file is only the boundary: it hands every attribute, property and
// method to Rust, shows the sign-in form while Rust is on its way, and a worded failure when there is no Rust to show one.
// `instant-card-glue` is what wasm-bindgen writes, as a function that makes it, `instant-card-css` the style sheet's text,
// `instant-card-chunks` what fetches the files, `instant-card-early` that first form; the bundler puts all of them in here.
//
// On a server nothing happens: the page's own browser defines the element.

import glue from "instant-card-glue";
import { ahead, failure, get, reach } from "instant-card-chunks";
import { draw } from "instant-card-early";
import css from "instant-card-css";

const TAG = "instant-card";
const ATTRIBUTES = [
  "api-base", "proxy", "organization-id", "template-id", "card-id", "mode", "lang", "theme", "remember", "idle-timeout",
  "page-size", "face-help", "photo-rules", "file-choice", "keyboard", "loading", "ends-with", "shipping-provider-id",
];
// Where the API is when no attribute says.
const SERVER = "https://core.instantcard.net/";
// Milliseconds. Waiting is to show within 100.
const SPLASH_AFTER = 60;
const PROPERTIES = [
  // A token that the page got for its user; `async () => string`, asked for one when there is none or the server refuses it.
  "token", "tokenProvider",
  // `{token: value}`: what the page knows of the template's fields. `{token: {value, locked, hidden}}`: what it wants of them.
  "prefill", "fields",
  // `{full_name, address_1, …}`: where a card that is ordered goes, to begin with.
  "shippingAddress",
  // `{text, link, required}`: what a person reads, or agrees to, before their first photo.
  "consent",
  // `{key: text}`: the page's own words in place of ours.
  "strings",
];
// What is typed, pasted or dropped inside is nobody else's: seen from the page all of it happens on <instant-card>, which its
// shortcuts take for no field, and some of it carries what was typed.
const OURS = [
  "keydown", "keypress", "keyup", "beforeinput", "input", "textInput", "compositionstart", "compositionupdate",
  "compositionend", "copy", "cut", "paste", "dragenter", "dragover", "dragleave", "drop",
];
// What these attributes are, one after the other, where Rust begins with the sign-in form and not with something else, or
// with a complaint.
const TELLING = ["mode", "theme", "organization-id", "template-id"];
const PORTAL = /^(portal)?,(auto|light|dark)?,\d*,\d*$/;

// The few words that are needed before Rust is there, or after it is gone.
const WORDS = {
  en: {
    loading: "Loading…",
    retry: "Try again",
    network: "The card form could not be loaded. Check your connection and try again.",
    missing: "The card form could not be loaded: its file was not found on the server (HTTP {status}). Tell the site's owner: {file}.",
    page: "The card form could not be loaded: the server sent a web page in place of its file. Tell the site's owner: {file}.",
    version: "There is a new version of the card form. Reload this page to go on with it.",
    reload: "Reload page",
    blocked: "This page does not allow the card form to run. Tell the site's owner: in its Content-Security-Policy, {directive} has to allow {address}.",
    file: "The card form cannot run from a file. Open this page from a web server.",
    old: "This browser is too old for the card form. Update it, or use another one.",
    panic: "The card form has stopped because of a mistake of ours. Load it again to go on.",
  },
  es: {
    loading: "Cargando…",
    retry: "Volver a intentarlo",
    network: "No se pudo cargar el formulario. Revisa tu conexión y vuelve a intentarlo.",
    missing: "No se pudo cargar el formulario: su archivo no está en el servidor (HTTP {status}). Avisa a quien lleva el sitio: {file}.",
    page: "No se pudo cargar el formulario: en lugar de su archivo el servidor envió una página web. Avisa a quien lleva el sitio: {file}.",
    version: "Hay una versión nueva del formulario. Vuelve a cargar esta página para seguir con ella.",
    reload: "Volver a cargar la página",
    blocked: "Esta página no permite que el formulario funcione. Avisa a quien lleva el sitio: en su Content-Security-Policy, {directive} debe permitir {address}.",
    file: "El formulario no funciona desde un archivo. Abre esta página desde un servidor web.",
    old: "Este navegador es demasiado antiguo para el formulario. Actualízalo o usa otro.",
    panic: "El formulario se ha detenido por un error nuestro. Vuelve a cargarlo para seguir.",
  },
};

// The first file. Addresses are written out, so that bundlers find the files and put their own in place of them.
const first = () => new URL("./instant-card_bg.wasm", import.meta.url);

const alive = new Set();
const known = new Set();
const sheets = [];
let loading;

reach((text) => {
  // Adopted already, where the WASM is there a second time.
  if (!text || known.has(text)) return;
  style(text);
  alive.forEach((element) => element.adopt());
}, (error, file) => alive.forEach((element) => element.hear(error, file)));

/** Makes a style sheet for all elements. */
function style(text) {
  known.add(text);
  sheets.push(new CSSStyleSheet());
  sheets.at(-1).replaceSync(text);
}

/** Fetches and starts the WASM once for all elements; a failure is forgotten, so that a retry is a real one. */
export function load() {
  loading ??= start().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start() {
  if (location.protocol === "file:") throw failure("file");
  if (typeof WebAssembly !== "object") throw failure("old");
  const module = await get(first());
  const { init, Widget, watch_panics } = glue();
  await init(module);
  watch_panics(panicked);
  return Widget;
}

/** Loads the page again, past what a cache may have kept of the module. */
async function reload() {
  await fetch(new URL("instant-card.js", first()), { cache: "reload" }).catch(() => {});
  location.reload();
}

/** The module's state cannot be trusted after a panic: every element lets go of it and offers a new one. */
function panicked(where) {
  console.error(`instant-card stopped at ${where}`);
  loading = undefined;
  const stopped = [...alive];
  // After the panic has left the stack: nothing may call into the module again.
  queueMicrotask(() => stopped.forEach((element) => element.failed(failure("panic"))));
}

/** Ends an event's way before it leaves the element. */
function keep(event) {
  event.stopPropagation();
  if (event.type === "keydown" && event.key === "Escape" && !event.isComposing && !event.defaultPrevented) {
    // Left to the browser, it may close the page's own dialog, in which ours stands, as well.
    const dialog = event.target.closest("dialog");
    if (dialog) {
      event.preventDefault();
      dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
    }
  }
  keepOut(event);
}

/** A file that is let go beside its field: the browser would open it in place of the page. */
function keepOut(event) {
  if (!event.dataTransfer?.types.includes("Files") || event.defaultPrevented) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
}

/** The same beside the element. What the page does with files itself stays as it is. */
function keepOutOfPage(event) {
  const [target] = event.composedPath();
  const isFile = event.dataTransfer?.types.includes("Files");
  if (alive.size && isFile && target.type !== "file" && !target.isContentEditable) event.preventDefault();
}

/** A frame that is sandboxed without `allow-forms` clicks a form's button, for Enter too, and then sends nothing. */
function sendAnyway(event) {
  const form = event.target.closest("[type=submit]")?.form;
  if (!form) return;
  let isSent = false;
  form.addEventListener("submit", () => { isSent = true; }, { once: true });
  // Wherever it is sent at all, that has happened by then.
  setTimeout(() => {
    if (!isSent && !event.defaultPrevented && form.isConnected) form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
}

class InstantCard extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ATTRIBUTES;
  /** Which build this is. */
  static version = VERSION;

  static {
    for (const name of PROPERTIES) {
      Object.defineProperty(this.prototype, name, {
        get() { return this.#given[name]; },
        set(value) { this.#give(name, value); },
      });
    }
  }

  #root = this.attachShadow({ mode: "open" });
  #states = this.attachInternals?.().states;
  #widget;
  #starting = false;
  #waiting;
  #early;
  #trouble;
  #given = {};
  #unwatch;

  constructor() {
    super();
    if (!sheets.length) style(css);
    this.adopt();
    for (const type of OURS) this.#root.addEventListener(type, keep);
    // What has the focus may go away with what it was pressed for, and the focus would fall to the page. Whoever goes on by
    // keyboard goes on from the title of the screen; whoever does so by a pointer sees nothing of it.
    let focused;
    this.#root.addEventListener("focusin", ({ target }) => { focused = target; });
    new MutationObserver(() => {
      if (focused?.isConnected !== false || document.activeElement !== document.body) return;
      focused = 0;
      this.#root.querySelector("h1")?.focus({ preventScroll: true });
    }).observe(this.#root, { childList: true, subtree: true });
    this.#root.addEventListener("click", sendAnyway);
    // Browsers and password managers fill in fields and tell of it late, or not at all. What stands in a field is what counts:
    // it looks at it before anything is done.
    for (const type of ["click", "submit"]) {
      this.#root.addEventListener(type, () => {
        for (const field of this.#root.querySelectorAll(".input, :checked")) field.dispatchEvent(new Event("change"));
      }, true);
    }
  }

  connectedCallback() {
    // A property that was set before the element was defined hides the accessor: set it again, through it.
    for (const name of PROPERTIES) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    if (this.#starting) return this.#wait();
    if (this.#widget || this.#unwatch) return;
    if (this.getAttribute("loading") !== "lazy") return void this.#start();
    this.#splashSoon();
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        this.#stopWatching();
        this.#start();
      }
    }, { rootMargin: "200px" });
    watch.observe(this);
    this.#unwatch = () => watch.disconnect();
  }

  disconnectedCallback() {
    // A move is a disconnect followed at once by a connect: only an element that stays out lets go of its state.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#stopWatching();
      this.#stop();
      this.#drop();
      clearTimeout(this.#waiting);
      this.#root.replaceChildren();
    });
  }

  attributeChangedCallback(name) {
    if (name === "loading" && this.#unwatch && this.getAttribute("loading") !== "lazy") {
      this.#stopWatching();
      this.#start();
    }
    this.#widget?.attributes_changed();
    this.#wait();
  }

  /** Forgets the card in work and starts over. */
  reset() { this.#widget?.reset(); }

  /** Forgets who is signed in, and the card in work. */
  signOut() {
    this.#widget?.sign_out();
    this.#drop();
    this.#wait();
  }

  #give(name, value) {
    this.#given[name] = value;
    this.#widget?.set_property(name, value);
    this.#wait();
  }

  /** Takes the style sheets that there are by now. Not for the page. */
  adopt() {
    this.#root.adoptedStyleSheets = sheets;
  }

  async #start() {
    this.#starting = true;
    this.#wait();
    try {
      const Widget = await load();
      // Never in the middle of a character.
      await this.#early?.settled();
      this.#starting = false;
      if (this.isConnected && !this.#widget) this.#mount(Widget);
    } catch (error) {
      this.#starting = false;
      if (this.isConnected) this.failed(error);
    }
  }

  /** Hands over to Rust. Where the form is there already, Rust goes on with it as it stands. */
  #mount(Widget) {
    const early = this.#early;
    this.#early = undefined;
    if (early) this.#suit();
    else this.#show();
    this.adopt();
    alive.add(this);
    this.#widget = new Widget(this, this.#root, this.#given, early?.take() ?? []);
    // Rust has drawn something else: the page has changed its mind, or its attributes cannot be used.
    if (early?.root.nextSibling) early.root.remove();
    this.#widget.ready();
    early?.send();
    // Once the form is painted: until then it would have to share the line and the processor with what comes later.
    requestAnimationFrame(() => setTimeout(() => {
      ahead("cards");
      // Whoever signs in with the form can go back from the first screen on.
      if (early) ahead("trail");
    }));
  }

  #stop() {
    alive.delete(this);
    const widget = this.#widget;
    this.#widget = undefined;
    widget?.free();
  }

  /** Puts something in place of what is there. */
  #show(...content) {
    clearTimeout(this.#waiting);
    this.#early?.leave();
    this.#suit();
    this.#root.replaceChildren(...content);
  }

  /** A page that has set no font gets the system's in place of the browser's Times. */
  #suit() {
    const plain = /^("?Times( New Roman)?"?|serif)$/i.test(getComputedStyle(this).fontFamily);
    this.#states?.[plain ? "add" : "delete"]("plain-page");
  }

  #stopWatching() {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  /** The language, by the rule by which Rust chooses it. */
  #language() {
    const tag = this.getAttribute("lang")?.trim() || this.closest("[lang]")?.getAttribute("lang") || navigator.language;
    const primary = tag.trim().split(/[-_]/)[0].toLowerCase();
    return Object.hasOwn(WORDS, primary) ? primary : "en";
  }

  #words() {
    return WORDS[this.#language()];
  }

  /** Shows what there is to show while the WASM is on its way: the sign-in form, where Rust will begin with it. */
  #wait() {
    if (!this.#starting || !this.isConnected) return;
    const told = TELLING.map((name) => this.getAttribute(name)?.trim()).join();
    if (this.token || this.tokenProvider || !PORTAL.test(told)) {
      // What was typed is kept, for the case that the page changes its mind again.
      if (this.#early?.root.parentNode) this.#show();
      if (!this.#root.firstChild) this.#splashSoon();
      return;
    }
    this.#early ??= draw();
    this.#early.speak(this.#language());
    if (!this.#early.root.parentNode) this.#show(this.#early.root);
  }

  /** Forgets what was typed into the form that is shown while waiting. */
  #drop() {
    this.#early?.leave();
    this.#early = undefined;
  }

  #splashSoon() {
    clearTimeout(this.#waiting);
    // Drawing takes time away from starting, which mostly is over before one would wonder.
    this.#waiting = setTimeout(() => this.#splash(), SPLASH_AFTER);
  }

  #splash() {
    const splash = document.createElement("div");
    splash.className = "splash";
    splash.setAttribute("role", "status");
    splash.setAttribute("aria-label", this.#words().loading);
    this.#show(splash);
  }

  /** Shows what went wrong where the widget would be, with a way on. Not for the page: called by this module only. */
  failed(error) {
    alive.delete(this);
    this.#widget = undefined;
    // Whatever else is thrown comes from within: nothing of it can be trusted.
    if (!error.code) loading = undefined;
    this.#complain(error, (box) => this.#show(box));
  }

  /**
   * Hears how fetching the `file` of a later part went. Why it failed is told over the widget, which keeps what is typed, until
   * that file is there. Not for the page.
   */
  hear(error, file) {
    if (!error && file !== this.#trouble?.file) return;
    this.#trouble?.remove();
    if (!error?.code) return;
    this.#complain(error, (box) => {
      this.#trouble = Object.assign(box, { file });
      // That something did not come is for the screen to say, where it matters; of a bad line there is no more to tell.
      if (error.code !== "network") this.#root.prepend(box);
    });
  }

  /** Hears what the page's policy has refused: a call to our server fails then like any other. Not for the page. */
  refused({ disposition, effectiveDirective: directive, blockedURI }) {
    const server = ["proxy", "api-base"].map((name) => this.getAttribute(name)?.trim()).find(Boolean) ?? SERVER;
    if (disposition !== "enforce" || directive !== "connect-src" || !URL.canParse(server, location)) return;
    const address = new URL(server, location).origin;
    if (blockedURI.startsWith(address)) this.hear(failure("blocked", { directive, address }));
  }

  /** Says what went wrong to the person, where `put` shows it, and to the page. */
  #complain(error, put) {
    const code = error.code ?? "panic";
    const words = this.#words();
    const isOutdated = code === "version";
    const box = document.createElement("div");
    box.className = "failure notice danger";
    box.setAttribute("role", "alert");
    box.part = "failure";
    const text = document.createElement("p");
    text.textContent = words[code].replace(/{(\w+)}/g, (_, name) => error[name]);
    box.append(text);
    // A widget that is there has its own way to try again.
    if (isOutdated || !this.#widget) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.dataset.action = isOutdated ? "reload" : "retry";
      button.textContent = words[button.dataset.action];
      button.addEventListener("click", () => {
        if (isOutdated) return void reload();
        this.#splash();
        this.#start();
      });
      box.append(button);
    }
    put(box);
    this.dispatchEvent(new CustomEvent("ic-error", {
      bubbles: true, composed: true, detail: { code: `load-${code}`, message: text.textContent },
    }));
  }
}

globalThis.document?.addEventListener("securitypolicyviolation", (event) => alive.forEach((element) => element.refused(event)));

if (globalThis.customElements && !customElements.get(TAG)) {
  // The WASM is on its way while the elements that are there already are set up. A failure is each element's to show.
  if (document.querySelector(`${TAG}:not([loading="lazy"])`)) load().catch(() => {});
  for (const type of ["dragover", "drop"]) addEventListener(type, keepOutOfPage);
  customElements.define(TAG, InstantCard);
}
