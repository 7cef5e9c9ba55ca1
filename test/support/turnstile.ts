import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** The verification result for a token. By default the token was solved, on this host and for this action. */
export interface Verdict {
  success?: boolean;
  hostname?: string;
  action?: string;
}

/** What the challenge does in the browser: it solves itself, shows a checkbox, or fails to load. */
export type ChallengeMode = "silent" | "asks" | "broken";

/** A stand-in for Turnstile with the same interfaces: the script that a frame loads, its box, and the verification. */
export interface TurnstileServer {
  /** Without a trailing slash. */
  readonly url: string;
  readonly verifyUrl: string;
  readonly scriptUrl: string;
  /** The form fields of every verification request. */
  readonly asked: Record<string, string>[];
  /** The verdict on tokens from now on; `down` breaks the connection. */
  verdict: Verdict | "down";
  mode: ChallengeMode;
  close(): void;
}

/** Returns a script that calls back like the real one. Its box is a frame on its own origin, 300 by 65 pixels. */
function script(mode: ChallengeMode, url: string): string {
  return `window.turnstile = { render(place, options) {
    const solve = () => options.callback("solved-" + crypto.randomUUID());
    if (${mode === "silent"}) return void setTimeout(solve, 50);
    const box = document.createElement("iframe");
    box.title = "Widget containing a security challenge";
    box.src = "${url}/box?" + new URLSearchParams({ lang: options.language, theme: options.theme });
    box.style.cssText = "display: block; width: 300px; height: 65px; border: 0";
    addEventListener("message", ({ source, data }) => source === box.contentWindow && data === "ticked" && solve());
    place.append(box);
    options["before-interactive-callback"]();
  } };
  window.rivuletChallenge();`;
}

function box(query: URLSearchParams): string {
  const isDark = query.get("theme") === "dark";
  return `<!doctype html><html lang="${query.get("lang")}"><title>Box</title>
  <meta name="color-scheme" content="${isDark ? "dark" : "light"}">
  <style>body { margin: 0; font: 14px sans-serif; background: ${isDark ? "#222" : "#fafafa"} }
  label { box-sizing: border-box; display: flex; gap: 8px; align-items: center; height: 65px; padding: 0 12px; border: 1px solid #8888 }</style>
  <label><input type="checkbox">Verify you are human</label>
  <script>document.querySelector("input").onchange = () => parent.postMessage("ticked", "*");</script></html>`;
}

/** Starts the stand-in on a free port of this machine. */
export async function startTurnstile(): Promise<TurnstileServer> {
  const used = new Set<string>();
  const asked: Record<string, string>[] = [];
  const serve = ({ url = "", socket }: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(url, turnstile.url);
    const isScript = pathname === "/api.js";
    if (isScript && turnstile.mode === "broken") return void socket.destroy();
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(isScript ? script(turnstile.mode, turnstile.url) : box(searchParams));
  };
  const verify = (body: string, { socket }: IncomingMessage, response: ServerResponse): void => {
    const form = Object.fromEntries(new URLSearchParams(body));
    asked.push(form);
    if (turnstile.verdict === "down") return void socket.destroy();
    const token = form["response"] ?? "";
    const isFirst = !used.has(token);
    used.add(token);
    const good = { hostname: "127.0.0.1", action: "rivulet-session", ...turnstile.verdict };
    const success = isFirst && (turnstile.verdict.success ?? true);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ "error-codes": success ? [] : ["timeout-or-duplicate"], ...good, success }));
  };
  const server = createServer((request, response) => {
    if (request.method === "GET") serve(request, response);
    else void text(request).then((body) => verify(body, request, response));
  }).listen(0, "127.0.0.1");
  server.keepAliveTimeout = 0; // so that no idle connection closes at the moment the worker reuses it
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  const addresses = { url, verifyUrl: `${url}/siteverify`, scriptUrl: `${url}/api.js` };
  const turnstile: TurnstileServer = { ...addresses, asked, verdict: {}, mode: "silent", close };
  return turnstile;
}
