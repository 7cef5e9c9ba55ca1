/**
 * Questions that visitors of the demo could ask next, and the subject that each one fits. The help pages answer them.
 */
const questions: readonly { about: RegExp; ask: string }[] = [
  { about: /batter|\bstore\b/i, ask: "Can the battery stay outside in winter?" },
  { about: /batter|\bstore\b/i, ask: "Which battery mode should I choose?" },
  { about: /worth|pays? for itself|price|€/i, ask: "How much does a kit produce in winter?" },
  { about: /mount|railing|panels?\b/i, ask: "What are the most common mounting mistakes?" },
  { about: /mount|railing|tools?\b/i, ask: "What is in the box?" },
  { about: /winter|kwh|south|east|west|produce/i, ask: "Is a balcony that faces east worth it?" },
  { about: /\bE\d\d\b|fault|red\b|blink/i, ask: "How can I talk to a person?" },
  { about: /\blight\b|\bcore\b|fault/i, ask: "What do the colors of the light mean?" },
  { about: /\bapp\b|wi-?fi|\bcore\b/i, ask: "How do I connect the Core to my Wi-Fi?" },
  { about: /regist|landlord|start|socket/i, ask: "What do I have to register, and where?" },
];

const maxQuestions = 3;

/**
 * The block of follow-up questions, as a model writes it; empty if there are none.
 * @param mark the mark in the request; undefined if it asks for none
 * @param conversation what has been said, oldest first: no question in it is suggested again
 */
export function followUpBlock(mark: string | undefined, conversation: readonly string[]): string {
  if (mark === undefined) return "";
  const newest = conversation.slice(-2).join(" ");
  const fitting = questions
    .filter(({ about, ask }) => about.test(newest) && !conversation.includes(ask))
    .slice(0, maxQuestions);
  if (fitting.length === 0) return "";
  return `\n\n<next-${mark}>\n${fitting.map(({ ask }) => ask).join("\n")}\n</next-${mark}>`;
}
