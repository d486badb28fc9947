// What the fake camera sees: a person who sways before a light wall, drawn here, as uncompressed video (Y4M).

import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 16;

/** The colours, as the tests look for them in what comes out; the badge is on the picture's left, whatever a mirror says. */
export const CLIP = {
  width: WIDTH, height: HEIGHT,
  wall: [206, 214, 222], skin: [196, 148, 120], hair: [52, 38, 30], shirt: [176, 34, 60], badge: [30, 120, 60],
};

const ellipse = (x, y, cx, cy, rx, ry) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;

function colour(x, y, sway) {
  const cx = WIDTH / 2 + sway;
  if (x < 60 && y > HEIGHT - 60) return CLIP.badge;
  for (const eye of [-32, 32]) if (ellipse(x, y, cx + eye, 205, 9, 7)) return CLIP.hair;
  if (ellipse(x, y, cx, 268, 26, 6)) return [150, 70, 70];
  if (ellipse(x, y, cx, 215, 78, 105)) return y < 145 ? CLIP.hair : CLIP.skin;
  if (ellipse(x, y, cx, 200, 90, 112) && y < 215) return CLIP.hair;
  if (Math.abs(x - cx) < 34 && y > 290 && y < 370) return CLIP.skin;
  if (ellipse(x, y, cx, 470, 190, 125)) return CLIP.shirt;
  return CLIP.wall;
}

/** One frame as planes of 4:2:0. */
function frame(sway) {
  const luma = Buffer.alloc(WIDTH * HEIGHT);
  const chroma = [Buffer.alloc(luma.length / 4), Buffer.alloc(luma.length / 4)];
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const [r, g, b] = colour(x, y, sway);
      luma[y * WIDTH + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
      if (x % 2 || y % 2) continue;
      const at = (y / 2) * (WIDTH / 2) + x / 2;
      chroma[0][at] = 128 - 0.148 * r - 0.291 * g + 0.439 * b;
      chroma[1][at] = 128 + 0.439 * r - 0.368 * g - 0.071 * b;
    }
  }
  return Buffer.concat([Buffer.from("FRAME\n"), luma, ...chroma]);
}

let drawn = "";
/** Writes the drawn clip, once, and says where it is. */
export function clip() {
  if (drawn) return drawn;
  const path = join(tmpdir(), `instant-card-clip-${process.pid}.y4m`);
  const frames = Array.from({ length: FRAMES }, (_, at) => frame(Math.round(14 * Math.sin((2 * Math.PI * at) / FRAMES))));
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frames]));
  drawn = path;
  return path;
}

const FACES = new URL("../../faces/", import.meta.url);

/** A photo of `tests/faces`, as a person would choose it. */
export const face = (name) => ({
  name: `${name}.jpg`, mimeType: "image/jpeg", buffer: readFileSync(new URL(`${name}.jpg`, FACES)),
});

/** Writes a clip of real faces, three seconds each, over and over: far away, as it should be, two people. */
export function faces() {
  const path = join(tmpdir(), `instant-card-faces-${process.pid}.mjpeg`);
  const seconds = ["far", "good", "two"].flatMap((name) => Array(90).fill(face(name).buffer));
  writeFileSync(path, Buffer.concat(seconds));
  return path;
}
