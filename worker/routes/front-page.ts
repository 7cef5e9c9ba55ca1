import type { Handler } from "hono";
import type { AppEnv } from "../guards/variables.ts";

/**
 * The page at the worker's own address, for somebody who opens it in a browser. It names no assistant: each website is
 * configured with the id of its assistant, and nobody else needs to know the ids.
 * @param version the version of this package
 */
export function frontPage(version: string): Handler<AppEnv> {
  return (c) => {
    const nonce = crypto.randomUUID();
    c.header(
      "content-security-policy",
      `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    return c.html(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Rivulet Chat</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; background: Canvas; color: CanvasText }
body { max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem; font: 1.0625rem/1.6 system-ui, sans-serif }
a { color: light-dark(#0b57d0, #a8c7fa) }
</style>
</head>
<body>
<main>
<h1>Rivulet Chat</h1>
<p>This is the worker behind the chat of a website. The chat itself appears on the pages of that website.</p>
<ul>
<li><a href="v1/health">Health</a>: whether the chat is set up</li>
<li><a href="docs/">Documentation</a> of this version, ${version}</li>
</ul>
</main>
</body>
</html>
`);
  };
}
