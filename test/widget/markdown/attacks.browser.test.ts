import { expect } from "chai";
import { createRenderer } from "../support/create-renderer.ts";
import { attacks } from "./attacks.ts";
import { strangers } from "./stream.ts";

/**
 * Payloads that are not part of the repository. A folder next to the repository may contain them. The test server then
 * serves them at this path.
 */
const elsewhere = "/__wds-outside-root__/1/shared/data/xss/payloads.json";

/** The addresses of all requests that the page has sent or tried to send, except the one for the payloads. */
function requests(): string[] {
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  return names.filter((name) => !name.endsWith(elsewhere));
}

async function payloads(): Promise<readonly string[]> {
  const response = await fetch(elsewhere).catch(() => undefined);
  const list: unknown = response?.ok ? await response.json() : [];
  return Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [];
}

describe("an answer that attacks the page", () => {
  let ran: string[] = [];
  const alert = window.alert;
  const noteError = ({ message }: ErrorEvent) => ran.push(message);

  before(() => {
    window.alert = (words: unknown) => ran.push(String(words));
    window.addEventListener("error", noteError);
  });

  after(() => {
    window.alert = alert;
    window.removeEventListener("error", noteError);
  });

  it("runs and requests nothing, whether it is rendered at once, streamed, or clicked", async function test() {
    this.timeout(120_000);
    const others = await payloads();
    if (others.length === 0) console.error("No payloads next to the repository: only its own are tested.");
    const all = attacks(others);
    expect(all.length).to.be.greaterThan(450);
    const container = document.createElement("div");
    document.body.append(container);
    ran = [];
    const before = new Set(requests());
    const found: unknown[] = [];
    for (const text of all) {
      container.replaceChildren();
      const renderer = createRenderer(container, { isEnriched: false });
      for (let end = 1; end < text.length; end += 7) renderer.update(text.slice(0, end), { isFinal: false });
      renderer.update(text, { isFinal: true });
      const strange = strangers(container);
      if (strange.length > 0) found.push({ text, strange });
      for (const link of container.querySelectorAll("a")) {
        link.addEventListener("click", (event) => event.preventDefault());
        link.click();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    container.remove();
    expect(found).to.deep.equal([]);
    expect(ran).to.deep.equal([]);
    expect(requests().filter((address) => !before.has(address))).to.deep.equal([]);
  });

  it("gains nothing from a formula or a highlighted code block", async () => {
    const container = document.createElement("div");
    document.body.append(container);
    ran = [];
    const texts = attacks([]).filter((text) => /^(?:\$|```)/.test(text));
    createRenderer(container).update(texts.join("\n\n"), { isFinal: true });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const names = new Set([...container.querySelectorAll("*")].map(({ localName }) => localName));
    for (const name of ["script", "img", "iframe", "svg", "style", "object", "image"])
      expect(names).not.to.include(name);
    expect(
      [...container.querySelectorAll("math *")].flatMap((node) => node.getAttributeNames()).join(" "),
    ).not.to.match(/href|src|\bon|\bid\b/);
    expect(requests().filter((address) => address.includes("evil"))).to.deep.equal([]);
    expect(ran).to.deep.equal([]);
    container.remove();
  });

  it("requests no image, whatever its address: each becomes a link", () => {
    const container = document.createElement("div");
    const addresses = ["https://images.example.com/x.png", "/x.png", "data:image/png;base64,AAAA"];
    const text = addresses.map((address) => `![p](${address})`).join("\n\n");
    createRenderer(container, { isEnriched: false }).update(text, { isFinal: true });
    expect(container.querySelector("img")).to.equal(null);
    expect(Array.from(container.querySelectorAll("a"), (link) => link.getAttribute("href"))).to.deep.equal([
      "https://images.example.com/x.png",
      `${location.origin}/x.png`,
      null,
    ]);
  });

  it("opens links to other sites in a new tab, and links to the page's site in the same tab", () => {
    const container = document.createElement("div");
    const renderer = createRenderer(container, { isEnriched: false });
    renderer.update("[a](https://example.com/) [b](/here) [c](mailto:a@b.c) [d](tel:+123) [e](sms:1)", {
      isFinal: true,
    });
    const links = [...container.querySelectorAll("a")].map((link) => [
      link.getAttribute("href"),
      link.target,
      link.rel,
    ]);
    expect(links).to.deep.equal([
      ["https://example.com/", "_blank", "noopener nofollow ugc"],
      [`${location.origin}/here`, "", "noopener nofollow ugc"],
      ["mailto:a@b.c", "", "noopener nofollow ugc"],
      ["tel:+123", "", "noopener nofollow ugc"],
      [null, "", ""],
    ]);
  });
});
