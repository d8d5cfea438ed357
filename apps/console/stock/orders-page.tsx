import type { OrderAnswer } from '#client';
import { isDay, spanOf } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { useRows } from '../live/use-rows.ts';
import { Choice, Field } from '../parts/field.tsx';
import { Id } from '../parts/id.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Listed } from '../parts/table.tsx';
import { goOn, hrefOf, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { OrderStatus } from './order-status.tsx';

type Status = OrderAnswer['status'];
const statuses = ['submitted', 'pending', 'processing', 'shipped', 'completed', 'cancelled', 'rejected'] as const;
const portion = 25;

/** The orders of all customers, newest first. */
export function OrdersPage(place: Place) {
  const { t, format } = useLanguage();
  const filter = filterOf(place.query);
  const orders = useRows(
    (signal) => holdfast.orders.listAll({ ...filter, limit: portion }, { signal }),
    [JSON.stringify(filter)],
    portion,
  );
  return (
    <Page title={t.stock.orders.title}>
      <Filters {...place} />
      <Section title={t.stock.orders.found}>
        <Listed
          caption={t.stock.orders.title}
          of={orders}
          empty={t.stock.orders.none}
          keyOf={({ id }) => id}
          columns={[
            {
              head: t.stock.orders.orderNumber,
              cell: ({ id, orderNumber }) => <a href={hrefOf(['stock', 'orders', id])}>{orderNumber}</a>,
            },
            { head: t.stock.orders.status, cell: ({ status }) => <OrderStatus of={status} /> },
            { head: t.stock.orders.total, isNumber: true, cell: ({ total }) => format.price(total) },
            {
              head: t.stock.orders.submittedAt,
              cell: ({ createdAt }) => <span class="moment">{format.moment(createdAt)}</span>,
            },
            { head: t.stock.orders.user, cell: ({ userId }) => <Id of={userId} /> },
          ]}
        />
      </Section>
    </Page>
  );
}

function Filters(place: Place) {
  const { t } = useLanguage();
  const valueOf = (name: string) => place.query.get(name) ?? '';
  return (
    <form class="row" role="search" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label={t.stock.orders.status}
        value={valueOf('status') as Status | ''}
        options={[
          ['', t.stock.orders.allButRejected],
          ...statuses.map((status) => [status, t.frame.orderStatus[status]] as const),
        ]}
        onValue={(status) => goOn(place, { status })}
      />
      {(['orderNumber', 'product', 'user'] as const).map((name) => (
        <Field
          key={name}
          label={t.stock.orders[name]}
          type="search"
          value={valueOf(name)}
          onValue={(value) => goOn(place, { [name]: value.trim() })}
        />
      ))}
      {(['from', 'until'] as const).map((name) => (
        <Field
          key={name}
          label={t.stock.orders[name]}
          type="date"
          value={valueOf(name)}
          onValue={(value) => goOn(place, { [name]: value })}
        />
      ))}
    </form>
  );
}

/** What the API is asked for, of what is in the address. */
function filterOf(query: URLSearchParams) {
  const given = (name: string) => {
    const value = query.get(name) ?? '';
    return value === '' ? {} : { [name]: value };
  };
  const [from, until] = [query.get('from') ?? '', query.get('until') ?? ''];
  return {
    ...(given('status') as { status?: Status }),
    ...given('orderNumber'),
    ...given('product'),
    ...given('user'),
    ...(isDay(from) ? { from: spanOf(from).from } : {}),
    ...(isDay(until) ? { to: spanOf(until).to } : {}),
  };
}
