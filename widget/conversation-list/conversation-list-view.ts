import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { ConversationSummary } from "../../protocol/index.ts";
import { fill } from "../strings/plural.ts";
import type { ListStrings } from "../strings/strings.ts";
import { icon } from "../view/icon.ts";
import { closeIcon, composeIcon, penIcon, previousIcon } from "../view/icons.ts";
import { keyed } from "../view/keyed.ts";
import { failureNotice } from "../view/notice.ts";
import { languageOf } from "../view/text-language.ts";
import { useEscape } from "../view/use-escape.ts";
import { groupByAge } from "./group-by-age.ts";
import type { ConversationListController, ConversationListHost } from "./conversation-list-controller.ts";

const binIcon = "M5 7.5h14M9.5 7.5V5h5v2.5M7 7.5l.8 11.5h8.4L17 7.5M10.5 11v4.5M13.5 11v4.5";

/** The list of conversations, newest first. Below it are the buttons that download or delete the visitor's data. */
export function conversationListView(
  list: ConversationListController,
  host: ConversationListHost,
  strings: ListStrings,
): TemplateResult {
  return html`${header(host, strings)}
    <div class="list-body">
      ${list.state.failure ? failed(list, host) : nothing} ${conversations(list, host, strings)}
      ${data(list, host, strings)}
    </div>`;
}

/** The list's header, which replaces the panel's. It keeps the panel's buttons that make sense in the list. */
function header(host: ConversationListHost, { back, conversations }: ListStrings): TemplateResult {
  const { state, strings, requests } = host.context();
  return html`<div part="list-header" class="header list-head">
    ${iconButton(previousIcon, back, () => host.close(), "list-back")}
    <h2>${conversations}</h2>
    ${state.messages.length > 0 ? iconButton(composeIcon, strings.newConversation, requests.restart) : nothing}
    ${host.container.closest("dialog") ? iconButton(closeIcon, strings.close, requests.close) : nothing}
  </div>`;
}

function failed(list: ConversationListController, host: ConversationListHost): TemplateResult | typeof nothing {
  const context = host.context();
  const { failure } = list.state;
  if (!failure) return nothing;
  return failureNotice(failure, context, [{ label: context.strings.tryAgain, run: () => void list.load() }]);
}

function conversations(
  list: ConversationListController,
  host: ConversationListHost,
  strings: ListStrings,
): TemplateResult {
  const { isLoading, next, failure } = list.state;
  if (list.state.conversations.length === 0 && isLoading) {
    return html`<div class="welcome loading" role="img" aria-label=${host.context().strings.loading}>
      <i></i><i></i>
    </div>`;
  }
  if (list.state.conversations.length === 0)
    return html`${failure ? nothing : html`<p class="list-empty">${strings.empty}</p>`}`;
  const current = host.controller().state.conversation;
  const entryOf = (conversation: ConversationSummary) => ({
    key: conversation.id,
    from: [list.state, current, strings],
    draw: () => entry(conversation, list, host, strings),
  });
  return html`${groupByAge(list.state.conversations, Date.now()).map(
    (group) =>
      html`<section>
        <h3 part="label">${strings[group.age]}</h3>
        <ul ${keyed(group.conversations.map(entryOf))}></ul>
      </section>`,
  )}
  ${
    next === undefined
      ? nothing
      : html`<button type="button" part="text-button" class="quiet" @click=${() => void list.loadMore()}>
          ${strings.showMore}
        </button>`
  }`;
}

function entry(
  { id, title, updatedAt }: ConversationSummary,
  list: ConversationListController,
  host: ConversationListHost,
  strings: ListStrings,
): TemplateResult {
  const { task } = list.state;
  const name = title || strings.untitled;
  const lang = title ? languageOf(title, host.context().pageLang) : nothing;
  const isCurrent = host.controller().state.conversation === id;
  const isAbout = (type: "rename" | "delete") => task.type === type && task.id === id;
  if (isAbout("rename")) return renaming(id, title, list, strings);
  if (isAbout("delete")) {
    return html`<div data-entry=${id}>
      ${confirm(fill(strings.askDelete, { title: `${isolate}${name}${isolateEnd}` }), strings.delete, list, strings, () => void list.delete(id))}
    </div>`;
  }
  return html`<div data-entry=${id} part="conversation" class="entry">
    <button type="button" class="entry-open" aria-current=${isCurrent ? "true" : nothing} @click=${() => list.open(id)}>
      <span dir="auto" lang=${lang} title=${name}>${name}</span
      ><time>${timeWords(updatedAt, host.context().strings.lang)}</time>
    </button>
    ${iconButton(penIcon, fill(strings.rename, { title: name }), () => list.begin({ type: "rename", id }))}
    ${iconButton(binIcon, fill(strings.deleteTitle, { title: name }), () => list.begin({ type: "delete", id }))}
  </div>`;
}

function iconButton(outline: string, label: string, run: () => void, name = ""): TemplateResult {
  return html`<button
    type="button"
    part="button"
    class="round plain ${name}"
    aria-label=${label}
    title=${label}
    @click=${run}
  >
    ${icon(outline)}
  </button>`;
}

/**
 * Unicode isolates. They keep the punctuation at the ends of a title in place, even if the sentence around the title
 * has the other text direction.
 */
const [isolate, isolateEnd] = ["\u2068", "\u2069"];

function renaming(id: string, title: string, list: ConversationListController, strings: ListStrings): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    const input = event.currentTarget instanceof HTMLFormElement ? event.currentTarget.querySelector("input") : null;
    if (input) void list.rename(id, input.value.trim());
  };
  return html`<div data-entry=${id}>
    <form part="form" class="task" @submit=${submit} @keydown=${cancelAtEscape(list)}>
      <input aria-label=${strings.newName} dir="auto" .value=${title} maxlength="200" required enterkeyhint="done" />
      <div class="task-buttons">
        <button type="button" part="text-button" class="quiet" @click=${() => list.begin({ type: "none" })}>
          ${strings.cancel}
        </button>
        <button part="text-button" class="quiet save">${strings.save}</button>
      </div>
    </form>
  </div>`;
}

function confirm(
  question: string,
  yes: string,
  list: ConversationListController,
  strings: ListStrings,
  run: () => void,
): TemplateResult {
  return html`<div
    part="form"
    class="task confirm"
    role="group"
    aria-label=${question}
    @keydown=${cancelAtEscape(list)}
  >
    <p>${question}</p>
    <div class="task-buttons">
      <button type="button" part="text-button" class="quiet keep" @click=${() => list.begin({ type: "none" })}>
        ${strings.cancel}
      </button>
      <button type="button" part="text-button" class="quiet danger" @click=${run}>${yes}</button>
    </div>
  </div>`;
}

/** Escape cancels the task, and does not close the chat. */
function cancelAtEscape(list: ConversationListController): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    useEscape(event);
    list.begin({ type: "none" });
  };
}

function data(list: ConversationListController, host: ConversationListHost, strings: ListStrings): TemplateResult {
  const isAsking = list.state.task.type === "delete-all";
  const isStarted = host.controller().state.messages.length > 0;
  return html`<details part="data" class="data">
    <summary>${strings.yourData}</summary>
    ${isStarted ? conversationDownload(list, strings) : nothing}
    <p>${strings.yourDataText}</p>
    ${
      isAsking
        ? confirm(strings.askDeleteAll, strings.deleteAll, list, strings, () => void list.deleteAll())
        : html`<div class="data-buttons">
            <button type="button" part="text-button" class="quiet" @click=${() => void list.download()}>
              ${strings.download}
            </button>
            <button
              type="button"
              part="text-button"
              class="quiet danger delete-all"
              @click=${() => list.begin({ type: "delete-all" })}
            >
              ${strings.deleteAll}
            </button>
          </div>`
    }
  </details>`;
}

function conversationDownload(list: ConversationListController, strings: ListStrings): TemplateResult {
  return html`<p id="download">${strings.downloadConversation}</p>
    <div class="data-buttons" role="group" aria-labelledby="download">
      <button type="button" class="quiet" @click=${() => void list.downloadConversation("markdown")}>
        ${strings.asMarkdown}
      </button>
      <button type="button" class="quiet" @click=${() => void list.downloadConversation("json")}>
        ${strings.asJson}
      </button>
    </div>`;
}

function timeWords(time: number, lang: string): string {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(lang, isToday ? { timeStyle: "short" } : { dateStyle: "medium" }).format(time);
}
