/**
 * What the routers of well-known libraries do to a page, in a few lines each. Runs before the page's own scripts.
 *
 * - `turboVisit(html)`: Turbo Drive keeps a clone of the body, replaces it, and runs the new one's scripts.
 * - `turboBack()`: Turbo Drive puts back the clone that it has kept, and runs its scripts.
 * - `morph(html)`: Turbo 8, idiomorph and Livewire change the body's nodes and attributes into those of a new one.
 * - `swapContents(html)`: htmx replaces everything in the body, and runs the new scripts.
 * - `astroVisit(html)`: Astro replaces the body and the root's attributes in a view transition, and runs only scripts
 *   that it has not run before.
 */
export const routers = `{
  const kept = [];
  const runScripts = (root) => {
    for (const old of root.querySelectorAll("script")) {
      const script = document.createElement("script");
      for (const { name, value } of old.attributes) script.setAttribute(name, value);
      script.textContent = old.textContent;
      old.replaceWith(script);
    }
    return root;
  };
  const parse = (html) => {
    const body = document.createElement("body");
    body.innerHTML = html;
    return body;
  };
  const change = (from, to) => {
    for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
    for (const { name, value } of to.attributes) from.setAttribute(name, value);
    for (const [at, node] of [...to.childNodes].entries()) {
      const present = from.childNodes[at];
      if (present?.nodeName !== node.nodeName) from.insertBefore(runScripts(node.cloneNode(true)), present ?? null);
      else if (node instanceof Element) change(present, node);
      else present.data = node.data;
    }
    while (from.childNodes.length > to.childNodes.length) from.lastChild.remove();
  };
  Object.assign(window, {
    turboVisit(html) {
      kept.push(document.body.cloneNode(true));
      document.body.replaceWith(runScripts(parse(html)));
    },
    turboBack() {
      document.body.replaceWith(runScripts(kept.pop()));
    },
    morph(html) {
      change(document.body, parse(html));
    },
    swapContents(html) {
      const old = [...document.body.childNodes];
      document.body.prepend(...runScripts(parse(html)).childNodes);
      for (const node of old) node.remove();
    },
    async astroVisit(html) {
      const swap = () => {
        for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name);
        document.documentElement.lang = "en";
        const body = parse(html);
        for (const script of body.querySelectorAll("script"))
          if (!document.querySelector('script[src="' + script.src + '"]')) runScripts(script.parentNode);
        document.body.replaceWith(body);
      };
      await document.startViewTransition(swap).finished;
    },
  });
}`;
