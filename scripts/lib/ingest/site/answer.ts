/** What a server answered. */
export type Answer =
  | { kind: "page"; headers: Headers; bytes: Buffer }
  | { kind: "unchanged" }
  | { kind: "redirect"; location: string }
  | { kind: "status"; status: number }
  /** The page is not available now. If `isFinal`, there is no point in requesting other pages of the site. */
  | { kind: "unavailable"; reason: string; isFinal: boolean }
  | { kind: "too large"; maxBytes: number };
