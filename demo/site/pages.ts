import { readFileSync } from "node:fs";
import type { Article } from "./article.ts";
import type { Page } from "./layout.ts";

/** The home page of the help center. @param chat the chat's script tag */
export function homePage(articles: readonly Article[], chat: string): Page {
  const illustration = readFileSync(new URL("balcony.svg", import.meta.url), "utf8");
  const topics = articles.map(
    ({ slug, title, summary, minutes }) =>
      `<li><a href="/${slug}"><h3>${title}</h3><p>${summary}</p><span class="minutes">${minutes} min</span></a></li>`,
  );
  return {
    title: "Sillwatt help",
    description: "Mounting, first start, battery, yield and troubleshooting for the Sillwatt Duo balcony solar kit.",
    path: "/",
    kind: "home",
    scripts: chat,
    body: `<section class="hero">
<div>
<p class="eyebrow">Help for the Sillwatt Duo</p>
<h1>Your balcony makes power. Here is how.</h1>
<p class="lead">Read five short guides, or ask the assistant in the corner of this page.</p>
<p class="actions"><a class="button" href="/install">Start with mounting</a><a class="quiet" href="/faults#codes">I have a fault code</a></p>
</div>
${illustration}
</section>
<section class="figures" aria-label="The Duo in figures">
<dl>
<div><dt>to mount it, for two people</dt><dd>90 <small>min</small></dd></div>
<div><dt>per year, facing south</dt><dd>720 <small>kWh</small></dd></div>
<div><dt>until it pays for itself</dt><dd>4.1 <small>years</small></dd></div>
</dl>
</section>
<section class="topics" aria-labelledby="topics">
<h2 id="topics">All topics</h2>
<ol>
${topics.join("\n")}
</ol>
</section>
<section class="asked" aria-labelledby="asked">
<h2 id="asked">Frequently asked questions</h2>
<ul>
<li><a href="/yield#by-direction">My balcony faces west. Is it worth it?</a></li>
<li><a href="/battery#is-it-worth-it">Is the battery worth it?</a></li>
<li><a href="/faults#codes">The light blinks red. What does it mean?</a></li>
<li><a href="/connect#register-it">Where do I have to register it?</a></li>
<li><a href="/battery#cold-heat-and-age">Can the battery stay outside in winter?</a></li>
<li><a href="/connect#for-developers">How do I read the values with a script?</a></li>
</ul>
</section>`,
  };
}

/** An article, between the list of topics and its table of contents. @param chat the chat's script tag */
export function articlePage(article: Article, articles: readonly Article[], chat: string): Page {
  const at = articles.indexOf(article);
  const next = articles[at + 1];
  const topics = articles.map(
    ({ slug, short }) =>
      `<li><a href="/${slug}"${slug === article.slug ? ' aria-current="page"' : ""}>${short}</a></li>`,
  );
  const sections = article.sections.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`);
  return {
    title: `${article.title} · Sillwatt help`,
    description: article.summary,
    path: `/${article.slug}`,
    kind: "article",
    scripts: chat,
    body: `<nav class="side" aria-label="All topics"><p>Topics</p><ul>${topics.join("")}</ul></nav>
<article>
<p class="eyebrow">${article.minutes} min read</p>
<h1>${article.title}</h1>
<p class="lead">${article.summary}</p>
${article.html}
${next ? `<p class="next"><a href="/${next.slug}"><small>Next</small>${next.title}</a></p>` : ""}
</article>
${sections.length > 1 ? `<nav class="contents" aria-label="On this page"><p>On this page</p><ul>${sections.join("")}</ul></nav>` : ""}`,
  };
}

/** A page with an inline chat and a choice between the project's assistants. */
export function comparePage(assistants: readonly { id: string; provider: string }[]): Page {
  const choices = assistants.map(
    ({ id, provider }, at) =>
      `<label><input type="radio" name="assistant" value="${id}"${at === 0 ? " checked" : ""}><span><strong>${id}</strong> ${provider}</span></label>`,
  );
  return {
    title: "Compare assistants · Sillwatt help",
    description: "The chat as part of a page, with a choice of assistants.",
    path: "/compare",
    kind: "compare",
    scripts: `<script type="module" src="/scripts/compare.js"></script>`,
    body: `<div class="intro">
<p class="eyebrow">Inline chat</p>
<h1>Compare assistants</h1>
<p class="lead">This is the same <code>&lt;rivulet-chat&gt;</code> element as in the corner of the other pages, here as part of the page. Choose which assistant answers.</p>
<fieldset class="switch">
<legend>Assistant</legend>
${choices.join("\n")}
</fieldset>
<p class="hint">Each assistant has its own conversation. Without a key, a stand-in on this machine answers, using each provider's own API.</p>
</div>
<div class="stage"><rivulet-chat mode="inline" assistant="${assistants[0]?.id ?? ""}"></rivulet-chat></div>`,
  };
}
