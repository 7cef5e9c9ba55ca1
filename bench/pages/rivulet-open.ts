import "../../widget/define.ts";
import { storageKey } from "../../widget/conversation/storage-key.ts";
import { exposeOpen } from "./open.ts";

/** With `?whole`, the server sends all messages at once, not page by page. */
const endpoint = `${location.origin}/rivulet${location.search === "?whole" ? "-whole" : ""}`;
const chat = document.createElement("rivulet-chat");
chat.setAttribute("endpoint", endpoint);
chat.setAttribute("assistant", "bench");

/** Opens the chat for a visitor who already has a session, so that the chat loads their conversation. */
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
