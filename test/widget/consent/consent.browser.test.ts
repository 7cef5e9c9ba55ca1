import { expect } from "chai";
import type { RivuletChat } from "../../../widget/index.ts";
import { askAndWait, cleanUp, find, findAll, mount, mountReady, seenRequests, until } from "../support/mount.ts";

const keys = () => [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
const agreeButton = (chat: RivuletChat) => find<HTMLButtonElement>(chat, ".agree");
const field = (chat: RivuletChat) => find(chat, "[part=input]");

async function asking(attributes: Record<string, string> = {}): Promise<RivuletChat> {
  const chat = await mountReady({ assistant: "asking", ...attributes });
  await until(() => agreeButton(chat) ?? field(chat));
  return chat;
}

describe("consent", function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  it("is asked for before anything can be typed, sent or stored", async () => {
    const chat = await asking({ mode: "popup", open: "" });
    expect([field(chat), findAll(chat, ".starter").length]).to.deep.equal([undefined, 0]);
    expect(find(chat, ".consent-text")?.innerText).to.contain("stored for 30 days");
    const before = (await seenRequests()).length;
    const error: unknown = await chat.send("Hello").catch((reason: unknown) => reason);
    expect(error).to.have.property("name", "AbortError");
    expect([keys(), (await seenRequests()).length]).to.deep.equal([[], before]);
  });

  it("is given with one click, which leads to the text field, and is not asked for again", async () => {
    const chat = await asking();
    agreeButton(chat)?.click();
    await until(() => field(chat) && chat.shadowRoot?.activeElement === field(chat));
    expect(keys().filter((key) => key.includes(":consent:"))).to.have.length(1);
    await askAndWait(chat, "Hello");
    const next = await mount({ assistant: "asking" });
    await until(() => field(next) && find(next, "[part=answer]"));
    expect(agreeButton(next)).to.equal(undefined);
  });

  it("is asked for again when the text has changed, and when the visitor has", async () => {
    const chat = await asking();
    agreeButton(chat)?.click();
    await until(() => field(chat));
    const key = keys().find((name) => name.includes(":consent:")) ?? "";
    localStorage.setItem(key, "an earlier text");
    window.dispatchEvent(new StorageEvent("storage", { key }));
    await until(() => agreeButton(chat));
    agreeButton(chat)?.click();
    await until(() => field(chat));
    await chat.reset();
    await until(() => agreeButton(chat));
    expect(localStorage.getItem(key)).to.equal(null);
  });
});
