import { default_renderer, parser, parser_end, parser_write } from "streaming-markdown";
import { expose, readPieces, scrollBox } from "./page.ts";

const box = scrollBox();
const content = document.createElement("div");
box.append(content);
const writer = parser(default_renderer(content));

expose({
  start: () =>
    void readPieces((piece) => {
      parser_write(writer, piece);
      box.scrollTop = box.scrollHeight;
    }).then(() => parser_end(writer)),
  shown: () => content.lastElementChild?.textContent ?? "",
});
