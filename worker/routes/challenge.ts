import { Hono } from "hono";
import { ChatError } from "../../protocol/index.ts";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { isOriginAllowed } from "../assistants/origins.ts";
import { challengeAction } from "../guards/challenge.ts";
import { originNotAllowed } from "../guards/origin.ts";
import type { AppEnv } from "../guards/variables.ts";

/**
 * The routes of the frame in which a visitor solves a challenge. The frame has the worker's own origin, so the host
 * page loads no third-party script. Only pages that may use the assistant can embed it.
 */
export function challengeRoutes(assistants: AssistantLookup): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/frame.js", (c) => {
      c.header("content-type", "text/javascript; charset=utf-8");
      return c.body(frameScript);
    })
    .get("/:assistant", (c) => {
      const { isDevelopment, turnstile } = c.get("settings");
      const assistant = assistants.find(c.req.param("assistant"), isDevelopment);
      if (assistant?.turnstile === undefined) throw new ChatError("not_found");
      const parent = c.req.query("origin") ?? "";
      if (!isOriginAllowed(parent, assistant.origins)) throw originNotAllowed(parent, assistant.id);
      const scriptOrigin = new URL(turnstile.scriptUrl).origin;
      c.header(
        "content-security-policy",
        [
          "default-src 'none'",
          `script-src 'self' ${scriptOrigin}`,
          `frame-src ${scriptOrigin}`,
          `connect-src 'self' ${scriptOrigin}`,
          "style-src 'unsafe-inline'", // Turnstile sizes its widget with inline styles
          `frame-ancestors ${assistant.origins.filter(isHostSource).join(" ")}`,
        ].join("; "),
      );
      const { siteKey } = assistant.turnstile;
      const theme = c.req.query("theme") === "dark" ? "dark" : "light";
      const locale = readLocale(c.req.query("lang") ?? "");
      return c.html(framePage({ siteKey, parent, theme, locale, scriptUrl: turnstile.scriptUrl }));
    });
}

/**
 * Whether an origin can be in a Content Security Policy. Browsers ignore IPv6 addresses there, with a warning. Only
 * development has such origins.
 */
function isHostSource(origin: string): boolean {
  return !origin.includes("[");
}

interface FrameValues {
  siteKey: string;
  parent: string;
  theme: string;
  locale: Intl.Locale | undefined;
  scriptUrl: string;
}

function readLocale(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined; // not a language tag: Turnstile uses the browser's language
  }
}

function framePage({ siteKey, parent, theme, locale, scriptUrl }: FrameValues): string {
  const language = locale?.baseName ?? "auto";
  const values = { "data-sitekey": siteKey, "data-parent": parent, "data-theme": theme, "data-language": language };
  const attributes = Object.entries({ ...values, "data-action": challengeAction })
    .map(([name, value]) => `${name}="${escapeAttribute(value)}"`)
    .join(" ");
  return `<!doctype html>
<html lang="${locale?.baseName ?? "en"}" dir="${locale?.getTextInfo().direction ?? "ltr"}">
<meta charset="utf-8">
<title>Verification</title>
<meta name="color-scheme" content="${theme}">
<style>body { margin: 0 }</style>
<div id="challenge" ${attributes}></div>
<script src="frame.js"></script>
<script src="${escapeAttribute(scriptUrl)}?onload=rivuletChallenge&amp;render=explicit" async defer></script>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/**
 * Runs in the frame: renders the challenge and reports the result to the page that embeds the frame. Turnstile's script
 * may fail to load, because some extensions and networks block it.
 */
const frameScript = `"use strict";
const container = document.getElementById("challenge");
const { sitekey, parent: pageOrigin, theme, language, action } = container.dataset;
const report = (message) => parent.postMessage({ type: "rivulet-challenge", ...message }, pageOrigin);
addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && report({ failed: true }), true);
window.rivuletChallenge = () => {
  turnstile.render(container, {
    sitekey, theme, language, action,
    callback: (token) => report({ token }),
    "before-interactive-callback": () => report({ needsVisitor: true }),
    "error-callback": () => { report({ failed: true }); return true; },
    "timeout-callback": () => report({ failed: true }),
    "unsupported-callback": () => report({ failed: true }),
  });
};
`;
