import type { ElementController } from "../element/updating-element.ts";
import { isPanelShown } from "../companion/companion-host.ts";
import type { CompanionHost } from "../companion/companion-host.ts";
import { findAnswer, isBlank } from "../conversation/state.ts";
import type { AnswerState } from "../conversation/state.ts";
import { shownVersion } from "../view/message-actions.ts";
import { languageOf } from "../view/text-language.ts";
import { Reading } from "./reading.ts";
import { createButton, showButton, speakerIcon } from "./speech-button.ts";
import { showNote } from "./speech-note.ts";
import { speechSettings } from "./speech-settings.ts";
import { speechStrings } from "./speech-strings.ts";
import { voiceFor } from "./voices.ts";

/** The answer that is being read, or whose reading is paused. */
interface Current {
  /** Id of the answer. */
  answer: string;
  /** Id of the version that is read. */
  version: string;
  reading: Reading;
}

/**
 * Adds a button to each answer that makes the browser read the answer aloud. One answer is read at a time. Reading
 * pauses when the panel closes or the page is hidden. It stops when the answer is gone, for example because another
 * conversation is shown.
 */
export class ReadAloud implements ElementController {
  readonly #host: CompanionHost;
  readonly #buttons = new Map<string, HTMLButtonElement>();
  #current: Current | undefined;
  #connected = new AbortController();

  constructor(host: CompanionHost) {
    this.#host = host;
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const pause = () => this.#pause();
    addEventListener("pagehide", pause, { signal });
    document.addEventListener("visibilitychange", () => document.hidden && pause(), { signal });
    // Chrome loads its voices some time after the page; older versions of Safari do not have this event
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => this.#host.element.requestUpdate(), {
      signal,
    });
  }

  hostDisconnected(): void {
    this.#connected.abort();
    this.#stop();
  }

  hostUpdated(): void {
    this.#follow();
    const context = this.#host.context();
    const label = speechStrings(context).readAloud;
    const voices = this.#voices;
    const answers = new Map(context.state.messages.map((message) => [message.id, message]));
    const shown = new Set<string>();
    for (const message of this.#host.root.querySelectorAll<HTMLElement>(".message.assistant")) {
      const answer = answers.get(message.dataset["message"] ?? "");
      if (answer?.role !== "assistant" || !this.#voiceOf(answer, voices)) continue;
      shown.add(answer.id);
      const button = this.#buttons.get(answer.id) ?? this.#createButton(answer.id);
      showButton(button, label, this.#isReading(answer.id));
      place(button, message);
    }
    for (const [id, button] of this.#buttons)
      if (!shown.has(id)) {
        button.remove();
        this.#buttons.delete(id);
      }
  }

  #createButton(id: string): HTMLButtonElement {
    const button = createButton("action speak", speakerIcon, () => this.#toggle(id));
    this.#buttons.set(id, button);
    return button;
  }

  #isReading(id: string): boolean {
    return this.#current?.answer === id && !this.#current.reading.isPaused;
  }

  /** The version of an answer that is shown. */
  #shown(answer: AnswerState): AnswerState {
    return shownVersion(answer, this.#host.context());
  }

  /** The voices that the assistant allows. Some browsers on Linux have no speech at all. */
  get #voices(): SpeechSynthesisVoice[] {
    const { readAloud } = speechSettings(this.#host.context());
    if (!readAloud || typeof speechSynthesis === "undefined") return [];
    return speechSynthesis.getVoices().filter(({ localService }) => localService || readAloud === "any");
  }

  #voiceOf(answer: AnswerState, voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisVoice | undefined {
    const { pageLang, strings } = this.#host.context();
    const shown = this.#shown(answer);
    if (voices.length === 0 || isBlank(shown)) return undefined;
    return voiceFor(voices, languageOf(shown.content, pageLang) || strings.lang);
  }

  #toggle(id: string): void {
    const answer = findAnswer(this.#host.context().state, id);
    const voice = answer && this.#voiceOf(answer, this.#voices);
    if (!voice) return;
    const version = this.#shown(answer).id;
    if (this.#isReading(id)) this.#pause();
    else if (this.#current?.version === version) this.#speak(this.#current.reading);
    else this.#begin(id, version, voice);
    this.#host.element.requestUpdate();
  }

  #begin(answer: string, version: string, voice: SpeechSynthesisVoice): void {
    this.#stop();
    const { strings } = this.#host.context();
    const start = { lang: voice.lang.replace("_", "-"), strings: strings.announcements };
    const listener = {
      answer: () => this.#written(answer, version),
      ended: (hasFailed: boolean) => this.#ended(hasFailed),
    };
    this.#current = { answer, version, reading: new Reading(voice, start, listener) };
    this.#speak(this.#current.reading);
  }

  #speak(reading: Reading): void {
    speechSynthesis.cancel(); // the browser has a single queue, which other chats and the page use too
    showNote(this.#host.root);
    mute(this.#host.root, true);
    reading.speak();
  }

  #pause(): void {
    this.#current?.reading.pause();
    mute(this.#host.root, false);
    this.#host.element.requestUpdate();
  }

  #stop(): void {
    if (!this.#current) return;
    this.#pause();
    this.#current = undefined;
  }

  /** Stops reading when the answer is gone, pauses it when the panel is closed, continues it when the answer grows. */
  #follow(): void {
    if (!this.#current) return;
    const { answer, version, reading } = this.#current;
    if (!this.#written(answer, version)) this.#stop();
    else if (reading.isPaused) return;
    else if (isPanelShown(this.#host.root)) reading.speak();
    else this.#pause();
  }

  #written(id: string, version: string): { content: string; isFinal: boolean } | undefined {
    const answer = findAnswer(this.#host.context().state, id);
    const found = answer && [answer, ...answer.versions].find((each) => each.id === version);
    return found && { content: found.content, isFinal: found.status !== "running" };
  }

  #ended(hasFailed: boolean): void {
    this.#current = undefined;
    mute(this.#host.root, false);
    if (hasFailed) showNote(this.#host.root, () => speechStrings(this.#host.context()).readFailed);
    this.#host.element.requestUpdate();
  }
}

/** Turns polite announcements off while the browser reads: two voices at once cannot be understood. */
function mute(root: ShadowRoot, isMuted: boolean): void {
  const region = root.querySelector(".visually-hidden[aria-live]:not([aria-live=assertive])");
  region?.setAttribute("aria-live", isMuted ? "off" : "polite");
}

/** Places the button among an answer's actions, before the ratings, or in its own row while the answer is written. */
function place(button: HTMLButtonElement, message: HTMLElement): void {
  const actions = message.querySelector(".actions:not(.alone)") ?? ownRow(message);
  const before = actions.querySelector(".up");
  if (button.parentElement !== actions || button.nextElementSibling !== before) {
    const hadFocus = message.getRootNode() === button.getRootNode() && button.matches(":focus");
    const row = button.parentElement;
    actions.insertBefore(button, before);
    if (row?.matches(".alone") && row !== actions) row.remove();
    if (hadFocus) button.focus({ preventScroll: true });
  }
}

function ownRow(message: HTMLElement): Element {
  const present = message.querySelector(".actions.alone");
  if (present) return present;
  const row = document.createElement("div");
  row.className = "actions shown alone";
  message.append(row);
  return row;
}
