import { normalized, normalizedUnitsMax } from '#platform';

/** ASCII, kana, Chinese characters, Korean syllables and their punctuation, none of which composes with another. */
const simple = /^[\0-\x7f\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]*$/;
const wide = /[\u3000\uff01-\uff5e]/;
const everyWide = /[\u3000\uff01-\uff5e]/g;
const wideOffset = 0xfe_e0;
const invisible = /\p{Default_Ignorable_Code_Point}+/gu;
/** Blocks of Latin and Greek letters with accents. */
const accented = /[\u00c0-\u024f\u0370-\u03ff\u1e00-\u1fff]/g;
const marks = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
const spelledOut: Readonly<Record<string, string>> = { ß: 'ss', ς: 'σ' };
const breaks = /[\s\p{P}]/u;

const plain = new Map<string, string>();

/**
 * Text as it is compared in a search: without differences of width, case and accents. Marks of other scripts are kept,
 * since they make other letters there.
 */
export function folded(text: string): string {
  // As below, only sooner: most texts of a shop are of this kind.
  if (simple.test(text)) return (wide.test(text) ? text.replace(everyWide, narrow) : text).toLowerCase();
  const composed = slices(text.replace(invisible, ''))
    .map((slice) => normalized('NFKC', slice))
    .join('');
  return composed.toLowerCase().replace(accented, withoutAccent).replace(marks, '$1');
}

function narrow(character: string): string {
  return character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - wideOffset);
}

function withoutAccent(letter: string): string {
  let found = plain.get(letter);
  if (found === undefined) {
    found = spelledOut[letter] ?? normalized('NFD', letter).slice(0, 1);
    plain.set(letter, found);
  }
  return found;
}

/** Only short text is normalised: longer text is cut, where possible before a character that composes with nothing. */
function slices(text: string): string[] {
  const cut: string[] = [];
  let from = 0;
  while (text.length - from > normalizedUnitsMax) {
    const to = cutBefore(text, from, from + normalizedUnitsMax);
    cut.push(text.slice(from, to));
    from = to;
  }
  return [...cut, text.slice(from)];
}

function cutBefore(text: string, from: number, to: number): number {
  for (let at = to; at > from; at -= 1) if (breaks.test(text.charAt(at))) return at;
  const isPair = /[\udc00-\udfff]/.test(text.charAt(to));
  return isPair ? to - 1 : to;
}
