import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { HoldfastError } from '#client';
import { useLanguage } from '../language/language.tsx';
import { messageOf } from './answered.tsx';

interface Notice {
  readonly id: number;
  readonly kind: 'done' | 'failed';
  readonly text: string;
  readonly undo?: { readonly label: string; readonly act: () => void } | undefined;
}

interface Notices {
  /** Tells that something was done; `undo` takes it back. */
  readonly done: (text: string, undo?: Notice['undo']) => void;
  readonly failed: (error: unknown) => void;
}

const NoticesContext = createContext<Notices | undefined>(undefined);
const shownMax = 4;

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === undefined) throw new Error('useNotices is used outside of NoticesProvider');
  return notices;
}

/** Shows what was done and what failed; screen readers read it out. Failures stay until they are closed. */
export function NoticesProvider({ children }: { children: ComponentChildren }) {
  const { t } = useLanguage();
  const [shown, setShown] = useState<readonly Notice[]>([]);
  const close = (id: number) => setShown((before) => before.filter((notice) => notice.id !== id));
  const notices = useMemo((): Notices => {
    const add = (notice: Omit<Notice, 'id'>) => {
      const id = (ids += 1);
      setShown((before) => [...before, { ...notice, id }].slice(-shownMax));
    };
    return {
      done: (text, undo) => add({ kind: 'done', text, undo }),
      failed: (error) => {
        if (!(error instanceof HoldfastError)) throw error;
        add({ kind: 'failed', text: messageOf(error, t.frame.errors) });
      },
    };
  }, [t]);
  return (
    <NoticesContext.Provider value={notices}>
      {children}
      <div class="notices" role="log" aria-live="polite" aria-label={t.frame.notices}>
        {shown.map((notice) => (
          <Shown key={notice.id} notice={notice} close={() => close(notice.id)} />
        ))}
      </div>
    </NoticesContext.Provider>
  );
}

/** What was done goes by itself, except while it has the focus or the pointer. */
function Shown({ notice: { kind, text, undo }, close }: { notice: Notice; close: () => void }) {
  const { t } = useLanguage();
  const [isKept, setKept] = useState(false);
  useEffect(() => {
    if (kind === 'failed' || isKept) return undefined;
    const timer = setTimeout(close, doneForMs);
    return () => clearTimeout(timer);
  }, [isKept]);
  return (
    <div
      class={`notice ${kind}`}
      onFocusIn={() => setKept(true)}
      onFocusOut={() => setKept(false)}
      onMouseEnter={() => setKept(true)}
      onMouseLeave={() => setKept(false)}
    >
      <p>{text}</p>
      {undo === undefined ? null : (
        <button
          type="button"
          onClick={() => {
            close();
            undo.act();
          }}
        >
          {undo.label}
        </button>
      )}
      <button type="button" class="quiet" aria-label={t.frame.close} onClick={close}>
        ×
      </button>
    </div>
  );
}

const doneForMs = 20_000;
let ids = 0;
