import type { Visit } from "./site-crawl.ts";

/** Says why a page could not be read, and what to do. */
export function whyFailed({ from, result }: Visit): string {
  switch (result.kind) {
    case "status":
      return whyStatus(result.status, from);
    case "unavailable":
      return result.reason;
    case "too large":
      return `it is larger than ${result.maxBytes / 1024 / 1024} MB: split it, or remove the links to it.`;
    case "elsewhere":
      return `it leads to another site, ${originOf(result.location)}: name the address there instead, or ${correct(from)}.`;
    case "redirect":
    case "loop":
      return `it redirects endlessly: ${correct(from)}.`;
    case "page":
    case "unchanged":
    case "disallowed":
    case "seen":
      throw new Error(`This is not a failure: ${result.kind}`);
  }
}

function whyStatus(status: number, from: string | undefined): string {
  if (status === 401 || status === 403 || status === 407) {
    return `it asks for a login (status ${status}): make it public, or remove the links to it.`;
  }
  if (status === 404 || status === 410) return `there is no such page (status ${status}): ${correct(from)}.`;
  return `the server answers with the status ${status}: ${correct(from)}.`;
}

function correct(from: string | undefined): string {
  if (from === undefined) return "correct the address";
  return from === "sitemap" ? "correct the sitemap" : `correct the link on ${from}`;
}

function originOf(location: string): string {
  return URL.parse(location)?.origin ?? location;
}
