// A port that can be used twice, or by a program that cannot be asked to take any free one.

import { once } from "node:events";
import { createServer } from "node:net";

/**
 * A free port below those that the system hands out by itself: an outgoing connection of another test does not take it
 * in the moment between.
 */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer().listen(port, "127.0.0.1");
    try {
      await once(server, "listening");
      return port;
    } catch {
      // Somebody has it: another one.
    } finally {
      await new Promise((resolve) => { server.close(resolve); });
    }
  }
}
