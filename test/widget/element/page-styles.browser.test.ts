// No property that elements inherit from the page in this engine reaches the chat.
import { expect } from "chai";
import { askAndWait, cleanUp, findAll, mount, mountReady, part } from "../support/mount.ts";

/** For each inherited property, at least one of these is a valid value other than the initial one. */
const values = [
  ...[
    "red",
    "7px",
    "3",
    "3em",
    "0.3",
    "45deg",
    "bold",
    "italic",
    "serif",
    "small-caps",
    "ultra-condensed",
    "uppercase",
  ],
  ...[
    "center",
    "justify",
    "under",
    "dot",
    "always",
    "none",
    "hidden",
    "collapse",
    "separate",
    "bottom",
    "hide",
    "inside",
  ],
  ...["square", "pre", "nowrap", "break-all", "break-word", "anywhere", "balance", "auto", "manual", "loose", "strict"],
  ...[
    "vertical-rl",
    "upright",
    "dark",
    "only light",
    "exact",
    "crosshair",
    "text",
    "optimizeSpeed",
    "geometricPrecision",
  ],
  ...[
    "pixelated",
    "compact",
    "evenodd",
    "round",
    "bevel",
    "stroke",
    "middle",
    "linearRGB",
    "sRGB",
    "1px red",
    "red 1px",
  ],
  ...["1px 1px red", "'a' 'b'", "'x'", "'smcp'", "'wght' 300", "allow-keywords", "no-drop", "inert", "after", "disc"],
  ...[
    "first",
    "trim-start",
    "ideographic",
    "no-autospace",
    "visual",
    "logical",
    "read-write",
    "inter-word",
    "each-line",
  ],
  ...[
    "circle",
    "antialiased",
    "oldstyle-nums",
    "ordinal",
    "ruby",
    "historical-ligatures",
    "no-limit",
    "over",
    "keep-all",
  ],
];

/**
 * The inherited properties that still affect the chat. `direction` decides on which side the chat is. The others are
 * how a drawer or tab hides an inline chat in it.
 */
const shared = ["direction"];
const sharedInline = ["direction", "visibility", "pointer-events", "interactivity"];

let inherited: ReadonlyMap<string, string> | undefined;

/** The properties that a child inherits from its parent in this engine, each with a value that is not initial. */
function inheritedProperties(): ReadonlyMap<string, string> {
  return (inherited ??= findInherited());
}

function findInherited(): Map<string, string> {
  const parent = document.createElement("div");
  const child = parent.appendChild(document.createElement("div"));
  const around = document.body.appendChild(document.createElement("div"));
  around.hidden = true; // without a layout, no value depends on sizes
  around.append(parent);
  const style = getComputedStyle(child);
  const names = [...getComputedStyle(parent)].filter((name) => !name.startsWith("--"));
  const found = new Map<string, string>();
  for (const name of [...names, "-webkit-user-select", "user-select", "-webkit-touch-callout"]) {
    const initial = style.getPropertyValue(name);
    const value = values.find((each) => {
      parent.style.cssText = "";
      parent.style.setProperty(name, each);
      const now = style.getPropertyValue(name);
      return now !== initial && now === getComputedStyle(parent).getPropertyValue(name);
    });
    if (value !== undefined) found.set(name, value);
  }
  around.remove();
  return found;
}

interface Snapshot {
  element: Element;
  style: CSSStyleDeclaration;
  values: ReadonlyMap<string, string>;
}

/** All computed values of the elements. */
function snapshot(elements: readonly Element[]): Snapshot[] {
  return elements.map((element) => {
    const style = getComputedStyle(element);
    return { element, style, values: new Map([...style].map((name) => [name, style.getPropertyValue(name)])) };
  });
}

/** The properties that have changed since the snapshots, each with the class of its element. */
function changes(before: readonly Snapshot[]): string[] {
  const found: string[] = [];
  for (const { element, style, values } of before)
    for (const [name, value] of values) {
      const now = style.getPropertyValue(name);
      if (now !== value) found.push(`${element.className}: ${name} ${value} → ${now}`);
    }
  return found;
}

/** Sets each property on all elements of the page, and returns what changes in the chat. */
function leaks(elements: readonly Element[], except: readonly string[]): string[] {
  const sheet = new CSSStyleSheet();
  const before = snapshot(elements);
  document.adoptedStyleSheets.push(sheet);
  const names = [...inheritedProperties()].filter(([name]) => !except.includes(name));
  const found = names.flatMap(([name, value]) => {
    sheet.replaceSync(`* { ${name}: ${value} !important; }`);
    return changes(before).map((change) => `${name}: ${value} changes ${change}`);
  });
  document.adoptedStyleSheets = [];
  return found;
}

describe("what the page's elements inherit", () => {
  afterEach(cleanUp);

  it("is more than a hundred properties in this engine, or nearly", () => {
    const found = inheritedProperties();
    for (const name of [
      "color",
      "font-size",
      "letter-spacing",
      "text-transform",
      "visibility",
      "cursor",
      "user-select",
    ])
      expect([...found.keys()]).to.include(name);
    expect(found.size).to.be.above(60);
  });

  it("does not reach the launcher", async () => {
    const chat = await mount({ mode: "popup" });
    expect(leaks(findAll(chat, "[part=launcher], .corner > span, [part=launcher] path"), shared)).to.deep.equal([]);
  });

  it("does not reach the panel", async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    await askAndWait(chat, "Hello");
    const inner = "[part=panel], .frame, h2, textarea, button, [part=question], [part=answer] *, .footer";
    expect(leaks(findAll(chat, inner), shared)).to.deep.equal([]);
  });

  it("does not reach an inline chat", async () => {
    const chat = await mountReady({ style: "width: 500px; height: 600px" });
    expect(leaks([part(chat, "panel"), part(chat, "input"), part(chat, "header")], sharedInline)).to.deep.equal([]);
  });
});
