import Negotiator from 'negotiator';
import { requestContext, type Config } from '#platform';
import { en } from './en.ts';
import { ja } from './ja.ts';
import type { Messages } from './messages.ts';
import { ru } from './ru.ts';
import { zhTW } from './zh-tw.ts';

/** To add a language, add a file and a line here; `npm run settings` makes it a choice of the configuration. */
export const messagesIn = { en, 'zh-TW': zhTW, ja, ru } satisfies Record<Config['language'], Messages> &
  Record<string, Messages>;

export type Language = keyof typeof messagesIn;

export const languages = Object.keys(messagesIn) as Language[];

/** The language of the current request. */
export function currentLanguage(): Language {
  return (requestContext.getStore()?.language ?? 'en') as Language;
}

export function currentMessages(): Messages {
  return messagesIn[currentLanguage()];
}

/** The supported language that the client prefers. `zh` alone means zh-TW, the only supported Chinese. */
export function preferredLanguage(acceptLanguage: string | undefined, fallback: Language): Language {
  if (acceptLanguage === undefined) return fallback;
  for (const range of new Negotiator({ headers: { 'accept-language': acceptLanguage } }).languages()) {
    const tag = range.toLowerCase();
    const primary = tag.split('-')[0];
    const known =
      languages.find((language) => language.toLowerCase() === tag) ??
      languages.find((language) => language.split('-')[0] === primary);
    if (known !== undefined) return known;
  }
  return fallback;
}
