/** The result of parsing a file. */
export interface ParsedDocument {
  /** The title that the document itself gives. If it gives none, the title is made from the file's name. */
  title?: string;
  /** Where visitors can read it, if the document gives a URL. */
  url?: string;
  /** BCP 47, e.g. `de`. */
  language?: string;
  /** Whether the document says that it is not published, or only redirects to another one. */
  isDraft?: boolean;
  sections: readonly Section[];
}

/** A part of a document below one heading, or one page of a PDF. */
export interface Section {
  /** The headings above the text, the outermost first, without the document's title. */
  headings: readonly string[];
  /** The fragment of a URL that leads to this part, without `#`. */
  anchor?: string;
  /** Paragraphs, lists, tables and code blocks as in Markdown, separated by empty lines. */
  text: string;
}

/** A file that cannot become a document. The message says why and what to do; the file's name is added to it. */
export class UnreadableDocument extends Error {
  override readonly name = "UnreadableDocument";
}
