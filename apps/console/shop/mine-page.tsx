import type { HoldAnswer, ListedOrderAnswer, ShownPurchaseAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { byKey, useFollowed } from '../live/use-followed.ts';
import { useRows } from '../live/use-rows.ts';
import { Answered } from '../parts/answered.tsx';
import { Badge } from '../parts/badge.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { ConnectionBadge } from '../parts/connection.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Listed } from '../parts/table.tsx';
import { useAction } from '../parts/use-action.ts';
import { signInHref } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { useUser } from '../session/user.tsx';
import { HoldCard } from './hold-card.tsx';
import { isCancellable, useCancelOrder } from './use-cancel-order.ts';

/** What the customer has: holds, purchases and orders. */
export function MinePage() {
  const { t } = useLanguage();
  const user = useUser();
  return (
    <Page title={t.shop.mine.title}>
      {user === null ? (
        <p>
          <a href={signInHref()}>{t.shop.mine.signInFirst}</a>
        </p>
      ) : (
        <>
          <MyHolds userId={user.id} />
          <MyPurchases />
          <MyOrders />
        </>
      )}
    </Page>
  );
}

function MyHolds({ userId }: { userId: string }) {
  const { t } = useLanguage();
  const holds = useFollowed<HoldAnswer, readonly HoldAnswer[]>(
    {
      stream: (options) => holdfast.holds.follow({ user_id: userId, status: 'open' }, options),
      apply: byKey(({ id }) => id),
    },
    [userId],
  );
  // What is not open any more is told once, and shown until the page is left.
  const shown = holds.value ?? (holds.connection === 'connecting' ? undefined : []);
  return (
    <Section title={t.shop.mine.holds} aside={<ConnectionBadge of={holds.connection} />}>
      <Answered of={{ value: shown, error: holds.error }} empty={t.shop.mine.noHolds}>
        {(rows) => (
          <div class="two">
            {rows.map((hold) => (
              <HoldCard key={hold.id} hold={hold} changed={() => undefined} />
            ))}
          </div>
        )}
      </Answered>
    </Section>
  );
}

function MyPurchases() {
  const { t, format } = useLanguage();
  const purchases = useRows((signal) => holdfast.purchases.list({ limit: 20 }, { signal }), [], 20);
  const { isBusy, act } = useAction();
  const confirm = useConfirm();
  const notices = useNotices();
  const giveBack = async ({ purchaseId, quantity, returnedQuantity }: ShownPurchaseAnswer) => {
    const left = quantity - returnedQuantity;
    const text = t.shop.mine.giveBackText(format.number(left));
    const question = { title: t.shop.item.giveBack, text, action: t.shop.item.giveBack, isDestructive: true };
    if (!(await confirm(question))) return;
    await holdfast.purchases.return(purchaseId, { quantity: left });
    notices.done(t.shop.mine.givenBack);
    purchases.reload();
  };
  return (
    <Section title={t.shop.mine.purchases}>
      <Listed
        caption={t.shop.mine.purchases}
        of={purchases}
        empty={t.shop.mine.noPurchases}
        keyOf={({ purchaseId }) => purchaseId}
        columns={[
          { head: t.shop.mine.item, cell: ({ itemName, itemId }) => itemName ?? itemId },
          { head: t.shop.item.quantity, isNumber: true, cell: ({ quantity }) => format.number(quantity) },
          { head: t.shop.mine.at, cell: ({ purchasedAt }) => format.moment(purchasedAt) },
          {
            head: t.shop.mine.action,
            cell: (purchase) =>
              purchase.returnedQuantity >= purchase.quantity ? (
                <Badge>{t.shop.mine.givenBack}</Badge>
              ) : (
                <button type="button" disabled={isBusy} onClick={() => void act(() => giveBack(purchase))}>
                  {t.shop.item.giveBack}
                </button>
              ),
          },
        ]}
      />
    </Section>
  );
}

function MyOrders() {
  const { t, format } = useLanguage();
  const orders = useRows((signal) => holdfast.orders.list({ limit: 20 }, { signal }), [], 20);
  const { isBusy, act } = useAction();
  const cancelOrder = useCancelOrder();
  const cancel = async (order: ListedOrderAnswer) => {
    if (await cancelOrder(order)) orders.reload();
  };
  return (
    <Section title={t.shop.mine.orders}>
      <Listed
        caption={t.shop.mine.orders}
        of={orders}
        empty={t.shop.mine.noOrders}
        keyOf={({ id }) => id}
        columns={[
          { head: t.shop.mine.number, cell: ({ orderNumber }) => orderNumber },
          { head: t.shop.mine.status, cell: ({ status }) => <Badge>{t.frame.orderStatus[status]}</Badge> },
          { head: t.shop.mine.total, isNumber: true, cell: ({ total }) => format.price(total) },
          { head: t.shop.mine.at, cell: ({ createdAt }) => format.moment(createdAt) },
          {
            head: t.shop.mine.action,
            cell: (order) =>
              isCancellable(order.status) ? (
                <button type="button" disabled={isBusy} onClick={() => void act(() => cancel(order))}>
                  {t.shop.order.cancel}
                </button>
              ) : null,
          },
        ]}
      />
    </Section>
  );
}
