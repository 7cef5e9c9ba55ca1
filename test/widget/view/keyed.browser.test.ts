import { expect } from "chai";
import { html, render } from "lit";
import { keyed } from "../../../widget/view/keyed.ts";

describe("keyed entries", () => {
  const container = document.createElement("div");
  document.body.append(container);
  let drawn: string[] = [];

  /** Renders entries by their keys; `a2` is `a` with another content. */
  function show(...names: string[]): string {
    const entries = names.map((name) => ({
      key: name.charAt(0),
      from: [name],
      draw: () => {
        drawn.push(name);
        return html`<input value=${name} />`;
      },
    }));
    render(html`<ul ${keyed(entries)}></ul>`, container);
    return inputs()
      .map((input) => input.getAttribute("value"))
      .join();
  }

  const inputs = () => [...container.querySelectorAll("input")];

  it("keep their nodes while others are added, moved and removed", () => {
    expect(show("c", "e")).to.equal("c,e");
    const [c, e] = inputs();
    expect(show("a", "c", "d", "e", "f")).to.equal("a,c,d,e,f");
    expect([inputs()[1] === c, inputs()[3] === e]).to.deep.equal([true, true]);
    expect(show("c", "f", "e")).to.equal("c,f,e");
    expect([inputs()[0] === c, inputs()[2] === e]).to.deep.equal([true, true]);
    expect(show()).to.equal("");
  });

  it("are rendered again only if their content has changed", () => {
    show("a", "b");
    drawn = [];
    expect(show("a", "b2", "c")).to.equal("a,b2,c");
    expect(drawn).to.have.members(["b2", "c"]);
  });

  it("keep the focus when one is moved to the end, and when older ones are added above", () => {
    show("a", "b", "c");
    inputs()[1]?.focus();
    expect(show("x", "b", "c", "a")).to.equal("x,b,c,a");
    expect(document.activeElement === inputs()[1]).to.equal(true);
  });
});
