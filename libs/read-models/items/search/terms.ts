import type { ItemFacts } from '#domain';
import { folded } from './fold.ts';
import { isLatinWord, lexeme, quoted, replacements } from './lexemes.ts';
import { runsOf, type Run } from './runs.ts';

/** Of PostgreSQL, for which positions beyond are all the same. */
const positionMax = 16_383;
/** Between two texts, so that nothing is found across them. */
const gap = 2;
/** A word of five letters can be asked for with one letter too many. */
const similarLengthMin = 4;

type Searched = Pick<ItemFacts, 'name' | 'description' | 'tags' | 'sku'>;

/** What an item is found by, as the text of a `tsvector`. */
export function termsOf({ name, description, tags, sku }: Searched): string {
  const terms = new Terms();
  terms.addName(folded(name));
  for (const tag of tags) terms.addTag(folded(tag));
  if (sku !== null) terms.addText(folded(sku));
  terms.addText(folded(description));
  return terms.text;
}

class Terms {
  /** With repetitions: PostgreSQL merges the positions of a lexeme, sooner than they could be collected here. */
  readonly #terms: string[] = [];
  #next = 1;

  /** In one piece: rows of a page whose texts still consist of their parts keep the garbage collector busy. */
  get text(): string {
    return this.#terms.join(' ');
  }

  addName(name: string): void {
    const onSymbol = (symbol: string): void => {
      if (symbol.trim() !== '') this.#terms.push(quoted(symbol));
    };
    let isFirst = true;
    const onRun = (run: Run): void => {
      const [first] = run.kind === 'cjk' ? run.characters : [];
      if (isFirst && first !== undefined) this.#terms.push(plain(lexeme.nameStart(first)));
      isFirst = false;
      this.#addRun(run, true);
      this.#addSimilar(run);
    };
    runsOf(name, onRun, onSymbol);
    this.#next += gap;
  }

  addTag(tag: string): void {
    this.#terms.push(quoted(lexeme.tag(tag)));
    runsOf(tag, (run) => {
      this.#addRun(run);
      this.#addSimilar(run);
    });
    this.#next += gap;
  }

  addText(text: string): void {
    runsOf(text, (run) => this.#addRun(run));
    this.#next += gap;
  }

  /** A run of n characters has n positions: its pairs, and its last character, which ends it. */
  #addRun(run: Run, inName = false): void {
    if (run.kind === 'word') {
      this.#addAt(run.text, inName);
      return;
    }
    const { characters } = run;
    for (const [index, character] of characters.entries()) {
      this.#addAt(character + (characters[index + 1] ?? ''), inName);
    }
  }

  #addAt(token: string, inName: boolean): void {
    const position = this.#next;
    this.#next += 1;
    if (position > positionMax) return;
    this.#terms.push(`'${token}':${position}`);
    if (inName) this.#terms.push(`'${lexeme.inName(token)}':${position}`);
  }

  #addSimilar(run: Run): void {
    if (run.kind !== 'word' || !isLatinWord(run.text, similarLengthMin)) return;
    this.#terms.push(plain(lexeme.similar(run.text)));
    if (run.text.length === similarLengthMin) return;
    for (const pattern of replacements(run.text)) this.#terms.push(plain(lexeme.similar(pattern)));
  }
}

/** Of letters and markers, which need no escapes; most of the time would go into looking for some. */
function plain(term: string): string {
  return `'${term}'`;
}
