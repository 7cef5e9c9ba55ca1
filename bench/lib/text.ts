/**
 * The distance between two markers, in characters. The markers in the shown text tell how much of the text a page has
 * shown.
 */
const markerEveryChars = 100;

const sections = [
  "## How a stream finds its way\n\nWater takes the **shortest way down**, and never the straight one. It *collects* in every hollow, waits until there is enough of it, and goes on over the lowest edge; see [the hydrology handbook](https://example.com/handbook) for the details.\n\n",
  "What decides about the speed:\n\n- the slope of the bed, which is `rise / run`,\n- the roughness of what it runs over,\n  - gravel slows it down,\n  - smooth rock hardly does,\n- and how much there is of it.\n\n",
  "```js\n// Manning's formula for the mean velocity\nexport function velocity({ radius, slope, roughness }) {\n  if (slope < 0) throw new RangeError('water runs down');\n  return (radius ** (2 / 3) * Math.sqrt(slope)) / roughness;\n}\n```\n\n",
  "| Bed | Roughness | Velocity |\n|:----|----------:|---------:|\n| concrete | 0.013 | 4.1 m/s |\n| gravel | 0.029 | 1.8 m/s |\n| weeds | 0.050 | 1.1 m/s |\n\n",
  "1. Measure the cross-section at three places.\n2. Take the mean, and **write down** the date.\n3. Repeat it after rain, since ~~nobody believes~~ few people expect how much it changes.\n\n",
  "> A rivulet is a small stream. It finds its way around every stone, and it never stops for one.\n\n",
  "In the end every one of them reaches a river, and the river does not ask where the water has been. That is a comfort to some people, and a problem to those who have to keep it clean, as anybody will tell you who has worked in a treatment plant on the Monday after a holiday.\n\n",
];

/** What is streamed. */
export interface BenchText {
  text: string;
  /** The position in the text at which each marker ends. */
  markers: number[];
}

/**
 * Makes an answer like a model's, with paragraphs, headings, lists, code, tables and quotations.
 * @param chars the approximate length
 */
export function benchText(chars: number): BenchText {
  let source = "";
  for (let index = 0; source.length < chars; index += 1) source += sections[index % sections.length];
  const markers: number[] = [];
  let text = "";
  let next = markerEveryChars;
  for (const word of source.match(/\S+|\s+/g) ?? []) {
    if (text.length >= chars - 20) break;
    text += word;
    if (text.length < next || !/^[a-z]{3,}$/.test(word)) continue;
    text += ` m${String(markers.length).padStart(4, "0")}`;
    markers.push(text.length);
    next = text.length + markerEveryChars;
  }
  return { text: `${text} theend`, markers };
}
