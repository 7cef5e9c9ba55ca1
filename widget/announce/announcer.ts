import { LiveRegion } from "./live-region.ts";

/** What happens is gathered for so long, in milliseconds, since a live region that changes often is cut short or read twice. */
const gatherMs = 1_500;

/** How long a voice takes for a character, in milliseconds: a brisk one, so that quick listeners hardly wait. */
const msPerChar = 40;

/** Speaks to screen readers through two live regions: in pauses, and at once. */
export class Announcer {
  readonly #root: ShadowRoot;
  readonly #polite: LiveRegion;
  readonly #assertive: LiveRegion;
  readonly #more: () => string | undefined;
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueAt = Infinity;
  #quietUntil = 0;

  /**
   * @param root where the regions are put
   * @param more asked in a pause for what can be said next; undefined where nothing can be, empty to be asked again
   */
  constructor(root: ShadowRoot, more: () => string | undefined) {
    this.#root = root;
    this.#polite = new LiveRegion(root, "polite");
    this.#assertive = new LiveRegion(root, "assertive");
    this.#more = more;
  }

  /** @param lang BCP 47 tag of what will be said */
  set lang(lang: string) {
    this.#polite.lang = lang;
    this.#assertive.lang = lang;
  }

  /** Says something soon, before what there is more. */
  say(words: string): void {
    this.#waiting.push(words);
    this.#flushIn(gatherMs);
  }

  /** Says something now. */
  interrupt(words: string): void {
    this.#assertive.speak(words);
  }

  /** There may be more to say, once what is being said is over. */
  wake(): void {
    this.#flushIn(Math.max(gatherMs, this.#quietUntil - performance.now()));
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
    if (!this.#root.isConnected) return; // nobody would hear it; back in the page, the next event wakes it
    const isPause = performance.now() >= this.#quietUntil;
    const more = isPause ? this.#more() : undefined;
    const words = [...this.#waiting.splice(0), ...(more ? [more] : [])].join(" ");
    if (words !== "") this.#speak(words);
    if (more === "") this.#flushIn(0);
    else if (more !== undefined || !isPause) this.wake();
  }

  #speak(words: string): void {
    this.#polite.speak(words);
    this.#quietUntil = Math.max(this.#quietUntil, performance.now()) + words.length * msPerChar;
  }
}
