import { preferredLanguage } from './languages.ts';

describe('the language of an answer', () => {
  it.each([
    ['zh-TW', 'zh-TW'],
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-TW'],
    ['en-GB,zh-TW;q=0.9', 'en'],
    ['zh', 'zh-TW'],
    ['zh-Hant-HK', 'zh-TW'],
    ['en;Q=0.1, zh-TW;q=0.2', 'zh-TW'],
    ['*', 'en'],
    [',;q=,"', 'en'],
    ['fr, en;q=0.3, zh-TW;q=0.7', 'zh-TW'],
    ['zh-TW;q=0, en', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ] as const)('for %j is %s', (acceptLanguage, language) => {
    expect(preferredLanguage(acceptLanguage, 'en')).toBe(language);
  });

  it('is the configured one when the client names none that is known', () => {
    expect(preferredLanguage('fr', 'zh-TW')).toBe('zh-TW');
  });
});
