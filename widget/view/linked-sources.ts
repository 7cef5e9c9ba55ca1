/** A page of this site that a visitor is about to open, and the source that it is, if it is one. */
export interface Destination {
  /** The absolute address. */
  url: string;
  source?: { index: number; title: string };
}

/** Where the links of sources lead. Their own address can have a text fragment, which a router does not expect. */
export const linkedSources = new WeakMap<Element, Destination>();
