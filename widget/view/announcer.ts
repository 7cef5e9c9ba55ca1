import { completeSentences } from "./sentences.ts";

/** Sentences are gathered for so long, in milliseconds, since a live region that changes often is cut short or read twice. */
const gatherMs = 1_500;

/** A region keeps what it said for so long, in milliseconds: then a reader who browses does not come across it. */
const keepMs = 20_000;

/** Speaks to screen readers through two hidden live regions: sentences, not tokens; failures at once. */
export class Announcer {
  readonly #polite: HTMLElement;
  readonly #assertive: HTMLElement;
  #waiting: string[] = [];
  #isGathering = false;
  #spokenChars = 0;
  #text = "";

  /** @param root where the two regions are put; they must be in the page before they speak */
  constructor(root: ShadowRoot) {
    this.#polite = liveRegion("polite");
    this.#assertive = liveRegion("assertive");
    root.append(this.#polite, this.#assertive);
  }

  /** Says something when there is a pause. */
  say(words: string): void {
    this.#waiting.push(words);
    this.#flushSoon();
  }

  /** Says something now. */
  interrupt(words: string): void {
    speak(this.#assertive, words);
  }

  /** An answer begins: what was not said of the one before stays unsaid. */
  begin(): void {
    this.#spokenChars = 0;
    this.#text = "";
  }

  /**
   * Says the sentences of a growing answer that are whole by now.
   * @param text all of it so far
   * @param isFinal says the rest, too
   */
  follow(text: string, isFinal: boolean): void {
    this.#text = text;
    if (isFinal) this.#takeUpTo(text.length);
    this.#flushSoon();
  }

  #flushSoon(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    setTimeout(() => this.#flush(), gatherMs);
  }

  #flush(): void {
    this.#isGathering = false;
    this.#takeUpTo(this.#spokenChars + completeSentences(this.#text.slice(this.#spokenChars)));
    if (this.#waiting.length > 0) speak(this.#polite, this.#waiting.join(" "));
    this.#waiting = [];
  }

  #takeUpTo(end: number): void {
    const words = this.#text.slice(this.#spokenChars, end).trim();
    this.#spokenChars = Math.max(end, this.#spokenChars);
    if (words !== "") this.#waiting.push(words);
  }
}

function liveRegion(politeness: "polite" | "assertive"): HTMLElement {
  const region = document.createElement("div");
  region.className = "visually-hidden";
  region.setAttribute("aria-live", politeness);
  return region;
}

function speak(region: HTMLElement, words: string): void {
  const line = document.createElement("p");
  line.textContent = words;
  region.append(line);
  setTimeout(() => line.remove(), keepMs);
}
