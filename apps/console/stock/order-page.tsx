import type { OrderAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { theLast, useFollowed } from '../live/use-followed.ts';
import { Answered } from '../parts/answered.tsx';
import { Facts } from '../parts/facts.tsx';
import { ConnectionBadge } from '../parts/connection.tsx';
import { Id } from '../parts/id.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { holdfast } from '../session/holdfast.ts';
import { OrderActions } from './order-actions.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderPath } from './order-path.tsx';
import { OrderStatus } from './order-status.tsx';

/** An order as it is just now, the path it took, and what can be done with it. */
export function OrderPage({ id }: { id: string }) {
  const { t } = useLanguage();
  const order = useFollowed<OrderAnswer, OrderAnswer>(
    { stream: (options) => holdfast.orders.follow(id, options), apply: theLast },
    [id],
  );
  return (
    <Page
      title={order.value === undefined ? t.stock.order.title : t.stock.order.numbered(order.value.orderNumber)}
      aside={<ConnectionBadge of={order.connection} />}
    >
      <Answered of={order} lines={10}>
        {(found) => <Order order={found} />}
      </Answered>
    </Page>
  );
}

function Order({ order }: { order: OrderAnswer }) {
  const { t } = useLanguage();
  const { id, status, updatedAt } = order;
  const history = useAnswer((signal) => holdfast.orders.history(id, { signal }), [id, status, updatedAt]);
  const path = history.value?.history;
  return (
    <>
      <div class="two">
        <Section title={t.stock.order.facts} aside={<OrderStatus of={status} />}>
          <OrderFacts order={order} />
        </Section>
        <div class="stack">
          <Section title={t.stock.order.actions}>
            <OrderActions order={order} isPaid={path?.some(({ type }) => type === 'OrderPaid') ?? true} />
          </Section>
          <Section title={t.stock.order.path}>
            <Answered of={{ ...history, value: path }} lines={3}>
              {(steps) => <OrderPath steps={steps} />}
            </Answered>
          </Section>
        </div>
      </div>
      <Section title={t.stock.order.lines}>
        <OrderLines order={order} />
      </Section>
    </>
  );
}

function OrderFacts({ order }: { order: OrderAnswer }) {
  const { t, format } = useLanguage();
  const { userId, subtotal, shipping, discount, total, shippingInfo, trackingNumber, createdAt, reference } = order;
  const { paymentMethod } = order;
  const facts = [
    [t.stock.orders.user, <Id of={userId} />],
    [t.stock.orders.submittedAt, format.moment(createdAt)],
    [t.stock.order.subtotal, format.price(subtotal)],
    [t.stock.order.shipping, format.price(shipping)],
    [t.stock.order.discount, discount === 0 ? null : format.price(discount)],
    [t.stock.orders.total, <strong>{format.price(total)}</strong>],
    [
      t.shop.order.payment,
      paymentMethod === null ? t.stock.order.nothingShipped : t.shop.order.payments[paymentMethod],
    ],
    [t.stock.order.trackingNumber, trackingNumber],
    [t.stock.order.reference, reference],
    [t.shop.order.recipientName, shippingInfo?.recipientName],
    [t.shop.order.recipientPhone, shippingInfo?.recipientPhone],
    [
      t.shop.order.address,
      shippingInfo === null
        ? null
        : [shippingInfo.postalCode, shippingInfo.city, shippingInfo.district, shippingInfo.address].join(' '),
    ],
  ] as const;
  return <Facts of={facts.filter(([, value]) => value !== null && value !== undefined)} />;
}
