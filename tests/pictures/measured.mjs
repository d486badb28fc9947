// A screen in numbers, in every way of looking at it: what is wrong with how it lies, and with its colours.

import { contrastFaults } from "./contrast-faults.mjs";
import { layoutFaults } from "./layout-faults.mjs";
import { MEASURED, WAYS } from "./ways.mjs";

/** Ours, one that is light, and one that is dark: between them is what a site may set. */
const ACCENTS = ["#2f5fd0", "#ffd400", "#111111"];
/** How a control can be, beside as it is. */
const STATES = { hovered: ["hover"], pressed: ["hover", "active"], focused: ["focus", "focus-visible"] };
const CONTROLS = new Set(["BUTTON", "INPUT", "SELECT", "TEXTAREA", "A", "SUMMARY", "LABEL"]);

/** The least side of what is pressed: WCAG's, a finger's, and that of somebody who stands before a kiosk. */
const target = (walk, { width, touch }) => {
  if (walk === "kiosk") return width > 1000 ? 64 : 20;
  return touch ? 44 : 24;
};

/** What is wrong with how the screen lies, in all widths and with large letters: a text for each. */
export async function layout(eyes, page, { name: walk }, screen, waits) {
  const found = [];
  for (const [about, way] of Object.entries(MEASURED)) {
    await eyes.look(way, waits);
    const faults = await page.evaluate(layoutFaults, { target: target(walk, way) });
    found.push(...faults.map((fault) => `${screen}, ${about}: ${fault}`));
  }
  return found;
}

/** The controls of the element, for the developer's tools: one of each kind that is not in `known`, and what kinds these are. */
async function controls(cdp, known) {
  const { root } = await cdp.send("DOM.getDocument", { depth: -1, pierce: true });
  const [nodes, kinds] = [[], new Set()];
  const visit = (node, isInside) => {
    if (isInside && CONTROLS.has(node.nodeName)) {
      const names = node.attributes.filter((_, at) => at % 2 === 0);
      const attribute = (name) => (names.includes(name) ? node.attributes[names.indexOf(name) * 2 + 1] : "");
      const kind = [node.localName, attribute("class"), attribute("data-action")].join(" ");
      if (!known.has(kind)) {
        nodes.push(node.nodeId);
        kinds.add(kind);
      }
    }
    for (const child of node.children ?? []) visit(child, isInside);
    for (const shadow of node.shadowRoots ?? []) visit(shadow, isInside || node.nodeName === "INSTANT-CARD");
  };
  visit(root, false);
  return { nodes, kinds };
}

/**
 * What cannot be read or told apart, in both themes, with each accent, and in every state of the controls whose kind is not in `known`
 * yet: a text for each.
 */
export async function contrast(eyes, page, screen, waits, known) {
  const { cdp } = eyes;
  const found = new Set();
  const host = page.locator("instant-card");
  await cdp.send("DOM.enable");
  await cdp.send("CSS.enable");
  const { nodes, kinds } = await controls(cdp, known);
  const force = (classes) => Promise.all(nodes.map((nodeId) => (
    cdp.send("CSS.forcePseudoState", { nodeId, forcedPseudoClasses: classes }))));
  for (const scheme of ["light", "dark"]) {
    await eyes.look(WAYS[`1280-${scheme}`], waits);
    for (const [state, classes] of [["", []], ...Object.entries(nodes.length ? STATES : {})]) {
      if (classes.length) await force(classes);
      const faults = await host.evaluate((host, [code, accents, about]) => {
        const look = new Function(`return (${code})`)();
        const all = accents.map((accent) => {
          host.style.setProperty("--ic-accent", accent);
          return [accent, look(about)];
        });
        host.style.removeProperty("--ic-accent");
        return all;
      }, [contrastFaults.toString(), ACCENTS, { state: state && `${state}: `, known: [...known] }]);
      for (const [accent, some] of faults) for (const fault of some) found.add(`${screen}, ${scheme}, ${accent}: ${fault}`);
    }
    await force([]);
  }
  await cdp.send("CSS.disable");
  await cdp.send("DOM.disable");
  for (const kind of kinds) known.add(kind);
  return [...found];
}

/**
 * Runs in every page before its own scripts: keeps how far things have moved by themselves, as browsers count it (what comes within half a
 * second of what a person does is theirs; filling in a field is that too). What comes as an answer, another screen or a notice, is no jump of
 * the screen that was there: it is where one looks, and moves what is below it.
 */
export function watchShifts() {
  window.shifts = [];
  let [answered, typed] = [-Infinity, -Infinity];
  for (const kind of ["input", "change", "click"]) addEventListener(kind, () => { typed = performance.now(); }, true);
  const ANSWERS = "[data-screen], .bar, [role=alert], .notice";
  const isAnswer = (node) => node instanceof Element && (node.matches(ANSWERS) || node.querySelector(ANSWERS));
  const watch = () => {
    const root = document.querySelector("instant-card")?.shadowRoot;
    if (!root) return requestAnimationFrame(watch);
    new MutationObserver((changes) => {
      if (changes.some(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes].some(isAnswer))) answered = performance.now();
    }).observe(root, { subtree: true, childList: true });
    return undefined;
  };
  watch();
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources, startTime } of list.getEntries()) {
      if (hadRecentInput || Math.abs(startTime - answered) < 250 || startTime - typed < 500) continue;
      // Which things they are is not told of a shadow tree: what stands there now tells it.
      const root = document.querySelector("instant-card").shadowRoot;
      const what = sources.map(({ previousRect, currentRect: { x, y, width, height } }) => {
        const at = root.elementFromPoint(x + width / 2, y + Math.min(height / 2, 20));
        return `${at?.localName}.${at?.getAttribute("class")} ${previousRect.y} -> ${y}`;
      });
      window.shifts.push({ value, what });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** What has moved since one asked last: a text for a screen that jumps. */
export async function shifts(page, screen, most) {
  const all = await page.evaluate(() => window.shifts.splice(0));
  const sum = all.reduce((sum, { value }) => sum + value, 0);
  return sum < most ? [] : [`${screen} moves by ${sum.toFixed(3)}: ${all.flatMap(({ what }) => what).slice(0, 6).join("; ")}`];
}
