import "../../widget/define.ts";
import { storageKey } from "../../widget/conversation/storage-key.ts";
import { exposeOpen } from "./open.ts";

/** With `?whole` the worker gives all messages at once, and not a page at a time. */
const endpoint = `${location.origin}/rivulet${location.search === "?whole" ? "-whole" : ""}`;
const chat = document.createElement("rivulet-chat");
chat.setAttribute("endpoint", endpoint);
chat.setAttribute("assistant", "bench");

/** A visitor who comes back within the visit. */
function open(): void {
  const session = { token: "t", expiresAt: Date.now() + 600_000 };
  localStorage.setItem(storageKey("session", endpoint, "bench"), JSON.stringify(session));
  document.body.append(chat);
}

exposeOpen({
  open,
  area: () => chat.shadowRoot?.querySelector("[part=messages]"),
  newest: () => [...(chat.shadowRoot?.querySelectorAll("[part=answer]") ?? [])].at(-1),
});
