import { useState } from 'preact/hooks';
import type { HoldAnswer, ProductAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Field } from '../parts/field.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { signInHref } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { useUser } from '../session/user.tsx';
import { OrderForm } from './order-form.tsx';

interface BuyProps {
  readonly product: ProductAnswer;
  readonly held: (hold: HoldAnswer) => void;
}

/** The three ways to get units: at once, held for a while, or with an order. */
export function Buy({ product, held }: BuyProps) {
  const { t, format } = useLanguage();
  const user = useUser();
  const notices = useNotices();
  const { isBusy, act, submit } = useAction();
  const [quantity, setQuantity] = useState('1');
  const [seconds, setSeconds] = useState('60');
  const [isOrdering, setOrdering] = useState(false);
  if (user === null) {
    return (
      <p>
        <a href={signInHref()}>{t.shop.item.signInFirst}</a>
      </p>
    );
  }
  const count = Number(quantity);
  const buy = async () => {
    const { purchaseId } = await holdfast.items.purchase(product.id, { quantity: count });
    const giveBack = () => act(() => holdfast.purchases.return(purchaseId, { quantity: count }));
    const undo = product.returnDays > 0 ? { label: t.shop.item.giveBack, act: () => void giveBack() } : undefined;
    notices.done(t.shop.item.bought(format.number(count)), undo);
  };
  const hold = async () =>
    held(await holdfast.items.hold(product.id, { quantity: count, ttlSeconds: Number(seconds) }));
  return (
    <>
      <form class="row" onSubmit={submit(buy)}>
        <Field label={t.shop.item.quantity} type="number" min="1" value={quantity} onValue={setQuantity} required />
        <button type="submit" class="primary" disabled={isBusy}>
          {t.shop.item.buy}
        </button>
        <button type="button" disabled={isBusy} onClick={() => setOrdering(!isOrdering)} aria-expanded={isOrdering}>
          {t.shop.item.order}
        </button>
      </form>
      <form class="row" onSubmit={submit(hold)}>
        <Field label={t.shop.item.holdSeconds} type="number" min="1" value={seconds} onValue={setSeconds} required />
        <button type="submit" disabled={isBusy}>
          {t.shop.item.hold}
        </button>
      </form>
      {isOrdering ? <OrderForm id={product.id} quantity={count} done={() => setOrdering(false)} /> : null}
    </>
  );
}
