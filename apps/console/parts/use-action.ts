import { useCallback, useState } from 'preact/hooks';
import { useNotices } from './notices.tsx';

/** Does one thing at a time; a failure is shown as a notice. */
export function useAction(): { isBusy: boolean; act: (work: () => Promise<unknown>) => Promise<void> } {
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const act = useCallback(
    async (work: () => Promise<unknown>) => {
      setBusy(true);
      try {
        await work();
      } catch (error) {
        notices.failed(error);
      } finally {
        setBusy(false);
      }
    },
    [notices],
  );
  return { isBusy, act };
}
