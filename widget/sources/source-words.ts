import type { AnswerState } from "../conversation/state.ts";
import type { Source } from "../../protocol/index.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import { sources as english } from "../strings/en.ts";
import type { Strings } from "../strings/languages.ts";
import { fill, plural } from "../strings/plural.ts";
import type { SourceStrings } from "../strings/strings.ts";

/** Maximum number of titles that are announced. */
const announcedTitles = 3;

/** The strings of sources. */
export function stringsOf({ strings }: { strings: Strings }): SourceStrings {
  return strings.part("sources", english);
}

/** The name of a citation, for screen readers. */
export function sourceName({ index, title }: Source, context: { strings: Strings }): string {
  return fill(stringsOf(context).source, { index, title: withoutOverrides(title) });
}

/** Separates the sources that an answer cites from the others. If it cites none, all of them count as cited. */
export function sortSources({ sources, citations }: AnswerState): { cited: Source[]; others: Source[] } {
  const isCited = ({ index }: Source) => citations.some((citation) => citation.index === index);
  const cited = sources.filter(isCited);
  return cited.length === 0
    ? { cited: [...sources], others: [] }
    : { cited, others: sources.filter((each) => !isCited(each)) };
}

/** What is announced about an answer's sources; an empty string if it has none. */
export function sourcesWords(answer: AnswerState, strings: Strings): string {
  const { cited } = sortSources(answer);
  if (cited.length === 0) return "";
  const titles = cited.slice(0, announcedTitles).map(({ title }) => withoutOverrides(title));
  const words = plural(strings.lang, stringsOf({ strings }).announced, cited.length);
  return fill(words, { titles: titles.join(strings.announcements.separator) });
}
