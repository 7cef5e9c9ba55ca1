// Runs bundled workers in workerd, without `wrangler dev` around it: a start takes a sixth of the CPU time. One program
// serves all tests of a run, because loading Miniflare takes as long as starting a worker. It sends its port to its
// parent. A test connects and writes one line of JSON, {@link WorkerProgram}. The answers are lines of JSON too,
// {@link WorkerMessage}. The worker lives until the test ends its side of the connection; when it has stopped, the
// program ends the other side.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type * as miniflare from "miniflare";
import { loadMiniflare } from "../../scripts/lib/load-miniflare.ts";

/** What a test says about its worker. */
export interface WorkerProgram {
  /** A file of `bundleWorker`. */
  bundle: string;
  /** The absolute path of the folder of static files. */
  assets: string;
  /** The folder for the objects' storage. */
  state: string;
  /** The worker's environment variables and secrets. */
  variables: Record<string, string>;
  /** Hyperdrive bindings, and the connection string behind each. */
  hyperdrives: Record<string, string>;
}

/** A message about the worker: its URL once it answers, what it has printed, or why it could not be started. */
export type WorkerMessage = { url: string } | { printed: string } | { failure: string };

// Miniflare copies the extra certificates that a machine may have into each worker's configuration, which takes a fifth
// of a start's CPU time. Tests connect only to this machine.
delete process.env.NODE_EXTRA_CA_CERTS;

type Send = (message: WorkerMessage) => void;

const server = createServer({ allowHalfOpen: true }, (socket) => void serve(socket)).listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
process.send?.({ port: typeof address === "object" ? address?.port : undefined });

async function serve(socket: Socket): Promise<void> {
  socket.on("error", () => undefined); // a test that is killed does not end its side
  const send: Send = (message) => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  const running: miniflare.Miniflare[] = [];
  for await (const line of createInterface(socket)) {
    const worker = start(JSON.parse(line), send);
    running.push(worker);
    worker.ready.then(
      ({ origin }) => send({ url: origin }),
      (error: unknown) => send({ failure: String(error) }),
    );
  }
  await Promise.all(running.map((worker) => worker.dispose()));
  socket.end();
}

function start({ bundle, assets, state, variables, hyperdrives }: WorkerProgram, send: Send): miniflare.Miniflare {
  const { convertV4MiniflareOptions, Miniflare } = loadMiniflare(); // only now: some runs never start a worker
  const options: miniflare.V4WorkerOptions & { modules: { type: "ESModule" | "Text"; path: string }[] } = JSON.parse(
    readFileSync(bundle, "utf8"),
  );
  const folder = dirname(bundle);
  const { workers } = convertV4MiniflareOptions({
    ...options,
    name: "rivulet-chat",
    modules: options.modules.map(({ type, path }) => ({ type, path: join(folder, path) })),
    modulesRoot: folder,
    bindings: variables,
    hyperdrives,
    assets: { ...options.assets, directory: assets },
  });
  return new Miniflare({
    workers,
    resourcePersistencePath: join(state, "v3"), // the same folder as in `wrangler dev --persist-to`
    unsafeInspectDurableObjects: true, // stores each object's name
    host: "127.0.0.1",
    port: 0,
    cf: false,
    handleStructuredLogs: ({ message }) => send({ printed: `${message}\n` }),
  });
}
