import { expect } from "chai";
import { html, render } from "lit";
import type { AnswerState } from "../../../widget/conversation/state.ts";
import { knowsFormulas, loadFormulas } from "../../../widget/markdown/formulas.ts";
import { chips } from "../../../widget/sources/chips.ts";
import { english as strings } from "../../../widget/strings/languages.ts";
import { answerText } from "../../../widget/view/answer-text.ts";
import type { ViewContext } from "../../../widget/view/context.ts";
import { createRenderer } from "../support/create-renderer.ts";
import { until } from "../support/page.ts";

// This test has its own file and so its own page, because the code for formulas stays loaded once a test needs it.
describe("the first formula of a page", () => {
  it("is shown as it was written until formulas are recognized, and so is a price", async () => {
    const container = document.createElement("div");
    const renderer = createRenderer(container);
    const content = "So $x^2$ costs $5 or $10.\n\nEnd";
    expect(knowsFormulas()).to.equal(false);
    renderer.update("So $x^2", { isFinal: false });
    expect(container.textContent).to.equal("So $x^2");
    const answer: AnswerState = {
      ...{ role: "assistant", id: "a", replyTo: "q", content, createdAt: 0, status: "running", seq: 1 },
      ...{ warnings: [], versions: [] },
      sources: [{ index: 1, id: "s1", title: "Page" }],
      citations: [{ index: 1, at: content.indexOf(" costs") }],
    };
    const cited = document.createElement("div");
    const context = { strings, pageLang: "en" } as ViewContext;
    const text = answerText(content, { isFinal: false, isCutOff: false }, strings.answer);
    render(html`<div ${text} ${chips(answer, context)}></div>`, cited);
    renderer.update(content, { isFinal: false });
    await until(() => container.querySelector("[data-math]") !== null);
    expect(knowsFormulas()).to.equal(true);
    expect(container.textContent).to.match(/^So (?!\$).* costs \$5 or \$10\.End$/);
    await until(() => cited.querySelector("[data-math]") !== null);
    await until(() => cited.querySelector("sup")?.previousElementSibling?.matches("[data-math]") === true);
    expect(cited.querySelector("sup")?.nextSibling?.textContent).to.equal(" costs $5 or $10.");
    await loadFormulas();
  });
});
