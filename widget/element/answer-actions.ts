import { routes } from "../../protocol/index.ts";
import type { Feedback } from "../../protocol/index.ts";
import { copyText } from "../view/copy-text.ts";
import type { ChatHost } from "./chat-host.ts";
import { emit } from "./events.ts";
import type { LazyParts } from "./lazy-parts.ts";

/** How long the interface shows that something was copied, in milliseconds: long enough to read it. */
const copiedShownMs = 2_000;

/** What a visitor can do with an answer: copy it, rate it, show another version of it. */
export class AnswerActions {
  readonly #host: ChatHost;
  readonly #parts: LazyParts;
  /** The version that is shown of each answer, by the question's id. */
  readonly versions = new Map<string, number>();
  /** The text that was just copied, or an empty string. */
  copied = "";

  constructor(host: ChatHost, parts: LazyParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** Copies a text, an answer also as rich text, and shows so for a moment. */
  async copy(text: string, answer?: string): Promise<void> {
    if (!(await this.#copyRichText(text, answer)) && !(await copyText(text))) return;
    this.copied = text;
    this.#host.say(this.#host.context().strings.copied);
    this.#host.element.requestUpdate();
    setTimeout(() => {
      this.copied = "";
      this.#host.element.requestUpdate();
    }, copiedShownMs);
  }

  showVersion(question: string, version: number): void {
    this.versions.set(question, version);
    this.#host.element.requestUpdate();
  }

  /** Sends the visitor's rating of an answer. After a bad rating they can add a comment. */
  async rate(message: string, feedback: Feedback | undefined): Promise<void> {
    const controller = this.#host.controller();
    const { conversation } = controller.state;
    const body = { conversation, message, rating: feedback?.rating ?? null, comment: feedback?.comment };
    controller.dispatch({ type: "rated", answer: message, feedback });
    try {
      await controller.api.send(routes.feedback, { method: "POST", body: JSON.stringify(body) });
    } catch {
      controller.dispatch({ type: "rated", answer: message, feedback: undefined }); // the button shows that it failed
      return;
    }
    emit(this.#host.element, "rivulet-feedback", { conversation, messageId: message, feedback: feedback ?? null });
    controller.notifyTabs(conversation);
    const canComment = feedback?.rating === "down" && feedback.comment === undefined;
    if (canComment && !this.#parts.detail) await this.#parts.openDetail({ type: "comment", message });
  }

  /** @returns whether the answer was copied as rich text: not every browser allows it */
  async #copyRichText(text: string, answer: string | undefined): Promise<boolean> {
    if (answer === undefined) return false;
    const shown = this.#host.root.querySelector(`[data-message="${CSS.escape(answer)}"] [part~="answer"]`);
    if (shown === null) return false;
    try {
      const { copyAnswer } = await import("../markdown/copy-answer.ts");
      await copyAnswer(shown, text);
      return true;
    } catch {
      return false; // the caller copies plain text instead
    }
  }
}
