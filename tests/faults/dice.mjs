// Chance that comes out the same for the same seed.

export class Dice {
  #state;

  constructor(seed) { this.#state = (seed >>> 0) ^ 0x9e3779b9; for (let i = 0; i < 8; i += 1) this.roll(); }

  /** From 0 to 1 (mulberry32). */
  roll() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  chance(share) { return this.roll() < share; }
  /** A whole number from `least` to `most`. */
  number(least, most) { return least + Math.floor(this.roll() * (most - least + 1)); }
  /** One of these. */
  of(list) { return list[this.number(0, list.length - 1)]; }

  /** The name of one of `{name: weight}`. */
  weighed(weights) {
    const all = Object.entries(weights).filter(([, weight]) => weight > 0);
    let left = this.roll() * all.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of all) {
      left -= weight;
      if (left < 0) return name;
    }
    return all.at(-1)?.[0];
  }
}
