import type { ProjectionRunAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

/** Ends a rebuild or a verification that is requested or running; the stream of the projections shows it. */
export function CancelRun({ run: { id, projection, kind } }: { run: ProjectionRunAnswer }) {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const { isBusy, act } = useAction();
  const { cancel: action, cancelTitle, cancelText: text } = t.operate.runs[kind];
  const cancel = async () => {
    if (!(await confirm({ title: cancelTitle(projection), text, action, isDestructive: true }))) return;
    await holdfast.projections.cancelRun(projection, String(id));
  };
  return (
    <button type="button" disabled={isBusy} onClick={() => void act(cancel)}>
      {action}
      <span class="unseen"> {projection}</span>
    </button>
  );
}
