/** What a server answered. */
export type Answer =
  | { kind: "page"; headers: Headers; bytes: Buffer }
  | { kind: "unchanged" }
  | { kind: "redirect"; location: string }
  | { kind: "status"; status: number }
  /** It is not available now. `isFinal`: there is no use in asking for other pages. */
  | { kind: "unavailable"; reason: string; isFinal: boolean }
  | { kind: "too large"; maxBytes: number };
