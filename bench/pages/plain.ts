// The floor: each piece is appended to one text node, and the end kept in sight.
import { expose, readPieces, scrollBox } from "./page.ts";

const box = scrollBox();
const text = new Text();
box.append(text);
box.style.whiteSpace = "pre-wrap";

expose({
  start: () =>
    void readPieces((piece) => {
      text.appendData(piece);
      box.scrollTop = box.scrollHeight;
    }),
  shown: () => text.data,
});
