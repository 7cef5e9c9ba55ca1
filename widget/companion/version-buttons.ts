import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { AnswerState } from "../conversation/state.ts";
import { fill } from "../strings/plural.ts";
import { action } from "../view/action.ts";
import { extrasOf } from "./extras-strings.ts";
import type { ViewContext } from "../view/context.ts";
import { previousIcon } from "../view/icons.ts";

const nextIcon = "M9.5 6l6 6-6 6";

/** The buttons that show another version of an answer. @param shown the version that is shown now */
export function versionButtons(
  { replyTo, versions }: AnswerState,
  shown: AnswerState,
  context: ViewContext,
): TemplateResult | typeof nothing {
  const strings = extrasOf(context);
  const { format } = new Intl.NumberFormat(context.strings.lang);
  const last = versions.length;
  if (last === 0) return nothing;
  const at = versions.indexOf(shown) < 0 ? last : versions.indexOf(shown);
  const go = (to: number) => () => context.requests.showVersion(replyTo, to);
  return html`<span part="versions" class="versions">
    ${action(previousIcon, strings.previousVersion, go(at - 1), at === 0)}
    <span aria-hidden="true">${format(at + 1)}/${format(last + 1)}</span>
    <span class="visually-hidden">${fill(strings.version, { at: format(at + 1), of: format(last + 1) })}</span>
    ${action(nextIcon, strings.nextVersion, go(at + 1), at === last)}
  </span>`;
}
