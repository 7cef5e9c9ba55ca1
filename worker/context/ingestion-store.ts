/** A document, cut into the passages that answers are based on. */
export interface StoredDocument {
  /** Identifies the document within the assistant, e.g. `guide/install.md`. */
  path: string;
  title: string;
  /** Where visitors can read it: a full URL, or a path on the site. */
  url?: string;
  /** A hash of what the document and its chunks were made from. If it is unchanged, nothing has to be written. */
  hash: string;
  /** What the web server said about the version that it sent. Undefined for files. */
  validators?: Validators;
  chunks: readonly StoredChunk[];
}

/** What is kept about a web page, so that the next request can ask whether it has changed (RFC 9110, section 8.8). */
export interface Validators {
  etag?: string;
  lastModified?: string;
  /** The paths on the site that the page links to. A response that says the page is unchanged omits them. */
  links?: readonly string[];
}

/** A passage of a document. */
export interface StoredChunk {
  /** The headings above it, from the outermost one to the innermost one. */
  headings: readonly string[];
  content: string;
  /** The id of its place on the page, without `#`. */
  anchor?: string;
}

/** What is known about a stored document. */
export interface KnownDocument {
  /**
   * Empty if the stored version was made with another text analysis or embedding model than the current one. The
   * document must then be written again.
   */
  hash: string;
  validators?: Validators;
}

/** The documents of one assistant, as ingestion writes them. Readers never see a partly written document. */
export interface IngestionStore {
  /**
   * Makes or extends the tables, and removes what interrupted runs have left.
   * @throws Error if the database is of a later version than this code
   */
  migrate(): Promise<void>;
  /** What is known about every document, by its path. */
  hashes(): Promise<Map<string, KnownDocument>>;
  /** Writes a document, or its new version. */
  put(document: StoredDocument, signal?: AbortSignal): Promise<void>;
  /** Removes documents with everything that belongs to them. */
  remove(paths: Iterable<string>): Promise<void>;
}
