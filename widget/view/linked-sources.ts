/**
 * A page of this site that a visitor is about to open. If the link belongs to a source, `source` describes that source.
 */
export interface Destination {
  /** The absolute address. */
  url: string;
  source?: { index: number; title: string };
}

/**
 * The pages that sources' links lead to. The links' `href` can have a text fragment, which a router does not expect.
 */
export const linkedSources = new WeakMap<Element, Destination>();
