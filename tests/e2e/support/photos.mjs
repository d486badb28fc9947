// Photos made on the spot, from nothing but bytes.
//
// The JPEG writer knows one trick: each 8 x 8 block has one colour. That is a valid baseline JPEG of any size, in
// milliseconds, which a browser decodes at full price; 30 megapixels included.

import { crc32, deflateSync } from "node:zlib";

const BLOCK = 8;

/** A JPEG of `width` x `height`, whose block at `(x, y)` (0 to 1 each) has the colour `paint(x, y)`, `[r, g, b]`. */
export function jpeg(width, height, paint, { orientation } = {}) {
  const columns = Math.ceil(width / BLOCK);
  const rows = Math.ceil(height / BLOCK);
  const scan = [];
  let bits = 0;
  let count = 0;
  const put = (value, length) => {
    bits = (bits << length) | value;
    count += length;
    while (count >= 8) {
      const byte = (bits >> (count - 8)) & 0xff;
      scan.push(byte);
      if (byte === 0xff) scan.push(0);
      count -= 8;
      bits &= (1 << count) - 1;
    }
  };
  const before = [0, 0, 0];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [r, g, b] = paint((column + 0.5) / columns, (row + 0.5) / rows);
      const colour = [
        0.299 * r + 0.587 * g + 0.114 * b - 128,
        -0.168736 * r - 0.331264 * g + 0.5 * b,
        0.5 * r - 0.418688 * g - 0.081312 * b,
      ];
      colour.forEach((part, at) => {
        // With a quantizer of 8 the DC coefficient is the block's mean itself.
        const mean = Math.max(-128, Math.min(127, Math.round(part)));
        const step = mean - before[at];
        before[at] = mean;
        const size = step === 0 ? 0 : 32 - Math.clz32(Math.abs(step));
        put(size, 4);
        if (size) put(step < 0 ? step + (1 << size) - 1 : step, size);
        put(0, 1);
      });
    }
  }
  if (count) put((1 << (8 - count)) - 1, 8 - count);

  const segment = (marker, ...bytes) => [0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff, ...bytes];
  const component = (id) => [id, 0x11, 0];
  return Buffer.concat([
    Buffer.from([
      0xff, 0xd8,
      ...segment(0xe0, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0),
      ...(orientation ? segment(0xe1, ...exif(orientation)) : []),
      ...segment(0xdb, 0, ...new Array(64).fill(8)),
      ...segment(0xc0, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, ...[1, 2, 3].flatMap(component)),
      // Sizes 0 to 9 with four bits each; for the other coefficients only "no more", with one bit.
      ...segment(0xc4, 0x00, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
      ...segment(0xc4, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      ...segment(0xda, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0),
    ]),
    Buffer.from(scan),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function exif(orientation) {
  const text = [...Buffer.from("Exif\0\0MM\0*", "latin1")];
  return [...text, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
}

/** A PNG of `width` x `height` in the colours of `paint`. */
export function png(width, height, paint) {
  const line = 1 + width * 3;
  const raw = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) raw.set(paint((x + 0.5) / width, (y + 0.5) / height), y * line + 1 + x * 3);
  }
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const [head, tail] = [Buffer.alloc(4), Buffer.alloc(4)];
    head.writeUInt32BE(data.length);
    tail.writeUInt32BE(crc32(body) >>> 0);
    return Buffer.concat([head, body, tail]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header), chunk("IDAT", deflateSync(raw)), chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Something like a person before a wall. */
export function portrait(x, y) {
  const inside = (cx, cy, rx, ry) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  if (inside(0.44, 0.4, 0.03, 0.02) || inside(0.56, 0.4, 0.03, 0.02)) return [40, 40, 60];
  if (y < 0.36 && inside(0.5, 0.38, 0.22, 0.26)) return [70, 45, 30];
  if (inside(0.5, 0.42, 0.19, 0.25)) return [224, 178, 150];
  if (y > 0.7 && inside(0.5, 1, 0.42, 0.34)) return [40, 80, 140];
  return [205 - 40 * y, 215 - 30 * y, 225 - 20 * x];
}

/** A dark curve on white. */
export function scribble(x, y) {
  return Math.abs(y - 0.5 - 0.3 * Math.sin(x * 14)) < 0.06 ? [20, 25, 90] : [255, 255, 255];
}

const once = (make) => {
  let made;
  return () => (made ??= make());
};

const file = (name, mimeType, make) => {
  const bytes = once(make);
  return { name, mimeType, get buffer() { return bytes(); } };
};

const face = once(() => jpeg(900, 1200, portrait));

/** Files as a person would choose them; each is made when it is first asked for. */
export const photos = {
  portrait: file("portrait.jpg", "image/jpeg", face),
  landscape: file("landscape.jpg", "image/jpeg", () => jpeg(1600, 900, portrait)),
  png: file("portrait.png", "image/png", () => png(300, 400, portrait)),
  signature: file("signature.png", "image/png", () => png(660, 220, scribble)),
  /** 6000 x 5000. */
  huge: file("huge.jpg", "image/jpeg", () => jpeg(6000, 5000, portrait)),
  text: file("notes.jpg", "image/jpeg", () => Buffer.from("Dear diary,\nthis is not a photo.\n")),
  truncated: file("half.jpg", "image/jpeg", () => face().subarray(0, face().length >> 1)),
  empty: file("empty.jpg", "image/jpeg", () => Buffer.alloc(0)),
};
