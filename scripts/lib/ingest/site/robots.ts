import robotsParser from "robots-parser";
import { productToken, type SiteClient } from "./site-client.ts";

/** How much of the file is read, in bytes: https://www.rfc-editor.org/rfc/rfc9309#section-2.5 */
const maxBytes = 500 * 1024;

/** The longest pause between two requests that a site can ask for, in milliseconds. */
const maxDelayMs = 10_000;

/** What a site asks of robots. */
export interface Robots {
  isAllowed(address: string): boolean;
  /** The addresses of sitemaps. */
  sitemaps: readonly string[];
  /** The pause between two requests, in milliseconds. */
  delayMs: number;
}

/**
 * Reads a site's `robots.txt`. A site without one allows everything.
 * @returns what the file says, or why the server did not answer: then nothing may be read
 * @see https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1
 */
export async function readRobots(client: SiteClient, origin: string): Promise<Robots | string> {
  let address = `${origin}/robots.txt`;
  let answer = await client.get(address);
  for (let hop = 0; answer.kind === "redirect" && hop < 5; hop += 1) {
    const target = URL.parse(answer.location, address);
    if (target?.origin !== origin) break;
    address = target.href;
    answer = await client.get(address);
  }
  if (answer.kind === "unavailable") return answer.reason;
  const text = answer.kind === "page" ? new TextDecoder().decode(answer.bytes.subarray(0, maxBytes)) : "";
  const robots = robotsParser(`${origin}/robots.txt`, text);
  return {
    isAllowed: (page) => robots.isAllowed(page, productToken) !== false,
    sitemaps: robots.getSitemaps(),
    delayMs: Math.min(maxDelayMs, 1000 * Math.max(0, robots.getCrawlDelay(productToken) ?? 0)),
  };
}
