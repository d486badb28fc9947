// What a site gives the element on its page.

const card = document.querySelector("instant-card");

// The element asks for a token when it has none, and when the server refuses the one it has. Here the sandbox hands one to
// everybody; a site asks its own backend, which knows who is signed in there.
card.tokenProvider = async () => {
  const answer = await fetch("/__sandbox/token", { method: "POST" });
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  return (await answer.json()).token;
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
