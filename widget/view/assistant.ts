import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { ViewContext } from "./context.ts";
import { languageOf } from "./text-language.ts";

/** The assistant's title. */
export function assistantName({ state, strings }: ViewContext): string {
  return state.profile.profile?.title ?? strings.assistant;
}

/** The first letter of the assistant's title, in a drop shape. It is decorative, because the title is beside it. */
export function avatar(context: ViewContext): TemplateResult {
  const [letter = ""] = assistantName(context);
  return html`<span part="avatar" class="avatar" aria-hidden="true">${letter}</span>`;
}

/** The assistant's title, with a tag that says that it is an AI. */
export function nameTag(context: ViewContext): TemplateResult {
  const { state, strings, pageLang } = context;
  const name = assistantName(context);
  return html`<bdi lang=${state.profile.profile ? languageOf(name, pageLang) : nothing}>${name}</bdi
    ><span part="tag" class="tag">${strings.ai}</span>`;
}
