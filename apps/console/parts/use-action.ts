import { useCallback, useState } from 'preact/hooks';
import { useNotices } from './notices.tsx';

/** Does one thing at a time; a failure is shown as a notice. */
export function useAction(): { isBusy: boolean; act: (work: () => Promise<unknown>) => Promise<void> } {
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const act = useCallback(
    async (work: () => Promise<unknown>) => {
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
  return { isBusy, act };
}

/** A button that is disabled while it works loses the focus; if it is gone, one goes on at the heading. */
function giveFocusBack(opener: Element | null): void {
  if (document.activeElement !== document.body || !(opener instanceof HTMLElement)) return;
  const target = opener.isConnected && opener !== document.body ? opener : document.querySelector('h1');
  target?.focus();
}
