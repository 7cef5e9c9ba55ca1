import type { FailureCode } from "../conversation/state.ts";

/** The element's attributes that say where the assistant is. */
export interface Setup {
  endpoint: string;
  assistant: string;
}

/** For pages without an origin: browsers send `Origin: null` for all of them, so the worker cannot tell them apart. */
const withoutOrigin =
  `This page has no origin: it is in a sandboxed frame, or was opened from a file. Add allow-same-origin to the frame's ` +
  `sandbox attribute, or open the page over http. No setting of the worker allows a page without an origin.`;

/**
 * Advice for the site's developer on what is wrong with the setup and where to fix it. The visitor sees a short sentence
 * instead.
 * @param setup what the page has set
 * @param endpoint the worker's absolute address
 * @returns the advice, or undefined if the setup did not cause the failure
 */
export function setupAdvice(code: FailureCode, setup: Setup, endpoint: string): string | undefined {
  const { assistant } = setup;
  const file = `assistants/${assistant}/assistant.ts`;
  const { origin } = globalThis; // unlike `location.origin`, it is "null" in a sandboxed frame
  switch (code) {
    case "missing_assistant":
      return (
        `This <rivulet-chat> has no assistant. Write <rivulet-chat assistant="…">, or data-assistant="…" on the ` +
        `script tag. The value is the name of a folder in the worker's assistants/.`
      );
    case "origin_not_allowed":
      if (origin === "null") return withoutOrigin;
      return (
        `The worker at ${endpoint} does not allow "${assistant}" on ${origin}. ` +
        `Add "${origin}" to origins in ${file} and deploy the worker again.`
      );
    case "not_found":
      return (
        `The worker at ${endpoint} has no assistant "${assistant}". Check the name: it is the name of a folder in ` +
        `assistants/, here ${file}, and the worker must be deployed after it was added.`
      );
    case "unreachable":
      if (!URL.canParse(endpoint))
        return `The endpoint "${endpoint}" is not an address. Write it as in https://chat.example.com.`;
      if (hasNoScheme(setup.endpoint)) {
        return (
          `The endpoint "${setup.endpoint}" has no scheme, so it is a path on this page's server: ${endpoint}. ` +
          `If it is the name of a server, write https://${setup.endpoint}.`
        );
      }
      return (
        `No Rivulet worker responds at ${endpoint}. Check the endpoint attribute (data-endpoint on the script tag), ` +
        `that the worker is running, and that the page's Content-Security-Policy has ${new URL(endpoint).origin} in connect-src.`
      );
    case "not_configured":
      return (
        `The worker at ${endpoint} is not set up for "${assistant}": a variable or secret is missing or wrong. ` +
        `See the worker's log.`
      );
    default:
      return undefined;
  }
}

/** Whether an address looks like the name of a server, such as `chat.example.com`, possibly with a port and a path. */
function hasNoScheme(given: string): boolean {
  return /^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(given);
}
