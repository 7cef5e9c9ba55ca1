import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Failure } from "../conversation/state.ts";
import { fill } from "../strings/plural.ts";
import type { ViewContext } from "../view/context.ts";
import { extrasOf } from "./extras-strings.ts";

/** The visible part of a request id: enough to find it in a log. The button copies the whole id. */
const shownChars = 8;

/** The id of the request that failed, which support can find in the operator's log. A click copies it. */
export function referenceButton({ requestId }: Failure, context: ViewContext): TemplateResult | typeof nothing {
  if (!requestId) return nothing;
  const { strings, requests, copied } = context;
  const { reference, copyReference } = extrasOf(context);
  return html`<button
    type="button"
    part="text-button"
    class="quiet reference"
    title=${fill(copyReference, { id: requestId })}
    @click=${() => requests.copy(requestId)}
  >
    ${copied === requestId ? strings.copied : reference} <code>${requestId.slice(0, shownChars)}</code>
  </button>`;
}
