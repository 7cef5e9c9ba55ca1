import { once } from "node:events";
import { createServer } from "node:net";
import { Mistake } from "./mistake.ts";

/** Finds a port on which nothing listens: the wanted one, or the next free one above it. */
export async function findPort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port += 1) if (await isFree(port)) return port;
  throw new Mistake(`Every port from ${wanted} to ${wanted + 99} is taken: choose another one with --port.`);
}

/**
 * Finds a port on which nothing listens, for a program that needs the number before it starts. It is random, so two
 * programs that start at the same time are unlikely to get the same one, and it is below the system's ephemeral ports.
 */
export async function findRandomPort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host: "127.0.0.1", exclusive: true });
    await once(server, "listening");
    return true;
  } catch {
    return false; // the port is in use, or not permitted
  } finally {
    server.close();
  }
}
