// Kinds of pages, as sites build them. Each holds a password, what was typed into forms, and hidden text. All of these
// contain the word `planted`, which must not be sent.

/** A page that a visitor is looking at. */
export interface ExamplePage {
  /** Builds the page. @param main the page's main element, which is empty */
  build(main: HTMLElement): void | Promise<void>;
  /** The text of the page that is sent; a regular expression if the text is long. */
  sent: string | RegExp | undefined;
}

/** Forms with values, as the visitor left them. */
const forms = `<form>
  <label>Name <input value="planted-name"></label><label>Password <input type="password" value="planted-password"></label>
  <input type="hidden" value="planted-token"><textarea>planted-area</textarea>
  <select><option selected>planted-option</option></select><output>planted-output</output>
  <div contenteditable="true">planted-editable <b contenteditable="false">planted-island</b></div>
  <div role="textbox">planted-textbox</div><input type="submit" value="planted-submit">
  <span style="-webkit-text-security: disc">planted-dots</span>
</form>`;

/** Every way of hiding text. */
const hidden = `<div>
  <p hidden>planted-hidden</p><p style="display: none">planted-none</p><p style="visibility: hidden">planted-invisible</p>
  <p aria-hidden="true">planted-aria</p><p style="opacity: 0"><b>planted-opacity</b></p>
  <p style="position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden">planted-clip</p>
  <p style="position: absolute; clip: rect(0 0 0 0)">planted-rect</p><p style="clip-path: inset(50%)">planted-path</p>
  <p style="position: absolute; left: -9999px">planted-left</p><p style="text-indent: -9999px">planted-indent</p>
  <p style="position: relative; left: -9999px">planted-relative</p><p style="margin-left: -9999px">planted-margin</p>
  <p style="translate: -9999px">planted-translate</p><p style="clip-path: inset(0 100% 0 0)">planted-inset</p>
  <p style="transform: translateX(-9999px)">planted-moved</p><p style="transform: scale(0)">planted-scaled</p>
  <p style="font-size: 0">planted-size</p><p style="max-height: 0; overflow: hidden">planted-collapsed</p>
  <p style="content-visibility: hidden">planted-content</p>
  <details>planted-text<p>planted-details</p></details>
  <section data-rivulet-ignore><h2>planted-ignored</h2><p>planted-inside</p></section>
  <div style="position: relative; height: 0; overflow: clip"><p>planted-cut</p></div>
  <script type="text/plain">planted-script</script><style>.planted { color: red }</style>
  <template><p>planted-template</p></template><noscript>planted-noscript</noscript>
  <iframe srcdoc="<p>planted-frame"></iframe><svg><text y="10">planted-svg</text></svg>
  <canvas>planted-canvas</canvas><!-- planted-comment -->
  <a href="/?planted=link" title="planted-title">A link</a><img alt="planted-alt" src="data:,">
</div>`;

/** Adds the forms and the hidden text to a page. Only the text of the link in them is sent. */
function plant(main: Element): void {
  main.insertAdjacentHTML("beforeend", forms.replace(/<label>(Name|Password) /g, "<label>") + hidden);
}

function simple(markup: string, sent: ExamplePage["sent"]): ExamplePage {
  return {
    build(main) {
      main.innerHTML = markup;
      plant(main);
    },
    sent,
  };
}

/** The kinds, by name. */
export const examplePages: Record<string, ExamplePage> = {
  article: simple(
    `<article><h1>High   tide</h1><p>The <em>tide</em> is at <a href="/x">four</a>.<br>Be early.</p>
    <blockquote>Nobody waits.</blockquote><h2>Why</h2><ol start="3"><li>The moon<ul><li>Its mass</ul><li>The sun</ol>
    <pre>let x =  1;\n  x++;</pre><details open><summary>More</summary><p>Read on.</p></details>
    <details><summary>Less</summary></details></article>`,
    `# High tide

The tide is at four.
Be early.

Nobody waits.

## Why

3. The moon
  - Its mass
4. The sun

let x =  1;
  x++;

More

Read on.

Less

A link`,
  ),

  shop: simple(
    `<h1>Duo</h1><div style="display: flex; gap: 1em"><span>1,299 €</span><s>1,499 €</s></div>
    <div><button type="button">Add to cart</button> <span style="display: inline-block">In stock</span><span style="display: inline-block">Ships today</span></div>
    <dl><dt>Weight<dd>41 kg<dt>Power<dd>800 W</dl>`,
    `# Duo

1,299 €
1,499 €
Add to cart In stock Ships today

Weight
41 kg
Power
800 W

A link`,
  ),

  app: simple(
    `<div role="toolbar"><button>New</button><button>Delete</button></div>
    <div role="grid"><div role="row"><span role="gridcell">Invoice 7</span> <span role="gridcell">Paid</span></div></div>
    <div role="alert">Saved.</div><div role="listbox"><div role="option">planted-listbox</div></div>
    <p role="status"></p>`,
    "New Delete\nInvoice 7 Paid\nSaved.\n\nA link",
  ),

  table: simple(
    `<table><caption>Prices</caption><thead><tr><th>Size<th>Price</thead>
    <tr><td>Small | round<td>4 €<tr><td><td>6 €<br>a month<tr hidden><td>planted-row<td></table>
    <table><tr><td><h2>Left</h2><p>One.</p><td><p>Two.</p></table>`,
    `Prices
| Size | Price |
| --- | --- |
| Small \\| round | 4 € |
|  | 6 € a month |

## Left

One.

Two.

A link`,
  ),

  "single-page app": {
    build(main) {
      main.innerHTML = "<h1>Loading</h1>";
      main.innerHTML = "<h1>Second view</h1><p>It replaced the first one.</p>";
      plant(main);
    },
    sent: "# Second view\n\nIt replaced the first one.\n\nA link",
  },

  frame: {
    async build(main) {
      main.innerHTML = `<h1>Around</h1><iframe srcdoc="<h1>planted-inside</h1><input value=planted-input>"></iframe><p>After.</p>`;
      await new Promise((resolve) => main.querySelector("iframe")?.addEventListener("load", resolve));
      plant(main);
    },
    sent: "# Around\n\nAfter.\n\nA link",
  },

  "shadow DOM": {
    build(main) {
      main.innerHTML = `<div id="host"><span slot="name">Slotted</span><p>planted-unassigned</p></div><div id="closed"><p>planted-covered</p></div>`;
      const root = main.querySelector("#host")?.attachShadow({ mode: "open" });
      if (root) {
        root.innerHTML = `<h2>In the shadow</h2><slot name="name"></slot> <slot name="none">By default</slot>`;
        root.append(document.createElement("div"));
        plant(root.lastElementChild ?? main);
      }
      const closed = main.querySelector("#closed")?.attachShadow({ mode: "closed" });
      if (closed) closed.innerHTML = "<p>planted-closed</p>";
    },
    sent: "## In the shadow\n\nSlotted By default\n\nA link",
  },

  "very long": {
    build(main) {
      main.innerHTML = `<h1>All tides</h1>${"<p>A tide, <b>again</b> and 🌊.</p>".repeat(5000)}`;
      plant(main);
    },
    sent: /^# All tides\n\nA tide, again and 🌊\.\n\n(A tide|.)*$/s,
  },

  empty: simple("<div> \n </div>", "A link"),

  "right-to-left": {
    build(main) {
      document.documentElement.dir = "rtl";
      main.innerHTML = `<h1>المد العالي</h1><p style="position: relative">يكون المد في <bdi>16:00</bdi>.</p>`;
      plant(main);
      main.insertAdjacentHTML("beforeend", `<p style="position: absolute; right: -9999px">planted-right</p>`);
    },
    sent: "# المد العالي\n\nيكون المد في 16:00.\n\nA link",
  },
};
