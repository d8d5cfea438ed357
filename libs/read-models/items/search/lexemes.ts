/**
 * The lexemes of the search index. Words and pairs of characters have no marker; the others start with a symbol, which
 * no word does.
 */
export const lexeme = {
  /** A word or pair of characters in the name. */
  inName: (token: string): string => `>${token}`,
  /** The first character of the name. */
  nameStart: (character: string): string => `^${character}`,
  tag: (tag: string): string => `#${tag.slice(0, tagUnitsMax).toWellFormed()}`,
  /** A word in which one letter may be anything. */
  similar: (pattern: string): string => `~${pattern}`,
} as const;

const tagUnitsMax = 500;

export const anyLetter = '?';

const latin = /^\p{Script=Latin}+$/u;
const similarUnitsMax = 32;

/** Whether the word can be searched with a typo of one letter. */
export function isLatinWord(word: string, lengthMin: number): boolean {
  return word.length >= lengthMin && word.length <= similarUnitsMax && latin.test(word);
}

/** The word with each of its letters replaced. */
export function replacements(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + anyLetter + word.slice(at + 1));
}

/** Quoted for `tsvector` and `tsquery`: nothing in it has a meaning there. */
export function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '$&$&')}'`;
}
