import type { ElementController } from "../element/updating-element.ts";
import type { CompanionHost } from "./companion-host.ts";

/** Loads speech if the assistant allows any. If that fails, the next phase of a turn tries again. */
export class SpeechLoader implements ElementController {
  readonly #host: CompanionHost;
  /** The conversation and the phase of its turn in which loading was last tried. */
  #tried: string | undefined;

  constructor(host: CompanionHost) {
    this.#host = host;
  }

  hostUpdated(): void {
    const { profile, turn, conversation } = this.#host.context().state;
    const at = `${conversation} ${turn.phase}`;
    if (profile.state !== "ready" || !profile.profile.speech || this.#tried === at) return;
    this.#tried = at;
    void import("../speech/speech.ts").then(
      ({ addSpeech }) => addSpeech(this.#host),
      () => undefined,
    );
  }
}
