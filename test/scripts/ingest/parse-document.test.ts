import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { parseDocument } from "../../../scripts/lib/ingest/parse-document.ts";
import { makeDocx, makePdf, makeZip, wordParagraph } from "../../support/make-files.ts";

/** Reads a file and writes its sections as `heading > heading #anchor: text`. */
async function read(name: string, content: string | Uint8Array) {
  const { sections, ...fields } = await parseDocument(name, Buffer.from(content));
  return {
    ...fields,
    sections: sections.map(({ headings, anchor, text }) => `${headings.join(" > ")} #${anchor ?? ""}: ${text}`),
  };
}

async function textOf(name: string, content: string | Uint8Array): Promise<string> {
  const { sections } = await parseDocument(name, Buffer.from(content));
  return sections.map(({ text }) => text).join("\n\n");
}

suite("Markdown", () => {
  test("front matter, headings and anchors", async () => {
    const document = await read(
      "install.md",
      `---
title: "Mount: the panels"
url: /install
language: de
---
Intro with **bold** and a [link](/x).

## What's in the box?

Eight \`hooks\`.

### Cables & plugs

Two.

## What's in the box?

Again.

## Fault codes {#codes}

E21.
`,
    );
    assert.deepEqual(document, {
      title: "Mount: the panels",
      url: "/install",
      language: "de",
      isDraft: false,
      sections: [
        " #: Intro with bold and a link.",
        "What's in the box? #whats-in-the-box: Eight hooks.",
        "What's in the box? > Cables & plugs #cables--plugs: Two.",
        "What's in the box? #whats-in-the-box-1: Again.",
        "Fault codes #codes: E21.",
      ],
    });
  });

  test("the only heading of the first level is the title", async () => {
    const { title, sections } = await read("a.md", "# Mount the panels\n\nIntro.\n\n## Tools\n\nA wrench.\n");
    assert.equal(title, "Mount the panels");
    assert.deepEqual(sections, [" #: Intro.", "Tools #tools: A wrench."]);
  });

  test("several headings of the first level are sections", async () => {
    const { title, sections } = await read("a.md", "# One\n\nFirst.\n\n# Two\n\nSecond.\n");
    assert.equal(title, "One");
    assert.deepEqual(sections, ["One #one: First.", "Two #two: Second."]);
  });

  test("tables, lists and code stay readable", async () => {
    const text = await textOf(
      "a.md",
      '| Code | Do |\n| --- | --- |\n| E1 \\| E2 | wait |\n\n1. Open\n   ```sh\n   run --now\n\n   run --again\n   ```\n2. Close\n   - slowly\n\n```json\n{ "a": 1 }\n\n{ "b": "<&" }\n```\n',
    );
    assert.equal(
      text,
      '| Code | Do |\n| --- | --- |\n| E1 \\| E2 | wait |\n\n1. Open\n   ```sh\n   run --now\n   \n   run --again\n   ```\n2. Close\n   - slowly\n\n```json\n{ "a": 1 }\n\n{ "b": "<&" }\n```',
    );
  });

  test("comments, shortcodes and the marks of containers and alerts are removed", async () => {
    const source =
      '<!-- draft\n\nsecret -->\nA {{< figure src="x.png" >}}B {% include c.html %}C.\n\n:::tip Good to know\nTip.\n:::\n\n> [!WARNING]\n> Do not touch.\n\n```liquid\n{% kept %}\n```\n';
    assert.equal(
      await textOf("a.md", source),
      "A B C.\n\nGood to know\n\nTip.\n\nWarning: Do not touch.\n\n```liquid\n{% kept %}\n```",
    );
  });

  test("MDX: imports, components and expressions are removed, their content is not", async () => {
    const source = `import Tabs from "@theme/Tabs";
import {
  One,
} from "./one";

export const year = 2026;

Import taxes are included.

<Tabs values={[{ label: "a > b", value: "x" }]} onChange={() => { go("}"); }}>
  <TabItem value="x">

    Use **this** one: \`<kept {code}>\`.

  </TabItem>
</Tabs>

<Chart data={[1, 2]} />

In {year} {"it"} works{/* not here */}.

<div style={{ color: "red" }} hidden={false}>Red.</div>

\`\`\`jsx
<Kept a={1} />
\`\`\`
`;
    for (const name of ["a.mdx", "a.md"]) {
      const { sections } = await read(name, source);
      assert.deepEqual(
        sections,
        [
          " #: Import taxes are included.\n\nUse this one: <kept {code}>.\n\nIn it works.\n\nRed.\n\n```jsx\n<Kept a={1} />\n```",
        ],
        name,
      );
    }
  });

  test("HTML in Markdown", async () => {
    const source =
      '<h2 id="own">Own <em>id</em></h2>\n\n<details><summary>More</summary>\n\nText &amp; more.\n\n</details>\n\n<p hidden>no</p>\n';
    assert.deepEqual((await read("a.md", source)).sections, ["Own id #own: More\n\nText & more."]);
  });

  test("TOML front matter and drafts", async () => {
    assert.equal((await read("a.md", '+++\ntitle = "Hugo"\ndraft = false\n+++\nText.\n')).title, "Hugo");
    const tables =
      'title = "The \\"Duo\\"" # "the heavy one"\n[extra]\ntitle = "Other"\ndraft = true\n[[menu.main]]\nurl = "/menu"\n';
    for (const mistake of ["", "weight = heavy\n"]) {
      const { title, url, isDraft } = await read("a.md", `+++\n${mistake}${tables}+++\nText.\n`);
      assert.deepEqual([title, url, isDraft], [mistake === "" ? 'The "Duo"' : undefined, undefined, false]);
    }
    assert.equal((await read("a.md", "+++\nweight = heavy\ntitle = 'Hugo'\ndraft = true\n+++\nText.\n")).isDraft, true);
    assert.equal((await read("a.md", "---\ndraft: true\n---\nText.\n")).isDraft, true);
    assert.equal((await read("a.md", "---\npublished: false\n---\nText.\n")).isDraft, true);
  });

  test("a rule at the beginning is not front matter", async () => {
    assert.equal(await textOf("a.md", "---\nJust text.\n\n---\n\nMore.\n"), "Just text.\n\nMore.");
  });

  test("an error in a field that is not used is none", async () => {
    const text =
      '---\ntitle: Roof: the panels\ndraft: false\nurl: "/roof"\nsummary: Wall or roof: both\n\tbroken\n---\nText.\n';
    const { title, url, isDraft } = await read("a.md", text);
    assert.deepEqual([title, url, isDraft], ["Roof: the panels", "/roof", false]);
  });

  test("front matter that is wrong names the line or the field", async () => {
    const [yaml, url] = ['---\ntitle: "A\nurl: /b\n---\nText.\n', "---\nurl: javascript:alert(1)\n---\nText.\n"];
    await assert.rejects(
      read("a.md", yaml),
      /^UnreadableDocument: its front matter is not YAML \(line \d: .+\): correct it\.$/,
    );
    await assert.rejects(read("a.md", url), {
      message: 'url in its front matter is "javascript:alert(1)": write a path, as in /install, or a full URL.',
    });
  });
});

suite("HTML", () => {
  const page = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Mount the panels · Sillwatt</title>
<link rel="canonical" href="https://sillwatt.example/install"><style>p{}</style></head>
<body><header><h1>Sillwatt</h1></header><nav><a href="/">Home</a></nav>
<main><header><p>7 min</p><h1>Mount the panels</h1></header>
<p>Two people&nbsp;need <b>90</b> minutes &mdash; without drill&shy;ing.<br>Really.</p>
<aside class="callout warning"><p>Not in storms.</p></aside><aside><p>Advertisement</p></aside>
<h2 id="box">In the box <a class="anchor" href="#box">#</a></h2><div><div>One</div><div>Two</div></div>
<p style="display: none">x</p><p aria-hidden="true">x</p><p data-rivulet-ignore>x</p><template><p>x</p></template><script>x</script>
<section id="table"><h3>Parts</h3><table><caption>All parts</caption><thead><tr><th>Part</th><th>Use</th></tr></thead>
<tr><td rowspan="2">Hook</td><td>hangs<br>well</td></tr><tr><td><ul><li>a</li><li>b</li></ul></td></tr></table></section>
<h4>Without id</h4><ol start="3"><li><p>Third</p><pre><code class="language-sh">ls
 -a</code></pre></li><li>Fourth<ul><li>deep</li></ul></li></ol>
<dl><dt>Term</dt><dd>Meaning</dd></dl><p hidden="until-found">Found later</p><button>Copy</button><form><label>Name</label><input></form>
<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p></main><footer>© Sillwatt</footer></body></html>`;

  test("the main content, with its own anchors", async () => {
    assert.deepEqual(await read("install.html", page), {
      title: "Mount the panels",
      url: "https://sillwatt.example/install",
      language: "en-GB",
      isDraft: false,
      sections: [
        " #: 7 min",
        " #: Two people need 90 minutes — without drilling.\nReally.\n\nNot in storms.",
        "In the box #box: One\n\nTwo",
        "In the box > Parts #table: All parts\n\n| Part | Use |\n| --- | --- |\n| Hook | hangs well |\n| Hook | - a - b |",
        "In the box > Parts > Without id #table: 3. Third\n   ```sh\n   ls\n    -a\n   ```\n4. Fourth\n   - deep\n\nTerm\n\nMeaning\n\nFound later\n\nName\n\n漢",
      ],
    });
  });

  test("a page without main: headers, navigation and footers are left out", async () => {
    const html =
      "<title>Shop</title><header>Logo</header><div role=navigation>Menu</div><h1>Opening hours</h1><p>9 to 5<footer>©</footer>";
    assert.deepEqual(await read("a.htm", html), {
      title: "Shop",
      url: undefined,
      language: undefined,
      isDraft: false,
      sections: [" #: 9 to 5"],
    });
  });

  test("several articles are all read", async () => {
    const html = "<html><body><article><h2>A</h2>One.</article><article><h2>B</h2>Two.</article></body></html>";
    assert.deepEqual((await read("a.html", html)).sections, ["A #: One.", "B #: Two."]);
  });

  test("a main element that a script would fill is passed over", async () => {
    const html = "<html><body><main></main><div><p>Text.</p></div></body></html>";
    assert.deepEqual((await read("a.html", html)).sections, [" #: Text."]);
  });

  test("a page that redirects is left out", async () => {
    const page = (content: string) =>
      `<html><head><meta http-equiv="Refresh" content="${content}"></head><body>A</body></html>`;
    assert.equal((await read("a.html", page("0; URL='/new'"))).isDraft, true);
    assert.equal((await read("a.html", page("300"))).isDraft, false);
  });

  test("a table for layout is read as parts of the page", async () => {
    const html = "<html><body><table><tr><td><h2>A</h2><p>One.</p></td><td><p>Two.</p></td></tr></table></body></html>";
    assert.deepEqual((await read("a.html", html)).sections, ["A #: One.\n\nTwo."]);
  });
});

suite("plain text", () => {
  test("lines that were broken at a margin are joined; lists and addresses keep theirs", async () => {
    const wrapped = "This line is as long as the margin of an editor\nallows, so the sentence continues in the next.";
    const text = `${wrapped}\r\n\r\n- one\r\n- two\r\n\r\nRing Street 1\r\nBerlin\r\n`;
    assert.equal(await textOf("a.txt", text), `${wrapped.replace("\n", " ")}\n\n- one\n- two\n\nRing Street 1\nBerlin`);
  });

  test("a web page with another name is read as one", async () => {
    assert.equal(await textOf("page.txt", "<!DOCTYPE html>\n<html><body><p>A &amp; B</p></body></html>"), "A & B");
    assert.equal(await textOf("page", "<html><body><p>A &amp; B</p></body></html>"), "A & B");
  });
});

suite("encodings", () => {
  const text = "Füße – 漢字\n";
  const bigEndian = Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  const encodings: Record<string, Buffer> = {
    "UTF-8": Buffer.from(text),
    "UTF-8 with a byte order mark": Buffer.from(`\ufeff${text}`),
    "UTF-16, little-endian": Buffer.from(`\ufeff${text}`, "utf16le"),
    "UTF-16, big-endian": bigEndian,
  };
  for (const [name, bytes] of Object.entries(encodings)) {
    test(name, async () => assert.equal(await textOf("a.md", bytes), text.trim()));
  }

  test("UTF-16 without a byte order mark", async () => {
    assert.equal(
      await textOf("a.txt", Buffer.from("Plain text for everybody.", "utf16le")),
      "Plain text for everybody.",
    );
  });

  test("an encoding that a page declares", async () => {
    const html = (charset: string) =>
      `<html><head><meta charset="${charset}"></head><body><p>Fu\u00dfe</p></body></html>`;
    assert.equal(await textOf("a.html", Buffer.from(html("windows-1252"), "latin1")), "Fuße");
    await assert.rejects(textOf("a.html", Buffer.from(html("nonsense"), "latin1")), /not saved as UTF-8/);
  });

  test("another encoding is named", async () => {
    await assert.rejects(textOf("a.md", Buffer.from("Die F\u00fc\u00dfe sind kalt.", "latin1")), {
      message: "it is not saved as UTF-8, but probably as Windows-1252 or ISO 8859-1: save it again as UTF-8.",
    });
    const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
    await assert.rejects(textOf("a.md", cyrillic), /in another encoding, such as Windows-1251, Shift_JIS or GBK: save/);
  });
});

suite("PDF", () => {
  test("pages are anchors, and broken words are joined", async () => {
    const file = makePdf(
      [
        [
          "Mounting takes ninety min-",
          "utes. A well-known rule",
          "says: use a well-",
          "known wrench.",
          "",
          "",
          "Second paragraph.",
        ],
        ["The second page (with parentheses)."],
      ],
      { title: "Installation manual" },
    );
    assert.deepEqual(await read("manual.pdf", file), {
      title: "Installation manual",
      sections: [
        " #page=1: Mounting takes ninety minutes. A well-known rule says: use a well-known wrench.\n\nSecond paragraph.",
        " #page=2: The second page (with parentheses).",
      ],
    });
  });

  test("headers, footers and page numbers are removed", async () => {
    const pages = ["One.", "Two.", "Three.", "Four."].map((text, at) => [
      "Sillwatt Duo",
      "",
      text,
      "",
      `Page ${at + 1} of 4`,
    ]);
    const { sections } = await read("a.pdf", makePdf(pages));
    assert.deepEqual(sections, [" #page=1: One.", " #page=2: Two.", " #page=3: Three.", " #page=4: Four."]);
  });

  test("a title that is a file name is no title", async () => {
    const { title } = await read("a.pdf", makePdf([["Text."]], { title: "Microsoft Word - manual_v3.doc" }));
    assert.equal(title, undefined);
  });

  test("a PDF with another name is read as one", async () => {
    assert.equal(await textOf("manual", makePdf([["Text."]])), "Text.");
  });
});

test("DOCX: headings, lists of paragraphs and tables", async () => {
  const cell = (text: string) => `<w:tc>${wordParagraph(text)}</w:tc>`;
  const body = [
    wordParagraph("Warranty", "Title"),
    wordParagraph("Ten years."),
    wordParagraph("Panels", "Heading2"),
    wordParagraph("25 years &amp; more."),
    `<w:tbl><w:tr>${cell("Part")}${cell("Years")}</w:tr><w:tr>${cell("Core")}${cell("12")}</w:tr></w:tbl>`,
  ];
  assert.deepEqual(await read("warranty.docx", makeDocx(body.join(""))), {
    title: "Warranty",
    sections: [" #: Ten years.", "Panels #: 25 years & more.\n\n| Part | Years |\n| --- | --- |\n| Core | 12 |"],
  });
});

suite("files that cannot be read say what to do", () => {
  const office = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  const files: [name: string, content: string | Uint8Array, sentence: string][] = [
    ["empty.md", "", "it is empty: write something into it, or remove it."],
    ["only-front-matter.md", "---\ntitle: A\n---\n", "it has no text: write some into it, or remove it."],
    [
      "program.bin",
      Buffer.from([127, 69, 76, 70, 0, 1, 2, 3]),
      "it is a binary file, not a document: remove it, or leave it out.",
    ],
    [
      "image.md",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]),
      "it is a binary file, not a document: remove it, or leave it out.",
    ],
    ["damaged.pdf", "%PDF-1.4\nnothing", "it is a damaged PDF file: save it again, or remove it."],
    ["text.pdf", "Just text.", "it is not a PDF file, or it is damaged: save it again, or remove it."],
    [
      "locked.pdf",
      makePdf([["Secret."]], { encrypted: true }),
      "it is protected with a password: save it without one, or remove it.",
    ],
    [
      "scan.pdf",
      makePdf([[], []]),
      "its pages are images without text: run text recognition on it, for example with `ocrmypdf`, or remove it.",
    ],
    [
      "damaged.docx",
      makeZip({ "word/document.xml": "<w:document" }),
      "it is a damaged DOCX file: save it again, or remove it.",
    ],
    [
      "sheet.docx",
      makeZip({ "xl/workbook.xml": "" }),
      "it is an Excel workbook, which cannot be read: save it as PDF, DOCX or HTML.",
    ],
    ["files.zip", makeZip({ "a.txt": "A" }), "it is an archive, or a damaged DOCX file: extract it, or save it again."],
    [
      "old.doc",
      office,
      "it is a document in an old Office format, which cannot be read: save it as PDF, DOCX or HTML.",
    ],
    [
      "locked.docx",
      Buffer.concat([office, Buffer.from("EncryptedPackage", "utf16le")]),
      "it is protected with a password: save it without one, or remove it.",
    ],
    [
      "letter.rtf",
      String.raw`{\rtf1 Hello}`,
      "it is an RTF document, which cannot be read: save it as PDF, DOCX or HTML.",
    ],
  ];
  for (const [name, content, sentence] of files) {
    test(name, () => assert.rejects(read(name, content), { name: "UnreadableDocument", message: sentence }));
  }
});
