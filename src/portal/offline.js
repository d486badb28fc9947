// Has a page start without a network, by the service worker beside it, and says when there is a new version. The portal's page
// has it; a kiosk's page may: `data-files` names that page and what else it needs, with spaces between. `data-offline="off"`
// takes back all that was kept. An element in a page of somebody else's knows nothing of this.

const { src, dataset } = document.currentScript;
const scope = new URL("../", src);
/** How often a page that stays open asks for a new version. */
const HOURLY = 3_600_000;

const WORDS = {
  en: { text: "There is a new version of this page.", reload: "Reload", later: "Later" },
  es: { text: "Hay una versión nueva de esta página.", reload: "Volver a cargar", later: "Más tarde" },
};

// Below everything, and in sight. Whoever never sees it has not waited for it.
const STYLE = `
.news { position: sticky; bottom: 0; display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 0.5rem;
  padding: 0.5rem 1rem; border-top: 1px solid light-dark(#c9ced8, #3c434d); background: light-dark(#ffffff, #22262d); }
.news p { margin: 0; padding-right: 0.5rem; }
.news button { min-height: 2.75rem; padding: 0 1rem; border: 1px solid light-dark(#6f7785, #8a929f); border-radius: 8px;
  background: transparent; color: inherit; font: inherit; }
.news [data-action="reload"] { border-color: transparent; background: #2f5fd0; color: #ffffff; }`;

const { serviceWorker } = navigator;
if (serviceWorker) dataset.offline === "off" ? forget() : addEventListener("load", register);

async function register() {
  const url = new URL("sw.js", scope);
  for (const file of dataset.files?.split(/\s+/).filter(Boolean) ?? []) url.searchParams.append("file", file);
  serviceWorker.addEventListener("message", ({ data }) => { if (data !== VERSION) tell(); });
  try {
    // A policy may want its word for each script's address.
    const policy = globalThis.trustedTypes?.createPolicy("instant-card-offline", { createScriptURL: String });
    const registration = await serviceWorker.register(policy?.createScriptURL(url.href) ?? url.href, { scope: scope.pathname, updateViaCache: "none" });
    setInterval(() => registration.update().catch(() => {}), HOURLY);
  } catch {
    // It goes without: private windows, policies, a page that is not secure.
  }
}

async function forget() {
  for (const registration of await serviceWorker.getRegistrations()) {
    if (registration.scope === scope.href) await registration.unregister();
  }
  for (const name of await caches.keys()) {
    if (name.startsWith(`instant-card ${scope.href} `)) await caches.delete(name);
  }
}

/** Says that there is a new version. It comes when it is wanted: the element asks before anything that was typed is left. */
function tell() {
  const card = document.querySelector("instant-card");
  const isNobodyThere = () => card?.shadowRoot?.querySelector('[data-screen="attract"]');
  if (card?.getAttribute("mode") === "kiosk") {
    setInterval(() => { if (isNobodyThere()) location.reload(); }, 5000);
    return;
  }
  if (document.querySelector(".news")) return;
  const language = (card?.getAttribute("lang") || document.documentElement.lang === "es" && "es" || navigator.language).slice(0, 2);
  const words = WORDS[language] ?? WORDS.en;
  const news = Object.assign(document.createElement("aside"), { className: "news" });
  news.setAttribute("role", "status");
  const text = Object.assign(document.createElement("p"), { textContent: words.text });
  const button = (name, does) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words[name] });
    button.dataset.action = name;
    button.addEventListener("click", does);
    return button;
  };
  news.append(text, button("reload", () => location.reload()), button("later", () => news.remove()));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets.push(sheet);
  document.body.append(news);
}
