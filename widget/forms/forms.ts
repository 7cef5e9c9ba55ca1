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
  return form({ name: "editing", label: strings.editLabel, text: content, hint: strings.replaces, run }, context);
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
  const label = stringsOf(context).commentLabel;
  return form({ name: "commenting", label, text, hint: "", maxlength: maxCommentChars, run }, context);
}

interface FormParts {
  /** The form's class. Messages that follow the form `editing` are dimmed, because they will be replaced. */
  name: string;
  label: string;
  text: string;
  hint: string;
  maxlength?: number;
  run(text: string): void;
}

function stringsOf({ strings }: ViewContext): FormStrings {
  return strings.part("forms", english);
}

function form({ name, label, text, hint, maxlength, run }: FormParts, context: ViewContext): TemplateResult {
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
  return html`<form
    part="form"
    class="message-form ${name}"
    @submit=${submit}
    @keydown=${onKeydown}
    @focusin=${showWhole}
  >
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

/** Scrolls the whole form into view: a browser scrolls only to the focused field, not to the buttons below it. */
function showWhole({ currentTarget }: FocusEvent): void {
  if (currentTarget instanceof HTMLElement) currentTarget.scrollIntoView({ block: "nearest" });
}

/** Styles of both forms. */
export const formStyles = `
.message-form { align-self: stretch; display: flex; flex-direction: column; gap: .5em; padding: .75em .8667em; border: 1px solid var(--rivulet-border-strong); border-radius: calc(var(--rivulet-radius) * .9); background: var(--rivulet-raised); }
.actions + .message-form { margin-block-start: .625em; }
.message-form:focus-within { border-color: var(--rivulet-accent-text); outline: 3px solid color-mix(in srgb, var(--rivulet-accent-text) 14%, transparent); }
.message-form label { display: flex; flex-direction: column; font-size: .8em; font-weight: 600; color: var(--rivulet-text-quiet); }
.message-form textarea:placeholder-shown { direction: inherit; }
.message-form textarea { font-size: max(16px, 1.25em); font-weight: 400; padding: .25em 0; }
.message-form-buttons { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: .25em; }
.message-form small { flex: 1 0 100%; font-size: .8667em; line-height: 1.35; color: var(--rivulet-text-quiet); }
.message-form .quiet { min-block-size: 2.6667em; margin: 0; padding-inline: 1em; }
.message-form .quiet:last-child { border: 1px solid var(--rivulet-fill-edge); border-radius: calc(var(--rivulet-radius) / 2); background: var(--rivulet-fill); color: var(--rivulet-on-accent); }
.entries > :has(.editing) ~ * > .message { color: var(--rivulet-text-quiet); }
.entries > :has(.editing) ~ * .avatar { opacity: .6; }
@media (forced-colors: active) { .message-form:focus-within { outline: 2px solid Highlight; } }
`;
