import type { Found } from "./scan-link.ts";
import type { InlineElement } from "./inline.ts";

const angleAddress = /<([A-Za-z][A-Za-z\d+.-]{1,31}:[^\s<>]*)>/y;
const angleMail =
  /<([\w.!#$%&'*+/=?^`{|}~-]+@[\da-zA-Z](?:[\da-zA-Z-]{0,61}[\da-zA-Z])?(?:\.[\da-zA-Z](?:[\da-zA-Z-]{0,61}[\da-zA-Z])?)*)>/y;
/**
 * Matches a bare address. It ends before an unbalanced closing bracket, a curly quotation mark, and Chinese or Japanese
 * punctuation.
 */
const bareAddress =
  /(?:https?:\/\/|www\.)[\p{L}\d](?:[^\s<[\]\u2018-\u201F\u3000-\u303F\uFF00-\uFF1F]+|\[[^\s<[\]]*\])*/iuy;
const bareMail = /[\w.+-]{1,64}@[\da-z](?:[\w-]*[\da-z])?(?:\.[\da-z](?:[\w-]*[\da-z])?)+/iy;

/** The only HTML that is supported, because models need it in table cells. It includes a newline after it. */
const lineBreak = /<br ?\/?>\n?/iy;

/** Reads an address in angle brackets (CommonMark 0.31.2, section 6.5), or a `<br>`. */
export function scanAutolink(text: string, start: number): Found<InlineElement> | undefined {
  lineBreak.lastIndex = start;
  if (lineBreak.test(text)) return { value: { kind: "break", children: [] }, end: lineBreak.lastIndex };
  angleAddress.lastIndex = start;
  angleMail.lastIndex = start;
  const address = angleAddress.exec(text);
  const match = address ?? angleMail.exec(text);
  const words = match?.[1];
  if (!match || words === undefined) return undefined;
  const destination = address ? words : `mailto:${words}`;
  return { value: { kind: "link", destination, children: [words] }, end: start + match[0].length };
}

/**
 * Reads a bare address in running text (GitHub Flavored Markdown 0.29, section 6.9). The position must be the start of
 * a word.
 */
export function scanBareAddress(text: string, start: number): Found<InlineElement> | undefined {
  bareAddress.lastIndex = start;
  bareMail.lastIndex = start;
  const address = bareAddress.exec(text)?.[0];
  if (address !== undefined) {
    const words = trimAddress(address);
    if (!/[\p{L}\d]\.?[\p{L}\d-]/u.test(words.replace(/^(?:https?:\/\/|www\.)/i, "x"))) return undefined;
    return linkTo(words.startsWith("w") || words.startsWith("W") ? `http://${words}` : words, words, start);
  }
  const mail = bareMail.exec(text)?.[0];
  return mail === undefined || /[-_]$/.test(mail) ? undefined : linkTo(`mailto:${mail}`, mail, start);
}

function linkTo(destination: string, words: string, start: number): Found<InlineElement> {
  return { value: { kind: "link", destination, isBare: true, children: [words] }, end: start + words.length };
}

/** Removes trailing punctuation, and a closing bracket that was not opened in the address. */
function trimAddress(address: string): string {
  let end = address.length;
  let spareBrackets = address.split(")").length - address.split("(").length;
  for (; end > 0; end -= 1) {
    const char = address.charAt(end - 1);
    if (!/[?!.,:*_~'";)]/.test(char) || (char === ")" && spareBrackets <= 0)) break;
    if (char === ")") spareBrackets -= 1;
  }
  return address.slice(0, end).replace(/&[a-zA-Z\d]+$/, (entity) => (address[end] === ";" ? "" : entity));
}
