import { launcher } from "../embed/launcher.ts";
import { answerStyles } from "./answer.ts";
import { composerStyles } from "./composer.ts";
import { launcherMotion } from "./launcher-motion.ts";
import { messagesStyles } from "./messages.ts";
import { noticesStyles } from "./notices.ts";
import { panelTokens } from "./panel-tokens.ts";
import { panelStyles } from "./panel.ts";
import { printStyles } from "./print.ts";

let sheet: CSSStyleSheet | undefined;

/** The styles that the element always has. Tokens and the launcher's styles come first, and print styles last. */
export function elementSheet(): CSSStyleSheet {
  if (sheet) return sheet;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(
    [
      launcher.launcherSheet,
      launcherMotion,
      panelTokens,
      panelStyles,
      messagesStyles,
      answerStyles,
      noticesStyles,
      composerStyles,
      printStyles,
    ].join("\n"),
  );
  return sheet;
}
