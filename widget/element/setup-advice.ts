import type { FailureCode } from "./conversation/state.ts";

/** Where the element points to, as its attributes say. */
export interface Setup {
  endpoint: string;
  assistant: string;
}

/**
 * Tells the site's developer what is wrong with the set-up and where to mend it. The visitor reads a short sentence
 * of its own.
 * @returns the advice, or undefined where the failure is not one of set-up
 */
export function diagnose(code: FailureCode, { endpoint, assistant }: Setup): string | undefined {
  const file = `assistants/${assistant}/assistant.ts`;
  const { origin } = location;
  switch (code) {
    case "missing_assistant":
      return (
        `This <rivulet-chat> does not say which assistant it is for. Write <rivulet-chat assistant="…">, or ` +
        `data-assistant="…" on the script tag; the name is that of a folder in the worker's assistants/.`
      );
    case "origin_not_allowed":
      return (
        `The worker at ${endpoint} does not allow "${assistant}" on ${origin}. ` +
        `Add "${origin}" to origins in ${file} and deploy the worker again.`
      );
    case "not_found":
      return (
        `The worker at ${endpoint} has no assistant "${assistant}". Is the name right? It is that of a folder in ` +
        `assistants/, here ${file}, and the worker must have been deployed since it was added.`
      );
    case "unreachable":
      return (
        `No Rivulet worker answers at ${endpoint}. Check the endpoint attribute (data-endpoint on the script tag), ` +
        `that the worker runs there, and that the page's Content-Security-Policy has ${originOf(endpoint)} in connect-src.`
      );
    case "not_configured":
      return `The connection of "${assistant}" has no key. Set its secret where the worker runs; ${file} names the connection.`;
    default:
      return undefined;
  }
}

function originOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).origin : endpoint;
}
