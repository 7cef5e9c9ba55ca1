import { randomUUID } from "node:crypto";
import { createParser } from "eventsource-parser";
import {
  isTerminal,
  parseChatEvent,
  routes,
  type ChatEvent,
  type Conversation,
  type ErrorBody,
  type TerminalEvent,
} from "../../protocol/index.ts";

/** One frame of a stream as it was received. */
export interface Frame {
  id: string;
  /** The SSE event name. */
  name: string;
  event: ChatEvent;
}

/** The result of a request for a stream. */
export interface Streamed {
  status: number;
  headers: Headers;
  frames: Frame[];
  /** The JSON body if there was no stream. */
  error?: ErrorBody["error"];
  /** Every byte of the body, as text. */
  raw: string;
}

/** The origin of the page that the tests act for. */
export const testOrigin = "http://localhost:3000";

/** A visitor's browser as the worker sees it. */
export class TestVisitor {
  readonly url: string;
  readonly token: string;
  readonly origin: string;

  constructor(url: string, token: string, origin = testOrigin) {
    this.url = url;
    this.token = token;
    this.origin = origin;
  }

  /** The same visitor, with the worker's new URL. */
  at(url: string): TestVisitor {
    return new TestVisitor(url, this.token, this.origin);
  }

  /**
   * A new visitor with a session.
   * @param userToken the site's token for the visitor, if they are signed in there
   */
  static async arrive(url: string, assistant: string, origin = testOrigin, userToken?: string): Promise<TestVisitor> {
    const response = await fetch(url + routes.sessions, {
      method: "POST",
      headers: { origin, "content-type": "application/json" },
      body: JSON.stringify({ assistant, userToken }),
    });
    const body: unknown = await response.json();
    if (typeof body !== "object" || body === null || !("token" in body) || typeof body.token !== "string") {
      throw new Error(`no session: ${JSON.stringify(body)}`);
    }
    return new TestVisitor(url, body.token, origin);
  }

  /** Sends a request as this visitor. A body is sent as JSON. */
  send(path: string, options: { method?: string; body?: unknown; headers?: HeadersInit; signal?: AbortSignal } = {}) {
    const { body, signal } = options;
    const method = options.method ?? (body === undefined ? "GET" : "POST");
    const headers = new Headers(options.headers);
    headers.set("authorization", `Bearer ${this.token}`);
    headers.set("origin", this.origin);
    if (body !== undefined) headers.set("content-type", "application/json");
    return fetch(this.url + path, { method, headers, signal, body: body === undefined ? null : JSON.stringify(body) });
  }

  /** Asks and reads the answer to its end. Ids that are not given are generated. */
  async ask(userPrompt: string, ids: { conversation?: string; id?: string } = {}): Promise<Streamed> {
    const { conversation = randomUUID(), id = randomUUID() } = ids;
    return readStream(await this.send(routes.messages, { body: { conversation, id, userPrompt } }));
  }

  /** Reads a conversation. */
  async read(conversation: string): Promise<Conversation> {
    const response = await this.send(routes.conversation(conversation));
    if (!response.ok) throw new Error(`status ${response.status}`);
    const body: Conversation = JSON.parse(await response.text());
    return body;
  }
}

/** Reads a response to its end: the frames of a stream, or the error. */
export async function readStream(response: Response, onFrame?: (frame: Frame) => void): Promise<Streamed> {
  const { status, headers } = response;
  const raw: string[] = [];
  const frames: Frame[] = [];
  const parser = createParser({
    onEvent({ id, event, data }) {
      const parsed = parseChatEvent(data);
      if (!parsed) throw new Error(`not an event: ${data}`);
      const frame = { id: id ?? "", name: event ?? "message", event: parsed };
      frames.push(frame);
      onFrame?.(frame);
    },
  });
  const isStream = headers.get("content-type") === "text/event-stream";
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    const text = decoder.decode(bytes, { stream: true });
    raw.push(text);
    if (isStream) parser.feed(text);
  }
  const whole = raw.join("");
  if (isStream || whole === "") return { status, headers, frames, raw: whole };
  const body: ErrorBody = JSON.parse(whole);
  return { status, headers, frames, error: body.error, raw: whole };
}

/** The one event that ended a stream. @throws if there is none, more than one, or something after it */
export function ending({ frames }: Streamed): TerminalEvent {
  const terminal = frames.map(({ event }) => event).filter(isTerminal);
  const last = frames.at(-1)?.event;
  if (terminal.length !== 1 || last === undefined || !isTerminal(last)) {
    throw new Error(`endings: ${terminal.length}, last event: ${last?.type}`);
  }
  return last;
}

/** All deltas of a stream in order. */
export function deltas({ frames }: Streamed): string {
  return frames.map(({ event }) => (event.type === "delta" ? event.content : "")).join("");
}

/** The code with which a request ended: from the JSON error or the stream; `ok` if it succeeded. */
export function endingCode(streamed: Streamed): string {
  if (streamed.error) return streamed.error.code;
  const last = ending(streamed);
  return last.type === "error" ? last.code : "ok";
}

/** The body of a request to a provider: the fields that the tests read. */
export interface SentBody extends Record<string, unknown> {
  messages: { role: string; content: unknown }[];
}

/** Reads what a provider received. @throws if it received nothing */
export function sentBody(request: { text: string } | undefined): SentBody {
  if (request === undefined) throw new Error("no such request");
  const body: SentBody = JSON.parse(request.text);
  return body;
}

/** Reads a JSON response whose shape the test knows. */
export async function jsonOf<T>(response: Response | Promise<Response>): Promise<T> {
  const value: T = JSON.parse(await (await response).text());
  return value;
}

/** The conversation that a provider received, without the system prompt, which Azure has among the messages. */
export function sentMessages(request: { text: string } | undefined): SentBody["messages"] {
  return sentBody(request).messages.filter(({ role }) => role !== "system");
}
