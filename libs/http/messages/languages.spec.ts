import { languages, preferredLanguage } from './languages.ts';

describe('the language of an answer', () => {
  it.each([
    ['zh-TW', 'zh-TW'],
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-TW'],
    ['en-GB,zh-TW;q=0.9', 'en'],
    ['zh', 'zh-TW'],
    ['zh-Hant-HK', 'zh-TW'],
    ['ja-JP,ja;q=0.9,en-US;q=0.8', 'ja'],
    ['ru-RU', 'ru'],
    ['fr-CH, ru;q=0.5, ja;q=0.6', 'ja'],
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

  it.each(languages)('is %s for whoever asks for it, also for that of a region', (language) => {
    const [primary] = language.split('-');
    for (const asked of [language, language.toUpperCase(), primary, `${primary}-419`]) {
      expect([asked, preferredLanguage(asked, 'en')]).toEqual([asked, language]);
    }
  });

  it('is the configured one when the client names none that is known', () => {
    expect(preferredLanguage('fr', 'zh-TW')).toBe('zh-TW');
  });
});
