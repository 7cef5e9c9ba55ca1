import { expect } from "chai";
import { findAll, until } from "./page.ts";

/** Everything that a live region says, from now on; it never holds more than one text. */
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

/** What was said of an answer. */
export function answerIn(said: readonly string[]): string {
  return said.join(" ").replaceAll("The assistant is typing… ", "");
}

/** Waits until something was said. */
export async function hear(said: readonly string[], words: string): Promise<void> {
  await until(() => said.join(" ").includes(words), 25_000);
}

/** Waits so long that whatever else there was to say would have been said. */
export async function listenOn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2_500));
}
