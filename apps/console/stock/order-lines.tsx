import { useState } from 'preact/hooks';
import type { OrderAnswer, OrderItemAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { Field } from '../parts/field.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Table } from '../parts/table.tsx';
import { useAction } from '../parts/use-action.ts';
import { hrefOf } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { noPicture } from '../shop/products-page.tsx';

/** What was ordered, and what of it can be given back. */
export function OrderLines({ order }: { order: OrderAnswer }) {
  const { t, format } = useLanguage();
  const isReturnable = order.status === 'shipped' || order.status === 'completed';
  return (
    <Table
      caption={t.stock.order.lines}
      rows={order.items}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t.stock.items.item,
          cell: ({ id, name, thumbnail }) => (
            <a class="pictured" href={hrefOf(['stock', 'items', id])}>
              <img src={thumbnail ?? noPicture} alt="" width="40" height="40" />
              {name}
            </a>
          ),
        },
        { head: t.stock.items.price, isNumber: true, cell: ({ price }) => format.price(price) },
        { head: t.stock.movements.quantity, isNumber: true, cell: ({ quantity }) => format.number(quantity) },
        { head: t.stock.orders.total, isNumber: true, cell: ({ price, quantity }) => format.price(price * quantity) },
        {
          head: t.shop.mine.givenBack,
          isNumber: true,
          cell: ({ returnedQuantity = 0 }) => format.number(returnedQuantity),
        },
        {
          head: t.shop.mine.action,
          cell: (line) =>
            isReturnable && leftOf(line) > 0 ? (
              <ReturnLine key={leftOf(line)} order={order} line={line} left={leftOf(line)} />
            ) : null,
        },
      ]}
    />
  );
}

function leftOf({ quantity, returnedQuantity = 0 }: OrderItemAnswer): number {
  return quantity - returnedQuantity;
}

function ReturnLine({ order, line, left }: { order: OrderAnswer; line: OrderItemAnswer; left: number }) {
  const { t, format } = useLanguage();
  const notices = useNotices();
  const confirm = useConfirm();
  const { isBusy, submit } = useAction();
  const [units, setUnits] = useState(String(left));
  const giveBack = async () => {
    const quantity = Number(units);
    const text = t.stock.order.returnText(format.number(quantity), line.name);
    if (!(await confirm({ title: t.shop.item.giveBack, text, action: t.shop.item.giveBack, isDestructive: true })))
      return;
    await holdfast.orders.return(order.id, { lines: [{ id: line.id, quantity }] });
    notices.done(t.stock.order.returned(format.number(quantity), line.name));
  };
  return (
    <form class="row" onSubmit={submit(giveBack)}>
      <Field
        label={t.stock.order.returnUnits}
        type="number"
        min="1"
        max={String(left)}
        value={units}
        onValue={setUnits}
        required
      />
      <button type="submit" disabled={isBusy}>
        {t.shop.item.giveBack}
        <span class="unseen"> {line.name}</span>
      </button>
    </form>
  );
}
