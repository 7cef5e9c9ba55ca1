import { Hono } from "hono";
import { ChatError } from "../../protocol/index.ts";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { isOriginAllowed } from "../assistants/origins.ts";
import { challengeAction } from "../guards/challenge.ts";
import type { AppEnv } from "../guards/variables.ts";

/**
 * The frame in which a challenge is solved. It is of the worker's own origin, so that the host page loads no script of a
 * third party, and only pages that may use the assistant can frame it.
 */
export function challengeRoutes(assistants: AssistantLookup): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/frame.js", (c) => {
      c.header("content-type", "text/javascript; charset=utf-8");
      c.header("cache-control", "public, max-age=3600");
      return c.body(frameScript);
    })
    .get("/:assistant", (c) => {
      const { isDevelopment, turnstile } = c.get("settings");
      const assistant = assistants.find(c.req.param("assistant"), isDevelopment);
      if (assistant?.turnstile === undefined) throw new ChatError("not_found");
      const parent = c.req.query("origin") ?? "";
      if (!isOriginAllowed(parent, assistant.origins)) throw new ChatError("origin_not_allowed");
      const scriptOrigin = new URL(turnstile.scriptUrl).origin;
      c.header(
        "content-security-policy",
        [
          "default-src 'none'",
          `script-src 'self' ${scriptOrigin}`,
          `frame-src ${scriptOrigin}`,
          `connect-src 'self' ${scriptOrigin}`,
          "style-src 'unsafe-inline'", // Turnstile sizes its own box
          `frame-ancestors ${assistant.origins.join(" ")}`,
        ].join("; "),
      );
      const { siteKey } = assistant.turnstile;
      const theme = c.req.query("theme") === "dark" ? "dark" : "light";
      const locale = readLocale(c.req.query("lang") ?? "");
      return c.html(framePage({ siteKey, parent, theme, locale, scriptUrl: turnstile.scriptUrl }));
    });
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
    return undefined; // not a language tag: Turnstile then takes the browser's language
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
<title>Check</title>
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
 * Runs in the frame: renders the challenge, and tells the page that framed it what came of it. Turnstile's script may
 * never come: extensions block it, and so do networks.
 */
const frameScript = `"use strict";
const place = document.getElementById("challenge");
const { sitekey, parent: page, theme, language, action } = place.dataset;
const tell = (message) => parent.postMessage({ type: "rivulet-challenge", ...message }, page);
addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && tell({ failed: true }), true);
window.rivuletChallenge = () => {
  turnstile.render(place, {
    sitekey, theme, language, action,
    callback: (token) => tell({ token }),
    "before-interactive-callback": () => tell({ needsVisitor: true }),
    "error-callback": () => { tell({ failed: true }); return true; },
    "timeout-callback": () => tell({ failed: true }),
    "unsupported-callback": () => tell({ failed: true }),
  });
};
`;
