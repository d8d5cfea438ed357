import { requestContext, type Config } from '#platform';
import { en } from './en.ts';
import type { Messages } from './messages.ts';
import { zhTW } from './zh-tw.ts';

export type Language = Config['language'];

/** To add a language, add a file, a line here and a choice in the configuration. */
const messagesIn: Record<Language, Messages> = { en, 'zh-TW': zhTW };

const languages = Object.keys(messagesIn) as Language[];

/** In the language of the current request. */
export function currentMessages(): Messages {
  return messagesIn[(requestContext.getStore()?.language ?? 'en') as Language];
}

/** The supported language that the client prefers. `zh` alone means zh-TW, the only supported Chinese. */
export function preferredLanguage(acceptLanguage: string | undefined, fallback: Language): Language {
  if (acceptLanguage === undefined) return fallback;
  const ranges = acceptLanguage
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { tag } of ranges) {
    const primary = tag.split('-')[0];
    const known =
      languages.find((language) => language.toLowerCase() === tag) ??
      languages.find((language) => language.split('-')[0] === primary);
    if (known !== undefined) return known;
  }
  return fallback;
}
