import type { LendAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

interface LendActionsProps {
  readonly lend: LendAnswer;
  readonly changed: () => void;
}

/** Renews a lend, or takes back all that is out. */
export function LendActions({ lend, changed }: LendActionsProps) {
  const { t, format } = useLanguage();
  const notices = useNotices();
  const confirm = useConfirm();
  const { isBusy, act } = useAction();
  const { lend_id, qty, returned_qty, due_at, returned_at } = lend;
  if (returned_at !== null) return null;
  const number = format.number(lend_id);
  const renew = async () => {
    const renewed = await holdfast.lends.renew(lend_id, {});
    notices.done(
      renewed.due_at === null
        ? t.stock.lends.renewed(number)
        : t.stock.lends.renewedUntil(number, format.moment(renewed.due_at)),
    );
    changed();
  };
  const takeBack = async () => {
    const text = t.stock.lends.returnText(format.number(qty - returned_qty));
    const question = { title: t.stock.lends.returnTitle(number), text, action: t.stock.lends.return };
    if (!(await confirm({ ...question, isDestructive: true }))) return;
    await holdfast.lends.return(lend_id, {});
    notices.done(t.stock.lends.isReturned(number));
    changed();
  };
  return (
    <div class="actions">
      {due_at === null ? null : (
        <button type="button" disabled={isBusy} onClick={() => void act(renew)}>
          {t.stock.lends.renew}
          <span class="unseen"> {number}</span>
        </button>
      )}
      <button type="button" disabled={isBusy} onClick={() => void act(takeBack)}>
        {t.stock.lends.return}
        <span class="unseen"> {number}</span>
      </button>
    </div>
  );
}
