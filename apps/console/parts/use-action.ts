import { useCallback, useState } from 'preact/hooks';
import { useNotices } from './notices.tsx';

type Work = () => Promise<unknown>;

interface Action {
  readonly isBusy: boolean;
  readonly act: (work: Work) => Promise<void>;
  /** What a form does when it is submitted, instead of leaving the page. */
  readonly submit: (work: Work) => (event: Event) => void;
}

/** Does one thing at a time; a failure is shown as a notice. */
export function useAction(): Action {
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const act = useCallback(
    async (work: Work) => {
      const opener = document.activeElement;
      setBusy(true);
      try {
        await work();
      } catch (error) {
        notices.failed(error);
      } finally {
        setBusy(false);
        requestAnimationFrame(() => giveFocusBack(opener));
      }
    },
    [notices],
  );
  const submit = (work: Work) => (event: Event) => {
    event.preventDefault();
    void act(work);
  };
  return { isBusy, act, submit };
}

/** A button that is disabled while it works loses the focus; if it is gone, one goes on at the heading. */
function giveFocusBack(opener: Element | null): void {
  if (document.activeElement !== document.body || !(opener instanceof HTMLElement)) return;
  const target = opener.isConnected && opener !== document.body ? opener : document.querySelector('h1');
  target?.focus();
}
