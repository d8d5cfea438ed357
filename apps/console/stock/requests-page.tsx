import type { RequestAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useRows } from '../live/use-rows.ts';
import { Choice } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Listed } from '../parts/table.tsx';
import { goOn, hrefOf, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { RequestStatus } from './request-status.tsx';

const portion = 25;
const statuses = ['Not Completed', 'Completed', 'Cancelled'] as const;
type Status = RequestAnswer['status'];

/** What people have asked for. */
export function RequestsPage(place: Place) {
  const { t, format } = useLanguage();
  const status = (place.query.get('status') ?? '') as Status | '';
  const requests = useRows(
    (signal) => holdfast.requests.list({ limit: portion, ...(status === '' ? {} : { status }) }, { signal }),
    [status],
    portion,
  );
  return (
    <Page title={t.stock.requests.title}>
      <form class="row" role="search" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={t.stock.orders.status}
          value={status}
          options={[
            ['', t.stock.requests.anyStatus],
            ...statuses.map((each) => [each, t.stock.requests.statuses[each]] as const),
          ]}
          onValue={(chosen) => goOn(place, { status: chosen })}
        />
      </form>
      <Section title={t.stock.requests.found}>
        <Listed
          caption={t.stock.requests.title}
          of={requests}
          empty={t.stock.requests.none}
          keyOf={({ request_id }) => request_id}
          columns={[
            {
              head: t.stock.requests.request,
              cell: ({ request_id, title }) => (
                <a href={hrefOf(['stock', 'requests', request_id])}>
                  {title ?? t.stock.requests.numbered(format.number(request_id))}
                </a>
              ),
            },
            { head: t.stock.requests.type, cell: ({ type }) => t.stock.requests.types[type] },
            { head: t.stock.orders.status, cell: ({ status: shown }) => <RequestStatus of={shown} /> },
            {
              head: t.stock.requests.accepted,
              cell: ({ current_qty, required_qty }) =>
                t.stock.requests.ofRequired(format.number(current_qty), format.number(required_qty)),
            },
            { head: t.stock.requests.requester, cell: ({ requester_id }) => format.number(requester_id) },
            { head: t.stock.requests.madeAt, cell: ({ created_at }) => format.moment(created_at) },
          ]}
        />
      </Section>
    </Page>
  );
}
