/**
 * Stand-ins for two functions of the platform that the browser of the tests lacks: it has no voices, and no language pack
 * for recognition. They have the platform's interfaces and events, and replace no part of the chat.
 */

interface Voice {
  name: string;
  lang: string;
  localService: boolean;
  default: boolean;
}

/** Stands in for the platform's class, which accepts only the platform's own voices. */
class Utterance extends EventTarget {
  voice: Voice | null = null;
  lang = "";
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }
}

/** Stands in for `speechSynthesis`. A test says when the voice has finished. */
class Synthesis extends EventTarget {
  voices: Voice[] = [];
  /** Everything that a voice has begun to speak. */
  readonly spoken: Utterance[] = [];
  #queue: Utterance[] = [];

  getVoices(): Voice[] {
    return this.voices;
  }

  /** What is being spoken. */
  get speaking(): string | undefined {
    return this.#queue[0]?.text;
  }

  speak(utterance: Utterance): void {
    this.#queue.push(utterance);
    if (this.#queue.length === 1) this.spoken.push(utterance);
  }

  cancel(): void {
    const dropped = this.#queue;
    this.#queue = [];
    for (const utterance of dropped) utterance.dispatchEvent(new Event("error"));
  }

  /** Ends what is being spoken. @param type `end` or `error` */
  finish(type: "end" | "error" = "end"): void {
    const utterance = this.#queue.shift();
    if (this.#queue[0]) this.spoken.push(this.#queue[0]);
    utterance?.dispatchEvent(new Event(type));
  }
}

/**
 * Gives the browser voices, and speech recognition without languages. The latter replaces that of Chromium's headless
 * shell, whose `available` crashes the page.
 * @param voices the language of each voice, with a `!` after it if the voice is not on the device
 */
export function addVoices(...voices: string[]): Synthesis {
  const synthesis = new Synthesis();
  synthesis.voices = voices.map((voice) => {
    const localService = !voice.endsWith("!");
    return { name: voice, lang: voice.replace("!", ""), localService, default: false };
  });
  replace("speechSynthesis", synthesis);
  replace("SpeechSynthesisUtterance", Utterance);
  addRecognition();
  return synthesis;
}

/** Stands in for the platform's speech recognition. A test says what is heard. */
export class Recognition extends EventTarget {
  static installed: string[] = [];
  static readonly asked: unknown[] = [];
  static current: Recognition | undefined;

  static async available(options: { langs: string[]; processLocally?: boolean }): Promise<string> {
    Recognition.asked.push(options);
    const isThere =
      options.processLocally === true && options.langs.every((lang) => Recognition.installed.includes(lang));
    return isThere ? "available" : "downloadable";
  }

  lang = "";
  continuous = false;
  interimResults = false;
  isRunning = false;

  start(): void {
    this.isRunning = true;
    Recognition.current = this;
  }

  abort(): void {
    this.isRunning = false;
    this.dispatchEvent(new Event("end"));
  }

  /** Hears something. @param results texts so far; the last one is not certain yet */
  hear(...results: string[]): void {
    const list = results.map((transcript, at) => ({ 0: { transcript }, length: 1, isFinal: at < results.length - 1 }));
    this.dispatchEvent(Object.assign(new Event("result"), { results: list, resultIndex: 0 }));
  }

  fail(error: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { error, message: "" }));
    this.abort();
  }
}
Object.defineProperty(Recognition.prototype, "processLocally", { value: false, writable: true, configurable: true });

/** Makes the browser recognize languages on the device. */
export function addRecognition(...languages: string[]): void {
  Recognition.installed = languages;
  Recognition.asked.length = 0;
  Recognition.current = undefined;
  replace("SpeechRecognition", Recognition);
}

const originals = new Map<string, PropertyDescriptor | undefined>();

function replace(name: string, value: unknown): void {
  if (!originals.has(name)) originals.set(name, Object.getOwnPropertyDescriptor(window, name));
  Object.defineProperty(window, name, { value, configurable: true, writable: true });
}

/** Gives the browser its own functions back. */
export function removeStandIns(): void {
  for (const [name, descriptor] of originals) {
    if (descriptor) Object.defineProperty(window, name, descriptor);
    else Reflect.deleteProperty(window, name);
  }
  originals.clear();
}
