import type { UpdatingElement } from "../element/updating-element.ts";
import type { CompanionHost } from "../companion/companion-host.ts";
import { Dictation } from "./dictation.ts";
import { ReadAloud } from "./read-aloud.ts";
import { speechStyles } from "./speech-styles.ts";

const chats = new WeakSet<UpdatingElement>();

/** Adds reading aloud and dictation to a chat, each only if the assistant allows it and the browser can do it. */
export function addSpeech(host: CompanionHost): void {
  if (chats.has(host.element)) return;
  chats.add(host.element);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(speechStyles);
  host.root.adoptedStyleSheets.push(sheet);
  for (const controller of [new ReadAloud(host), new Dictation(host)]) host.element.addController(controller);
  host.element.requestUpdate();
}
