import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readWebPage } from "../../../../scripts/lib/ingest/site/read-web-page.ts";

const address = "https://example.com/docs/a";

function read(html: string, headers: Record<string, string> = {}) {
  return readWebPage(address, new Headers({ "content-type": "text/html", ...headers }), Buffer.from(html));
}

/** Each section as `heading#anchor: text`. */
function sections(html: string): string[] {
  return read(html)
    .parse()
    .sections.map(({ headings, anchor, text }) => `${headings.join(" › ")}#${anchor ?? ""}: ${text}`);
}

const menu = `<div class="menu"><h3 id="menu">Products</h3><ul>${Array.from(
  { length: 30 },
  (_, at) => `<li><a href="/p/${at}">Menu ${at}</a></li>`,
).join("")}</ul></div>`;
const prose = "This paragraph is long enough, with a comma or two, to be taken for the text of an article by anybody.";

suite("the text that belongs to a page", () => {
  test("keeps headings with their anchors, tables, lists and code, and leaves menus out", () => {
    const html = `<html><body>${menu}<div class="page"><h1>Mounting</h1><p>${prose}</p>
      <h2 id="share">Share</h2><p>${prose}</p>
      <h2><a id="sizes"></a>Sizes</h2><table><tr><th>Size</th><th>Torque</th></tr><tr><td>M8</td><td>20 Nm</td></tr></table>
      <h3 id="steps">Steps</h3><ol><li>Lift it.</li><li>Fix it.</li></ol><pre><code class="language-sh">npm start</code></pre>
      </div><div class="related"><h3>Related</h3><a href="/x">One</a> <a href="/y">Two</a></div><div id="cookie-banner">We use cookies.</div></body></html>`;
    assert.deepEqual(sections(html), [
      `#: ${prose}`,
      `Share#share: ${prose}`,
      "Sizes#sizes: | Size | Torque |\n| --- | --- |\n| M8 | 20 Nm |",
      "Sizes › Steps#steps: 1. Lift it.\n2. Fix it.\n\n```sh\nnpm start\n```",
    ]);
    assert.equal(read(html).parse().title, "Mounting");
  });

  test("is the main content if the page marks it, and Readability would keep little of it", () => {
    const rows = Array.from({ length: 20 }, (_, at) => `<dt>E${at}</dt><dd><a href="/e/${at}">Fault ${at}</a></dd>`);
    const html = `<html><body>${menu}<main><h1>Fault codes</h1><dl>${rows.join("")}</dl><p>${prose}</p></main></body></html>`;
    const [text = ""] = sections(html);
    for (let at = 0; at < 20; at += 1) assert.ok(text.includes(`Fault ${at}`), text);
    assert.doesNotMatch(text, /Menu/);
  });

  test("is the body if there is nothing else, and never what data-rivulet-ignore is on", () => {
    assert.deepEqual(sections("<html><body>Short.</body></html>"), ["#: Short."]);
    assert.deepEqual(
      sections(`<html><body><p>${prose}</p><div data-rivulet-ignore>${prose} Secret.</div></body></html>`),
      [`#: ${prose}`],
    );
  });

  test("is read of HTML that is hardly any", () => {
    const pages = ["", "<!-- <html -->", "<html", "<html></html>", "<html><frameset></frameset></html>"];
    for (const html of pages) assert.deepEqual(sections(html), [], html);
    for (const html of [
      "<!-- <html --><p>Text",
      "<!doctype html><title>x</title>Text",
      "<html><svg><a href=x /></svg>Text<p",
    ])
      assert.deepEqual(sections(html), ["#: Text"], html);
  });

  test("is read without Readability if its elements are nested too deeply", () => {
    const html = `<html><body>${"<div>".repeat(5000)}${prose}${"</div>".repeat(5000)}</body></html>`;
    assert.deepEqual(sections(html), [`#: ${prose}`]);
  });
});

suite("what a page says about itself", () => {
  test("links: absolute, on its base, without fragments and tracking, each once", () => {
    const links = ["b", "b#part", "b?utm_source=x&gclid=1", "?q=1&utm_medium=y", "image.png", "mailto:a@example.com"];
    const html = `<html><head><base href="/docs/v2/"></head><body>${links.map((href) => `<a href="${href}">x</a>`).join("")}
      <a rel="nofollow noopener" href="never">x</a><a href="javascript:void 0">x</a><a href="http://[bad">x</a></body></html>`;
    assert.deepEqual(read(html).links, ["https://example.com/docs/v2/b", "https://example.com/docs/v2/?q=1"]);
  });

  test("canonical address, redirect and encoding", () => {
    const html = '<html><head><link rel="canonical" href="/docs/b#x"></head><body>x</body></html>';
    assert.equal(read(html).canonical, "https://example.com/docs/b");
    const refresh = `<html><head><meta http-equiv="Refresh" content="0; URL='/docs/c'"></head></html>`;
    assert.equal(read(refresh).refresh, "https://example.com/docs/c");
    const latin = Buffer.from("<html><body><p>Füße</p></body></html>", "latin1");
    const page = readWebPage(address, new Headers({ "content-type": "text/html; charset=ISO-8859-1" }), latin);
    assert.equal(page.parse().sections[0]?.text, "Füße");
  });

  const form = '<form><label>Password <input type="password"></label><button>Sign in</button></form>';
  const pages: [name: string, html: string, isLogin: boolean][] = [
    ["a form for a password", `<html><body><h1>Sign in</h1>${form}</body></html>`, true],
    ["the same in main", `<html><body>${menu}<main><h2>Welcome</h2>${form}</main></body></html>`, true],
    ["an article with a form in its header", `<html><body><header>${form}</header><p>Text.</p></body></html>`, false],
    ["an article about passwords", `<html><body><p>${prose.repeat(5)}</p>${form}</body></html>`, false],
  ];
  for (const [name, html, isLogin] of pages) {
    test(`login: ${name}`, () => assert.equal(read(html).isLogin, isLogin));
  }
});
