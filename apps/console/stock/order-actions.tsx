import { useState } from 'preact/hooks';
import type { ChangeOrderStatusDto, OrderAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { Field } from '../parts/field.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';
import { isCancellable, useCancelOrder } from '../shop/use-cancel-order.ts';

interface OrderActionsProps {
  readonly order: OrderAnswer;
  readonly isPaid: boolean;
}

/** What can be done with an order in its status. */
export function OrderActions({ order, isPaid }: OrderActionsProps) {
  const { t } = useLanguage();
  const next = nextStatusOf(order);
  const isOver = order.status === 'submitted' || order.status === 'cancelled' || order.status === 'rejected';
  if (next === undefined && (isOver || isPaid)) return <p>{t.stock.order.noActions}</p>;
  return (
    <>
      {next === undefined ? null : <NextStatus key={next} order={order} next={next} />}
      {isOver || isPaid ? null : <Payment order={order} />}
      {isCancellable(order.status) ? <Cancel order={order} /> : null}
    </>
  );
}

/** An order of which nothing is shipped is completed without that. */
function nextStatusOf({ status, paymentMethod }: OrderAnswer): ChangeOrderStatusDto['status'] | undefined {
  const payment: OrderAnswer['paymentMethod'] | null = paymentMethod;
  if (status === 'pending') return 'processing';
  if (status === 'processing') return payment === null ? 'completed' : 'shipped';
  return status === 'shipped' ? 'completed' : undefined;
}

function NextStatus({ order, next }: { order: OrderAnswer; next: ChangeOrderStatusDto['status'] }) {
  const { t } = useLanguage();
  const notices = useNotices();
  const confirm = useConfirm();
  const { isBusy, submit } = useAction();
  const [trackingNumber, setTrackingNumber] = useState('');
  const ships = next === 'shipped';
  const change = async () => {
    const action = t.stock.order.next[next];
    const question = { title: action, text: t.stock.order.nextText[next](order.orderNumber), action };
    if (!(await confirm(question))) return;
    await holdfast.orders.changeStatus(order.id, { status: next, ...(ships ? { trackingNumber } : {}) });
    notices.done(t.stock.order.changed(order.orderNumber, t.frame.orderStatus[next]));
  };
  return (
    <form class="row" onSubmit={submit(change)}>
      {ships ? (
        <Field label={t.stock.order.trackingNumber} value={trackingNumber} onValue={setTrackingNumber} required />
      ) : null}
      <button type="submit" class="primary" disabled={isBusy}>
        {t.stock.order.next[next]}
      </button>
    </form>
  );
}

function Payment({ order: { id, orderNumber } }: { order: OrderAnswer }) {
  const { t } = useLanguage();
  const notices = useNotices();
  const { isBusy, submit } = useAction();
  const [reference, setReference] = useState('');
  const pay = async () => {
    await holdfast.orders.pay(id, { reference });
    notices.done(t.stock.order.paid(orderNumber));
  };
  return (
    <form class="row" onSubmit={submit(pay)}>
      <Field
        label={t.stock.order.paymentReference}
        hint={t.stock.adjust.reasonHint}
        value={reference}
        onValue={setReference}
        required
      />
      <button type="submit" disabled={isBusy}>
        {t.stock.order.pay}
      </button>
    </form>
  );
}

function Cancel({ order }: { order: OrderAnswer }) {
  const { t } = useLanguage();
  const { isBusy, act } = useAction();
  const cancel = useCancelOrder();
  return (
    <div class="actions">
      <button type="button" disabled={isBusy} onClick={() => void act(() => cancel(order))}>
        {t.shop.order.cancel}
      </button>
    </div>
  );
}
