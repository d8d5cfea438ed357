import { createContext, type ComponentChildren } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';
import { choose, language as chosen, type Language } from './chosen.ts';
import { en } from './en/index.ts';
import { formatsOf, type Formats } from './formats.ts';
import { ja } from './ja/index.ts';
import type { Messages } from './messages.ts';
import { ru } from './ru/index.ts';
import { zhTw } from './zh-tw/index.ts';

const messagesOf: Record<Language, Messages> = { en, 'zh-TW': zhTw, ja, ru };

interface Spoken {
  readonly language: Language;
  readonly t: Messages;
  readonly format: Formats;
  readonly speak: (language: Language) => void;
}

const LanguageContext = createContext<Spoken | undefined>(undefined);

export function useLanguage(): Spoken {
  const spoken = useContext(LanguageContext);
  if (spoken === undefined) throw new Error('useLanguage is used outside of LanguageProvider');
  return spoken;
}

export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [language, setLanguage] = useState(chosen);
  const spoken = useMemo(() => {
    const speak = (next: Language) => {
      choose(next);
      setLanguage(next);
    };
    return { language, t: messagesOf[language], format: formatsOf(language), speak };
  }, [language]);
  return <LanguageContext.Provider value={spoken}>{children}</LanguageContext.Provider>;
}
