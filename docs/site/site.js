// The documentation's examples, which run where a portal and a sandbox of the API are beside it (`cargo xtask demo`).

const element = (name, properties, ...content) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
};

const examples = [...document.querySelectorAll("template.live")];
if (examples.length) {
  const answer = await fetch("/__sandbox/state", { method: "HEAD" }).catch(() => ({ ok: false }));
  for (const example of examples) example.after(answer.ok ? running(example) : notRunning());
}

function notRunning() {
  return element("div", { className: "example" }, element("p", { textContent: "This example runs where “cargo xtask demo” serves these pages, beside a sandbox of the API." }));
}

/** The example, with the sandbox in place of InstantCard's server. */
function running(example) {
  const about = element("p", {}, "This example talks to the sandbox beside this page, in place of InstantCard. Staff sign in as api@instantcard.net, with the password instantcardapi.");
  const box = element("div", { className: "example" }, about);
  const starts = async () => {
    await import("../instant-card.js");
    const content = example.content.cloneNode(true);
    const card = content.querySelector("instant-card");
    if (!card.hasAttribute("gateway")) card.setAttribute("api-base", "/api/v2/");
    box.append(content);
    tells(card, box);
    const script = document.querySelector("template.live-script");
    if (script) await import(`./${script.dataset.src}`);
  };
  // A page's look is to be seen at once; what opens a camera or a card waits to be asked for.
  const table = tokens();
  if (table) {
    box.classList.add("stays");
    starts().then(() => edits(table, getComputedStyle(box.querySelector("instant-card"))));
  } else {
    const start = element("button", { type: "button", textContent: "Run this example" });
    start.addEventListener("click", () => {
      start.remove();
      starts();
    });
    box.append(start);
  }
  return box;
}

/** Says which events the element has sent. */
function tells(card, box) {
  const said = element("p", {});
  said.setAttribute("role", "status");
  box.append(said);
  for (const name of ["ic-ready", "ic-sign-in", "ic-sign-out", "ic-card-created", "ic-card-updated", "ic-card-finalized", "ic-cart-changed", "ic-order-submitted", "ic-error"]) {
    card.addEventListener(name, ({ type, detail }) => { said.textContent = `The last event: ${type} ${detail ? JSON.stringify(detail) : ""}`; });
  }
}

/** The table of custom properties, where the page has one to be edited. */
function tokens() {
  const first = [...document.querySelectorAll("td:first-child")].find((cell) => cell.textContent.startsWith("--ic-"));
  return document.querySelector("#try-them") && first?.closest("table");
}

/** What each kind of custom property is tried by. */
const LIKE = { "<color>": "color", "<length>": "width", "<shadow>#": "box-shadow", "<family-name>#": "font-family" };

/** Gives each custom property a field, whose value the example takes at once; `now` is what it looks like before. */
function edits(table, now) {
  table.classList.add("tokens");
  const set = new Map();
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  const code = element("code", {});
  const shows = () => {
    const lines = [...set].map(([name, value]) => `  ${name}: ${value};`);
    const text = lines.length ? `instant-card {\n${lines.join("\n")}\n}\n` : "/* Nothing is changed yet. */\n";
    sheet.replaceSync(text);
    code.textContent = text;
  };
  table.tHead.rows[0].append(element("th", { textContent: "try" }));
  for (const row of table.tBodies[0].rows) {
    const [name, syntax] = [...row.cells].map((cell) => cell.textContent);
    const field = element("input", { type: "text", ariaLabel: name, placeholder: now.getPropertyValue(name), spellcheck: false, autocomplete: "off" });
    const takes = () => {
      const value = field.value.trim();
      const isValid = value && CSS.supports(LIKE[syntax], value);
      field.ariaInvalid = String(Boolean(value && !isValid));
      if (isValid) set.set(name, value);
      else set.delete(name);
      shows();
    };
    field.addEventListener("input", takes);
    const cell = row.insertCell();
    if (syntax === "<color>") {
      const picker = element("input", { type: "color", ariaLabel: `${name}, picked` });
      const [first] = field.placeholder.match(/#[0-9a-f]{6}\b/) ?? [];
      if (first) picker.value = first;
      picker.addEventListener("input", () => {
        field.value = picker.value;
        takes();
      });
      cell.append(picker, " ");
    }
    cell.append(field);
  }
  shows();
  const clear = element("button", { type: "button", textContent: "Start over" });
  clear.addEventListener("click", () => {
    for (const field of table.querySelectorAll("input[type=text]")) {
      field.value = "";
      field.ariaInvalid = "false";
    }
    set.clear();
    shows();
  });
  table.parentElement.after(element("p", {}, "Your style sheet:"), element("pre", {}, code), clear);
}
