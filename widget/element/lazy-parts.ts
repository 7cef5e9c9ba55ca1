import { routes } from "../protocol/index.ts";
import type { Feedback } from "../protocol/index.ts";
import type { ChallengeLook } from "./challenge/challenge.ts";
import type { ConversationController } from "./conversation/controller.ts";
import { toFailure } from "./conversation/failure.ts";
import { loadPart } from "./conversation/load-part.ts";
import { emit } from "./events.ts";
import type { Library } from "./library/library.ts";
import { copyText } from "./view/copy-text.ts";
import type { MessageDetail, MessageForms, ViewContext } from "./view/context.ts";

/** How long it says that something was copied, in milliseconds: long enough to be read. */
const copiedShownMs = 2_000;

/** What the extras need of the element. */
export interface ExtrasHost {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  controller(): ConversationController;
  context(): ViewContext;
  /** Draws the panel anew; resolves when it is drawn. */
  redraw(): Promise<unknown>;
  say(words: string): void;
  focusInput(): void;
}

/** What few visitors want, and what is loaded when one does: the list of conversations, forms, the challenge. */
export class Extras {
  readonly #host: ExtrasHost;
  readonly versions = new Map<string, number>();
  isLibraryOpen = false;
  /** What has just been copied, or nothing. */
  copied = "";
  detail: MessageDetail | undefined;
  forms: MessageForms | undefined;
  #library: Library | undefined;

  constructor(host: ExtrasHost) {
    this.#host = host;
  }

  /** Shows the list of conversations, or the conversation again. */
  async toggleLibrary(): Promise<void> {
    if (this.isLibraryOpen) return this.closeLibrary();
    const library = await this.#loadLibrary();
    if (!library) return;
    this.isLibraryOpen = true;
    library.draw();
    await this.#host.redraw();
    library.show();
  }

  closeLibrary(): void {
    this.isLibraryOpen = false;
    this.#library?.hide();
    void this.#host.redraw().then(() => this.#host.focusInput());
  }

  /** One of the conversations has changed. */
  listed(): void {
    this.#library?.changed();
  }

  /** Copies a text, an answer also as it is shown, and says so for a moment. */
  async copy(text: string, answer?: string): Promise<void> {
    if (!(await this.#copyShown(text, answer)) && !(await copyText(text))) return;
    this.copied = text;
    this.#host.say(this.#host.context().strings.copied);
    void this.#host.redraw();
    setTimeout(() => {
      this.copied = "";
      void this.#host.redraw();
    }, copiedShownMs);
  }

  /** Whether an answer could be copied as rich text: not every browser lets a page do that. */
  async #copyShown(text: string, answer: string | undefined): Promise<boolean> {
    if (answer === undefined) return false;
    const shown = this.#host.root.querySelector(`[data-message="${CSS.escape(answer)}"] [part~="answer"]`);
    if (shown === null) return false;
    try {
      const { copyAnswer } = await import("./markdown/copy.ts");
      await copyAnswer(shown, text);
      return true;
    } catch {
      return false; // then as plain text
    }
  }

  /** Opens what belongs to a message. */
  async openDetail(detail: MessageDetail | undefined): Promise<void> {
    const before = this.detail;
    if (detail && !(await this.#loadForms())) return;
    this.detail = detail;
    await this.#host.redraw();
    const message = `[data-message="${CSS.escape((detail ?? before)?.message ?? "")}"]`;
    this.#host.root.querySelector<HTMLElement>(`${message} ${detail ? "textarea" : ".action"}`)?.focus();
  }

  showVersion(question: string, version: number): void {
    this.versions.set(question, version);
    void this.#host.redraw();
  }

  /** Tells the worker what the visitor thinks of an answer; a bad one may be explained. */
  async rate(message: string, feedback: Feedback | undefined): Promise<void> {
    const controller = this.#host.controller();
    const { conversation } = controller.state;
    const body = { conversation, message, rating: feedback?.rating ?? null, comment: feedback?.comment };
    controller.dispatch({ type: "rated", answer: message, feedback });
    try {
      await controller.api.send(routes.feedback, { method: "POST", body: JSON.stringify(body) });
    } catch {
      controller.dispatch({ type: "rated", answer: message, feedback: undefined }); // the button says that it is not
      return;
    }
    emit(this.#host.element, "rivulet-feedback", { conversation, messageId: message, feedback: feedback ?? null });
    controller.tellOfChange(conversation);
    const isExplainable = feedback?.rating === "down" && feedback.comment === undefined;
    if (isExplainable && !this.detail) await this.openDetail({ type: "comment", message });
  }

  /**
   * Has a challenge solved: before a visitor's first message where the assistant asks for it, and whenever the worker does.
   * @returns its token; undefined where none is needed
   * @throws TransportError where what it takes cannot be loaded
   */
  async challengeToken(look: ChallengeLook, isDemanded: boolean): Promise<string | undefined> {
    const { state, api } = this.#host.controller();
    const isSure = state.profile.state === "ready" && state.profile.profile.turnstile !== undefined;
    const place = this.#host.root.querySelector<HTMLElement>(".challenge");
    if (!place || !(isDemanded || isSure)) return undefined;
    const { solveChallenge } = await loadPart(api, () => import("./challenge/challenge.ts"));
    return solveChallenge({ ...this.#host, ...look, place }, api);
  }

  async #loadLibrary(): Promise<Library | undefined> {
    if (this.#library) return this.#library;
    const place = this.#host.root.querySelector<HTMLElement>(".library");
    const loaded = await this.#load(() => import("./library/library.ts"));
    if (!loaded || !place) return undefined;
    const { root, controller, context, say } = this.#host;
    this.#library = new loaded.Library({ root, place, controller, context, say, close: () => this.closeLibrary() });
    return this.#library;
  }

  /** Whether the forms are there. */
  async #loadForms(): Promise<boolean> {
    if (this.forms) return true;
    const loaded = await this.#load(() => import("./forms/forms.ts"));
    if (!loaded) return false;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(loaded.formStyles);
    this.#host.root.adoptedStyleSheets.push(sheet);
    this.forms = loaded;
    return true;
  }

  /** What cannot be loaded is said above the composer. */
  async #load<T>(load: () => Promise<T>): Promise<T | undefined> {
    const controller = this.#host.controller();
    try {
      const part = await loadPart(controller.api, load);
      controller.dispatch({ type: "noted" });
      return part;
    } catch (error) {
      controller.dispatch({ type: "noted", failure: toFailure(error, Date.now()) });
      return undefined;
    }
  }
}
