// What the page does with the element: a property, an attribute, an event; it is taken out and comes again.

const place = document.getElementById("place");
const language = document.getElementById("language");
const toggle = document.getElementById("toggle");
const made = document.getElementById("made");
let card = place.querySelector("instant-card");

function prepare() {
  card.prefill = { DEPARTMENT: "Rowing" };
  card.setAttribute("lang", language.value);
}

language.addEventListener("change", () => card.setAttribute("lang", language.value));

toggle.addEventListener("click", () => {
  if (card.isConnected) {
    card.remove();
    toggle.textContent = "Open the card form";
    return;
  }
  card = document.createElement("instant-card");
  card.setAttribute("api-base", "/api/v2/");
  prepare();
  place.append(card);
  toggle.textContent = "Close the card form";
});

// Events bubble: one listener hears whichever element is there.
place.addEventListener("ic-card-finalized", ({ detail }) => {
  const entry = document.createElement("li");
  entry.textContent = `Card ${detail.cardId} is ready`;
  made.append(entry);
});

prepare();
