import type { CodePainter } from "./highlight.ts";

interface Request {
  text: Text;
  language: string;
  isFinal: boolean;
  painter?: CodePainter;
}

let module: { CodePainter: typeof CodePainter } | undefined;
let isLoading = false;
/** Code blocks that are coloured, or will be: held as long as they are shown. */
const requests = new Map<Text, Request>();

/**
 * Colours code; the part that can do so is loaded with the first block that says its language.
 * @param text the code
 * @param language as it stands behind the fence
 * @param isFinal the code is whole
 */
export function colourCode(text: Text, language: string, isFinal: boolean): void {
  if (language === "") return;
  const known = requests.get(text);
  const request = known?.language === language ? known : { text, language, isFinal };
  request.isFinal = isFinal;
  if (request !== known) {
    known?.painter?.clear();
    requests.set(text, request);
    forgetGone();
  }
  if (module) paint(request);
  else load();
}

function load(): void {
  if (isLoading) return;
  isLoading = true;
  import("./highlight.ts").then(
    (loaded) => {
      module = loaded;
      for (const request of requests.values()) paint(request);
    },
    () => (isLoading = false), // offline: code without colours; the next block asks again
  );
}

function paint(request: Request): void {
  if (!module) return;
  request.painter ??= new module.CodePainter(request.text, request.language);
  request.painter.update(request.isFinal);
}

/** What was taken off the page gives its colours back. */
function forgetGone(): void {
  for (const [text, { painter }] of requests) {
    if (!painter || painter.isShown) continue;
    painter.clear();
    requests.delete(text);
  }
}
