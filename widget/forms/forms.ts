import { html } from "lit";
import type { TemplateResult } from "lit";
import type { AnswerState, Question } from "../conversation/state.ts";
import type { ViewContext } from "../view/context.ts";

const strings = {
  editLabel: "Your message, to be changed",
  replaces: "The answer, and all that followed, is replaced.",
  cancel: "Cancel",
  replace: "Replace and send",
  commentLabel: "What was wrong with it? (optional)",
  send: "Send",
};

/** The most that a comment may hold, in characters: what the worker takes. */
const maxCommentChars = 2_000;

/** A question that is being changed, in its own place. */
export function editForm({ id, content }: Question, { requests }: ViewContext): TemplateResult {
  const run = (text: string) => {
    if (text.trim() !== "") requests.replace(id, text.trim());
  };
  return form({ label: strings.editLabel, text: content, hint: strings.replaces, yes: strings.replace, run }, requests);
}

/** What a visitor may add to the verdict that an answer is bad. */
export function commentForm({ id, feedback }: AnswerState, { requests }: ViewContext): TemplateResult {
  const run = (text: string) => {
    const comment = text.trim() === "" ? undefined : text.trim();
    if (comment !== undefined) requests.rate(id, { rating: "down", comment });
    requests.openDetail(undefined);
  };
  const text = feedback?.comment ?? "";
  return form({ label: strings.commentLabel, text, hint: "", yes: strings.send, run }, requests);
}

interface FormParts {
  label: string;
  text: string;
  hint: string;
  yes: string;
  run(text: string): void;
}

function form({ label, text, hint, yes, run }: FormParts, requests: ViewContext["requests"]): TemplateResult {
  const textOf = ({ currentTarget }: Event) =>
    currentTarget instanceof HTMLFormElement ? (currentTarget.querySelector("textarea")?.value ?? "") : "";
  const submit = (event: Event) => {
    event.preventDefault();
    run(textOf(event));
  };
  const onKeydown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation(); // it ends this, and does not close the chat
      requests.openDetail(undefined);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return html`<form class="message-form" @submit=${submit} @keydown=${onKeydown}>
    <label>
      <span>${label}</span>
      <textarea rows="2" dir="auto" maxlength=${maxCommentChars * 16} .value=${text}></textarea>
    </label>
    <div class="message-form-buttons">
      <small>${hint}</small>
      <button type="button" class="quiet" @click=${() => requests.openDetail(undefined)}>${strings.cancel}</button>
      <button class="quiet">${yes}</button>
    </div>
  </form>`;
}

/** Of both forms. */
export const formStyles = `
.message-form { align-self: stretch; display: flex; flex-direction: column; gap: .25em; padding: .5em .75em 0; border: 1px solid var(--rivulet-border); border-radius: 1em; background: var(--rivulet-surface); }
.message-form:focus-within { border-color: var(--rivulet-accent); }
.message-form label { display: flex; flex-direction: column; font-size: .8667em; color: var(--rivulet-text-quiet); }
.message-form textarea { font-size: max(16px, 1.1538em); padding-inline: 0; padding-block: .375em; }
.message-form-buttons { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; }
.message-form small { flex: 1 0 100%; font-size: .8em; line-height: 1.35; color: var(--rivulet-text-quiet); }
.message-form .quiet { min-block-size: 2.9334em; margin: 0; }
`;
