import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { HoldfastError, type UserAnswer } from '#client';
import { holdfast, onSession } from './holdfast.ts';

/** Undefined until it is known who is signed in; null when nobody is. */
type SignedIn = UserAnswer | null | undefined;

const UserContext = createContext<SignedIn>(undefined);

export function useUser(): SignedIn {
  return useContext(UserContext);
}

/** Tells the page who is signed in, and follows what other tabs do. */
export function UserProvider({ children }: { children: ComponentChildren }) {
  const [user, setUser] = useState<SignedIn>(holdfast.tokens === undefined ? null : undefined);
  useEffect(() => {
    let subject = '';
    const read = async () => {
      const now = subjectOf(holdfast.tokens?.token);
      // A refresh does not change who it is.
      if (now === subject && now !== '') return;
      subject = now;
      if (now === '') return setUser(null);
      try {
        const me = await holdfast.auth.me();
        if (subject === now) setUser(me);
      } catch (error) {
        if (subject !== now) return;
        subject = '';
        if (error instanceof HoldfastError && error.isRetryable) setTimeout(() => void read(), retryMs);
        else setUser(null);
      }
    };
    void read();
    return onSession(() => void read());
  }, []);
  return <UserContext.Provider value={user}>{children}</UserContext.Provider>;
}

const retryMs = 2_000;

/** Of the token, whose payload says whom it is for. */
function subjectOf(token: string | undefined): string {
  const payload = token?.split('.')[1];
  if (payload === undefined) return '';
  try {
    const { sub = '' } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: string };
    return sub;
  } catch {
    return '';
  }
}
