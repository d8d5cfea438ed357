import { Holdfast, type Tokens } from '#client';
import { language } from '../language/chosen.ts';

const keptAs = 'holdfast.session';

/** The one client of this page. Its session is shared by all tabs of the browser. */
export const holdfast = new Holdfast({
  baseUrl: location.origin,
  tokens: keptTokens(),
  keptTokens,
  onTokens: (tokens) => {
    if (tokens === undefined) localStorage.removeItem(keptAs);
    else localStorage.setItem(keptAs, JSON.stringify(tokens));
    tell();
  },
  fetch: (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('accept-language', language());
    return fetch(input, { ...init, headers });
  },
});

const listeners = new Set<() => void>();

/** Is called when somebody signs in or out, in this tab or another one, and when the session is refreshed. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

addEventListener('storage', ({ key }) => {
  if (key !== keptAs && key !== null) return;
  holdfast.tokens = keptTokens();
  tell();
});

function tell(): void {
  for (const listener of listeners) listener();
}

function keptTokens(): Tokens | undefined {
  try {
    return (JSON.parse(localStorage.getItem(keptAs) ?? 'null') as Tokens | null) ?? undefined;
  } catch {
    return undefined;
  }
}
