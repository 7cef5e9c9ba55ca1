import "deep-chat";
import { expose } from "./page.ts";

const chat = document.createElement("deep-chat");
Object.assign(chat.style, { width: "26em", height: "40em" });
Object.assign(chat, { connect: { url: "/plain", method: "POST", stream: true } });
document.body.append(chat);

expose({
  start: () => Reflect.get(chat, "submitUserMessage").call(chat, { text: "Go" }),
  shown: () => [...(chat.shadowRoot?.querySelectorAll(".message-bubble") ?? [])].at(-1)?.textContent ?? "",
});
