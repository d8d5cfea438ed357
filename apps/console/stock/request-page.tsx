import type { RequestWithAcceptancesAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Facts } from '../parts/facts.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Table } from '../parts/table.tsx';
import { useAction } from '../parts/use-action.ts';
import { hrefOf } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { Acceptances } from './acceptances.tsx';
import { RequestStatus } from './request-status.tsx';

/** A request with those who have accepted it. */
export function RequestPage({ id }: { id: string }) {
  const { t, format } = useLanguage();
  const request = useAnswer((signal) => holdfast.requests.get(id, { signal }), [id]);
  return (
    <Page
      title={request.value?.title ?? t.stock.requests.numbered(format.number(Number(id)))}
      aside={request.value === undefined ? null : <CancelRequest request={request.value} changed={request.reload} />}
    >
      <Answered of={request} lines={10}>
        {(found) => (
          <>
            <Section title={t.stock.requests.request} aside={<RequestStatus of={found.status} />}>
              <RequestFacts request={found} />
              {found.items.length === 0 ? null : <RequestedItems request={found} />}
            </Section>
            <Section title={t.stock.requests.acceptances}>
              <Acceptances request={found} changed={request.reload} />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  );
}

function RequestFacts({ request }: { request: RequestWithAcceptancesAnswer }) {
  const { t, format } = useLanguage();
  const { type, requester_id, current_qty, required_qty, place, when, note, created_at } = request;
  const facts = [
    [t.stock.requests.type, t.stock.requests.types[type]],
    [t.stock.requests.requester, format.number(requester_id)],
    [t.stock.requests.accepted, t.stock.requests.ofRequired(format.number(current_qty), format.number(required_qty))],
    [t.stock.requests.place, place ?? '–'],
    [t.stock.requests.when, when ?? '–'],
    [t.stock.lends.note, note ?? '–'],
    [t.stock.requests.madeAt, format.moment(created_at)],
  ] as const;
  return <Facts of={facts} />;
}

function RequestedItems({ request: { items } }: { request: RequestWithAcceptancesAnswer }) {
  const { t, format } = useLanguage();
  return (
    <Table
      caption={t.stock.requests.items}
      rows={items}
      keyOf={({ item_id }) => item_id}
      columns={[
        {
          head: t.stock.lends.item,
          cell: ({ item_id }) => <a href={hrefOf(['stock', 'items', item_id])}>{format.number(item_id)}</a>,
        },
        { head: t.stock.requests.required, isNumber: true, cell: ({ required_qty }) => format.number(required_qty) },
        { head: t.stock.requests.accepted, isNumber: true, cell: ({ current_qty }) => format.number(current_qty) },
      ]}
    />
  );
}

interface CancelRequestProps {
  readonly request: RequestWithAcceptancesAnswer;
  readonly changed: () => void;
}

function CancelRequest({ request: { request_id, status }, changed }: CancelRequestProps) {
  const { t, format } = useLanguage();
  const notices = useNotices();
  const confirm = useConfirm();
  const { isBusy, act } = useAction();
  if (status !== 'Not Completed') return null;
  const cancel = async () => {
    const number = format.number(request_id);
    const question = { title: t.stock.requests.cancelTitle(number), text: t.stock.requests.cancelText };
    if (!(await confirm({ ...question, action: t.stock.requests.cancel, isDestructive: true }))) return;
    await holdfast.requests.cancel(request_id);
    notices.done(t.stock.requests.cancelled(number));
    changed();
  };
  return (
    <button type="button" disabled={isBusy} onClick={() => void act(cancel)}>
      {t.stock.requests.cancel}
    </button>
  );
}
