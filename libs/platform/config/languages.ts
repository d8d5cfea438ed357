/** The languages that messages are in. Written by `npm run settings`, from `libs/http/messages/languages.ts`. */
export const languages = ['en', 'zh-TW', 'ja', 'ru'] as const;
