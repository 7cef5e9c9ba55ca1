import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { consent as english } from "../strings/en.ts";
import type { ViewContext } from "../view/context.ts";
import { failureNotice } from "../view/notice.ts";
import { externalLink } from "../view/safe-link.ts";
import { languageOf } from "../view/text-language.ts";

/** Shows the text that the visitor is asked to agree to, and the button to agree. */
export function consentView(text: string, context: ViewContext, agree: () => void): TemplateResult {
  const { state, strings, pageLang } = context;
  const { privacyUrl } = state.profile.profile ?? {};
  return html`<div part="composer" class="composer">
    ${state.notice ? failureNotice(state.notice, context, []) : nothing}
    <div part="consent" class="consent">
      <div class="consent-text" id="consent">
        <p dir="auto" lang=${languageOf(text, pageLang)}>${text}</p>
        ${externalLink(privacyUrl, strings.privacy)}
      </div>
      <button type="button" part="agree" class="agree" aria-describedby="consent" @click=${agree}>
        ${strings.part("consent", english).agree}
      </button>
    </div>
  </div>`;
}
