import type { Found } from "./scan-link.ts";
import type { InlineElement } from "./inline.ts";
import { characterBefore, unspaced } from "./unspaced.ts";

const angleAddress = /<([A-Za-z][A-Za-z\d+.-]{1,31}:[^\s<>]*)>/y;
const angleMail =
  /<([\w.!#$%&'*+/=?^`{|}~-]+@[\da-zA-Z](?:[\da-zA-Z-]{0,61}[\da-zA-Z])?(?:\.[\da-zA-Z](?:[\da-zA-Z-]{0,61}[\da-zA-Z])?)*)>/y;
/** Dashes, curly quotation marks, and Chinese and Japanese punctuation. They end a bare address, or precede it. */
export const outerMarks = "\u2010-\u203A\u3000-\u303F\uFF00-\uFF1F";

const inAddress = `[^\\s<[\\]${outerMarks}]`;
/**
 * Matches a character in a script without spaces that ends an address. Such text may only start a part of the address:
 * `…/文`, but not `…/docs页面`.
 */
const isText = `(?<![/=&#_~%+-]|[${unspaced}]\\.?)[${unspaced}]`;
/** A host in such a script must contain a dot: `https://例え.jp`, but not `以https://开头`. */
const host = `(?:(?![${unspaced}])[\\p{L}\\d]|(?=[^\\s/${outerMarks}]{1,63}\\.\\p{L})[${unspaced}])`;
/** Matches a bare address, which ends before an unbalanced square bracket. */
const bareAddress = new RegExp(`(?:https?://|www\\.)${host}(?:(?!${isText})${inAddress}|\\[[^\\s<[\\]]*\\])*`, "iuy");
const bareMail = /(?:mailto:)?[\w.+-]{1,64}@[\da-z](?:[\w-]*[\da-z])?(?:\.[\da-z](?:[\w-]*[\da-z])?)+/iy;

const beforeScheme = new RegExp(`[^\\p{L}\\p{N}<\\\\/.@+-]|[${unspaced}]`, "u");
const beforeName = new RegExp(`[\\s*_~["'(:${outerMarks}${unspaced}]`, "u");
/** Matches credentials up to their colon: in `postgres://user:password@host.example`, no address starts after it. */
const credentials = /[\p{N}/@:.][\p{L}\p{N}_.-]*:$/u;

/** The only HTML that is supported, because models need it in table cells. A newline after it is part of the match. */
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
 * Reads a bare address in running text (GitHub Flavored Markdown 0.29, section 6.9). As on GitHub, `https://` may
 * follow most punctuation, but no letter or digit of a script with spaces.
 */
export function scanBareAddress(text: string, start: number): Found<InlineElement> | undefined {
  const before = characterBefore(text, start);
  bareAddress.lastIndex = start;
  bareMail.lastIndex = start;
  const address = bareAddress.exec(text);
  if (address) {
    const isName = /^w/i.test(address[0]);
    const words = trimAddress(address[0]);
    if (!(isName ? beforeName : beforeScheme).test(before)) return undefined;
    if (!/[\p{L}\d]\.?[\p{L}\d-]/u.test(words.replace(/^(?:https?:\/\/|www\.)/i, "x"))) return undefined;
    return linkTo(isName ? `http://${words}` : words, words, start);
  }
  if (!beforeName.test(before) || (before === ":" && credentials.test(text.slice(Math.max(0, start - 64), start))))
    return undefined;
  const mail = bareMail.exec(text)?.[0];
  if (mail === undefined || /[-_]$/.test(mail)) return undefined;
  return linkTo(mail.replace(/^(?!mailto:)/i, "mailto:"), mail, start);
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
