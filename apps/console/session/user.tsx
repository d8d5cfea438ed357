import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { HoldfastError, type UserAnswer } from '#client';
import { holdfast, onSession } from './holdfast.ts';

/** Undefined until it is known who is signed in; null when nobody is. */
type SignedIn = UserAnswer | null | undefined;

const UserContext = createContext<SignedIn>(undefined);

export function useSignedIn(): SignedIn {
  return useContext(UserContext);
}

/** Within a page, which is shown once it is known who is signed in. */
export function useUser(): UserAnswer | null {
  return useSignedIn() ?? null;
}

/** Tells the page who is signed in, and follows what other tabs do. */
export function UserProvider({ children }: { children: ComponentChildren }) {
  const [user, setUser] = useState<SignedIn>(holdfast.tokens === undefined ? null : undefined);
  useEffect(() => {
    let subject: string | undefined;
    const read = async () => {
      const now = holdfast.userId;
      // A refresh does not change who it is.
      if (now === subject && now !== undefined) return;
      subject = now;
      if (now === undefined) return setUser(null);
      try {
        const me = await holdfast.auth.me();
        if (subject === now) setUser(me);
      } catch (error) {
        if (subject !== now) return;
        subject = undefined;
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
