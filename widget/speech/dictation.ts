import type { ElementController } from "../element/updating-element.ts";
import { isPanelShown } from "../companion/companion-host.ts";
import type { CompanionHost } from "../companion/companion-host.ts";
import type { SpeechStrings } from "../strings/strings.ts";
import { DictatedText } from "./dictated-text.ts";
import { localLanguage, localRecognition } from "./recognition.ts";
import type { Recognition } from "./recognition.ts";
import { createButton, microphoneIcon, showButton } from "./speech-button.ts";
import { showNote } from "./speech-note.ts";
import { speechSettings } from "./speech-settings.ts";
import { speechStrings } from "./speech-strings.ts";

/** What to say about an error of the browser: https://webaudio.github.io/web-speech-api/#speechrecognitionerrorcode */
const failures: Record<string, keyof SpeechStrings["failures"] | undefined> = {
  "not-allowed": "notAllowed",
  "service-not-allowed": "notAllowed",
  "no-speech": "noSpeech",
  "audio-capture": "noMicrophone",
  "language-not-supported": "notInstalled",
};

/**
 * Writes what the visitor says into the text field. The button for it is shown only where the browser recognizes the
 * chat's language on the device, and the microphone is used only after a press on that button. Dictation stops when the
 * visitor types or sends, the panel closes or has no text field, the page is hidden, or another conversation is shown.
 */
export class Dictation implements ElementController {
  readonly #host: CompanionHost;
  readonly #button = createButton("round plain dictate", microphoneIcon, () => this.#toggle());
  /** The language that was last looked up, and the tag with which the device recognizes it. */
  #lang = "";
  #tag: string | undefined;
  #recognition: Recognition | undefined;
  #conversation = "";
  #connected = new AbortController();

  constructor(host: CompanionHost) {
    this.#host = host;
    // a press must not take the focus from the field
    this.#button.addEventListener("mousedown", (event) => event.preventDefault());
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const { element, root } = this.#host;
    const stop = () => this.#stop();
    element.addEventListener("rivulet-send", stop, { signal });
    addEventListener("pagehide", stop, { signal });
    document.addEventListener("visibilitychange", () => document.hidden && stop(), { signal });
    // a press in the field moves the caret; a press on the button does not
    root.addEventListener("pointerdown", ({ target }) => target === this.#field && stop(), { signal });
  }

  hostDisconnected(): void {
    this.#connected.abort();
    this.#stop();
  }

  hostUpdated(): void {
    const context = this.#host.context();
    const { lang } = context.strings;
    if (!speechSettings(context).dictation) return this.#button.remove();
    // the browser is not asked until the visitor opens the panel, which many visitors never do
    if (lang !== this.#lang && isPanelShown(this.#host.root)) void this.#find(lang);
    const isUsable = this.#field && isPanelShown(this.#host.root) && this.#conversation === context.state.conversation;
    if (this.#recognition && !isUsable) this.#stop();
    showButton(this.#button, speechStrings(context).dictate, this.#recognition !== undefined);
    this.#place();
  }

  get #field(): HTMLTextAreaElement | null {
    return this.#host.root.querySelector<HTMLTextAreaElement>("[part=input]");
  }

  async #find(lang: string): Promise<void> {
    this.#lang = lang;
    this.#tag = undefined;
    const tag = await localLanguage(lang, [this.#host.context().pageLang, ...navigator.languages]);
    if (lang !== this.#lang) return; // the language has changed again
    this.#tag = tag;
    this.#host.element.requestUpdate();
  }

  #place(): void {
    const field = this.#field;
    const before = this.#host.root.querySelector(".page-part") ?? field;
    if (!before || this.#tag === undefined) this.#button.remove();
    else if (before.nextElementSibling !== this.#button) before.after(this.#button);
  }

  #toggle(): void {
    if (this.#recognition) this.#stop();
    else this.#start();
    this.#host.element.requestUpdate();
  }

  #start(): void {
    const Class = localRecognition();
    const field = this.#field;
    if (!Class || !field || this.#tag === undefined) return;
    showNote(this.#host.root);
    if (matchMedia("(pointer: fine)").matches) field.focus(); // on a phone that would open the keyboard
    const recognition = new Class();
    Object.assign(recognition, { lang: this.#tag, continuous: true, interimResults: true, processLocally: true });
    const text = new DictatedText(field);
    const isCurrent = () => this.#recognition === recognition;
    recognition.addEventListener("result", ({ results }) => {
      if (isCurrent()) text.write(Array.from(results, ({ 0: best }) => best?.transcript ?? ""));
    });
    recognition.addEventListener("error", ({ error }) => isCurrent() && this.#failed(error));
    recognition.addEventListener("end", () => isCurrent() && this.#stop());
    // typing stops dictation, but the text that dictation itself inserts does not
    const typed = () => {
      if (text.isWriting) return;
      field.removeEventListener("beforeinput", typed);
      if (isCurrent()) this.#stop();
    };
    field.addEventListener("beforeinput", typed);
    this.#recognition = recognition;
    this.#conversation = this.#host.context().state.conversation;
    try {
      recognition.start();
    } catch {
      this.#failed("");
    }
  }

  #failed(error: string): void {
    this.#stop();
    if (error === "aborted") return;
    showNote(this.#host.root, () => speechStrings(this.#host.context()).failures[failures[error] ?? "failed"]);
  }

  #stop(): void {
    const recognition = this.#recognition;
    if (!recognition) return;
    this.#recognition = undefined;
    recognition.abort();
    this.#host.element.requestUpdate();
  }
}
