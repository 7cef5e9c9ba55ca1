import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { build } from "rolldown";

/** The pages, in the order of the table. */
export const contestants = ["plain", "streaming-markdown", "rivulet", "snippet", "deep-chat", "persona"] as const;

/** One page of the bench. */
export type Contestant = (typeof contestants)[number];

/** A page that opens a long conversation. */
export interface OpenPage {
  name: string;
  page: "rivulet-open" | "deep-chat-open";
  query: string;
}

/** The pages that open a long conversation, in the order of the table. */
export const openPages: readonly OpenPage[] = [
  { name: "rivulet", page: "rivulet-open", query: "" },
  { name: "rivulet, all at once", page: "rivulet-open", query: "?whole" },
  { name: "deep-chat", page: "deep-chat-open", query: "" },
];

/** Bundles each page separately, as a site would. */
export async function buildPages(root: string, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of [...contestants, "rivulet-open", "deep-chat-open"]) {
    await build({
      cwd: root,
      input: { [name]: `${root}/pages/${name}.ts` },
      platform: "browser",
      transform: { target: "es2022" },
      logLevel: "silent",
      resolve: { conditionNames: ["production", "browser", "import", "default"] },
      output: {
        dir: folder,
        format: "es",
        entryFileNames: "[name].js",
        chunkFileNames: `${name}-[name]-[hash].js`,
        minify: true,
      },
    });
  }
  copyFileSync(`${root}/node_modules/@runtypelabs/persona/dist/widget.css`, `${folder}/persona.css`);
}
