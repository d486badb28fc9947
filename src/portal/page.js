// The portal page's own line above the element: in which language it is. The choice is kept on the device; until there is one it is the
// site's, or else the browser's. The page's language and its title are that of the element. An element in a page of somebody else's
// knows nothing of this.

const TITLES = { en: "ID cards", es: "Tarjetas de identificación" };
const GROUPS = { en: "Language", es: "Idioma" };
const KEY = "instant-card language";

const card = document.querySelector("instant-card");
const choices = document.querySelector(".page-bar div");

/** What the device keeps: it may be let keep nothing. */
function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** The language of ours that a tag asks for. */
const ours = (tag) => Object.keys(TITLES).find((language) => tag?.trim().split(/[-_]/)[0].toLowerCase() === language);

function speak(language) {
  document.documentElement.lang = language;
  document.title = TITLES[language];
  document.querySelector(".page-bar strong").textContent = TITLES[language];
  if (card.getAttribute("lang") !== language) card.setAttribute("lang", language);
  choices.setAttribute("aria-label", GROUPS[language]);
  for (const button of choices.children) button.setAttribute("aria-pressed", button.lang === language);
}

choices.addEventListener("click", ({ target }) => {
  if (!ours(target.lang)) return;
  speak(target.lang);
  try {
    localStorage.setItem(KEY, target.lang);
  } catch {
    // For this time it is spoken all the same.
  }
});

speak(ours(kept()) ?? ours(card.getAttribute("lang")) ?? ours(navigator.language) ?? "en");
choices.hidden = false;
