/** An answer with every kind of Markdown. */
export const fullAnswer = `# How to *brew* tea

Tea is **simple**. See [the guide](https://example.com/guide?x=1), or \`man tea\`.

1. Boil water
2. Wait **three** minutes. Really.
   - or four

- [x] Cup
- [ ] Milk

| Tea | Minutes | °C |
|---|:-:|---|
| green | 2 | 75 |
| black | 3 | 95 |

\`\`\`ts
const tea = brew();
drink(tea);
\`\`\`

$$\\frac{a}{b}$$

> Take *time*.

The end.
`;

/** The announcements of that answer. */
export const fullAnswerAnnounced = [
  "Heading: How to brew tea.",
  "Tea is simple.",
  "See the guide, or man tea.",
  "1. Boil water.",
  "2. Wait three minutes.",
  "Really.",
  "or four.",
  "Done: Cup.",
  "To do: Milk.",
  "Table, 3 columns, 3 rows.",
  "Code, 2 lines, TypeScript.",
  "formula.",
  "Take time.",
  "The end.",
];
