// What a site gives the element on its page.

const card = document.querySelector("instant-card");

// The element asks who the visitor is when it begins, and when the gateway refuses what it was told. A site asks its own backend,
// which knows who is signed in there, and signs a statement of it for the gateway; here the sandbox signs one for everybody. In a
// kiosk it is asked once for each person, none of whom has a name.
const mode = card.getAttribute("mode");
const claims = { mode, ends_with: card.getAttribute("ends-with"), cards: 1 };
// Who signs in to this site is somebody; here, whoever has opened the page.
if (mode === "request") claims.sub = crypto.randomUUID?.() ?? `${Math.random()}`;
card.tokenProvider = async () => {
  const answer = await fetch("/__sandbox/statement", { method: "POST", body: JSON.stringify(claims) });
  if (!answer.ok) throw new Error(`no statement: ${answer.status}`);
  return (await answer.json()).statement;
};

// What the site knows of its member already; they may change it. The names are the templates' own.
if (card.getAttribute("mode") === "request") {
  card.prefill = { FULL_NAME: "Ana Núñez", COMPANY: "Harbor Rowing Club" };
}

// As long as a kiosk's page runs and shows something, its title changes, by a sign that nobody sees: whoever watches the machine
// (docs/kiosk.md) tells by it that the page has not hung.
if (card.getAttribute("mode") === "kiosk") {
  const { title } = document;
  setInterval(() => {
    if (card.shadowRoot?.querySelector("[data-screen]")) document.title = document.title === title ? `${title}\u2060` : title;
  }, 5000);
}
