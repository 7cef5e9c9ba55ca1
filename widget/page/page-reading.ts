import type { PageContext } from "../../protocol/index.ts";
import { pageContextLimits } from "../../protocol/index.ts";
import { isRecord } from "../transport/json.ts";
import { readText } from "./read-text.ts";

/** What a site's function returns: the page's text, alone or with a title. Without a text, nothing is shared. */
export type SharedPage = string | { title?: string; text: string } | null | undefined;

/** How a site shares its page. */
export interface PageSettings {
  /** A CSS selector for the elements that are read. */
  pageContext?: string | undefined;
  /** Returns what is shared. This function has priority over the selector. */
  getPageContext?: (() => SharedPage | Promise<SharedPage>) | undefined;
}

/** How long the site's function may take, in milliseconds: the question waits for it. */
const timeLimitMs = 1_000;

/** Selectors that were reported on the console. Each is reported once, and not with every question. */
const reported = new Set<string>();

/**
 * Reads the page as it is now. It never rejects: errors are written to the console.
 * @param maxBytes how much of the text is kept, in bytes of UTF-8
 * @returns undefined if there is nothing to share
 */
export async function readPage(settings: PageSettings, maxBytes: number): Promise<PageContext | undefined> {
  const { origin, pathname, protocol } = location;
  if (!protocol.startsWith("http")) return undefined; // a page without an address of its own
  const { title, text } = settings.getPageContext
    ? await ask(settings, maxBytes)
    : { title: document.title, text: readSelected(settings.pageContext ?? "", maxBytes) };
  if (text.trim() === "") return undefined;
  // The query and the fragment can hold what was typed into a form, or a secret.
  const url = [origin + pathname, origin].find(({ length }) => length <= pageContextLimits.urlChars) ?? origin;
  return { url, title: title.slice(0, pageContextLimits.titleChars).toWellFormed(), text: text.toWellFormed() };
}

function readSelected(selector: string, maxBytes: number): string {
  try {
    const all = [...document.querySelectorAll(selector)];
    if (all.length === 0) report(selector, "No element of this page matches");
    let around: Element | undefined; // in document order, an element comes before its descendants
    const outermost = all.filter((element) => {
      if (around?.contains(element)) return false;
      around = element;
      return true;
    });
    return readText(outermost, maxBytes);
  } catch (error) {
    report(selector, "This is not a valid CSS selector", error);
    return "";
  }
}

function report(selector: string, what: string, ...error: unknown[]): void {
  if (reported.has(selector)) return;
  reported.add(selector);
  console.error(`Rivulet Chat: ${what}: page-context="${selector}". Nothing from this page is sent.`, ...error);
}

/** Asks the site's function. */
async function ask(settings: PageSettings, maxBytes: number): Promise<{ title: string; text: string }> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${timeLimitMs} ms.`)), timeLimitMs);
  });
  try {
    const page: unknown = await Promise.race([settings.getPageContext?.(), late]);
    const given: Record<string, unknown> = typeof page === "string" ? { text: page } : isRecord(page) ? page : {};
    const { title = document.title, text = "" } = given;
    if (typeof text !== "string" || typeof title !== "string")
      throw new TypeError("It returned a title or text that is not a string.");
    const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
    return { title, text: text.slice(0, read) };
  } catch (error) {
    console.error("Rivulet Chat: getPageContext failed. Nothing from this page is sent.", error);
    return { title: "", text: "" };
  } finally {
    clearTimeout(timer);
  }
}
