/** The languages of the console, by their own names. */
export const languages = { en: 'English', 'zh-TW': '繁體中文', ja: '日本語', ru: 'Русский' } as const;

export type Language = keyof typeof languages;

const keptAs = 'holdfast.language';
let chosen = kept() ?? ofBrowser();
document.documentElement.lang = chosen;

export function language(): Language {
  return chosen;
}

export function choose(next: Language): void {
  chosen = next;
  localStorage.setItem(keptAs, next);
  document.documentElement.lang = next;
}

function kept(): Language | undefined {
  const name = localStorage.getItem(keptAs);
  return isLanguage(name) ? name : undefined;
}

function ofBrowser(): Language {
  for (const tag of navigator.languages) {
    const exact = Object.keys(languages).find((name) => tag.toLowerCase() === name.toLowerCase());
    const [spoken = ''] = tag.toLowerCase().split('-');
    const near = exact ?? (spoken === 'zh' ? 'zh-TW' : spoken);
    if (isLanguage(near)) return near;
  }
  return 'en';
}

function isLanguage(name: string | null): name is Language {
  return name !== null && Object.hasOwn(languages, name);
}
