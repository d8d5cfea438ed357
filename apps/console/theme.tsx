import { createContext, type ComponentChildren } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const keptAs = 'holdfast.theme';
const ThemeContext = createContext<{ theme: Theme; setTheme: (theme: Theme) => void } | undefined>(undefined);

export function useTheme() {
  const theme = useContext(ThemeContext);
  if (theme === undefined) throw new Error('useTheme is used outside of ThemeProvider');
  return theme;
}

export function ThemeProvider({ children }: { children: ComponentChildren }) {
  const [theme, setTheme] = useState(kept);
  const value = useMemo(
    () => ({
      theme,
      setTheme: (next: Theme) => {
        localStorage.setItem(keptAs, next);
        show(next);
        setTheme(next);
      },
    }),
    [theme],
  );
  return <ThemeContext.Provider value={value}>{children}</ThemeContext.Provider>;
}

function kept(): Theme {
  const name = localStorage.getItem(keptAs);
  const theme = themes.find((each) => each === name) ?? 'system';
  show(theme);
  return theme;
}

function show(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}
