import { answerStyles } from "./answer.ts";
import { composerStyles } from "./composer.ts";
import { launcherStyles } from "./launcher.ts";
import { messagesStyles } from "./messages.ts";
import { noticesStyles } from "./notices.ts";
import { panelStyles } from "./panel.ts";
import { tokens } from "./tokens.ts";

/** All styles of the element, tokens first. */
export const elementStyles = [
  tokens,
  launcherStyles,
  panelStyles,
  messagesStyles,
  answerStyles,
  noticesStyles,
  composerStyles,
].join("\n");
