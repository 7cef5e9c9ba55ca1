import "deep-chat";
import { benchConversation } from "../lib/conversation.ts";
import { exposeOpen } from "./open.ts";

const chat = document.createElement("deep-chat");
Object.assign(chat.style, { width: "26em", height: "40em" });
const history = benchConversation(500).map(({ role, content }) => ({
  role: role === "user" ? "user" : "ai",
  text: content,
}));

exposeOpen({
  open: () => {
    Object.assign(chat, { connect: { url: "/plain", method: "POST", stream: true }, history });
    document.body.append(chat);
  },
  area: () => chat.shadowRoot?.querySelector("#messages"),
  newest: () => [...(chat.shadowRoot?.querySelectorAll(".message-bubble") ?? [])].at(-1),
});
