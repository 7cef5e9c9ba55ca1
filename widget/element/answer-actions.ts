import { routes } from "../../protocol/index.ts";
import type { Feedback } from "../../protocol/index.ts";
import { copyText } from "../markdown/copy-text.ts";
import type { ChatHost } from "./chat-host.ts";
import { emit } from "./events.ts";
import type { LazyParts } from "./lazy-parts.ts";

/** How long the interface shows that something was copied, and that it was not, in milliseconds: long enough to read it. */
const copiedShownMs = 2_000;
const failedShownMs = 6_000;

/** What a visitor can do with an answer: copy it, rate it, show another version of it. */
export class AnswerActions {
  readonly #host: ChatHost;
  readonly #parts: LazyParts;
  /** The version that is shown of each answer, by the question's id. */
  readonly versions = new Map<string, number>();
  /** The text that was just copied, or an empty string. */
  copied = "";
  /** The text that the page may not copy, or an empty string. */
  uncopied = "";
  #shown: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ChatHost, parts: LazyParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** Copies a text, an answer also as rich text, and shows for a moment whether it could. */
  async copy(text: string, answer?: string): Promise<void> {
    const { root, context } = this.#host;
    const isCopied = (await this.#copyRichText(text, answer)) || (await copyText(text, root));
    const { strings } = context();
    this.#host.say(isCopied ? strings.copied : strings.copyFailed);
    this.#show(isCopied ? text : "", isCopied ? "" : text);
    clearTimeout(this.#shown);
    this.#shown = setTimeout(() => this.#show("", ""), isCopied ? copiedShownMs : failedShownMs);
  }

  #show(copied: string, uncopied: string): void {
    this.copied = copied;
    this.uncopied = uncopied;
    this.#host.element.requestUpdate();
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

  /** @returns whether the answer was copied as rich text */
  async #copyRichText(text: string, answer: string | undefined): Promise<boolean> {
    if (answer === undefined) return false;
    const shown = this.#host.root.querySelector(`[data-message="${CSS.escape(answer)}"] [part~="answer"]`);
    if (shown === null) return false;
    try {
      const { copyAnswer } = await import("../markdown/copy-answer.ts");
      return await copyAnswer(shown, text);
    } catch {
      return false; // the code could not be loaded: the caller copies plain text instead
    }
  }
}
