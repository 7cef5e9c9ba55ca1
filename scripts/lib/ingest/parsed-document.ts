/** What a parser makes of a file. */
export interface ParsedDocument {
  /** What the document itself says. The file's name is used if it says nothing. */
  title?: string;
  /** Where visitors can read it, if the document says so. */
  url?: string;
  /** BCP 47, e.g. `de`. */
  language?: string;
  /** The document says that it is not published, or leads to another one. */
  isDraft?: boolean;
  sections: readonly Section[];
}

/** A part of a document below one heading, or one page of a PDF. */
export interface Section {
  /** The headings above the text, the outermost first, without the document's title. */
  headings: readonly string[];
  /** The fragment of a URL that leads to it, without `#`. */
  anchor?: string;
  /** Paragraphs, lists, tables and code blocks as in Markdown, separated by empty lines. */
  text: string;
}

/** A file that cannot become a document. The message says why and what to do; the file's name is added to it. */
export class UnreadableDocument extends Error {
  override readonly name = "UnreadableDocument";
}
