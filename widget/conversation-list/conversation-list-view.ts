import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { ConversationSummary } from "../../protocol/index.ts";
import { icon } from "../view/icon.ts";
import { penIcon, previousIcon } from "../view/icons.ts";
import { keyed } from "../view/keyed.ts";
import { failureNotice } from "../view/notice.ts";
import { groupByDay } from "./group-by-day.ts";
import type { Library, LibraryHost } from "./library.ts";
import type { LibraryStrings } from "./strings.ts";

const binIcon = "M5 7.5h14M9.5 7.5V5h5v2.5M7 7.5l.8 11.5h8.4L17 7.5M10.5 11v4.5M13.5 11v4.5";

/** The list of conversations, newest first, and the visitor's own data below it. */
export function libraryView(library: Library, host: LibraryHost, strings: LibraryStrings): TemplateResult {
  const { state } = library;
  return html`<div class="library-head">
      <button
        type="button"
        class="round plain library-back"
        aria-label=${strings.back}
        title=${strings.back}
        @click=${() => host.close()}
      >
        ${icon(previousIcon)}
      </button>
      <h3>${strings.conversations}</h3>
    </div>
    <div class="library-body">
      ${state.failure ? failed(library, host) : nothing} ${list(library, host, strings)} ${data(library, strings)}
    </div>`;
}

function failed(library: Library, host: LibraryHost): TemplateResult | typeof nothing {
  const context = host.context();
  const { failure } = library.state;
  if (!failure) return nothing;
  return failureNotice(failure, context, [{ label: context.strings.tryAgain, run: () => void library.load() }]);
}

function list(library: Library, host: LibraryHost, strings: LibraryStrings): TemplateResult {
  const { conversations, isLoading, next, failure } = library.state;
  if (conversations.length === 0 && isLoading) {
    return html`<div class="welcome loading" role="img" aria-label=${host.context().strings.loading}>
      <i></i><i></i>
    </div>`;
  }
  if (conversations.length === 0)
    return html`${failure ? nothing : html`<p class="library-empty">${strings.empty}</p>`}`;
  const current = host.controller().state.conversation;
  const entryOf = (conversation: ConversationSummary) => ({
    key: conversation.id,
    from: [library.state, current, strings],
    draw: () => entry(conversation, library, host, strings),
  });
  return html`${groupByDay(conversations, Date.now()).map(
    (group) =>
      html`<section>
        <h4>${strings[group.age]}</h4>
        <ul ${keyed(group.conversations.map(entryOf), "li")}></ul>
      </section>`,
  )}
  ${
    next === undefined
      ? nothing
      : html`<button type="button" class="quiet" @click=${() => void library.loadMore()}>${strings.showMore}</button>`
  }`;
}

function entry(
  { id, title, updatedAt }: ConversationSummary,
  library: Library,
  host: LibraryHost,
  strings: LibraryStrings,
): TemplateResult {
  const { task } = library.state;
  const name = title || strings.untitled;
  const isCurrent = host.controller().state.conversation === id;
  const isAbout = (type: "rename" | "delete") => task.type === type && task.id === id;
  if (isAbout("rename")) return renaming(id, title, library, strings);
  if (isAbout("delete")) {
    return html`<div data-entry=${id}>
      ${confirm(strings.askDelete(name), strings.delete, library, strings, () => void library.delete(id))}
    </div>`;
  }
  return html`<div data-entry=${id} class="entry">
    <button
      type="button"
      class="entry-open"
      aria-current=${isCurrent ? "true" : nothing}
      @click=${() => library.open(id)}
    >
      <span dir="auto">${name}</span><time>${timeWords(updatedAt, host.context().strings.lang)}</time>
    </button>
    ${iconButton(penIcon, `${strings.rename}: ${name}`, () => library.begin({ type: "rename", id }))}
    ${iconButton(binIcon, `${strings.delete}: ${name}`, () => library.begin({ type: "delete", id }))}
  </div>`;
}

function iconButton(outline: string, label: string, run: () => void): TemplateResult {
  return html`<button type="button" class="round plain" aria-label=${label} title=${label} @click=${run}>
    ${icon(outline)}
  </button>`;
}

function renaming(id: string, title: string, library: Library, strings: LibraryStrings): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    const input = event.currentTarget instanceof HTMLFormElement ? event.currentTarget.querySelector("input") : null;
    if (input) void library.rename(id, input.value.trim());
  };
  return html`<div data-entry=${id}>
    <form class="task" @submit=${submit} @keydown=${cancelAtEscape(library)}>
      <input aria-label=${strings.newName} .value=${title} maxlength="200" required />
      <div class="task-buttons">
        <button type="button" class="quiet" @click=${() => library.begin({ type: "none" })}>${strings.cancel}</button>
        <button class="quiet">${strings.save}</button>
      </div>
    </form>
  </div>`;
}

function confirm(
  question: string,
  yes: string,
  library: Library,
  strings: LibraryStrings,
  run: () => void,
): TemplateResult {
  return html`<div class="task" role="group" aria-label=${question} @keydown=${cancelAtEscape(library)}>
    <p>${question}</p>
    <div class="task-buttons">
      <button type="button" class="quiet keep" @click=${() => library.begin({ type: "none" })}>${strings.keep}</button>
      <button type="button" class="quiet danger" @click=${run}>${yes}</button>
    </div>
  </div>`;
}

/** Escape ends what was begun, and does not close the chat. */
function cancelAtEscape(library: Library): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    library.begin({ type: "none" });
  };
}

function data(library: Library, strings: LibraryStrings): TemplateResult {
  const isAsking = library.state.task.type === "delete-all";
  return html`<details class="data">
    <summary>${strings.yourData}</summary>
    <p>${strings.yourDataText}</p>
    ${
      isAsking
        ? confirm(strings.askDeleteAll, strings.deleteAll, library, strings, () => void library.deleteAll())
        : html`<div class="data-buttons">
            <button type="button" class="quiet" @click=${() => void library.download()}>${strings.download}</button>
            <button type="button" class="quiet danger delete-all" @click=${() => library.begin({ type: "delete-all" })}>
              ${strings.deleteAll}
            </button>
          </div>`
    }
  </details>`;
}

function timeWords(time: number, lang: string): string {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(lang, isToday ? { timeStyle: "short" } : { dateStyle: "medium" }).format(time);
}
