import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What the receiver does with a request. A number is the status that it answers with. */
export type Behavior =
  | number
  | "never answers"
  | "closes"
  | "redirects"
  | "answers without end"
  | { status: number; body: string };

/** An operator's address for messages, on this machine. */
export interface HandoverReceiver {
  readonly url: string;
  /** Every request since {@link script} was last called, the oldest first. */
  readonly received: { headers: IncomingHttpHeaders; body: string; path: string }[];
  /** Sets what it does with the next requests, in order; the last behavior is repeated. Forgets earlier requests. */
  script(...behaviors: Behavior[]): void;
  /** Answers the requests that it has held back. */
  release(status: number): void;
  /** How many bytes of an endless answer it could send. */
  readonly sentBytes: number;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a receiver that accepts every message until it is told otherwise. */
export async function startReceiver(): Promise<HandoverReceiver> {
  let behaviors: Behavior[] = [202];
  let sentBytes = 0;
  const held: ServerResponse[] = [];
  const received: HandoverReceiver["received"] = [];
  const pour = (response: ServerResponse): void => {
    response.on("error", () => undefined).writeHead(200, { "content-type": "text/plain" });
    const chunk = Buffer.alloc(64 * 1024, "a");
    const more = () => {
      while (!response.destroyed && response.write(chunk)) sentBytes += chunk.length;
    };
    response.on("drain", more);
    more();
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    received.push({ headers: request.headers, body: await text(request), path: request.url ?? "" });
    const [behavior = 202] = behaviors;
    if (behaviors.length > 1) behaviors.shift();
    if (behavior === "never answers") held.push(response);
    else if (behavior === "closes") request.socket.destroy();
    else if (behavior === "redirects") response.writeHead(307, { location: "/elsewhere" }).end();
    else if (behavior === "answers without end") pour(response);
    else if (typeof behavior === "object") response.writeHead(behavior.status).end(behavior.body);
    else response.writeHead(behavior).end();
  };
  const server = createServer((request, response) => void serve(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return {
    url: `http://127.0.0.1:${port}/inbox`,
    received,
    script: (...next) => {
      behaviors = next;
      received.length = 0;
    },
    release: (status) => {
      for (const response of held.splice(0)) response.writeHead(status).end();
    },
    get sentBytes() {
      return sentBytes;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
