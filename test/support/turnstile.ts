import { createServer } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What the verification says of a token. Left out: that it was solved, on this host, for this action. */
export interface Verdict {
  success?: boolean;
  hostname?: string;
  action?: string;
}

/** A stand-in for Turnstile that speaks its wire: the script that a frame loads, and the verification. */
export interface TurnstileServer {
  readonly verifyUrl: string;
  readonly scriptUrl: string;
  /** Every verification that was asked for: its form. */
  readonly asked: Record<string, string>[];
  /** What it says of tokens from now on; `down` breaks the connection. */
  verdict: Verdict | "down";
  close(): void;
}

/** Solves itself at once, as the public test key does. */
const script = `window.turnstile = { render: (place, options) => setTimeout(() => options.callback("solved-" + Math.random()), 50) };
window.rivuletChallenge?.();
document.currentScript?.addEventListener("load", () => window.rivuletChallenge?.());`;

/** Starts it on a free port of this machine. */
export async function startTurnstile(): Promise<TurnstileServer> {
  const used = new Set<string>();
  const asked: Record<string, string>[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.method === "GET") {
        response.setHeader("content-type", "text/javascript");
        response.end(script);
        return;
      }
      const form = Object.fromEntries(new URLSearchParams(body));
      asked.push(form);
      if (turnstile.verdict === "down") {
        request.socket.destroy();
        return;
      }
      const token = form["response"] ?? "";
      const isFirst = !used.has(token);
      used.add(token);
      const good = { hostname: "127.0.0.1", action: "rivulet-session", ...turnstile.verdict };
      const success = isFirst && (turnstile.verdict.success ?? true);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ "error-codes": success ? [] : ["timeout-or-duplicate"], ...good, success }));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const turnstile: TurnstileServer = {
    verifyUrl: `http://127.0.0.1:${port}/siteverify`,
    scriptUrl: `http://127.0.0.1:${port}/api.js`,
    asked,
    verdict: {},
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return turnstile;
}
