import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { AnswerState, Question } from "../conversation/state.ts";
import { forms as english } from "../strings/en.ts";
import type { FormStrings } from "../strings/strings.ts";
import type { ViewContext } from "../view/context.ts";
import { isSendKey } from "../view/send-key.ts";
import { useEscape } from "../view/use-escape.ts";

/** Maximum length of a comment, in UTF-16 units. The worker refuses longer ones. */
const maxCommentChars = 2_000;

/** Replaces a question while the visitor edits it. */
export function editForm({ id, content }: Question, context: ViewContext): TemplateResult {
  const { requests } = context;
  const strings = stringsOf(context);
  const run = (text: string) => {
    if (text.trim() !== "") requests.replace(id, text.trim());
  };
  return form({ label: strings.editLabel, text: content, hint: strings.replaces, run }, context);
}

/** Lets the visitor add a comment to a bad rating. */
export function commentForm({ id, feedback }: AnswerState, context: ViewContext): TemplateResult {
  const { requests } = context;
  const run = (text: string) => {
    const comment = text.trim() === "" ? undefined : text.trim();
    if (comment !== undefined) requests.rate(id, { rating: "down", comment });
    requests.openDetail(undefined);
  };
  const text = feedback?.comment ?? "";
  return form({ label: stringsOf(context).commentLabel, text, hint: "", maxlength: maxCommentChars, run }, context);
}

interface FormParts {
  label: string;
  text: string;
  hint: string;
  maxlength?: number;
  run(text: string): void;
}

function stringsOf({ strings }: ViewContext): FormStrings {
  return strings.part("forms", english);
}

function form({ label, text, hint, maxlength, run }: FormParts, context: ViewContext): TemplateResult {
  const { requests } = context;
  const strings = stringsOf(context);
  const textOf = ({ currentTarget }: Event) =>
    currentTarget instanceof HTMLFormElement ? (currentTarget.querySelector("textarea")?.value ?? "") : "";
  const submit = (event: Event) => {
    event.preventDefault();
    run(textOf(event));
  };
  const onKeydown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      useEscape(event); // closes the form, not the chat
      requests.openDetail(undefined);
    } else if (isSendKey(event) || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) submit(event);
  };
  return html`<form part="form" class="message-form" @submit=${submit} @keydown=${onKeydown} @focusin=${showWhole}>
    <label>
      <span>${label}</span>
      <textarea
        rows="2"
        dir="auto"
        placeholder=" "
        enterkeyhint="send"
        maxlength=${maxlength ?? nothing}
        .value=${text}
        @compositionend=${isSendKey.noteCompositionEnd}
      ></textarea>
    </label>
    <div class="message-form-buttons">
      <small>${hint}</small>
      <button type="button" part="text-button" class="quiet" @click=${() => requests.openDetail(undefined)}>
        ${strings.cancel}
      </button>
      <button part="text-button" class="quiet">${strings.send}</button>
    </div>
  </form>`;
}

/** A browser scrolls to the focused field only: its buttons, below it, are to be seen, too. */
function showWhole({ currentTarget }: FocusEvent): void {
  if (currentTarget instanceof HTMLElement) currentTarget.scrollIntoView({ block: "nearest" });
}

/** Styles of both forms. */
export const formStyles = `
.message-form { align-self: stretch; display: flex; flex-direction: column; gap: .25em; padding: .5em .75em; border: 1px solid var(--rivulet-border); border-radius: 1em; background: var(--rivulet-surface); }
.actions + .message-form { margin-block-start: .625em; }
.message-form:focus-within { border-color: var(--rivulet-accent-text); outline: 3px solid color-mix(in srgb, var(--rivulet-accent-text) 14%, transparent); }
@media (forced-colors: active) { .message-form:focus-within { outline: 2px solid Highlight; } }
.message-form label { display: flex; flex-direction: column; font-size: .8667em; color: var(--rivulet-text-quiet); }
.message-form textarea:placeholder-shown { direction: inherit; }
.message-form textarea { font-size: max(16px, 1.1538em); padding-inline: 0; padding-block: .375em; }
.message-form-buttons { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; }
.message-form small { flex: 1 0 100%; font-size: .8em; line-height: 1.35; color: var(--rivulet-text-quiet); }
.message-form .quiet { min-block-size: 2.9334em; margin: 0; }
.message-form .quiet:last-child { padding-inline: 1.125em; border-radius: 1.4667em; background: var(--rivulet-fill); color: var(--rivulet-on-accent); }
`;
