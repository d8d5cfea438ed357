import { useState } from 'preact/hooks';
import type { ProductAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { Field } from '../parts/field.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

interface AdjustStockProps {
  readonly product: ProductAnswer;
  /** As it is seen: if it has become another one, the correction is rejected. */
  readonly available: number | undefined;
}

/** Corrects how many units there are, with the reason. */
export function AdjustStock({ product: { id, name }, available }: AdjustStockProps) {
  const { t, format } = useLanguage();
  const notices = useNotices();
  const confirm = useConfirm();
  const { isBusy, act, submit } = useAction();
  const [change, setChange] = useState('');
  const [reason, setReason] = useState('');
  const adjust = async () => {
    if (available === undefined) return;
    const delta = Number(change);
    const fromTo = [name, format.number(available), format.number(available + delta)] as const;
    const question = { title: t.stock.adjust.title, text: t.stock.adjust.question(...fromTo) };
    if (!(await confirm({ ...question, action: t.stock.adjust.action, isDestructive: delta < 0 }))) return;
    await holdfast.stock.adjust(id, { delta, reason, expected: available });
    const undo = () =>
      act(() => holdfast.stock.adjust(id, { delta: -delta, reason: t.stock.adjust.undoReason(reason) }));
    notices.done(t.stock.adjust.done(...fromTo), { label: t.stock.undo, act: () => void undo() });
    setChange('');
    setReason('');
  };
  return (
    <form class="row" onSubmit={submit(adjust)}>
      <Field
        label={t.stock.adjust.change}
        hint={t.stock.adjust.changeHint}
        type="number"
        value={change}
        onValue={setChange}
        required
      />
      <Field
        label={t.stock.adjust.reason}
        hint={t.stock.adjust.reasonHint}
        value={reason}
        onValue={setReason}
        required
      />
      <button type="submit" disabled={isBusy || available === undefined}>
        {t.stock.adjust.action}
      </button>
    </form>
  );
}
