import { nowMs } from "../lib/clock.ts";
import type { Target } from "./target.ts";

/** A visitor of this worker, with a session and one conversation. */
export interface Visitor {
  conversation: string;
  /** Sent with each of their requests. */
  headers: Record<string, string>;
}

/** Visitors who ask in turn. */
export class VisitorPool {
  readonly #visitors: readonly Visitor[];
  #next = 0;

  constructor(visitors: readonly Visitor[]) {
    this.#visitors = visitors;
  }

  /** The next visitor in turn. */
  next(): Visitor | undefined {
    const visitor = this.#visitors[this.#next];
    this.#next = (this.#next + 1) % this.#visitors.length;
    return visitor;
  }
}

let lastAddress = 0;

/** Begins sessions, several at a time. @returns the visitors, and how long each session took, in milliseconds */
export async function arrive(target: Target, count: number): Promise<{ visitors: Visitor[]; sessionMs: number[] }> {
  const visitors: Visitor[] = [];
  const sessionMs: number[] = [];
  const work = async () => {
    while (visitors.length < count) {
      const visitor: Visitor = { conversation: crypto.randomUUID(), headers: nextHeaders() };
      visitors.push(visitor);
      const startedAt = nowMs();
      visitor.headers.authorization = `Bearer ${await beginSession(target, visitor.headers)}`;
      sessionMs.push(nowMs() - startedAt);
    }
  };
  await Promise.all([work(), work()]);
  return { visitors, sessionMs };
}

/** Headers with a separate address for each visitor, because requests per address are limited. */
function nextHeaders(): Record<string, string> {
  lastAddress += 1;
  const address = `10.${lastAddress >> 16}.${(lastAddress >> 8) & 255}.${lastAddress & 255}`;
  return { origin: "http://localhost:3000", "cf-connecting-ip": address };
}

async function beginSession({ url }: Target, headers: Record<string, string>): Promise<string> {
  const response = await fetch(`${url}/v1/sessions`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ assistant: "bench" }),
  });
  const body: unknown = await response.json();
  if (typeof body !== "object" || body === null || !("token" in body) || typeof body.token !== "string") {
    throw new Error(`no session: ${JSON.stringify(body)}`);
  }
  return body.token;
}
