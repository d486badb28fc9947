// What colour a picture has where.

import assert from "node:assert/strict";

/** The colours at these places (0 to 1 each) of the picture in `image`. */
export const colours = (image, places) => image.evaluate(async (image, places) => {
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  return places.map(([x, y]) => [...context.getImageData(x * canvas.width, y * canvas.height, 1, 1).data.slice(0, 3)]);
}, places);
export const isLike = (colour, wanted, what) =>
  assert.ok(colour.every((part, at) => Math.abs(part - wanted[at]) < 26), `${what}: ${colour} is like ${wanted}`);
