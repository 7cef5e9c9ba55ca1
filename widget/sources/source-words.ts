import type { AnswerState } from "../conversation/state.ts";
import type { Source } from "../../protocol/index.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import { sources as english } from "../strings/en.ts";
import { languageFor } from "../strings/languages.ts";
import type { ChatStrings, SourceStrings } from "../strings/strings.ts";

/** How many titles are announced. */
const announcedTitles = 3;

/** The strings of sources. */
export function stringsOf({ strings }: { strings: ChatStrings }): SourceStrings {
  return languageFor(strings.lang).sources ?? english;
}

/** An answer's sources: those that it cites, by number, and the others. All of them count as cited if none is. */
export function sortSources({ sources, citations }: AnswerState): { cited: Source[]; others: Source[] } {
  const isCited = ({ index }: Source) => citations.some((citation) => citation.index === index);
  const cited = sources.filter(isCited);
  return cited.length === 0
    ? { cited: [...sources], others: [] }
    : { cited, others: sources.filter((each) => !isCited(each)) };
}

/** What is announced of an answer's sources; an empty string if it has none. */
export function sourcesWords(answer: AnswerState, strings: ChatStrings): string {
  const { cited } = sortSources(answer);
  const titles = cited.slice(0, announcedTitles).map(({ title }) => withoutOverrides(title));
  return cited.length === 0 ? "" : stringsOf({ strings }).announced(cited.length, titles);
}
