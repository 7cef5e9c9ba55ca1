import type { Citation, FinishReason, ProviderData } from "../../protocol/index.ts";
import type { AnswerDraft } from "./answer-draft.ts";
import type { FollowUpMarks } from "../prompt/follow-ups.ts";
import { textOf } from "../prompt/parts.ts";
import { CitationMarkers, type AnswerPiece } from "./citation-markers.ts";
import type { DeltaBuffer } from "./delta-buffer.ts";
import { FollowUpBlock, type SplitPiece } from "./follow-up-block.ts";
import { plainText } from "./plain-text.ts";
import { readFollowUps, type Suggested } from "./read-follow-ups.ts";
import type { TurnSubject } from "./turn-storage.ts";

/** How much of a citation's quote is processed, in UTF-16 units. The quote that is shown is shorter. */
const maxCitedChars = 4000;

/** Where the text and the citations of an answer go. */
export interface AnswerTextParts {
  draft: AnswerDraft;
  deltas: DeltaBuffer;
  cite: (citation: Citation, providerData: ProviderData | undefined) => void;
  /** Called for a citation that there is no room for. */
  dropCitation: () => void;
}

/** What a model was asked to write besides its answer. */
export interface AskedMarks {
  /** The numbers of the sources that it may cite by markers in its text; empty if it was not asked for markers. */
  citable: ReadonlySet<number>;
  /** The marks around its follow-up questions; undefined if it was not asked for any. */
  followUps: FollowUpMarks | undefined;
}

/** Passes the text and the citations of an answer on to its draft and its followers. */
export class AnswerText {
  readonly #draft: AnswerDraft;
  readonly #deltas: DeltaBuffer;
  readonly #cite: AnswerTextParts["cite"];
  readonly #dropCitation: () => void;
  /** Undefined if the model was not asked to cite by markers. */
  #markers: CitationMarkers | undefined;
  /** Undefined if the model was not asked for follow-up questions. */
  #followUps: FollowUpBlock | undefined;

  constructor({ draft, deltas, cite, dropCitation }: AnswerTextParts) {
    this.#draft = draft;
    this.#deltas = deltas;
    this.#cite = cite;
    this.#dropCitation = dropCitation;
  }

  /** Begins the text of another request. */
  begin({ citable, followUps }: AskedMarks): void {
    this.#markers = citable.size > 0 ? new CitationMarkers(citable) : undefined;
    this.#followUps = followUps && new FollowUpBlock(followUps);
  }

  /**
   * Adds a piece of the model's text. If the whole piece is held back, its provider data is sent with an empty delta.
   * If it belongs to the follow-up questions, its provider data is dropped.
   */
  write(content: string, providerData: ProviderData | undefined): void {
    this.#write(this.#followUps?.push(content) ?? { shown: content, hidden: "" }, providerData);
  }

  #write({ shown, hidden }: SplitPiece, providerData: ProviderData | undefined): void {
    this.#draft.addHidden(hidden);
    if (shown === "" && (hidden !== "" || providerData === undefined)) return;
    this.#show(this.#markers?.push(shown) ?? [{ type: "text", text: shown }], providerData);
  }

  /**
   * Adds a citation from the provider at the end of the text so far, unless it is there already or the text is inside
   * the follow-up questions.
   */
  cite(index: number, quote: string | undefined, providerData: ProviderData | undefined): void {
    if (this.#followUps?.isOpen !== true) this.#addCitation(index, quote, providerData);
  }

  #addCitation(index: number, quote: string | undefined, providerData: ProviderData | undefined): void {
    const words = quote === undefined ? undefined : plainText(quote.slice(0, maxCitedChars)) || undefined;
    if (this.#draft.hasCitation(index, words)) return;
    const citation = this.#draft.addCitation(index, words);
    if (citation === undefined) return this.#dropCitation();
    this.#cite(citation, providerData);
  }

  /** Ends the text: shows what was held back because a marker might have begun there. */
  end(): void {
    this.#write(this.#followUps?.end() ?? { shown: "", hidden: "" }, undefined);
    this.#show(this.#markers?.end() ?? [], undefined);
  }

  /** What is suggested after the answer: nothing if the answer is blank or ended other than by `stop` or `length`. */
  suggestedAfter(finishReason: FinishReason, { assistant, message }: TurnSubject): Suggested {
    const isEnd = finishReason === "stop" || finishReason === "length";
    if (this.#followUps === undefined || !isEnd || this.#draft.isBlank) return { suggestions: [] };
    const asked = { question: textOf(message.parts), isCut: finishReason === "length" };
    return readFollowUps(this.#followUps, assistant, asked);
  }

  #show(pieces: readonly AnswerPiece[], providerData: ProviderData | undefined): void {
    let data = providerData;
    for (const piece of pieces) {
      if (piece.type === "text") {
        this.#deltas.add("delta", this.#draft.addDelta(piece.text), data, Date.now());
        data = undefined;
        continue;
      }
      this.#draft.addHidden(piece.removed);
      for (const index of piece.indexes) this.#addCitation(index, undefined, undefined);
    }
    if (data !== undefined) this.#deltas.add("delta", "", data, Date.now());
  }
}
