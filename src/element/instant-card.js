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
  "api-base", "proxy", "gateway", "organization-id", "template-id", "card-id", "mode", "lang", "theme", "remember", "idle-timeout",
  "page-size", "face-help", "photo-rules", "file-choice", "keyboard", "loading", "ends-with", "shipping-provider-id", "routing", "keep",
];
// Where the API is when no attribute says.
const SERVER = "https://core.instantcard.net/";
// Milliseconds. Waiting is to show within 100.
const SPLASH_AFTER = 60;
// Text fields of a template.
const TYPED = ".input[data-token]";
// So many elements of a page have a program each.
const PROGRAMS = 8;
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
const TELLING = ["mode", "theme", "organization-id", "template-id", "remember"];
const PORTAL = /^(portal)?,(auto|light|dark)?,\d*,\d*,(none|session)?$/;

// The few words that are needed before Rust is there, or after it is gone.
const WORDS = {
  en: {
    loading: "Loading…",
    retry: "Try again",
    network: "The card form could not be loaded. Check your connection and try again.",
    offline: "You are offline. Check your connection and try again.",
    part: "The card form could not be loaded: its file has arrived only in part. Tell the site's owner: {file}.",
    missing: "The card form could not be loaded: the server does not give its file (HTTP {status}). Tell the site's owner: {file}.",
    page: "The card form could not be loaded: the server sent a web page in place of its file. Tell the site's owner: {file}.",
    version: "There is a new version of the card form. Reload this page to go on with it.",
    reload: "Reload page",
    blocked: "This page does not allow the card form to run. Tell the site's owner: in its Content-Security-Policy, {directive} has to allow {address}.",
    file: "The card form cannot run from a file. Open this page from a web server.",
    old: "This browser is too old for the card form, or has WebAssembly turned off. Update it, or use another one.",
    panic: "The card form has stopped because of a mistake of ours. Load it again to go on: your texts are kept.",
  },
  es: {
    loading: "Cargando…",
    retry: "Volver a intentarlo",
    network: "No se pudo cargar el formulario. Revisa tu conexión y vuelve a intentarlo.",
    offline: "No hay conexión a internet. Revisa tu conexión y vuelve a intentarlo.",
    part: "No se pudo cargar el formulario: su archivo ha llegado incompleto. Avisa a quien lleva el sitio: {file}.",
    missing: "No se pudo cargar el formulario: el servidor no entrega su archivo (HTTP {status}). Avisa a quien lleva el sitio: {file}.",
    page: "No se pudo cargar el formulario: en lugar de su archivo el servidor envió una página web. Avisa a quien lleva el sitio: {file}.",
    version: "Hay una versión nueva del formulario. Vuelve a cargar esta página para seguir con ella.",
    reload: "Volver a cargar la página",
    blocked: "Esta página no permite que el formulario funcione. Avisa a quien lleva el sitio: en su Content-Security-Policy, {directive} debe permitir {address}.",
    file: "El formulario no funciona desde un archivo. Abre esta página desde un servidor web.",
    old: "Este navegador es demasiado antiguo para el formulario o tiene WebAssembly desactivado. Actualízalo o usa otro.",
    panic: "El formulario se ha detenido por un error nuestro. Vuelve a cargarlo para seguir: tus textos se conservan.",
  },
};

// The first file. Addresses are written out, so that bundlers find the files and put their own in place of them.
const first = () => new URL("./instant-card_bg.wasm", import.meta.url);

const alive = new Set();
const known = new Set();
// Style sheets are for one document: those of each window, in the order of `known`.
const sheets = new WeakMap();
// The programs that run, each with the elements that it serves, but for those of elements that are kept.
const programs = new Set();
// For programs that are gone with their element, which nobody held any more.
let gone;

reach((text) => {
  // Adopted already, where the WASM is there a second time.
  if (!text || known.has(text)) return;
  known.add(text);
  alive.forEach((element) => element.adopt());
}, (error, file) => alive.forEach((element) => element.hear(error, file)));

/** The style sheets for elements in this window. */
function sheetsFor(window) {
  const made = sheets.get(window) ?? [];
  for (const text of [...known].slice(made.length)) {
    made.push(new window.CSSStyleSheet());
    made.at(-1).replaceSync(text);
  }
  sheets.set(window, made);
  return made;
}

/** The first file. A failure is forgotten, so that a retry is a real one. */
async function fetched() {
  if (location.protocol === "file:") throw failure("file");
  if (typeof WebAssembly !== "object") throw failure("old");
  return get(first());
}

/** Whether it stays as it is when it is taken out of the page. */
const keeps = (element) => element.getAttribute("keep")?.trim() === "on";

/**
 * The program for one more element: one of its own, so that a mistake of ours stops that element and no other. On a page of very many
 * elements they share some, but with none that is kept: that goes away with its program, when nobody holds it any more.
 */
function programFor(element, module) {
  let [program] = [...programs].sort((one, other) => one.size - other.size);
  if (!program || keeps(element) || (program.size && programs.size < PROGRAMS)) {
    program = new Set();
    program.ready = start(program, module);
    if (!keeps(element)) programs.add(program);
  }
  return program.add(element);
}

async function start(program, module) {
  // What it has in the page that would outlive it. Nothing of this holds the program.
  const traces = { left: new Set(), life: new AbortController() };
  program.traces = traces;
  gone ??= new FinalizationRegistry(clear);
  gone.register(program, traces);
  const { init, Widget, watch_panics } = glue(traces.left, traces.life.signal);
  traces.memory = Object.values(await init(module)).find((made) => made instanceof WebAssembly.Memory);
  watch_panics((where) => panicked(program, where));
  return Widget;
}

/** Takes out of the page what a program has left there: listeners of the window, intervals, pictures' addresses. */
function clear({ left, life, memory }) {
  life.abort();
  for (const one of left) {
    // It is one of these, and to the other it is nothing.
    clearInterval(one);
    URL.revokeObjectURL(one);
  }
  giveBack(memory);
}

/** Gives back what elements have taken whose program is gone, or has stopped. */
function giveBack(memory) {
  for (const [key, [owner, channel]] of InstantCard.keys) {
    if (owner !== memory) continue;
    InstantCard.keys.delete(key);
    channel?.close();
  }
}

/** Loads the page again, past what a cache may have kept of the module. */
async function reload() {
  await fetch(new URL("instant-card.js", first()), { cache: "reload" }).catch(() => {});
  location.reload();
}

/** A program's state cannot be trusted after a panic: whom it serves lets go of it, and offers a new one. */
function panicked(program, where) {
  console.error(`instant-card stopped at ${where}`);
  // After the panic has left the stack: nothing may call into the program again.
  queueMicrotask(() => program.forEach((element) => element.failed(failure("panic"))));
}

/** The keys of what this tab remembers. Where a page may have no storage, it throws. */
function remembered() {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(TAG));
  } catch {
    return [];
  }
}

/** Puts a text back to where a translator has put its own. */
function untranslate(text) {
  text.translation?.replaceWith(text);
  text.translation = undefined;
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
  /**
   * Under which keys elements of this page keep something, the memory of whose program, and its way to other tabs: no other takes the
   * same key. For Rust, and not for the page.
   */
  static keys = new Map();

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
  #program;
  #widget;
  #typed;
  #starting = false;
  #waiting;
  #early;
  #trouble;
  #given = {};
  #unwatch;

  constructor() {
    super();
    known.add(css);
    this.adopt();
    for (const type of OURS) this.#root.addEventListener(type, keep);
    // What has the focus may go away with what it was pressed for, and the focus would fall to the page. Whoever goes on by
    // keyboard goes on from the title of the screen; whoever does so by a pointer sees nothing of it.
    let focused;
    this.#root.addEventListener("focusin", ({ target }) => { focused = target; });
    new MutationObserver((records) => {
      for (const { addedNodes: [added], removedNodes: [removed] } of records) {
        // A translator puts its own in place of a text. What is said next is said there once more, and translated anew.
        if (added?.localName !== "font" || removed?.nodeType !== 3) continue;
        removed.translation = added;
        new MutationObserver(() => untranslate(removed)).observe(removed, { characterData: true });
      }
      if (this.#typed) this.#type();
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
    if (this.#widget) return this.#wake();
    if (this.#unwatch) return;
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
      if (!this.isConnected) this.#leave();
    });
  }

  adoptedCallback() { this.adopt(); }

  /** Out of the page: lets go of everything, or keeps it. */
  #leave() {
    clearTimeout(this.#waiting);
    if (!keeps(this)) {
      this.#stopWatching();
      this.#stop();
      this.#drop();
      this.#typed = undefined;
      return this.#root.replaceChildren();
    }
    // Nothing of this module is to hold it: it is gone with whoever has taken it out.
    alive.delete(this);
    programs.delete(this.#program);
    // Nobody is before the camera.
    this.#root.querySelector("video")?.closest("[data-screen]").querySelector("[data-action=cancel]")?.click();
  }

  /** In the page again, after a move or after it was kept. */
  #wake() {
    alive.add(this);
    this.adopt();
    // A dialog that was taken out is open, and no longer above everything.
    for (const dialog of this.#root.querySelectorAll("dialog[open]")) {
      dialog.open = false;
      dialog.showModal();
    }
  }

  attributeChangedCallback(name) {
    if (name === "keep" && !this.isConnected) this.#leave();
    if (name === "loading" && this.#unwatch && this.getAttribute("loading") !== "lazy") {
      this.#stopWatching();
      this.#start();
    }
    this.#widget?.attributes_changed();
    this.#wait();
  }

  /** Forgets the card in work and starts over. */
  reset() {
    this.#typed = undefined;
    this.#widget?.reset();
  }

  /** Forgets who is signed in, and the card in work. */
  signOut() {
    // Also where nobody has looked at it yet.
    remembered().forEach((key) => sessionStorage.removeItem(key));
    this.#typed = undefined;
    this.#widget?.sign_out();
    this.#drop();
    this.#wait();
  }

  async #give(name, value) {
    this.#given[name] = value;
    this.#wait();
    if (name !== "strings") return this.#widget?.set_property(name, value);
    if (this.#widget) await this.#readies(this.#widget.constructor);
    this.#widget?.attributes_changed();
  }

  /** Waits for what takes the page's own words, where it gives some. */
  async #readies(Widget) {
    if (this.strings) await new Promise(Widget.fetch_strings);
  }

  /** Takes the style sheets that there are by now. Not for the page. */
  adopt() {
    const window = this.ownerDocument.defaultView;
    // A document without a window has no style sheets.
    this.#root.adoptedStyleSheets = window ? sheetsFor(window) : [];
  }

  async #start() {
    this.#starting = true;
    this.#wait();
    try {
      const module = await fetched();
      // It may be gone by now.
      this.#program = this.isConnected ? programFor(this, module) : undefined;
      const Widget = await this.#program?.ready;
      // Never in the middle of a character.
      await this.#early?.settled();
      if (Widget) await this.#readies(Widget);
      this.#starting = false;
      if (!this.isConnected) return this.#quit();
      if (Widget) this.#mount(Widget);
      // It was gone for a moment.
      else this.#start();
    } catch (error) {
      this.#starting = false;
      if (this.isConnected) this.failed(error);
      this.#quit();
    }
  }

  /** Hands over to Rust. Where the form is there already, Rust goes on with it as it stands. */
  #mount(Widget) {
    const early = this.#early;
    this.#early = undefined;
    const taken = early?.take() ?? [];
    taken.slice(2).forEach(untranslate);
    if (early) this.#suit();
    else this.#show();
    this.adopt();
    alive.add(this);
    this.#widget = new Widget(this, this.#root, this.#given, taken);
    // Rust has drawn something else: the page has changed its mind, or its attributes cannot be used.
    if (early && this.#root.querySelectorAll(".root").length > 1) early.root.remove();
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
    this.#quit();
  }

  /** Lets go of the program, which may serve another element. */
  #quit() {
    this.#program?.delete(this);
    this.#program = undefined;
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

  /** The language's tag: its own, or that of the page around it, or the browser's. For Rust, and not for the page. */
  get language() {
    const nearest = (from) => {
      const found = from.closest("[lang]");
      if (found) return found.getAttribute("lang");
      // Out of shadow roots, closed ones too.
      const { host } = from.getRootNode();
      return host && nearest(host);
    };
    return this.getAttribute("lang")?.trim() || nearest(this) || navigator.language;
  }

  /** The language that is spoken here until there is Rust, by the rule by which Rust chooses it. */
  #language() {
    const primary = this.language.trim().split(/[-_]/)[0].toLowerCase();
    return Object.hasOwn(WORDS, primary) ? primary : "en";
  }

  /** What is said here: the page's own words, or ours. */
  #say(name) {
    return `${this.strings?.[`load.${name}`] ?? WORDS[this.#language()][name]}`;
  }

  /** Shows what there is to show while the WASM is on its way: the sign-in form, where Rust will begin with it. */
  #wait() {
    if (!this.#starting || !this.isConnected) return;
    const told = TELLING.map((name) => this.getAttribute(name)?.trim()).join();
    // The page's own words come with Rust, and nothing is said first in ours. Who is remembered has signed in.
    if (
      this.token || this.tokenProvider || this.strings || !PORTAL.test(told) || (/session/.test(told) && remembered().length)
    ) {
      // What was typed is kept, for the case that the page changes its mind again.
      if (this.#early?.root.parentNode) this.#show();
      // An extension may have put something of its own there.
      if (!this.#root.querySelector("div")) this.#splashSoon();
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
    splash.setAttribute("aria-label", this.#say("loading"));
    this.#show(splash);
  }

  /** Shows what went wrong where the widget would be, with a way on. Not for the page: called by this module only. */
  failed(error) {
    alive.delete(this);
    this.#widget = undefined;
    // Whatever else is thrown comes from within: nothing of it can be trusted.
    if (/panic/.test(error.code ?? "panic")) {
      // Held until there is another: it has the browser ask still whether the page may be left.
      const program = this.#program;
      programs.delete(program);
      program?.delete(this);
      giveBack(program?.traces.memory);
      // A kiosk's next person is another one; what is remembered comes back by itself.
      if (!/kiosk|session/.test(this.getAttribute("mode") + this.getAttribute("remember"))) {
        this.#typed = Object.fromEntries([...this.#root.querySelectorAll(TYPED)].map(({ dataset, value }) => [dataset.token, value]));
      }
    }
    this.#complain(error, (box) => this.#show(box));
    if (error.code === "offline") addEventListener("online", () => this.#root.querySelector("[data-action=retry]")?.click(), { once: true });
  }

  /** What was typed before a panic is typed once more, into fields that are still empty. */
  #type() {
    for (const field of this.#root.querySelectorAll(TYPED)) {
      const { token } = field.dataset;
      if (field.value || !this.#typed[token]) continue;
      field.value = this.#typed[token];
      field.dispatchEvent(new Event("input", { bubbles: true }));
      this.#typed[token] = "";
    }
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
      if (!/network|offline/.test(error.code)) this.#root.prepend(box);
    });
  }

  /** Hears what the page's policy has refused: a call to our server fails then like any other. Not for the page. */
  refused({ disposition, effectiveDirective: directive, blockedURI }) {
    const server = ["gateway", "proxy", "api-base"].map((name) => this.getAttribute(name)?.trim()).find(Boolean) ?? SERVER;
    if (disposition !== "enforce" || directive !== "connect-src" || !URL.canParse(server, location)) return;
    const address = new URL(server, location).origin;
    if (blockedURI.startsWith(address)) this.hear(failure("blocked", { directive, address }));
  }

  /** Says what went wrong to the person, where `put` shows it, and to the page. */
  #complain(error, put) {
    const code = error.code ?? "panic";
    const isOutdated = code === "version";
    const box = document.createElement("div");
    box.className = "failure notice danger";
    box.setAttribute("role", "alert");
    box.part = "failure";
    const text = document.createElement("p");
    text.textContent = this.#say(code).replace(/{(\w+)}/g, (_, name) => error[name]);
    box.append(text);
    // A widget that is there has its own way to try again.
    if (isOutdated || !this.#widget) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.dataset.action = isOutdated ? "reload" : "retry";
      button.textContent = this.#say(button.dataset.action);
      button.addEventListener("click", () => {
        if (isOutdated) return void reload();
        this.#splash();
        this.#start();
      });
      box.append(button);
    }
    put(box);
    this.tell("ic-error", { code: `load-${code}`, message: text.textContent });
  }

  /** Tells the page. Where it may say no, and does: why. For Rust, and not for the page. */
  tell(type, detail, cancelable) {
    // What is typed into the next card is new, and the next person is another one.
    if (/finalized|sign-out/.test(type)) this.#typed = undefined;
    const isFine = this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable, detail }));
    return isFine ? undefined : `${detail.reason ?? ""}`;
  }
}

globalThis.document?.addEventListener("securitypolicyviolation", (event) => alive.forEach((element) => element.refused(event)));

if (globalThis.customElements && !customElements.get(TAG)) {
  // The WASM is on its way while the elements that are there already are set up. A failure is each element's to show.
  if (document.querySelector(`${TAG}:not([loading="lazy"])`)) fetched().catch(() => {});
  for (const type of ["dragover", "drop"]) addEventListener(type, keepOutOfPage);
  customElements.define(TAG, InstantCard);
}
