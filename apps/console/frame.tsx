import type { ComponentChildren } from 'preact';
import { languages, type Language } from './language/chosen.ts';
import { useLanguage } from './language/language.tsx';
import { Choice } from './parts/field.tsx';
import { useAction } from './parts/use-action.ts';
import { hrefOf, signInHref } from './place.ts';
import { holdfast } from './session/holdfast.ts';
import { useSignedIn } from './session/user.tsx';
import { themes, useTheme } from './theme.tsx';

export const partNames = ['shop', 'stock', 'operate', 'events'] as const;
export type PartName = (typeof partNames)[number];

/** What stands around every page: the parts, who is signed in, language and theme. */
export function Frame({ part, children }: { part?: PartName; children: ComponentChildren }) {
  const { t } = useLanguage();
  return (
    <div class="frame">
      <a class="skip" href="#main" onClick={skipToMain}>
        {t.frame.skip}
      </a>
      <header class="banner">
        <a class="brand" href={hrefOf(['shop'])}>
          Holdfast
        </a>
        <nav aria-label={t.frame.navigation}>
          {partNames.map((name) => (
            <a key={name} href={hrefOf([name])} aria-current={part === name ? 'page' : undefined}>
              {t.frame.parts[name]}
            </a>
          ))}
        </nav>
        <SignedIn />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Settings />
    </div>
  );
}

/** The fragment of the address is the place, so it cannot name the element as well. */
function skipToMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function SignedIn() {
  const { t } = useLanguage();
  const { isBusy, act } = useAction();
  const user = useSignedIn();
  if (user === undefined) return <span class="signed-in" />;
  if (user === null) {
    return (
      <a class="signed-in" href={signInHref()}>
        {t.frame.signIn.title}
      </a>
    );
  }
  return (
    <div class="signed-in">
      <span>{user.name === '' ? user.user_name : user.name}</span>
      <button type="button" class="quiet" disabled={isBusy} onClick={() => void act(() => holdfast.auth.logout())}>
        {t.frame.signOut}
      </button>
    </div>
  );
}

function Settings() {
  const { language, speak, t } = useLanguage();
  const { theme, setTheme } = useTheme();
  return (
    <footer class="settings">
      <Choice
        label={t.frame.language}
        value={language}
        options={Object.entries(languages) as [Language, string][]}
        onValue={speak}
      />
      <Choice
        label={t.frame.theme.label}
        value={theme}
        options={themes.map((each) => [each, t.frame.theme[each]] as const)}
        onValue={setTheme}
      />
      <a href="/docs">{t.frame.documentation}</a>
    </footer>
  );
}
