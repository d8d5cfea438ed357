import { UnreadEntry } from '../validation/unread-entry.ts';

/** A route whose body has a list of many entries, each as large as another body may be. */
export interface LongBody {
  readonly path: string;
  readonly bytesMax: number;
  /** The field that has the list. */
  readonly list: string;
  readonly entriesMax: number;
}

export interface SplitBody {
  /** The body with an empty list, as JSON. */
  readonly rest: string;
  /** The entries as JSON, which may be invalid; one more than the most, if there are too many. */
  readonly entries: readonly string[];
}

/** Undefined for what is no JSON object. */
export function splitBody(text: string, { list, entriesMax }: LongBody): SplitBody | undefined {
  let at = afterSpace(text, text.startsWith('\ufeff') ? 1 : 0);
  if (text[at] !== '{') return undefined;
  for (;;) {
    const name = afterSpace(text, at + 1);
    const colon = afterSpace(text, endOfString(text, name));
    if (text[name] !== '"' || text[colon] !== ':') return { rest: text, entries: [] };
    const value = afterSpace(text, colon + 1);
    if (isName(text.slice(name, colon), list) && text[value] === '[') {
      const { entries, end } = entriesFrom(text, value + 1, entriesMax);
      return { rest: `${text.slice(0, value + 1)}${end === undefined ? ']}' : text.slice(end)}`, entries };
    }
    at = endOfValue(text, value);
    if (text[at] !== ',') return { rest: text, entries: [] };
  }
}

/** The body, with entries that are to be read one by one: reading all of them at once would hold the event loop. */
export function withEntries(
  body: Record<string, unknown>,
  entries: readonly string[],
  { list }: LongBody,
  parse: (text: string) => unknown,
): Record<string, unknown> {
  if (!Array.isArray(body[list])) return body;
  return { ...body, [list]: entries.map((text) => new UnreadEntry(text, parse)) };
}

function entriesFrom(text: string, start: number, entriesMax: number): { entries: string[]; end: number | undefined } {
  const entries: string[] = [];
  for (let at = start; ;) {
    const end = endOfValue(text, at);
    const entry = text.slice(at, end);
    const isEmptyList = entries.length === 0 && text[end] === ']' && entry.trim() === '';
    if (!isEmptyList) entries.push(entry);
    if (entries.length > entriesMax) return { entries, end: undefined };
    if (text[end] !== ',') return { entries, end };
    at = end + 1;
  }
}

const space = /[^ \t\r\n]/g;

function afterSpace(text: string, from: number): number {
  space.lastIndex = from;
  return space.exec(text)?.index ?? text.length;
}

function isName(json: string, name: string): boolean {
  try {
    return JSON.parse(json) === name;
  } catch {
    return false;
  }
}

const [quote, backslash, comma, openList, closeList, openObject, closeObject] = Array.from('"\\,[]{}', (character) =>
  character.charCodeAt(0),
);

/** Where the comma or bracket after a value is, or the end of the text. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at) - 1;
    else if (code === openList || code === openObject) depth++;
    else if (code === closeList || code === closeObject) {
      if (depth === 0) return at;
      depth--;
    } else if (code === comma && depth === 0) return at;
  }
  return text.length;
}

/** Where the text goes on after the quote that ends a string. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes++;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
}
