// The sign-in form before Rust is there: the same elements, to the letter, that Rust would draw, so that a person can read
// and type while the WASM is on its way. Rust then goes on with these very elements (`ui::dom::adopt`): whatever stands in
// them, the caret, the browser's autofill and undo, stays as it is.
//
// For that they are made here in the order in which Rust makes them: what `view::frame`, `view::sign_in`,
// `ui::text_field` and `ui::button` say, in their order. tests/e2e/early.test.mjs holds one against the other.

// In the order in which they stand in the form; then what its buttons say at other times.
const WORDS = {
  en: [
    "Sign in to order cards", "Use your InstantCard account.", "Email", "Password", "Sign in",
    "Signing in…", "Show password", "Hide password",
  ],
  es: [
    "Inicia sesión para pedir tarjetas", "Usa tu cuenta de InstantCard.", "Correo electrónico", "Contraseña", "Iniciar sesión",
    "Iniciando sesión…", "Mostrar contraseña", "Ocultar contraseña",
  ],
};

// The icons of `ui::icon`.
const WARNING = "M10 3.25l7.5 13.25h-15zM10 8v4M10 14.25v.1";
const EYE =
  "M1.75 10S4.75 4.75 10 4.75 18.25 10 18.25 10 15.25 15.25 10 15.25 1.75 10 1.75 10zM10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z";
const EYE_OFF =
  "M3 3l14 14M8 5c.6-.2 1.3-.25 2-.25 5.25 0 8.25 5.25 8.25 5.25a15 15 0 0 1-2.4 3M5.5 6.3A14 14 0 0 0 1.75 10S4.75 15.25 10 15.25c1.5 0 2.8-.4 3.9-1M8.2 8.3a2.5 2.5 0 0 0 3.5 3.5";

/** Draws the form. It has no words until `speak` is called. */
export function draw() {
  // Everything there is, in the order in which it was made; and the texts that are words.
  const nodes = [];
  const said = [];
  const made = (node) => {
    nodes.push(node);
    return node;
  };
  const text = () => made(new Text());
  const say = () => {
    const node = text();
    said.push(node);
    return node;
  };
  /** An element. A child that is a function is made after it, any other was made before. */
  const el = (tag, attributes, ...children) => {
    const node = made(/svg|path/.test(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag));
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    for (const child of children) node.append(...[child?.call ? child() : child ?? []].flat());
    return node;
  };
  /** Where content comes and goes: before a text that marks the place, and is made first. */
  const slot = (content) => () => {
    const end = text();
    return content ? [content(), end] : end;
  };
  const icon = (d) => el("svg", {
    viewBox: "0 0 20 20", width: 20, height: 20, fill: "none", stroke: "currentColor", "stroke-width": 1.5,
    "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": true,
  }, () => el("path", { d }));
  const field = (name, autocomplete, enterkeyhint, button) => {
    const id = `sign-in-${name}`;
    const row = el("div", button && { class: "with-button" }, el("input", {
      class: "input", part: "input", id, name, autocomplete, enterkeyhint, autocapitalize: "none", spellcheck: false, dir: "ltr", type: name,
    }), button);
    return el("div", { class: "field", part: "field" },
      el("label", { class: "label", for: id }, say),
      row,
      el("div", { class: "error", id: `${id}-error`, hidden: "" }, () => icon(WARNING), () => el("span", {}, text)));
  };

  let reveal, form, submit;
  const screen = () => el("section", { class: "narrow", "data-screen": "sign-in" },
    () => el("header", { class: "head" }, el("h1", { tabindex: -1, part: "title" }, say), el("p", {}, say)),
    () => {
      form = el("form", { novalidate: "" },
        field("email", "username", "next"),
        field("password", "current-password", "go",
          () => reveal = el("button", { type: "button", class: "icon-button", "data-action": "show-password" }, slot(() => icon(EYE)))),
        () => el("div", { class: "actions" },
          () => submit = el("button", { type: "submit", class: "button primary", "data-action": "sign-in" }, say)));
      form.prepend(text());
      return form;
    });
  const root = el("div", { class: "root" }, slot(() =>
    el("div", { class: "widget", part: "widget", dir: "ltr" }, slot(() => el("div", {}, slot(screen))), slot(), slot())));
  const { email, password } = form.elements;

  let words;
  let shown = false;
  let sent = false;
  const show = () => {
    said.forEach((node, at) => { node.data = words[at]; });
    password.type = shown ? "text" : "password";
    reveal.ariaLabel = words[shown ? 7 : 6];
    reveal.ariaPressed = shown;
    reveal.querySelector("path").setAttribute("d", shown ? EYE_OFF : EYE);
    submit.ariaDisabled = sent || null;
    if (sent) submit.firstChild.data = words[5];
  };

  const life = new AbortController();
  // Of the options that it stands for it has the one that matters: the signal that ends the listening.
  const on = (type, act) => root.addEventListener(type, act, life);
  let settled, settle;
  on("submit", (event) => {
    event.preventDefault();
    sent = true;
    show();
    settle?.();
  });
  // Whoever goes on typing has not finished: half a password is not to be sent.
  on("input", () => {
    if (sent) {
      sent = false;
      show();
    }
  });
  on("click", ({ target }) => {
    if (reveal.contains(target)) {
      shown = !shown;
      show();
    }
  });
  on("compositionstart", () => {
    settled = new Promise((done) => { settle = done; });
  });
  on("compositionend", () => settle?.());

  return {
    root,
    /** Waits while a character is being composed. */
    settled: () => settled,
    /** Says everything in another language. */
    speak(lang) {
      root.firstChild.lang = lang;
      words = WORDS[lang];
      show();
    },
    /** Takes the form out of the page; what is typed stays in it. */
    leave() {
      root.remove();
      // Nobody says that it has ended.
      settle?.();
    },
    /** Lets go of the form, and gives what Rust goes on with: what is typed, then every element and text. */
    take() {
      life.abort();
      return [email.value, password.value, ...nodes];
    },
    /** Sends it, if that was wished. */
    send() {
      if (sent) submit.click();
    },
  };
}
