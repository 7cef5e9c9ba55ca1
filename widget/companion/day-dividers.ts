import type { ElementController } from "../element/updating-element.ts";
import type { ChatMessage } from "../conversation/state.ts";
import type { CompanionHost } from "./companion-host.ts";
import { dayOf, dayWords, nextDay } from "./day-words.ts";

/**
 * Shows the name of each day above its first message, unless all messages are from today. A divider is a part of the
 * message's entry in the list, so that the two move together.
 */
export class DayDividers implements ElementController {
  readonly #host: CompanionHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawnFrom = "";
  #connected = new AbortController();

  constructor(host: CompanionHost) {
    this.#host = host;
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    // no timer runs while the device sleeps, for example at midnight
    document.addEventListener("visibilitychange", () => this.hostUpdated(), { signal: this.#connected.signal });
  }

  hostDisconnected(): void {
    this.#connected.abort();
    clearTimeout(this.#timer);
  }

  hostUpdated(): void {
    const now = Date.now();
    const { state, strings } = this.#host.context();
    const { messages } = state;
    clearTimeout(this.#timer);
    if (messages.length > 0) this.#timer = setTimeout(() => this.hostUpdated(), nextDay(now) - now);
    const nodes = this.#host.root.querySelectorAll(".entries > *");
    const zone = new Date(now).getTimezoneOffset();
    // an answer that grows changes none of these
    const ends = [messages[0], messages.at(-1)].map((message) => message?.id);
    const drawnFrom = [...ends, messages.length, nodes.length, dayOf(now), zone, strings.lang].join(" ");
    if (drawnFrom === this.#drawnFrom) return;
    this.#drawnFrom = drawnFrom;
    this.#draw([...nodes], messages, now, strings.lang);
  }

  #draw(nodes: readonly Element[], messages: readonly ChatMessage[], now: number, lang: string): void {
    const times = new Map(messages.map(({ id, createdAt }) => [id, createdAt]));
    let before = dayOf(now);
    if (messages.some(({ createdAt }) => dayOf(createdAt) !== before)) before = NaN;
    for (const node of nodes) {
      const id = node.querySelector<HTMLElement>("[data-message]")?.dataset["message"] ?? "";
      const time = times.get(id) ?? now;
      const day = dayOf(time);
      mark(node, day === before ? "" : dayWords(time, now, lang));
      before = day;
    }
  }
}

/** Shows a day's name as the first child of an entry; an empty name removes it. Lit manages only the nodes after it. */
function mark(entry: Element, words: string): void {
  const present = entry.querySelector(":scope > .day");
  if (words === "") return present?.remove();
  const divider = present ?? document.createElement("div");
  divider.className = "day";
  const name = divider.firstElementChild ?? document.createElement("time");
  name.textContent = words;
  divider.append(name);
  if (!present) entry.prepend(divider);
}
