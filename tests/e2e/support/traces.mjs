// What is left of people: texts, and pieces of pictures, looked for in whatever bytes there are.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** How a text or some bytes may stand somewhere: as they are, two bytes to a letter, and in Base64 at each of its three places. */
export function forms(what) {
  const bytes = Buffer.from(what);
  const base64 = [0, 1, 2].map((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64").replace(/=+$/, "");
    // What its neighbours have a share in is left out.
    return coded.slice(Math.ceil((before * 4) / 3), -1);
  });
  const texts = typeof what === "string" ? [what, ...base64] : base64;
  return [bytes, ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, "utf16le")])];
}

/** Finds all of them in one go, however many there are. */
export class Traces {
  /** By the first four bytes. */
  #begins = new Map();
  /** Whether something may begin so: most places are passed over by this alone. */
  #may = new Uint8Array(1 << 22);

  /** `wanted`: what it is called, and what it is. */
  constructor(wanted) {
    for (const [name, what] of wanted) {
      for (const form of forms(what)) {
        const begin = form.readInt32LE(0);
        this.#may[this.#hash(begin)] = 1;
        this.#begins.set(begin, [...this.#begins.get(begin) ?? [], { form, name }]);
      }
    }
  }

  #hash(begin) { return Math.imul(begin, 0x9e3779b1) >>> 10; }

  /** The names of those that are in `bytes`, once each. */
  in(bytes) {
    const found = new Set();
    let begin = 0;
    for (let end = 0; end < bytes.length; end += 1) {
      begin = (begin >>> 8) | (bytes[end] << 24);
      if (end < 3 || !this.#may[this.#hash(begin)]) continue;
      for (const { form, name } of this.#begins.get(begin) ?? []) {
        if (!bytes.compare(form, 0, form.length, end - 3, Math.min(end - 3 + form.length, bytes.length))) found.add(name);
      }
    }
    return [...found];
  }
}

/** Keeps hold of the memory of the page's WebAssembly; to be called before the page is opened. */
export async function watchMemories(page) {
  await page.addInitScript(() => {
    window.memories = [];
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const made = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const result = await made.apply(WebAssembly, given);
        const memory = Object.values((result.instance ?? result).exports).find((one) => one instanceof WebAssembly.Memory);
        if (memory) window.memories.push(memory);
        return result;
      };
    }
  });
}

/** The kinds of a heap's nodes that a page's script makes. */
const OWN = ["object", "closure", "string", "concatenated string", "sliced string", "number", "bigint", "regexp"];

/** The places of a page and its browser in which something may be left. */
export class Places {
  constructor(page, cdp) {
    this.page = page;
    this.cdp = cdp;
  }

  /**
   * In KiB: how large the WebAssembly's memory is, and how much of it is not zero; what is in use of the JavaScript heap, and
   * how much of that is the page's own objects and texts, without code and what the tools keep. And how many nodes there are.
   */
  async sizes() {
    const wasm = await this.page.evaluate(() => window.memories.map(({ buffer }) => {
      const bytes = new Uint8Array(buffer);
      let used = 0;
      for (let at = 0; at < bytes.length; at += 1) used += bytes[at] && 1;
      return [bytes.length, used];
    }));
    assert.equal(wasm.length, 1, "there is one WebAssembly memory");
    const { own } = await this.heap();
    const { usedSize } = await this.cdp.send("Runtime.getHeapUsage");
    const { nodes } = await this.cdp.send("Memory.getDOMCounters");
    const [whole, used, heap, objects] = [...wasm[0], usedSize, own].map((bytes) => Math.round(bytes / 1024));
    return { whole, used, heap, objects, nodes };
  }

  /** All bytes of the WebAssembly's memory. */
  async wasm() {
    const coded = await this.page.evaluate(() => {
      const bytes = new Uint8Array(window.memories[0].buffer), parts = [];
      for (let at = 0; at < bytes.length; at += 30_000) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 30_000))));
      return parts;
    });
    return Buffer.concat(coded.map((part) => Buffer.from(part, "base64")));
  }

  /** What can be reached of the JavaScript's heap: its strings, and how many there are of each kind of object. */
  async heap() {
    const chunks = [];
    const keep = ({ chunk }) => chunks.push(chunk);
    this.cdp.on("HeapProfiler.addHeapSnapshotChunk", keep);
    await this.cdp.send("HeapProfiler.collectGarbage");
    await this.cdp.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
    this.cdp.off("HeapProfiler.addHeapSnapshotChunk", keep);
    const { snapshot: { meta }, nodes, strings } = JSON.parse(chunks.join(""));
    const [type, name, size] = ["type", "name", "self_size"].map((field) => meta.node_fields.indexOf(field));
    const kinds = meta.node_types[type];
    const counts = new Map();
    const long = [];
    let own = 0;
    for (let at = 0; at < nodes.length; at += meta.node_fields.length) {
      const kind = kinds[nodes[at + type]];
      const text = strings[nodes[at + name]];
      if (kind === "object" || kind === "native") counts.set(text, (counts.get(text) ?? 0) + 1);
      if (OWN.includes(kind)) own += nodes[at + size];
      // A snapshot cuts strings off: of these only the beginning is known.
      if (kind === "string" && text.length >= 1024) long.push({ text, size: nodes[at + size] });
    }
    return { bytes: Buffer.from(strings.join("\n")), counts, long, own };
  }

  /** What the page and its storages hold, and where it has been. */
  async document() {
    const there = await this.page.evaluate(async () => {
      const roots = [document, document.querySelector("instant-card").shadowRoot];
      const values = roots.flatMap((root) => [...root.querySelectorAll("input, textarea, select")].map(({ value }) => value));
      const caches = [];
      for (const name of await globalThis.caches.keys()) {
        for (const { url } of await (await globalThis.caches.open(name)).keys()) caches.push(url);
      }
      const files = [];
      for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
      return JSON.stringify([
        roots.map((root) => root.documentElement?.outerHTML ?? root.innerHTML), values, caches, files,
        (await indexedDB.databases()).map(({ name }) => name), { ...localStorage }, { ...sessionStorage },
        history.state, document.cookie, location.href, window.name, document.title, String(getSelection()),
      ]);
    });
    const { entries } = await this.cdp.send("Page.getNavigationHistory");
    return Buffer.from(JSON.stringify([there, entries, await this.page.context().cookies()]));
  }
}

/** Which of the traces stand in the files of a folder, as `[trace, file]`. */
export function onDisk(folder, traces) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => traces.in(readFileSync(join(parentPath, name))).map((trace) => [trace, name]));
}
