import type { OrderAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { useNotices } from '../parts/notices.tsx';
import { holdfast } from '../session/holdfast.ts';

export function isCancellable(status: OrderAnswer['status']): boolean {
  return status === 'pending' || status === 'processing';
}

/** Cancels an order if that is wanted, and tells whether it is. */
export function useCancelOrder() {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const notices = useNotices();
  return async ({ id, orderNumber }: Pick<OrderAnswer, 'id' | 'orderNumber'>): Promise<boolean> => {
    const question = { title: t.shop.order.cancel, text: t.shop.order.cancelText(orderNumber) };
    if (!(await confirm({ ...question, action: t.shop.order.cancel, isDestructive: true }))) return false;
    await holdfast.orders.cancel(id);
    notices.done(t.shop.order.cancelled(orderNumber));
    return true;
  };
}
