import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks';
import { useLanguage } from '../language/language.tsx';

export interface Question {
  readonly title: string;
  /** What it will do, and whether it can be undone. */
  readonly text: string;
  /** The name of the action, on its button. */
  readonly action: string;
  readonly isDestructive?: boolean;
}

type Ask = (question: Question) => Promise<boolean>;

const ConfirmContext = createContext<Ask | undefined>(undefined);

/** Asks before an action: true if it is to be done. */
export function useConfirm(): Ask {
  const ask = useContext(ConfirmContext);
  if (ask === undefined) throw new Error('useConfirm is used outside of ConfirmProvider');
  return ask;
}

interface Asked extends Question {
  readonly answer: (isWanted: boolean) => void;
}

export function ConfirmProvider({ children }: { children: ComponentChildren }) {
  const [asked, setAsked] = useState<Asked>();
  const [ask] = useState((): Ask => (question) => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    setAsked({ ...question, answer: resolve });
    return promise;
  });
  const close = (isWanted: boolean) => {
    asked?.answer(isWanted);
    setAsked(undefined);
  };
  return (
    <ConfirmContext.Provider value={ask}>
      {children}
      {asked === undefined ? null : <ConfirmDialog {...asked} close={close} />}
    </ConfirmContext.Provider>
  );
}

function ConfirmDialog({
  title,
  text,
  action,
  isDestructive,
  close,
}: Question & { close: (isWanted: boolean) => void }) {
  const { t } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // The browser keeps the focus in the dialog, and gives it back.
  useEffect(() => dialog.current?.showModal(), []);
  const end = (isWanted: boolean) => {
    dialog.current?.close();
    close(isWanted);
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} aria-describedby={`${id}-text`} onCancel={() => close(false)}>
      <h2 id={id}>{title}</h2>
      <p id={`${id}-text`}>{text}</p>
      <div class="actions">
        <button type="button" onClick={() => end(false)}>
          {t.frame.cancel}
        </button>
        <button type="button" class={isDestructive === true ? 'destructive' : 'primary'} onClick={() => end(true)}>
          {action}
        </button>
      </div>
    </dialog>
  );
}
