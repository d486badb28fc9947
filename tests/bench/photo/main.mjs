// In the page: makes the file, and lets one after the other work on it.
import init, { crop } from "instant-card-photo";
import { peers } from "./peers.mjs";

const [WIDTH, HEIGHT] = [600, 800];

/** A photograph of 12 megapixels, with the grain of a sensor. */
async function photo() {
  const image = await createImageBitmap(await (await fetch("portrait.jpg")).blob());
  const canvas = new OffscreenCanvas(4000, 3000);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, 4000, 3000);
  const pixels = context.getImageData(0, 0, 4000, 3000);
  let seed = 1;
  for (let at = 0; at < pixels.data.length; at += 1) {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    if (at % 4 < 3) pixels.data[at] += (seed >>> 28) - 8;
  }
  context.putImageData(pixels, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  return new File([blob], "photo.jpg", { type: "image/jpeg" });
}

await init({ module_or_path: "photo_bg.wasm" });
const file = await photo();
const all = { "instant-card": crop, ...peers };

/** How long the main thread is not free at a stretch, to 4 ms, from now until the returned function is called. */
function watch() {
  let [before, longest] = [performance.now(), 0];
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
  };
  const timer = setInterval(look, 4);
  return () => {
    look();
    clearInterval(timer);
    return longest;
  };
}

globalThis.subjects = Object.keys(all);
globalThis.bytes = file.size;
/** One turn: the time, the longest stretch, and the size of what came out. */
globalThis.turn = async (name) => {
  // What the one before has left behind is not this one's to clear away.
  globalThis.gc();
  await new Promise((resolve) => { setTimeout(resolve, 150); });
  const longest = watch();
  const start = performance.now();
  const text = await all[name](file, WIDTH, HEIGHT);
  const time = performance.now() - start;
  const block = longest();
  const jpeg = await (await fetch(`data:image/jpeg;base64,${text}`)).blob();
  const picture = await createImageBitmap(jpeg);
  if (picture.width !== WIDTH || picture.height !== HEIGHT) throw new Error(`${name}: ${picture.width} x ${picture.height}`);
  return { time, block, length: text.length };
};
