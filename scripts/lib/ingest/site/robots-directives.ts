import type { Page } from "../html/dom.ts";
import { productToken } from "./site-client.ts";

/** What a page asks of robots. */
export interface RobotsDirectives {
  /** Whether the page must not be indexed. */
  isNoindex: boolean;
  /** Whether its links must not be followed. */
  isNofollow: boolean;
}

/**
 * Reads what a page asks of all robots, or of this one.
 * @param page undefined for other files, which can only say it in their headers
 * @see https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
 */
export function readDirectives(headers: Headers, page?: Page): RobotsDirectives {
  const metas = [...(page?.documentElement.querySelectorAll("meta[name]") ?? [])].filter((meta) =>
    ["robots", productToken.toLowerCase()].includes((meta.getAttribute("name") ?? "").toLowerCase()),
  );
  const words = [...metas.map((meta) => meta.getAttribute("content") ?? ""), headerRules(headers)]
    .flatMap((rules) => rules.toLowerCase().split(","))
    .map((word) => word.trim());
  return {
    isNoindex: words.includes("noindex") || words.includes("none"),
    isNofollow: words.includes("nofollow") || words.includes("none"),
  };
}

/** `X-Robots-Tag: otherbot: noindex, nofollow`: a name applies to what comes after it, until the next name. */
function headerRules(headers: Headers): string {
  let isForUs = true;
  const rules = (headers.get("x-robots-tag") ?? "").split(",").map((rule) => {
    const [, name, value] = /^\s*([\w-]+)\s*:\s*(.*)$/.exec(rule) ?? [];
    // A rule with a value, such as `max-snippet: 0`, does not begin with the name of a robot.
    if (name === undefined || /^(?:max-|unavailable_after)/i.test(name)) return isForUs ? rule : "";
    isForUs = name.toLowerCase() === productToken.toLowerCase();
    return isForUs ? value : "";
  });
  return rules.join(",");
}
