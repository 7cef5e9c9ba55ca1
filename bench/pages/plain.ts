// The lower bound: each piece is appended to one text node, and the end is scrolled into view.
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
