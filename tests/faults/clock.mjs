// Time that passes only when nothing else can happen, as in the simulator: a page's timers wait for each other, and for all
// requests and pictures, and for nothing else. A pause of 21 seconds takes none, and no time limit strikes a request that is answered.

/** Runs in the page before all else, and leaves its handle in `window.ownClock`. */
export function installClock() {
  const own = { setTimeout: window.setTimeout.bind(window), clearTimeout: window.clearTimeout.bind(window), fetch: window.fetch.bind(window) };
  const timers = new Map();
  /** Not the numbers of the browser's own. */
  let last = 1e9;
  let now = 0;
  let busy = 0;
  let isHeld = false;
  /** Counts whatever happens. */
  let turns = 0;

  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()();
  /** When everything that is to be gone on with at once has been. */
  const soon = (act) => { waiting.push(act); channel.port2.postMessage(null); };

  let isComing = false;
  const wake = () => {
    if (isComing) return;
    isComing = true;
    soon(() => { isComing = false; step(); });
  };
  const step = () => {
    if (isHeld || timers.size === 0) return;
    let first = null;
    for (const timer of timers.values()) if (first === null || timer.at < first.at) first = timer;
    // What is due at this moment does not wait for what was sent in it.
    if (first.at > now && busy > 0) return;
    now = Math.max(now, first.at);
    timers.delete(first.id);
    turns += 1;
    wake();
    first.act();
  };
  window.setTimeout = (act, after = 0, ...given) => {
    if (typeof act !== "function") return own.setTimeout(act, after);
    last += 1;
    timers.set(last, { id: last, at: now + Math.max(0, Number(after) || 0), act: () => act(...given) });
    wake();
    return last;
  };
  window.clearTimeout = (id) => { if (!timers.delete(id)) own.clearTimeout(id); };

  /** Until `promise` is settled, and what goes on with it has, time stands still. */
  const during = (promise) => {
    busy += 1;
    turns += 1;
    const end = () => soon(() => { busy -= 1; wake(); });
    promise.then(end, end);
    return promise;
  };
  window.fetch = (...given) => during(own.fetch(...given));
  for (const [of, names] of [
    [Response.prototype, ["text", "json", "blob", "arrayBuffer"]],
    [WebAssembly, ["compile", "compileStreaming", "instantiate", "instantiateStreaming"]],
    // A picture is looked at before it is shown.
    [HTMLImageElement.prototype, ["decode"]],
    [window, ["createImageBitmap"]],
  ]) {
    for (const name of names) {
      const before = of[name];
      of[name] = function read(...given) { return during(before.apply(this, given)); };
    }
  }
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function sends(...given) {
    during(new Promise((resolve) => { this.addEventListener("loadend", resolve, { once: true }); }));
    send.apply(this, given);
  };

  // Pauses are as long as the simulator's.
  Math.random = () => 0;

  const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
  window.ownClock = {
    /** A person's hands are quicker than any timer. */
    hold() { isHeld = true; },
    /** Lets time go on until nothing is to come any more; what was drawn has been looked at by then, and may have asked for more. */
    async runOut(patience = 1_200_000) {
      isHeld = false;
      wake();
      for (const end = now + patience; ;) {
        const before = turns;
        await frame();
        await frame();
        if (turns === before && busy === 0 && timers.size === 0) return;
        if (now > end) throw new Error(`something goes on for ever: ${busy} requests and ${timers.size} timers`);
      }
    },
    /**
     * Asks so many times at once, so that as many connections have been used; with and without credentials, which have
     * connections of their own.
     */
    async warm(address, count) {
      const ask = (credentials) => own.fetch(address, { credentials, cache: "no-store" }).then((answer) => answer.text());
      await Promise.all(["same-origin", "omit"].flatMap((credentials) => Array.from({ length: count }, () => ask(credentials))));
    },
  };
}
