import fc from 'fast-check';
import { statusOf, type ErrorCode } from '../errors/codes.ts';
import { exampleFacts } from '../openapi/error-examples.ts';
import { en } from './en.ts';
import { languages, messagesIn, type Language } from './languages.ts';
import type { RuleName } from './messages.ts';

const codes = Object.keys(statusOf) as ErrorCode[];
const rules = Object.keys(en.rules) as RuleName[];
const translations = languages.filter((language) => language !== 'en');

/** Words that some languages write in Latin letters, and others in their own. */
const loanwords = new Set(['id', 'sku', 'slug', 'token', 'url', 'webhook']);
/** What the requirements say in Chinese, without the facts. */
const inGivenWords = new Set(['商品不存在', '商品庫存不足']);
const scripts = {
  'zh-TW': /\p{Script=Han}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  ru: /\p{Script=Cyrillic}/u,
};

type Facts = Readonly<Record<string, unknown>>;

function sentenceOf(language: Language, code: ErrorCode, facts: Facts): string {
  return (messagesIn[language].errors[code] as (facts: unknown) => string)(facts);
}

function ruleOf(language: Language, rule: RuleName, facts: Facts): string {
  return (messagesIn[language].rules[rule] as (facts: unknown) => string)(facts);
}

function numbersIn(sentence: string): readonly string[] {
  return (sentence.match(/\d+(?:\.\d+)?/g) ?? []).toSorted();
}

/** Names of fields, headers and formats. */
function namesIn(sentence: string): readonly string[] {
  const latin = sentence.match(/[A-Za-z](?:[\w-]*\w)?/g) ?? [];
  return [...new Set(latin.map((word) => word.toLowerCase()))].filter((word) => !loanwords.has(word)).toSorted();
}

function expectSameFacts(sentences: Readonly<Record<Language, string>>): void {
  const told = translations.map((language) => sentences[language]).filter((sentence) => !inGivenWords.has(sentence));
  for (const sentence of told) {
    expect([sentence, numbersIn(sentence)]).toEqual([sentence, numbersIn(sentences.en)]);
    expect([sentence, namesIn(sentence)]).toEqual([sentence, namesIn(told[0] ?? '')]);
    for (const name of namesIn(sentence)) expect(sentences.en.toLowerCase()).toContain(name);
  }
}

function inEach(say: (language: Language) => string): Record<Language, string> {
  return Object.fromEntries(languages.map((language) => [language, say(language)])) as Record<Language, string>;
}

/** The example of the code, and what else may be told with it. */
function variantsOf(code: ErrorCode): readonly Facts[] {
  const example = exampleFacts(code) ?? {};
  const others: Partial<Record<ErrorCode, readonly Facts[]>> = {
    INSUFFICIENT_STOCK: [{ inventoryId: 2 }, { slotId: 1 }, { slotId: 1, available: 0 }, { holdId: 'hold_1' }],
    LIMIT_PER_CUSTOMER: [{ heldUnitsMax: null }, { purchaseLimit: 2, purchased: 1, requested: 2 }],
    NOT_ON_SALE: [{ saleStartsAt: null }, { saleEndsAt: null }],
  };
  return [example, ...(others[code] ?? []).map((other) => ({ ...example, ...other }))];
}

describe('a message', () => {
  it('of an error has the same numbers and names in every language', () => {
    const numbers = fc.uniqueArray(fc.nat(), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(numbers, (any) => {
        for (const code of codes) {
          for (const facts of variantsOf(code)) {
            const left = [...any];
            const drawn = (value: unknown) => (typeof value === 'number' && value !== 0 ? left.pop() : value);
            const of = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, drawn(value)]));
            expectSameFacts(inEach((language) => sentenceOf(language, code, of)));
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('of a rule has the same numbers and names in every language', () => {
    const texts = { other: 'startsAt', of: 'items.qty', choices: ['atm', 'cod'] };
    for (const rule of rules) {
      let number = 10;
      // A number of its own for each name that a message asks for.
      const facts = new Proxy<Record<string, unknown>>(
        { ...texts },
        { get: (of, name: string) => (of[name] ??= ++number) },
      );
      expectSameFacts(inEach((language) => ruleOf(language, rule, facts)));
    }
  });

  it.each(translations)('in %s is in its script, whatever its facts', (language) => {
    const { errors, rules: _, notices } = messagesIn[language];
    const all = [
      ...(Object.keys(errors) as ErrorCode[]).flatMap((code) =>
        variantsOf(code).map((facts) => sentenceOf(language, code, facts)),
      ),
      ...Object.values(notices),
    ];
    for (const sentence of all) {
      expect(sentence).toMatch(scripts[language]);
      expect(sentence).not.toMatch(/undefined|null|NaN/);
    }
  });

  it('about a slot that is full speaks of places, and not of stock', () => {
    const full = { available: 0, requested: 2, slotId: 1 };
    expect(inEach((language) => sentenceOf(language, 'INSUFFICIENT_STOCK', full))).toEqual({
      en: 'The slot is full',
      'zh-TW': '此時段已額滿',
      ja: '空きがありません。',
      ru: 'Нет свободных мест',
    });
  });

  it.each([
    ['en', 1, 'Too many requests; try again in 1 second'],
    ['en', 2, 'Too many requests; try again in 2 seconds'],
    ['ru', 1, 'Слишком много запросов, повторите через 1 секунду'],
    ['ru', 3, 'Слишком много запросов, повторите через 3 секунды'],
    ['ru', 11, 'Слишком много запросов, повторите через 11 секунд'],
    ['ru', 21, 'Слишком много запросов, повторите через 21 секунду'],
  ] as const)('in %s has the noun in the form that goes with %d', (language, retryAfterSeconds, sentence) => {
    expect(sentenceOf(language, 'RATE_LIMITED', { retryAfterSeconds })).toBe(sentence);
  });

  it.each([
    [1, 'Не более 1 открытой брони на одного клиента'],
    [2, 'Не более 2 открытых броней на одного клиента'],
    [21, 'Не более 21 открытой брони на одного клиента'],
  ])('in ru has it in the genitive after «не более»: %d', (openHoldsMax, sentence) => {
    expect(sentenceOf('ru', 'LIMIT_PER_CUSTOMER', { openHoldsMax, heldUnitsMax: null })).toBe(sentence);
  });
});
