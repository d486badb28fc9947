// How large things are on the screen: what is pressed, and what is read.

const PRESSED = "button, input:not([type=file]), select, textarea, summary, a[href], [role=button], .crop-handle";

/** What is to be pressed or read within the element and is smaller than so many pixels: a text for each. */
export function small(host, { target = 64, text = 20 } = {}) {
  return host.evaluate((host, [selector, target, text]) => {
    const found = [];
    const name = (element) => element.cloneNode(false).outerHTML.slice(0, 110);
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".visually-hidden");
    for (const element of host.shadowRoot.querySelectorAll(selector)) {
      const { width, height } = element.getBoundingClientRect();
      // To half a pixel, which nobody feels.
      if (isSeen(element) && width && (width < target - 0.5 || height < target - 0.5)) found.push(`${name(element)}: ${Math.round(width)} x ${Math.round(height)}`);
    }
    const texts = document.createTreeWalker(host.shadowRoot, NodeFilter.SHOW_TEXT);
    const read = new Set([...host.shadowRoot.querySelectorAll("input:not([type=checkbox], [type=range]), select")]);
    while (texts.nextNode()) if (texts.currentNode.data.trim()) read.add(texts.currentNode.parentElement);
    for (const element of read) {
      // A card is a picture, whatever stands on it.
      if (element.matches("style, option") || !isSeen(element) || element.closest('[aria-hidden="true"]:not(.kiosk-count), .card-face')) continue;
      const size = parseFloat(getComputedStyle(element).fontSize);
      if (size < text - 0.05) found.push(`${name(element)}: ${size} px`);
    }
    return found;
  }, [PRESSED, target, text]);
}
