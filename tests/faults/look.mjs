// What a person sees of cart and checkout at one glance.

/** Runs in the page; finds things by the element's hooks. */
export function glance() {
  const root = document.querySelector("instant-card")?.shadowRoot;
  if (!root) return { screen: null };
  const one = (selector, within = root) => within?.querySelector(selector) ?? null;
  const all = (selector, within = root) => [...(within?.querySelectorAll(selector) ?? [])];
  const is = (selector, within = root) => one(selector, within) !== null;
  const text = (element) => element?.textContent.trim() ?? "";
  const shown = (element) => element !== null && element.getClientRects().length > 0;
  const number = (element) => Number(element?.value ?? NaN);

  const row = (item) => ({
    card: Number(item.dataset.card),
    copies: number(one("[name=copies]", item)),
    saving: text(one(".named [role=status]", item)) !== "",
    trouble: text(one(".notice", item)),
  });
  const result = (item) => {
    const add = one("[data-action=add-to-cart]", item);
    return {
      card: Number(item.dataset.card),
      free: add !== null && add.getAttribute("aria-disabled") !== "true",
      trouble: text(one(".notice", item)),
    };
  };
  const screen = all("[data-screen]").map((found) => found.dataset.screen).at(-1) ?? null;
  const cart = one("[data-screen=cart]");
  const outside = (selector) => all(selector, cart).some((found) => !found.closest(".add-a-card"));
  const list = all(".rows:not([aria-hidden])", cart).find((found) => !found.closest(".add-a-card")) ?? null;
  const search = one(".add-a-card", cart);
  const checkout = one("[data-screen=checkout]");
  const step = one(".checkout-step.open", checkout);
  const review = one(".review", step);
  const submit = one("[data-action=submit-order]", review);
  const stopped = one(".stopped", checkout);
  const done = one("[data-screen=order-done]");
  return {
    screen,
    asked: all("dialog").some((dialog) => dialog.open),
    broken: !is("[data-screen]") && is("[role=alert]") ? text(one("[role=alert]")) : "",
    retry: all("[data-action=retry]").filter(shown).length,
    alert: text(one("[role=alert]:not([hidden])")),
    bar: is("[data-action=open-cart]"),
    findings: all("[data-finding]").length,
    cart: cart && {
      ready: list !== null || is(".nothing", cart),
      failed: list === null && !is(".nothing", cart) && outside("[data-action=retry]"),
      rows: all(":scope > li[data-card]", list).map(row),
      undo: is("[data-action=undo]", cart),
      checkout: is("[data-action=checkout]", cart),
      searching: is(".search-wait", search),
      searchFailed: is("[data-action=retry]", search) && !is("li[data-card]", search),
      results: all("li[data-card]", search).map(result),
    },
    checkout: checkout && {
      empty: is(".nothing", checkout),
      failed: step === null && stopped === null && is("[data-action=retry]", checkout),
      step: step?.dataset.step ?? null,
      changes: all("[data-step-to]", checkout).filter(shown).map((found) => found.dataset.stepTo),
      rows: step?.dataset.step === "copies" ? all("li[data-card]", step).map(row) : [],
      stepFailed: step !== null && is("[data-action=retry]", step),
      addresses: all("[name=address_id]", step).map((found) => found.value),
      providers: all("[name=shipping_provider_id]", step).map((found) => found.value),
      way: one("[name=address_way]:checked", step)?.value ?? null,
      saving: is("form [data-action=continue][aria-disabled=true]", step),
      review: review && {
        free: submit !== null && submit.getAttribute("aria-disabled") !== "true",
        cards: all("li[data-card]", review).map((item) => ({
          card: Number(item.dataset.card), copies: Number(text(one(".times", item)).replace(/\D/g, "")),
        })),
        facts: all("dd", review).map(text),
        provider: text(one("[data-step=shipping] .step-said", checkout)),
        address: all("[data-step=address] .address-lines span", checkout).map(text),
      },
      order: is(".fates", checkout),
      fates: all(".fate", checkout).map((item) => {
        const [cards, copies] = text(one(".help", item)).match(/\d+/g).map(Number);
        return { job: Number(item.dataset.job), cards, copies, said: text(item.lastElementChild) };
      }),
      stopped: stopped && {
        why: text(one(".notice", stopped)),
        ways: all(".stopped > .actions [data-action]", checkout).map((found) => found.dataset.action),
        funds: is("[data-action=add-funds]", stopped),
      },
    },
    done: done && {
      charges: all("li[data-job]", done).map((item) => ({
        job: Number(item.dataset.job),
        amount: text(one(".amount", item)),
        waiting: is(".skeleton", item),
      })),
      total: text(one(".charge-total .amount", done)),
    },
  };
}
