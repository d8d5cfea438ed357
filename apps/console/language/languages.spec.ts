import { en } from './en/index.ts';
import { ja } from './ja/index.ts';
import { ru } from './ru/index.ts';
import { zhTw } from './zh-tw/index.ts';

type Sentence = (...given: readonly string[]) => string;
type Told = string | Sentence | { readonly [name: string]: Told };

/** Names, abbreviations and examples that are the same in every language. */
const sameEverywhere = new Set([
  'API',
  'ATM',
  'Asia/Taipei',
  'CLI',
  'Gone',
  'HOLDFAST_JOURNAL=true',
  'ID',
  'Idempotency-Key',
  'JSON',
  'Redis',
  'SKU',
  'URL',
  'Webhook',
  'X-Request-Id',
  'https',
  'projector',
  'query-api',
]);

const latinWords = /[A-Za-z](?:[\w/=-]*\w)?/g;
const marks = /«\d»/g;

/** A sentence with each argument marked, and with each of them in turn empty, as a fact that an event has not. */
function given(sentence: Sentence): string[][] {
  const marked = Array.from({ length: sentence.length }, (_, at) => `«${at + 1}»`);
  return [marked, ...marked.map((_, empty) => marked.map((mark, at) => (at === empty ? '' : mark)))];
}

/** Every message of a language with its path, said with what the English sentence takes. */
function said(english: Told, told: Told, path: string): [path: string, english: string, told: string][] {
  if (typeof english === 'string') return [[path, english, told as string]];
  if (typeof english === 'function') {
    return given(english).map((each) => [`${path}(${each.join()})`, english(...each), (told as Sentence)(...each)]);
  }
  return Object.entries(english).flatMap(([name, each]) =>
    said(each, (told as { readonly [name: string]: Told })[name] as Told, path === '' ? name : `${path}.${name}`),
  );
}

describe.each([
  ['Traditional Chinese', zhTw],
  ['Japanese', ja],
  ['Russian', ru],
])('the console in %s', (_, messages) => {
  const all = said(en, messages, '');

  it('says every number and fact that the English sentence says', () => {
    const lost = all.flatMap(([path, english, told]) => {
      const missing = (english.match(marks) ?? []).filter((mark) => !told.includes(mark));
      return missing.length === 0 ? [] : [`${path} has no ${missing.join()}: ${told}`];
    });
    expect(lost).toEqual([]);
  });

  it('has no word left in English', () => {
    const left = all.flatMap(([path, , told]) => {
      const words = (told.match(latinWords) ?? []).filter((word) => !sameEverywhere.has(word));
      return words.length === 0 ? [] : [`${path} has ${words.join()}: ${told}`];
    });
    expect(left).toEqual([]);
  });

  it('has no message that is empty', () => {
    expect(all.filter(([, , told]) => told.trim() === '')).toEqual([]);
  });
});
