/** A piece of what was heard: its best alternative, and whether it is certain. */
interface Heard {
  readonly isFinal: boolean;
  readonly 0?: { readonly transcript: string };
}

/** The events of a recognition: https://webaudio.github.io/web-speech-api/ */
interface RecognitionEvents {
  result: Event & { readonly results: ArrayLike<Heard> };
  error: Event & { readonly error: string };
  end: Event;
}

/** The part of the browser's speech recognition that dictation uses. TypeScript has no types for it. */
export interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally: boolean;
  start(): void;
  abort(): void;
  addEventListener<Name extends keyof RecognitionEvents>(
    type: Name,
    listener: (event: RecognitionEvents[Name]) => void,
  ): void;
}

interface RecognitionClass {
  new (): Recognition;
  available(options: { langs: string[]; processLocally: true }): Promise<unknown>;
}

/**
 * The browser's speech recognition, if it can be told to stay on the device. A browser that ignores `processLocally`
 * could send the visitor's voice to a server.
 */
export function localRecognition(): RecognitionClass | undefined {
  const found: unknown = Reflect.get(globalThis, "SpeechRecognition");
  return isLocal(found) ? found : undefined;
}

function isLocal(value: unknown): value is RecognitionClass {
  return (
    typeof value === "function" &&
    typeof Reflect.get(value, "available") === "function" &&
    "processLocally" in Object(value.prototype)
  );
}

/**
 * Finds a language in which the device recognizes speech. Browsers have language packs per region, and the tag of a
 * chat's language often has no region, so the page's and the visitor's tags of the same language are tried first.
 * @param lang BCP 47 tag of the chat's language
 * @param others more tags in order of preference; those of other languages are ignored
 * @returns the tag; undefined if nothing is installed for the language, or if the page may not use recognition
 */
export async function localLanguage(lang: string, others: readonly string[]): Promise<string | undefined> {
  const recognition = localRecognition();
  if (!recognition) return undefined;
  const primary = (tag: string) => tag.toLowerCase().split("-")[0];
  const { language, region } = new Intl.Locale(lang).maximize();
  const tags = [...others.filter((tag) => primary(tag) === primary(lang)), lang, `${language}-${region}`];
  for (const tag of new Set(tags)) {
    // a policy of the page can forbid recognition: the promise then rejects
    const status = await recognition.available({ langs: [tag], processLocally: true }).catch(() => undefined);
    if (status === "available") return tag;
  }
  return undefined;
}
