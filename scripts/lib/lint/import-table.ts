/**
 * What each folder may import. `import-rules.ts` turns this table into lint rules; CONTRIBUTING.md has a summary.
 *
 * - A key that names a folder covers the files directly in it. They may also import each other.
 * - A key that ends in `.ts` covers single files and replaces the line of their folder. They may import only what their
 *   line lists. Where two such keys match a file, the later one applies.
 * - A folder without a line may import only its own files.
 * - A value that starts with a slash is a path in this repository: `*` matches every file of one folder, `**` the files
 *   of the folders in it too. Any other value is a package.
 */
export const importTable: Record<string, readonly string[]> = {
  protocol: [],

  assistants: ["/assistants/**", ...paths("/worker/assistants", ["definition", "project"])],
  "assistants/*": [
    "/assistants/connections.ts",
    "/worker/context/full-text/documents.ts",
    ...paths("/worker/assistants", ["definition", "project"]),
  ],

  "worker/*.ts": ["/protocol/index.ts"],
  "worker/env.ts": ["/worker/visitor/visitor.ts", "/worker/ledger/ledger.ts"],
  "worker/settings.ts": ["/protocol/index.ts", "valibot"],
  "worker/app.ts": ["/worker/**", "/protocol/index.ts", "/package.json", "hono"],
  "worker/library.ts": ["/worker/**", "/protocol/index.ts"],
  "worker/index.ts": [
    "/worker/app.ts",
    "/worker/visitor/visitor.ts",
    "/worker/ledger/ledger.ts",
    "/assistants/index.ts",
  ],
  "worker/storage": [],
  "worker/context/text": ["@orama/stemmers"],
  "worker/models": ["/protocol/index.ts"],
  "worker/assistants": [
    "/protocol/index.ts",
    "/worker/models/*",
    ...paths("/worker/context", ["source", "fixed-passages"]),
    ...paths("/worker/providers", ["provider", "adapters"]),
    "tldts",
    "valibot",
  ],
  "worker/context": ["/worker/context/text/*", "/worker/assistants/definition.ts", "/worker/prompt/tokens.ts"],
  "worker/prompt": [
    "/worker/context/source.ts",
    "/worker/providers/provider.ts",
    ...paths("/worker/assistants", ["assistant", "definition"]),
  ],
  "worker/ledger": [
    "/protocol/index.ts",
    ...paths("/worker/models", ["max-output-tokens", "prices"]),
    "/worker/assistants/assistant.ts",
    "/worker/storage/*",
    ...paths("/worker", ["log", "settings"]),
    "cloudflare:workers",
  ],
  "worker/providers": [
    "/protocol/index.ts",
    ...paths("/worker/models", ["capabilities", "thinking"]),
    "/worker/prompt/parts.ts",
    "/worker/bytes.ts",
    "eventsource-parser",
    "valibot",
  ],
  "worker/providers/adapters.ts": paths("/worker/providers", ["provider", "anthropic/anthropic", "azure/azure"]),
  "worker/providers/anthropic": [
    "/protocol/index.ts",
    "/worker/providers/*",
    "/worker/prompt/parts.ts",
    "@anthropic-ai/sdk/**",
  ],
  "worker/providers/azure": [
    "/protocol/index.ts",
    "/worker/providers/*",
    "/worker/prompt/parts.ts",
    "@azure-rest/ai-inference",
    "@azure/core-rest-pipeline",
  ],
  "worker/context/full-text": [
    "/worker/context/source.ts",
    ...paths("/worker/context/text", ["analyze", "compounds", "near-terms"]),
    "/worker/prompt/tokens.ts",
  ],
  "worker/turn": [
    "/protocol/index.ts",
    ...paths("/worker/prompt", ["assemble", "clean", "context", "parts", "tokens"]),
    ...paths("/worker/context", ["find-context", "source"]),
    ...paths("/worker/providers", ["provider", "failover"]),
    "/worker/ledger/spending.ts",
    "/worker/models/max-output-tokens.ts",
    ...paths("/worker/assistants", ["assistant", "definition"]),
    "/worker/log.ts",
  ],
  "worker/visitor": [
    "/protocol/index.ts",
    "/worker/turn/*",
    "/worker/storage/*",
    ...paths("/worker/prompt", ["assemble", "context", "history", "parts", "tokens"]),
    ...paths("/worker/ledger", ["ledger", "spending"]),
    ...paths("/worker/assistants", ["assistant", "connect", "project"]),
    ...paths("/worker", ["env", "jurisdiction", "settings"]),
    "cloudflare:workers",
  ],
  "worker/guards": [
    "/protocol/index.ts",
    ...paths("/worker/assistants", ["assistant", "lookup", "origins"]),
    ...paths("/worker", ["bytes", "env", "log", "settings"]),
    "hono",
    "valibot",
  ],
  "worker/routes": [
    "/protocol/index.ts",
    "/worker/guards/*",
    "/worker/visitor/visitor-rpc.ts",
    "/worker/ledger/limits.ts",
    ...paths("/worker/assistants", ["assistant", "connect", "lookup", "origins", "profile", "project"]),
    ...paths("/worker", ["env", "jurisdiction", "respond", "settings"]),
    "hono",
    "valibot",
  ],

  widget: ["/widget/**", "/protocol/index.ts"],
  "widget/element": ["/widget/**", "/protocol/index.ts", "lit"],
  "widget/frameworks": ["/widget/element/*"],
  "widget/embed": [
    ...paths("/widget/strings", ["en", "strings"]),
    "/widget/styles/tokens.ts",
    "/widget/view/icons.ts",
    "/widget/element/define-element.ts",
    "/widget/conversation/storage-key.ts",
  ],
  "widget/embed/{embed,embed-settings,saved-panel-state}.ts": [
    ...paths("/widget/embed", [
      "embed-settings",
      "saved-panel-state",
      "launcher",
      "launcher-button",
      "launcher-registry",
    ]),
    "/widget/conversation/storage-key.ts",
    ...paths("/widget/strings", ["other-languages", "strings"]),
  ],
  "widget/markdown": ["lit", "@speed-highlight/core", "temml"],
  "widget/conversation": ["/protocol/index.ts", "/widget/transport/*", "lit"],
  "widget/conversation/{state,reduce*}.ts": [
    "/protocol/index.ts",
    ...paths("/widget/conversation", ["state", "reduce*"]),
  ],
  "widget/transport": ["/protocol/index.ts"],
  "widget/{challenge,conversation-list,forms}": [
    "/protocol/index.ts",
    "/widget/conversation/*",
    "/widget/strings/*",
    "/widget/transport/api.ts",
    "/widget/view/*",
    "lit",
  ],
  "widget/sources": [
    "/protocol/index.ts",
    "/widget/conversation/state.ts",
    "/widget/markdown/*",
    "/widget/strings/*",
    "/widget/view/*",
    "lit",
  ],
  "widget/view": [
    "/protocol/index.ts",
    ...paths("/widget/conversation", ["state", "reduce", "draft"]),
    "/widget/markdown/*",
    "/widget/strings/*",
    "lit",
  ],
  "widget/announce": [
    ...paths("/widget/conversation", ["state", "reduce", "draft"]),
    "/widget/markdown/*",
    "/widget/strings/*",
    ...paths("/widget/view", ["context", "text-language"]),
    "lit",
  ],
  "widget/strings": [
    "/widget/conversation/state.ts",
    "/widget/embed/launcher.ts",
    "/widget/markdown/render-options.ts",
  ],
  "widget/styles": ["/widget/embed/launcher.ts", "lit"],

  demo: ["/demo/**", "/widget/define.ts", "node:*"],
  "demo/site": ["marked", "node:*"],
  "demo/stand-in": ["@copilotkit/aimock", "node:*", "node:*/*"],
};

function paths(folder: string, names: readonly string[]): string[] {
  return names.map((name) => `${folder}/${name}.ts`);
}
