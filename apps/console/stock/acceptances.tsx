import type { AcceptanceAnswer, RequestWithAcceptancesAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Answered } from '../parts/answered.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Table } from '../parts/table.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

interface AcceptancesProps {
  readonly request: RequestWithAcceptancesAnswer;
  readonly changed: () => void;
}

/** Who has accepted a request; while it is open, an acceptance can be withdrawn. */
export function Acceptances({ request: { acceptances, status }, changed }: AcceptancesProps) {
  const { t, format } = useLanguage();
  const notices = useNotices();
  const confirm = useConfirm();
  const { isBusy, act } = useAction();
  const withdraw = async ({ id, qty }: AcceptanceAnswer) => {
    const number = format.number(id);
    const text = t.stock.requests.withdrawText(format.number(qty));
    const question = { title: t.stock.requests.withdrawTitle(number), text, action: t.stock.requests.withdraw };
    if (!(await confirm({ ...question, isDestructive: true }))) return;
    await holdfast.requests.withdraw(id);
    notices.done(t.stock.requests.withdrawn(number));
    changed();
  };
  return (
    <Answered of={{ value: acceptances, error: undefined }} empty={t.stock.requests.noAcceptances}>
      {(rows) => (
        <Table
          caption={t.stock.requests.acceptances}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { head: t.stock.lends.number, cell: ({ id }) => format.number(id) },
            { head: t.stock.requests.accepter, cell: ({ accepter_id }) => format.number(accepter_id) },
            { head: t.stock.movements.quantity, isNumber: true, cell: ({ qty }) => format.number(qty) },
            { head: t.stock.movements.at, cell: ({ created_at }) => format.moment(created_at) },
            {
              head: t.shop.mine.action,
              cell: (acceptance) =>
                status === 'Not Completed' ? (
                  <button type="button" disabled={isBusy} onClick={() => void act(() => withdraw(acceptance))}>
                    {t.stock.requests.withdraw}
                    <span class="unseen"> {format.number(acceptance.id)}</span>
                  </button>
                ) : null,
            },
          ]}
        />
      )}
    </Answered>
  );
}
