import "@cloudflare/ai-search-snippet/chat";
import { expose } from "./page.ts";

const chat = document.createElement("chat-page-snippet");
chat.setAttribute("api-url", `${location.origin}/snippet`);
Object.assign(chat.style, { display: "block", width: "26em", height: "40em" });
document.body.append(chat);

expose({
  start: () => Reflect.get(chat, "sendMessage").call(chat, "Go"),
  shown: () => chat.shadowRoot?.textContent ?? chat.textContent ?? "",
});
