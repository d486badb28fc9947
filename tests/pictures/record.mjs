// What of a screen is kept to be compared with: its texts, where they and the controls stand, and in which colours. Runs in the page, so
// it stands alone.

/** So many places of a list tell how the rest looks. */
export function recorded({ rows }) {
  const root = document.querySelector("instant-card").shadowRoot;
  const KEPT = "button, input:not([type=file]):not([type=hidden]), select, textarea, summary, a[href], img, canvas, video, svg, dialog, table, .notice, .card-face, [data-screen]";
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest("option, style, .visually-hidden");
  const own = (element) => [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data.trim()).filter(Boolean).join(" ");
  // What counts down, and where the server is, are others each time; what a kiosk says meanwhile comes and goes.
  const told = (text, element) => (element.closest(".kiosk-count, .staff .help, [role=timer], .elapsed") ? text.replace(/\d+/g, "0") : text.replace(/127\.0\.0\.1:\d+/, "127.0.0.1"));
  const isFurtherOn = (element) => {
    const item = element.closest("li, tr");
    return Boolean(item) && [...item.parentElement.children].indexOf(item) >= rows;
  };
  const name = (element) => {
    const hook = element.dataset.screen ?? element.dataset.action ?? element.dataset.token ?? element.getAttribute("name");
    const classes = typeof element.className === "string" && element.className.trim() ? `.${element.className.trim().split(/\s+/).sort().join(".")}` : "";
    return `${element.localName}${classes}${hook ? `[${hook}]` : ""}`;
  };
  // To what the eye tells apart, so that another way of rounding is no change.
  const colour = (text) => text.replace(/-?\d*\.\d+/g, (number) => Number(number).toFixed(2)).replaceAll("rgba(0, 0, 0, 0)", "none");
  const found = [];
  for (const element of root.querySelectorAll("*")) {
    const isInside = element.parentElement?.closest("svg, .keyboard");
    const text = told(own(element), element);
    if (isInside || element.matches(".kiosk-hint") || !isSeen(element) || isFurtherOn(element) || !(text || element.matches(KEPT))) continue;
    const { left, top, width, height } = element.getBoundingClientRect();
    const { color, backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(element);
    found.push({
      name: name(element), text,
      box: [left + scrollX, top + scrollY, width, height].map(Math.round),
      colours: [color, backgroundColor, parseFloat(borderTopWidth) ? borderTopColor : "none"].map(colour).join(" "),
    });
  }
  return found;
}
