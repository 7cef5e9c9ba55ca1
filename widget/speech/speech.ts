import type { UpdatingElement } from "../element/updating-element.ts";
import type { CompanionHost } from "../companion/companion-host.ts";
import { Dictation } from "./dictation.ts";
import { ReadAloud } from "./read-aloud.ts";
import { speechStyles } from "./speech-styles.ts";

const chats = new WeakSet<UpdatingElement>();

/** Adds to a chat what its assistant allows of speech, as far as the browser can do it on the visitor's device. */
export function addSpeech(host: CompanionHost): void {
  if (chats.has(host.element)) return;
  chats.add(host.element);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(speechStyles);
  host.root.adoptedStyleSheets.push(sheet);
  for (const controller of [new ReadAloud(host), new Dictation(host)]) host.element.addController(controller);
  host.element.requestUpdate();
}
