import { useState } from 'preact/hooks';
import type { LendAnswer, ReturnLendDto } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Facts } from '../parts/facts.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { useAction } from '../parts/use-action.ts';
import { hrefOf } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { LendActions } from './lend-actions.tsx';
import { LendState } from './lend-state.tsx';

type Condition = NonNullable<ReturnLendDto['condition']>;
const conditions = ['ok', 'damaged', 'lost'] as const;

/** A lend, and how its units come back. */
export function LendPage({ id }: { id: string }) {
  const { t, format } = useLanguage();
  const lend = useAnswer((signal) => holdfast.lends.get(id, { signal }), [id]);
  return (
    <Page title={t.stock.lends.numbered(format.number(Number(id)))}>
      <Answered of={lend} lines={8}>
        {(found) => (
          <div class="two">
            <Section title={t.stock.lends.lend} aside={<LendState lend={found} />}>
              <LendFacts lend={found} />
              <LendActions lend={found} changed={lend.reload} />
            </Section>
            {found.returned_at === null ? (
              <Section title={t.stock.lends.returnPart}>
                <ReturnForm key={found.returned_qty} lend={found} changed={lend.reload} />
              </Section>
            ) : null}
          </div>
        )}
      </Answered>
    </Page>
  );
}

function LendFacts({ lend }: { lend: LendAnswer }) {
  const { t, format } = useLanguage();
  const { item_id, user_id, qty, returned_qty, lend_at, due_at, renewals, from_inventory_id } = lend;
  const facts = [
    [
      t.stock.lends.item,
      item_id === null ? '–' : <a href={hrefOf(['stock', 'items', item_id])}>{format.number(item_id)}</a>,
    ],
    [t.stock.lends.borrower, user_id === null ? t.stock.lends.erased : format.number(user_id)],
    [t.stock.lends.inventory, format.number(from_inventory_id)],
    [t.stock.lends.units, format.number(qty)],
    [t.stock.lends.unitsOut, format.number(qty - returned_qty)],
    [t.stock.lends.lentAt, format.moment(lend_at)],
    [t.stock.lends.dueAt, due_at === null ? '–' : format.moment(due_at)],
    [t.stock.lends.renewals, format.number(renewals)],
  ] as const;
  return <Facts of={facts} />;
}

function ReturnForm({ lend, changed }: { lend: LendAnswer; changed: () => void }) {
  const { t, format } = useLanguage();
  const notices = useNotices();
  const confirm = useConfirm();
  const { isBusy, submit } = useAction();
  const left = lend.qty - lend.returned_qty;
  const [units, setUnits] = useState(String(left));
  const [condition, setCondition] = useState<Condition>('ok');
  const [note, setNote] = useState('');
  const takeBack = async () => {
    const text = t.stock.lends.conditionText[condition](format.number(Number(units)));
    const number = format.number(lend.lend_id);
    const question = { title: t.stock.lends.returnTitle(number), text, action: t.stock.lends.return };
    if (!(await confirm({ ...question, isDestructive: true }))) return;
    await holdfast.lends.return(lend.lend_id, { qty: Number(units), condition, ...(note === '' ? {} : { note }) });
    notices.done(t.stock.lends.isReturned(number));
    changed();
  };
  return (
    <form onSubmit={submit(takeBack)}>
      <Field
        label={t.stock.lends.units}
        type="number"
        min="1"
        max={String(left)}
        value={units}
        onValue={setUnits}
        required
      />
      <Choice
        label={t.stock.lends.condition}
        value={condition}
        options={conditions.map((each) => [each, t.stock.lends.conditions[each]] as const)}
        onValue={setCondition}
      />
      <Field label={t.stock.lends.note} hint={t.stock.adjust.reasonHint} value={note} onValue={setNote} />
      <div class="actions">
        <button type="submit" disabled={isBusy}>
          {t.stock.lends.returnThese}
        </button>
      </div>
    </form>
  );
}
