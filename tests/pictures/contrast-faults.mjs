// What cannot be read or told apart: the contrast of every text, and of every control's edge, as the browser has computed them. Runs
// in the page, so it stands alone.

/** A text for each fault; of controls in a `state` only, where there is one, but for those whose kinds were looked at before. */
export function contrastFaults({ state, known: before = [] }) {
  const root = document.querySelector("instant-card").shadowRoot;
  const found = new Set();
  const context = (window.icContext ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true }));
  const known = (window.icColours ??= new Map());
  const rgba = (colour) => {
    if (!known.has(colour)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], [r2, g2, b2]) => [r * a + r2 * (1 - a), g * a + g2 * (1 - a), b * a + b2 * (1 - a), 1];
  const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const styles = new Map();
  const style = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const parentOf = (element) => element.parentElement ?? (element.parentNode instanceof ShadowRoot ? element.parentNode.host : null);
  const grounds = new Map();
  /** What is behind what an element draws. */
  const ground = (element) => {
    if (!element) return [255, 255, 255, 1];
    if (!grounds.has(element)) {
      const own = rgba(style(element).backgroundColor);
      grounds.set(element, own[3] === 1 ? own : over(own, element === document.documentElement ? canvas : ground(parentOf(element))));
    }
    return grounds.get(element);
  };
  const canvas = rgba(matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#ffffff");
  const done = new Set(before);
  const kind = (element) => [element.localName, element.getAttribute("class") ?? "", element.dataset.action ?? ""].join(" ");
  /** Whether it is to be looked at now. */
  const isMeant = (element) => {
    if (!state) return true;
    const control = element.closest("button, input, select, textarea, a, summary, label");
    return Boolean(control) && !done.has(kind(control));
  };
  const name = (element) => {
    const hook = element.dataset?.action ?? element.dataset?.token ?? element.getAttribute("name");
    return `${element.localName}${typeof element.className === "string" && element.className ? `.${element.className.trim().replace(/\s+/g, ".")}` : ""}${hook ? `[${hook}]` : ""}`;
  };
  const short = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 30)}”`;
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  /** A card is a picture; what cannot be used at the moment is meant to step back. */
  const LEFT_OUT = ".card-face, .camera-stage, .crop-stage, .sign-pad, .visually-hidden, [aria-disabled=true], :disabled, style, option";
  const dims = (element) => {
    for (let at = element; at instanceof Element; at = parentOf(at)) if (Number(style(at).opacity) < 1) return true;
    return false;
  };
  const told = (text, measured, least) => found.add(`${text}: ${measured.toFixed(2)} : 1 instead of ${least}`);

  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || !element || seen.has(element) || element.closest(LEFT_OUT) || !isMeant(element) || !isSeen(element)) continue;
    seen.add(element);
    const { color, fontSize, fontWeight } = style(element);
    const size = parseFloat(fontSize);
    if (!size) continue;
    const behind = ground(element);
    const isLarge = size >= 24 || (size >= 18.66 && fontWeight >= 700);
    const measured = ratio(over(rgba(color), behind), behind);
    const least = isLarge ? 3 : 4.5;
    if (measured < least) told(`${state}${short(node.data)} on ${name(element)}`, measured, least);
    if (dims(element)) found.add(`${state}${short(node.data)} on ${name(element)} is dimmed`);
  }
  for (const element of root.querySelectorAll("input:not([type=file]):not([type=range]), select, textarea, button")) {
    if (element.closest(LEFT_OUT) || !isMeant(element) || !isSeen(element)) continue;
    const behind = ground(parentOf(element));
    const { borderTopColor, borderTopWidth, borderTopStyle, outlineColor, outlineStyle, color } = style(element);
    if (element.matches("input:not([type=checkbox]):not([type=radio]), select, textarea")) {
      const edge = parseFloat(borderTopWidth) && borderTopStyle !== "none" ? ratio(over(rgba(borderTopColor), behind), behind) : 1;
      if (edge < 3) told(`${state}the edge of ${name(element)}`, edge, 3);
      const own = ground(element);
      const measured = ratio(over(rgba(color), own), own);
      if (measured < 4.5) told(`${state}what is typed into ${name(element)}`, measured, 4.5);
    }
    if (state.includes("focus") && outlineStyle !== "none") {
      const measured = ratio(over(rgba(outlineColor), behind), behind);
      if (measured < 3) told(`${state}the outline of ${name(element)}`, measured, 3);
    }
  }
  // Which of several is chosen: its edge, its ground, its letters' weight or a line tell it, not a shade.
  for (const element of root.querySelectorAll(":is(button, .step):is([aria-pressed=true], [aria-current]:not([aria-current=false]))")) {
    if (element.closest(LEFT_OUT) || !isMeant(element) || !isSeen(element)) continue;
    const behind = ground(parentOf(element));
    const { borderTopColor, borderTopWidth, borderBottomColor, borderBottomWidth, fontWeight, boxShadow, textDecorationLine } = style(element);
    const edges = [[borderTopColor, borderTopWidth], [borderBottomColor, borderBottomWidth]].filter(([, width]) => parseFloat(width));
    const best = Math.max(ratio(ground(element), behind), ...edges.map(([colour]) => ratio(over(rgba(colour), behind), behind)),
      ...[...boxShadow.matchAll(/(?:rgb|color|oklch|oklab)\([^)]*\)|#\w+/g)].map(([colour]) => ratio(over(rgba(colour), behind), behind)));
    const others = [...(parentOf(element)?.closest("ul, ol, .views, .choices, div")?.querySelectorAll("button, .step") ?? [])].filter((other) => other !== element);
    const isHeavier = others.some((other) => fontWeight - style(other).fontWeight >= 100);
    if (best < 3 && !isHeavier && textDecorationLine === "none") told(`${state}what is chosen, ${name(element)}`, best, 3);
  }
  return [...found];
}
