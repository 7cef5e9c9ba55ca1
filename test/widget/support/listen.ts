import { expect } from "chai";
import { findAll, until } from "./page.ts";

/** Everything that a live region announces from now on. The region never contains more than one text. */
export function listen(chat: Element, politeness: "polite" | "assertive" = "polite"): string[] {
  const said: string[] = [];
  const [region] = findAll(chat, `[aria-live=${politeness}]`);
  const observer = new MutationObserver((changes) => {
    expect(region?.childNodes.length).to.be.lessThan(2);
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      expect(node).to.be.instanceOf(Text);
      said.push(node.textContent ?? "");
    }
  });
  if (region) observer.observe(region, { childList: true });
  return said;
}

/** What was announced of an answer. */
export function answerIn(said: readonly string[]): string {
  return said.join(" ").replaceAll("The assistant is typing… ", "");
}

/** Waits until a text was announced. */
export async function hear(said: readonly string[], words: string): Promise<void> {
  await until(() => said.join(" ").includes(words));
}

/** Waits until everything else would have been announced. */
export async function listenOn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2_500));
}
