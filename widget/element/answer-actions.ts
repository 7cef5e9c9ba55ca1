import type { Feedback } from "../../protocol/index.ts";
import { refusal } from "../conversation/failure.ts";
import { copyText } from "../markdown/copy-text.ts";
import type { ChatHost } from "./chat-host.ts";
import type { LazyParts } from "./lazy-parts.ts";

/** How long the interface shows that something was copied, in milliseconds: long enough to read it. */
const copiedShownMs = 2_000;

/** What a visitor can do with an answer: copy it, rate it, show another version of it. */
export class AnswerActions {
  readonly #host: ChatHost;
  readonly #parts: LazyParts;
  /** The version of each answer that is shown, by the question's id. The newest one is shown by default. */
  readonly versions = new Map<string, number>();
  /** The text that was just copied, or an empty string. */
  copied = "";

  constructor(host: ChatHost, parts: LazyParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /**
   * Copies a text, and shows for a moment that it was copied. If copying fails, a notice says so.
   * @param answer id of an answer, which is copied as rich text as well; empty for any other text
   */
  async copy(text: string, answer = ""): Promise<void> {
    const { element, root, controller, context, say } = this.#host;
    const shown = root.querySelector(`[data-message="${CSS.escape(answer)}"] [part~="answer"]`);
    if (!(await copyText(text, root, shown)))
      return controller().dispatch({ type: "notice-changed", failure: refusal("copy_failed") });
    this.copied = text;
    say(context().strings.copied);
    element.requestUpdate();
    setTimeout(() => {
      this.copied = "";
      element.requestUpdate();
    }, copiedShownMs);
  }

  showVersion(question: string, version: number): void {
    this.versions.set(question, version);
    this.#host.element.requestUpdate();
  }

  /**
   * Sends the visitor's rating of an answer. The code for this loads with the first rating. After a bad rating, the
   * visitor can add a comment.
   */
  async rate(message: string, feedback: Feedback | undefined): Promise<void> {
    const loaded = await this.#parts.load(() => import("./rate-answer.ts"));
    const canComment = feedback?.rating === "down" && feedback.comment === undefined;
    if ((await loaded?.rateAnswer(this.#host, message, feedback)) && canComment && !this.#parts.detail)
      await this.#parts.openDetail({ type: "comment", message });
  }
}
