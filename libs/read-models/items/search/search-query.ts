import { folded } from './fold.ts';
import { anyLetter, isLatinWord, lexeme, quoted, replacements } from './lexemes.ts';
import { runsOf, type Run } from './runs.ts';

/** What to find, each as the text of a `tsquery`. */
export interface SearchQuery {
  /** Everything that is wanted, wherever it is. */
  readonly anywhere: string;
  /** Everything that is wanted, in the name. */
  readonly inName: string;
  /** As `anywhere`, where a long word may have a typo; undefined without such a word. */
  readonly similar: string | undefined;
}

/** What is written without a space between, and is wanted side by side. */
interface Phrase {
  readonly runs: readonly Run[];
  /** Whether its last word may go on: no symbol ends it. */
  readonly isOpen: boolean;
}

/** From this length on, a word may have a typo of one letter. */
const typoLengthMin = 5;

/** Words, phrases and symbols that are all wanted. Undefined when the text contains nothing that can be searched. */
export function searchQueryOf(text: string): SearchQuery | undefined {
  const chunks = folded(text).split(/\s+/);
  const phrases = chunks.map(phraseIn).filter(({ runs }) => runs.length > 0);
  if (phrases.length === 0) return symbolsQuery(chunks.join(''));
  const anywhere = phrases.map((phrase) => queryOf(phrase, (token) => token));
  const similar = phrases.map((phrase, index) => similarTo(phrase) ?? anywhere[index]);
  return {
    anywhere: anywhere.join(' & '),
    inName: phrases.map((phrase) => queryOf(phrase, lexeme.inName)).join(' & '),
    similar: similar.some((one, index) => one !== anywhere[index]) ? similar.join(' & ') : undefined,
  };
}

/** All of these tags. */
export function tagsQueryOf(tags: readonly string[]): string {
  return tags.map((tag) => quoted(lexeme.tag(folded(tag)))).join(' & ');
}

function symbolsQuery(symbols: string): SearchQuery | undefined {
  const wanted = new Set(symbols);
  if (wanted.size === 0) return undefined;
  const all = [...wanted].map(quoted).join(' & ');
  return { anywhere: all, inName: all, similar: undefined };
}

function phraseIn(chunk: string): Phrase {
  const runs: Run[] = [];
  let isOpen = false;
  const onRun = (run: Run): void => {
    runs.push(run);
    isOpen = true;
  };
  runsOf(chunk, onRun, () => (isOpen = false));
  return { runs, isOpen };
}

function queryOf({ runs, isOpen }: Phrase, marked: (token: string) => string): string {
  const [only] = runs;
  if (runs.length === 1 && only?.kind === 'cjk' && only.characters.length === 1) {
    return quoted(lexeme.nameStart(only.characters[0] ?? ''));
  }
  const tokens = runs.flatMap((run, index) => {
    const isLast = index === runs.length - 1;
    return tokensOf(run, { isLast, isOpen: isLast && isOpen }, marked);
  });
  return `(${tokens.join(' <-> ')})`;
}

function tokensOf(
  run: Run,
  { isLast, isOpen }: { readonly isLast: boolean; readonly isOpen: boolean },
  marked: (token: string) => string,
): string[] {
  const beginning = (token: string): string => `${quoted(marked(token))}${isOpen ? ':*' : ''}`;
  if (run.kind === 'word') return [beginning(run.text)];
  const { characters } = run;
  const pairs = characters.slice(1).map((second, index) => quoted(marked((characters[index] ?? '') + second)));
  // Its last character alone says that the run ends there, or begins there when it is the only one.
  return isLast && pairs.length > 0 ? pairs : [...pairs, beginning(characters.at(-1) ?? '')];
}

function similarTo({ runs }: Phrase): string | undefined {
  const [only] = runs;
  if (runs.length !== 1 || only?.kind !== 'word' || !isLatinWord(only.text, typoLengthMin)) return undefined;
  const patterns = new Set([...replacements(only.text), ...oneMissing(only.text), ...oneTooMany(only.text)]);
  const alternatives = [...patterns, ...swapped(only.text)].map((pattern) => quoted(lexeme.similar(pattern)));
  return `(${[`${quoted(only.text)}:*`, ...alternatives].join(' | ')})`;
}

function oneMissing(word: string): string[] {
  return Array.from({ length: word.length + 1 }, (_, at) => word.slice(0, at) + anyLetter + word.slice(at));
}

function oneTooMany(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

function swapped(word: string): string[] {
  return Array.from(
    { length: word.length - 1 },
    (_, at) => word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
  );
}
