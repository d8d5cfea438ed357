/** Adjacent characters that belong together: a word, or Chinese, Japanese or Korean, which is written without spaces. */
export type Run =
  { readonly kind: 'word'; readonly text: string } | { readonly kind: 'cjk'; readonly characters: readonly string[] };

const unknown = 0;
const separator = 1;
const letter = 2;
const ideograph = 3;
const mark = 4;
const codePoints = 0x11_00_00;

const isCjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u30fc]/u;
const isLetter = /[\p{L}\p{N}]/u;
const isMark = /\p{M}/u;

const kinds = new Uint8Array(codePoints);

/** A longer word is found by its beginning. */
const wordUnitsMax = 64;

/** The runs of folded text, and the symbols between them. */
export function runsOf(text: string, onRun: (run: Run) => void, onSymbol?: (symbol: string) => void): void {
  let kind = separator;
  let from = 0;
  let characters: string[] = [];
  const end = (at: number): void => {
    if (kind === letter) onRun({ kind: 'word', text: cut(text.slice(from, at)) });
    if (kind === ideograph) onRun({ kind: 'cjk', characters });
  };
  for (let at = 0; at < text.length;) {
    const point = text.codePointAt(at) ?? 0;
    const width = point > 0xff_ff ? 2 : 1;
    const found = kindOf(point);
    // A mark belongs to what it stands on.
    const next = found === mark ? kind : found;
    if (next !== kind) {
      end(at);
      kind = next;
      from = at;
      characters = [];
    }
    if (kind === ideograph) characters.push(text.slice(at, at + width));
    else if (kind === separator) onSymbol?.(text.slice(at, at + width));
    at += width;
  }
  end(text.length);
}

function kindOf(point: number): number {
  const known = kinds[point] ?? unknown;
  if (known !== unknown) return known;
  const character = String.fromCodePoint(point);
  let kind = separator;
  if (isCjk.test(character)) kind = ideograph;
  else if (isLetter.test(character)) kind = letter;
  else if (isMark.test(character)) kind = mark;
  kinds[point] = kind;
  return kind;
}

function cut(word: string): string {
  if (word.length <= wordUnitsMax) return word;
  return word.slice(0, wordUnitsMax).replace(/[\ud800-\udbff]$/, '');
}
