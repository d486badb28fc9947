// What is to be seen when all is quiet, as far as a person acts on it: what `simulator/src/script/sight.rs` says of its own
// screens, member by member.

/** Runs in the page; finds things by the element's hooks. */
export function sight() {
  const root = document.querySelector("instant-card")?.shadowRoot;
  if (!root) return { screen: null };
  const one = (selector, within = root) => within?.querySelector(selector) ?? null;
  const all = (selector, within = root) => [...(within?.querySelectorAll(selector) ?? [])];
  const text = (element) => element?.textContent.trim() ?? "";
  const shown = (element) => element !== null && element.getClientRects().length > 0;
  const is = (selector, within = root) => all(selector, within).some(shown);
  const numbers = (text) => (text.match(/\d+/g) ?? []).map(Number);
  const screen = all("[data-screen]").filter((found) => !found.closest("dialog")).at(-1) ?? null;
  const here = (selector) => one(selector, screen);
  const isLoading = (within) => is(".skeleton", within);
  const state = (within, ready) => {
    if (is(".notice [data-action=retry]", within)) return "failed";
    return isLoading(within) ? "loading" : ready();
  };

  const row = (item) => [Number(item.dataset.card), Number(one("[name=copies]", item).value), is(".notice", item)];
  const funds = (within) => {
    const place = one(".funds", within);
    if (!place) return null;
    if (is("[data-action=check-again]", place)) return "not known";
    if (is("[data-action=add-more-funds]", place)) return "added";
    return is(".notice", place) ? "form, with trouble" : "form";
  };

  const details = {
    templates: () => state(screen, () => all("[data-template]", screen).map(({ dataset }) => Number(dataset.template))),
    "card-form": () => {
      const form = here("form");
      if (!form) return state(screen, () => null);
      const said = one(":scope > [role=status]", form);
      const save = is(".notice", said) ? "failed" : is(".status", said) ? "saved"
        : is("[data-action=show-preview][aria-disabled=true]", form) ? "saving" : "";
      return { texts: all("input.input[data-token]", form).map(({ value }) => value), save };
    },
    preview: () => {
      const failures = all(".notice.danger", screen);
      const isFinalizing = (notice) => notice.parentElement === screen || notice.parentElement.parentElement === screen && is(".sides", screen);
      return {
        preview: is(".sides", screen) ? "ready" : is(".waiting", screen) ? "drawing" : "failed",
        finalizing_failed: failures.some(isFinalizing),
      };
    },
    done: () => ({
      card: numbers(text(one(":scope > .help", screen)))[0] ?? null,
      in_cart: is(".next [data-action=open-cart]", screen),
      trouble: is(".next .notice", screen),
    }),
    cart: () => {
      const search = here(".add-a-card");
      const own = (selector) => all(selector, screen).filter((found) => !search.contains(found) && shown(found));
      const items = own("li[data-card]");
      const rows = items.length || own(".nothing").length ? items.map(row)
        : own("[data-action=retry]").length ? "failed" : "loading";
      const found = all("li[data-card]", search).map((item) => {
        const add = one("[data-action=add-to-cart]", item);
        return [Number(item.dataset.card), add.getAttribute("aria-disabled") === "true", is(".notice", item)];
      });
      return {
        rows,
        undo: is("[data-action=undo]", screen),
        found,
        more: is("[data-action=show-more]", search),
        search_failed: all("[data-action=retry]", search).some((retry) => !retry.closest("li")),
        unseen: is("[data-action=see-order], .notice [data-action=open-order]", screen),
      };
    },
    checkout: () => {
      const fates = here(".fates");
      if (fates) {
        const said = { waiting: "waiting", "waiting-line": "waiting", working: "working", covered: "submitted" };
        const stopped = here(".stopped");
        return {
          fates: all(".fate", fates).map((item) => {
            const { className, textContent } = item.lastElementChild;
            const fate = said[className] ?? (/not known/i.test(textContent) ? "not known" : "not submitted");
            return [Number(item.dataset.job), fate];
          }),
          way_on: stopped && one(":scope > .actions [data-action]", stopped).dataset.action,
          funds: funds(stopped),
        };
      }
      if (is(".nothing", screen)) return "empty";
      const step = here(".checkout-step.open");
      if (!step) return state(screen, () => null);
      const name = step.dataset.step;
      const chosen = (name) => { const input = one(`[name=${name}]:checked`, step); return input && Number(input.value); };
      const steps = {
        address: () => {
          const way = one("[name=address_way]:checked", step)?.value;
          if (way === "saved") return state(step, () => ({ saved: chosen("address_id") }));
          return { is_new: way === "new", texts: all("[data-part] :is(input, select)", step).map(({ value }) => value) };
        },
        shipping: () => state(step, () => chosen("shipping_provider_id")),
        copies: () => all("li[data-card]", step).map(row),
        review: () => {
          const review = one(".review", step);
          if (!review) return state(one(".step-body > div > div", step), () => null);
          const [, balance] = all(".facts > dd", review);
          const amount = one(".amount", balance);
          return {
            cards: all("li[data-card]", review).map((item) => [Number(item.dataset.card), numbers(text(one(".times", item)))[0]]),
            lines: all("[data-step=address] .address-lines span", screen).map(text),
            provider: text(one("[data-step=shipping] .step-said", screen)),
            balance: amount && text(amount),
            covered: one("[data-action=submit-order]", review).getAttribute("aria-disabled") !== "true",
          };
        },
      };
      const found = { step: name, shown: steps[name]() };
      return name === "review" ? { ...found, funds: funds(step) } : found;
    },
    "order-done": () => all(".charges li[data-job]", screen).map((item) => {
      const amount = one(".amount", item);
      return [Number(item.dataset.job), amount && text(amount)];
    }),
    orders: () => ({
      open: here("[data-action=show-open]").getAttribute("aria-pressed") === "true",
      orders: all("[data-order]", screen).map(({ dataset }) => Number(dataset.order)),
      failed: is(".orders-view .notice [data-action=retry]", screen),
      more: is(".orders-view [data-action=show-more]", screen),
    }),
    order: () => {
      const known = here(".order-columns");
      return {
        order: numbers(text(here("h1")))[0],
        known: known ? {
          submitted: is(".order-again", known),
          cards: all(".order-cards li[data-card]", known).map(({ dataset }) => Number(dataset.card)),
        } : is(".skeleton", screen) ? "nothing" : is("[data-action=retry]", screen) ? "nothing" : "gone",
        failed: all(".notice [data-action=retry]", screen).some((retry) => !retry.closest(".order-columns")),
        again_failed: is(".order-again .notice", screen),
      };
    },
    account: () => ({
      balance: state(here(".balance"), () => text(here(".balance .sum"))),
      movements: state(here(".transactions"), () => numbers(text(here(".transactions .total [role=status], .transactions .total p"))).at(-1) ?? 1),
      funds: funds(screen),
    }),
  };
  const name = screen?.dataset.screen ?? null;
  const bar = one("[data-action=open-cart].place");
  return {
    screen: name,
    asked: all("dialog").some(({ open }) => open),
    in_cart: bar ? numbers(text(bar))[0] ?? 0 : null,
    findings: all("[data-finding]").map(({ dataset }) => dataset.finding),
    detail: details[name]?.() ?? null,
  };
}
