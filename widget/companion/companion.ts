import type { ElementController } from "../element/updating-element.ts";
import type { AnswerExtras } from "../view/context.ts";
import type { CompanionHost } from "./companion-host.ts";
import { Countdown } from "./countdown.ts";
import { DayDividers } from "./day-dividers.ts";
import { extrasStyles } from "./extras-styles.ts";
import { FocusInView } from "./focus-in-view.ts";
import { MessageWalk } from "./message-walk.ts";
import { reasoningView } from "./reasoning.ts";
import { referenceButton } from "./reference-button.ts";
import { SpeechLoader } from "./speech-loader.ts";
import { suggestionsView, suggestionsWords } from "./suggestions.ts";
import { ThinkingTimes } from "./thinking-times.ts";
import { UnreadAnswers } from "./unread-answers.ts";
import { versionButtons } from "./version-buttons.ts";
import { WaitClock } from "./wait-clock.ts";
import { waitWords } from "./wait-words.ts";

/** The views that the chat draws itself, and their styles. */
type Companion = AnswerExtras & { styles: string };

/**
 * Creates the parts that only few conversations need. The chat draws the returned views itself, for example the model's
 * thoughts and the suggested questions. The other parts are controllers. Some of them add to what the chat has drawn
 * after each update: the waiting time, the date dividers and the number of unread answers.
 */
export function partOf(host: CompanionHost): Companion {
  const times = new ThinkingTimes(host.element);
  const controllers: ElementController[] = [
    times,
    new WaitClock(host),
    new Countdown(host),
    new DayDividers(host),
    new UnreadAnswers(host),
    new MessageWalk(host),
    new FocusInView(host),
    new SpeechLoader(host),
  ];
  for (const controller of controllers) host.element.addController(controller);
  return {
    styles: extrasStyles,
    referenceButton,
    suggestionsView,
    suggestionsWords,
    versionButtons,
    waitWords,
    reasoningView: (answer, context) => reasoningView(answer, context, times.secondsOf(answer)),
  };
}
