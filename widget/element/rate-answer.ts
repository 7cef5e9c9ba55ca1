import { routes } from "../../protocol/index.ts";
import type { Feedback } from "../../protocol/index.ts";
import { isAgreed } from "../conversation/draft.ts";
import type { ChatHost } from "./chat-host.ts";
import { emit } from "./events.ts";

/**
 * Sends the visitor's rating of an answer. If the assistant asks for consent, nothing is sent before the visitor has
 * agreed. If sending fails, no rating is shown.
 * @param feedback undefined removes the rating
 * @returns whether the worker has stored the rating
 */
export async function rateAnswer(host: ChatHost, message: string, feedback: Feedback | undefined): Promise<boolean> {
  const controller = host.controller();
  const { conversation } = controller.state;
  if (!isAgreed(controller.state)) return false;
  const body = { conversation, message, rating: feedback?.rating ?? null, comment: feedback?.comment };
  controller.dispatch({ type: "rated", answer: message, feedback });
  try {
    await controller.api.send(routes.feedback, { method: "POST", body: JSON.stringify(body) });
  } catch {
    controller.dispatch({ type: "rated", answer: message, feedback: undefined });
    return false;
  }
  emit(host.element, "rivulet-feedback", { conversation, messageId: message, feedback: feedback ?? null });
  controller.notifyTabs(conversation);
  return true;
}
