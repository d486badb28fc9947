// What is wrong with how a screen lies, in numbers: what overlaps, what is cut, what leaves its box or the window, what is too small
// for a finger. Runs in the page, so it stands alone.

/** A text for each fault; `target` is how large what is pressed has to be. */
export function layoutFaults({ target }) {
  const root = document.querySelector("instant-card").shadowRoot;
  const found = new Set();
  /** To a pixel and a half: a browser rounds lines of text, and boxes lie between pixels. */
  const CLOSE = 1.5;
  const CONTROL = "button, input:not([type=file]):not([type=hidden]), select, textarea, summary, a[href], [role=application], .crop-handle";
  /** What is a picture, whatever stands on it, and what lies over something on purpose. */
  const PICTURE = ".card-face, .camera-stage, .crop-stage, .sign-pad, .photo-slot, .rule-picture, .attract-card";
  const isHidden = (element) => element.closest(".visually-hidden, [inert], option, style, script, thead") && !isShown(element.closest("thead"));
  /** The head of a table is there for those who do not see, where it has no room. */
  const isShown = (head) => Boolean(head) && getComputedStyle(head).clipPath === "none";
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !isHidden(element);
  const name = (element) => {
    const hook = element.dataset?.action ?? element.dataset?.token ?? element.getAttribute?.("name");
    const own = `${element.localName}${typeof element.className === "string" && element.className ? `.${element.className.trim().replace(/\s+/g, ".")}` : ""}`;
    return hook ? `${own}[${hook}]` : own;
  };
  const short = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const tell = (text) => found.add(text);
  const parentOf = (element) => element.parentElement ?? (element.parentNode instanceof ShadowRoot ? null : element.parentNode);
  const around = function* around(element) {
    for (let at = parentOf(element); at; at = parentOf(at)) yield at;
  };
  const styles = new Map();
  const style = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const scrolls = (element) => /auto|scroll/.test(style(element).overflowX);
  const scrollsDown = (element) => /auto|scroll/.test(style(element).overflowY) && !element.matches("dialog");
  const px = Math.round;

  // The window.
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > room) tell(`the page is ${document.documentElement.scrollWidth} px wide in ${room} px`);

  const all = [...root.querySelectorAll("*")].filter(isSeen);
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent || !isSeen(parent) || parent.closest("style")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (lines.length) texts.push({ element: parent, text: node.data, lines });
  }

  for (const element of all) {
    if (element.closest(PICTURE)) continue;
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 1 && (right > room + CLOSE || left < -CLOSE) && ![...around(element)].some(scrolls)) {
      tell(`${name(element)} leaves the window: ${px(left)} to ${px(right)} of ${room}`);
    }
    // Cut: more inside than is shown, and it cannot be scrolled to.
    const { overflowX, overflowY } = style(element);
    const clips = (overflow) => overflow === "hidden" || overflow === "clip";
    const [wide, high] = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
    const isText = element.textContent.trim() && !element.matches("input, textarea, svg, svg *");
    if (isText && ((clips(overflowX) && wide > CLOSE) || (clips(overflowY) && high > CLOSE)) && parseFloat(style(element).fontSize) > 0) {
      tell(`${name(element)} is cut by ${Math.max(wide, high)} px: ${short(element.textContent)}`);
    }
    // A list shows one choice, which is to be read whole.
    if (element.localName === "select" && element.selectedOptions[0]) {
      const { font, paddingLeft, paddingRight } = style(element);
      const context = document.createElement("canvas").getContext("2d");
      context.font = font;
      const needed = context.measureText(element.selectedOptions[0].textContent).width + parseFloat(paddingLeft) + parseFloat(paddingRight) + 14;
      // It cannot be wider than what it stands in, however long a choice or large the letters.
      const isFull = element.parentElement.clientWidth - element.offsetWidth < 4 && (parseFloat(style(element).fontSize) > 28 || element.selectedOptions[0].textContent.length > 24);
      if (needed > element.clientWidth + CLOSE && !isFull) tell(`${name(element)} is cut by ${px(needed - element.clientWidth)} px: ${short(element.selectedOptions[0].textContent)}`);
    }
  }

  /** Whether one sees where it ends: it has an edge or a ground of its own. */
  const isBox = (element) => {
    const { borderTopWidth, borderTopStyle, borderTopColor, borderBottomWidth, borderLeftWidth, backgroundColor } = style(element);
    const hasGround = !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(backgroundColor);
    const hasEdge = parseFloat(borderTopWidth) && parseFloat(borderBottomWidth) && parseFloat(borderLeftWidth) && borderTopStyle !== "none" && borderTopColor !== "rgba(0, 0, 0, 0)";
    return hasGround || hasEdge || element.matches("button, dialog");
  };
  const leaves = (rect, box) => Math.max(box.left - rect.left, rect.right - box.right, box.top - rect.top, rect.bottom - box.bottom);
  for (const { element, text, lines } of texts) {
    if (element.closest(PICTURE) || parseFloat(style(element).fontSize) === 0) continue;
    for (const at of [element, ...around(element)]) {
      if (scrolls(at) || scrollsDown(at) || at.matches("textarea")) break;
      if (style(at).display === "inline" || !isBox(at)) continue;
      const box = at.getBoundingClientRect();
      const out = Math.max(...lines.map((line) => leaves(line, box)));
      if (out > CLOSE + 1) tell(`${short(text)} leaves ${name(at)} by ${px(out)} px`);
      break;
    }
  }
  for (const element of all.filter((element) => element.matches(`${CONTROL}, img, video, canvas`) && !element.closest(PICTURE))) {
    for (const at of around(element)) {
      if (scrolls(at) || scrollsDown(at)) break;
      if (!isBox(at) || style(at).display === "inline" || style(element).position === "absolute") continue;
      // A quiet button's text stands on the edge of what is above and below it; its own ground is not to be seen.
      if (element.matches(".quiet")) break;
      const out = leaves(element.getBoundingClientRect(), at.getBoundingClientRect());
      if (out > CLOSE) tell(`${name(element)} leaves ${name(at)} by ${px(out)} px`);
      break;
    }
  }

  // What lies on what. Layers that float (a dialog, what stays at the window's edge) lie over the rest by their nature.
  const layer = (element) => {
    for (const at of [element, ...around(element)]) {
      if (at.matches("dialog") || /sticky|fixed/.test(style(at).position)) return at;
    }
    return null;
  };
  const items = [
    ...texts.filter(({ element }) => !element.closest(PICTURE) && parseFloat(style(element).fontSize) > 0),
    ...all.filter((element) => element.matches(`${CONTROL}, img, video, canvas, svg`) && !element.parentElement?.closest("svg") && !(element.closest(PICTURE) && !element.matches(PICTURE)))
      .map((element) => ({ element, lines: [element.getBoundingClientRect()] })),
    ...all.filter((element) => element.matches(PICTURE) && !element.parentElement?.closest(PICTURE)).map((element) => ({ element, lines: [element.getBoundingClientRect()] })),
  ].map((item) => ({ ...item, layer: layer(item.element) }));
  const isOver = (element) => element.matches(".icon-button, .icon-button *");
  const overlap = (one, other) => one.lines.some((a) => other.lines.some((b) => (
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)));
  const say = ({ element, text }) => (text ? short(text) : name(element));
  items.forEach((one, at) => {
    for (const other of items.slice(at + 1)) {
      if (one.layer !== other.layer || one.element === other.element) continue;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (isOver(one.element) || isOver(other.element)) continue;
      // A text in its label, with what it labels.
      if (overlap(one, other)) tell(`${say(one)} lies on ${say(other)}`);
    }
  });

  // Fingers. What stands in a line of text is as high as the line; what has a label is pressed by it.
  for (const element of all.filter((element) => element.matches(CONTROL))) {
    const label = element.matches("input[type=checkbox], input[type=radio]") ? element.closest("label") : null;
    // The name of a row is pressed wherever the row is.
    const after = getComputedStyle(element, "::after");
    const isWhole = after.position === "absolute" && after.content !== "none";
    const { width, height } = (label ?? (isWhole ? element.offsetParent : element)).getBoundingClientRect();
    const isInline = element.matches("a, .link") && style(element).display === "inline";
    if (width < 1 || isInline || element.matches(".crop-handle, .crop-frame") && target > 24) continue;
    if (width < target - 0.5 || height < target - 0.5) tell(`${name(element)} is ${px(width)} x ${px(height)} px: less than ${target}`);
  }
  return [...found];
}
