// A finger on a screen, by touch events alone.

const UNSEEN = 40;

export class Finger {
  #page;
  #session;

  constructor(page, session) {
    this.#page = page;
    this.#session = session;
  }

  static async on(page) {
    return new Finger(page, await page.context().newCDPSession(page));
  }

  #touch(type, ...points) {
    return this.#session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  }

  /** Touches the middle of what is there once it is on top; swipes there, as far as it takes. */
  async tap(target) {
    for (let swipes = 0; swipes < UNSEEN; swipes += 1) {
      const { x, y, isOnTop, isOver, is } = await this.#place(target);
      if (isOnTop) {
        await this.#touch("touchStart", [x, y]);
        await this.#touch("touchEnd");
        return;
      }
      if (is) await this.#swipe(isOver ? 120 : -120);
    }
    throw new Error(`${target} is not to be reached by a finger`);
  }

  async #place(target) {
    await target.waitFor();
    return target.evaluate(async (element) => {
      // Where it stays.
      let before = "";
      for (let calm = 0; calm < 3;) {
        await new Promise((resolve) => { requestAnimationFrame(resolve); });
        const box = JSON.stringify(element.getBoundingClientRect());
        calm = box === before ? calm + 1 : 0;
        before = box;
      }
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      // Drawn anew meanwhile, it is somewhere else, or will be.
      const there = element.isConnected ? element.getRootNode().elementFromPoint(x, y) : null;
      return { x, y, is: element.isConnected, isOnTop: there !== null && (element.contains(there) || there.shadowRoot === element.getRootNode()), isOver: y < innerHeight / 2 };
    });
  }

  async #swipe(by) {
    const [x, y] = await this.#page.evaluate(() => [4, innerHeight / 2]);
    await this.#touch("touchStart", [x, y]);
    for (let step = 1; step <= 4; step += 1) await this.#touch("touchMove", [x, y + (by * step) / 4]);
    await this.#touch("touchEnd");
  }
}
