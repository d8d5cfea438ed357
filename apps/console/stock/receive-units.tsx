import { useState } from 'preact/hooks';
import type { ProductAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Field } from '../parts/field.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

/** Adds units that have arrived. */
export function ReceiveUnits({ product: { id, name } }: { product: ProductAnswer }) {
  const { t, format } = useLanguage();
  const notices = useNotices();
  const { isBusy, act, submit } = useAction();
  const [units, setUnits] = useState('');
  const receive = async () => {
    const { quantity } = await holdfast.stock.provide({ product_id: id, stock: Number(units) });
    const undo = () => act(() => holdfast.stock.adjust(id, { delta: -quantity, reason: t.stock.receive.undoReason }));
    notices.done(t.stock.receive.done(format.number(quantity), name), {
      label: t.stock.undo,
      act: () => void undo(),
    });
    setUnits('');
  };
  return (
    <form class="row" onSubmit={submit(receive)}>
      <Field label={t.stock.receive.units} type="number" min="1" value={units} onValue={setUnits} required />
      <button type="submit" class="primary" disabled={isBusy}>
        {t.stock.receive.action}
      </button>
    </form>
  );
}
