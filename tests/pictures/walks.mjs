// Every screen of the product: by which walk one comes past it, and what that walk needs.

import { TAPPED_ANEW, camera, withToken } from "../e2e/support/lobby.mjs";
import * as own from "./own-walks.mjs";
import { NOW } from "./stage.mjs";
import * as staff from "./staff-walks.mjs";

const network = true;
const drawn = (count) => ["--cards", `${count}`];
const page = { timezoneId: "America/New_York" };

/** Each has a `go(stage, look)`, which calls `look(name)` at every screen, and what a scene of it needs. */
export const WALKS = [
  { name: "card", title: "a card, from signing in to the cart", go: staff.card, needs: { network, page } },
  { name: "media", title: "a signature and a camera", go: staff.media, needs: { browser: camera, page } },
  { name: "cards", title: "all cards, and one of them", go: staff.cards, needs: { network, page, sandbox: drawn(12) } },
  { name: "order", title: "the cart and the checkout", go: staff.order, needs: { network, page, sandbox: drawn(12) } },
  { name: "orders", title: "the orders", go: staff.orders, needs: { network, page, sandbox: drawn(12) } },
  { name: "account", title: "the account", go: staff.account, needs: { network, page, sandbox: drawn(6) } },
  { name: "people", title: "contacts and addresses", go: staff.people, needs: { network, page } },
  { name: "request", title: "one's own card in a site's page", go: own.request, needs: { ...withToken, network, page } },
  { name: "broken", title: "why there is nothing to be done", go: own.broken, needs: { network, page, expected: [/compile|MIME|fetch/i] } },
  {
    name: "kiosk", title: "a kiosk and its staff", go: own.kiosk,
    needs: { ...withToken, network, browser: camera, expected: [TAPPED_ANEW], page: { ...page, hasTouch: true } },
  },
];

export const LANGUAGES = ["en", "es"];

/** What a scene of this walk is to be told. */
export function needs(walk, lang, viewport, more = {}) {
  const { page, sandbox = [] } = walk.needs;
  return {
    ...walk.needs, lang, limit: 600_000, ...more, sandbox: ["--now", `${NOW}`, ...sandbox, ...more.sandbox ?? []],
    page: { ...page, viewport, locale: lang === "es" ? "es-ES" : "en-US", ...more.page },
  };
}
