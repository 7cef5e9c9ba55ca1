import { LiveRegion } from "./live-region.ts";

/** Delay before announcing, in milliseconds. A live region that changes more often is interrupted or read twice. */
const delayMs = 1_500;

/** Speaking time per character, in milliseconds. Based on a fast voice, so that fast listeners rarely wait. */
const msPerChar = 40;

/** A text to announce, and its language as a BCP 47 tag, or an empty string. */
export interface Announcement {
  text: string;
  lang: string;
}

/** Announces text to screen readers through two live regions: a polite one at pauses, an assertive one at once. */
export class Announcer {
  readonly #root: ShadowRoot;
  readonly #polite: LiveRegion;
  readonly #assertive: LiveRegion;
  readonly #more: () => Announcement | undefined;
  /** BCP 47 tag of the chat's own words. */
  lang = "en";
  #queue: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueAt = Infinity;
  #quietUntil = 0;

  /**
   * @param root the live regions are appended to it
   * @param more called at a pause; returns the next text, undefined if there is none, or an empty text to be called again
   */
  constructor(root: ShadowRoot, more: () => Announcement | undefined) {
    this.#root = root;
    this.#polite = new LiveRegion(root, "polite");
    this.#assertive = new LiveRegion(root, "assertive");
    this.#more = more;
  }

  /** Announces text soon, before the text from `more`. */
  say(text: string): void {
    this.#queue.push(text);
    this.#flushIn(delayMs);
  }

  /** Announces text now. */
  interrupt(text: string): void {
    this.#assertive.announce(text, this.lang);
  }

  /** Removes the announced text from the live regions. */
  clear(): void {
    this.#polite.clear();
    this.#assertive.clear();
  }

  /** Calls `more` once the current announcement is over. */
  schedule(): void {
    this.#flushIn(Math.max(delayMs, this.#quietUntil - performance.now()));
  }

  #flushIn(ms: number): void {
    const dueAt = performance.now() + ms;
    if (this.#dueAt <= dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => this.#flush(), ms);
  }

  #flush(): void {
    this.#dueAt = Infinity;
    if (!this.#root.isConnected) return; // nothing is announced; the next event after reconnecting schedules it again
    const isPause = performance.now() >= this.#quietUntil;
    const more = isPause ? this.#more() : undefined;
    const text = [...this.#queue.splice(0), more?.text ?? ""].filter(Boolean).join(" ");
    if (text !== "") this.#announce(text, more?.text ? more.lang : this.lang);
    if (more?.text === "") this.#flushIn(0);
    else if (more !== undefined || !isPause) this.schedule();
  }

  #announce(text: string, lang: string): void {
    this.#polite.announce(text, lang);
    this.#quietUntil = Math.max(this.#quietUntil, performance.now()) + text.length * msPerChar;
  }
}
