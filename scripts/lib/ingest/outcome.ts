/** Why a page of a site is not a document of its own. */
export type LeftOut = "redirects" | "duplicates" | "noindex" | "robots" | "outside" | "other";

/** What became of one document. */
export type Outcome =
  | { state: "new" | "changed"; path: string; passages: number }
  | { state: "unchanged" | "removed" | "draft"; path: string }
  | { state: "left out"; path: string; reason: LeftOut }
  | { state: "failed"; path: string; reason: string }
  /** A site has more pages than this run reads. `count` is the number of addresses that were found but not read. */
  | { state: "limited"; path: string; limit: "max-pages" | "max-depth"; value: number; count: number };
