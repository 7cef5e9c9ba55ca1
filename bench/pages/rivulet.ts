import "../../widget/define.ts";
import { expose } from "./page.ts";

const chat = document.createElement("rivulet-chat");
chat.setAttribute("endpoint", `${location.origin}/rivulet`);
chat.setAttribute("assistant", "bench");
document.body.append(chat);

expose({
  start: () => void chat.send("Go").catch(console.error),
  shown: () => lastBlocks(chat.shadowRoot?.querySelector("[part=answer]")),
});

/** The text of the last blocks. Reading the whole answer would cost more with every block. */
function lastBlocks(answer: Element | null | undefined): string {
  const last = answer?.lastElementChild;
  return [...((last?.className === "part" ? last : answer)?.children ?? [])]
    .slice(-3)
    .map(({ textContent }) => textContent)
    .join(" ");
}
