import type { SlotAnswer, SlotPlacesAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { byKey, useFollowed } from '../live/use-followed.ts';
import { Answered } from '../parts/answered.tsx';
import { BalanceBar } from '../parts/balance-bar.tsx';
import { ConnectionBadge } from '../parts/connection.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';
import { changesOf } from './changes.ts';
import { MovementsSection } from './movements-section.tsx';
import { SaleTermsForm } from './sale-terms-form.tsx';
import { SlotForm, type SlotFacts } from './slot-form.tsx';
import { useMovements } from './use-movements.ts';

/** A slot for staff: its places, what happened to them, and what can be changed. */
export function SlotPage({ id }: { id: string }) {
  const { t, format } = useLanguage();
  const slot = useAnswer((signal) => holdfast.slots.get(id, { signal }), [id]);
  const title = slot.value?.title ?? t.shop.hold.slot(format.number(Number(id)));
  return (
    <Page title={title}>
      <Answered of={slot} lines={12}>
        {(found) => <Slot slot={found} changed={slot.reload} />}
      </Answered>
    </Page>
  );
}

function Slot({ slot, changed }: { slot: SlotAnswer; changed: () => void }) {
  const { t, format } = useLanguage();
  const { slot_id } = slot;
  const places = useFollowed<SlotPlacesAnswer, readonly SlotPlacesAnswer[]>(
    {
      stream: (options) => holdfast.slots.follow({ ids: String(slot_id) }, options),
      apply: byKey((row) => row.slot_id),
    },
    [slot_id],
  );
  const { capacity, remaining } = places.value?.[0] ?? slot;
  const { all, rows } = useMovements(
    (query, options) => holdfast.slots.history(slot_id, query, options),
    `${remaining}/${capacity}`,
  );
  return (
    <>
      <div class="two">
        <div class="stack">
          <Section title={t.stock.slots.free} aside={<ConnectionBadge of={places.connection} />}>
            <p>
              <span class="great">{format.number(remaining)}</span> {t.stock.slots.ofCapacity(format.number(capacity))}
            </p>
            <Answered of={{ value: all.value?.newest.at(-1), error: all.error }} lines={2}>
              {(last) => <BalanceBar balance={last} />}
            </Answered>
          </Section>
          <Section title={t.stock.terms.title}>
            <SaleTermsForm
              terms={slot}
              change={async (terms) => {
                await holdfast.slots.change(slot_id, terms);
                changed();
              }}
            />
          </Section>
        </div>
        <ChangeSlot slot={slot} changed={changed} />
      </div>
      <MovementsSection movements={all.value} rows={rows} />
    </>
  );
}

function ChangeSlot({ slot, changed }: { slot: SlotAnswer; changed: () => void }) {
  const { t } = useLanguage();
  const notices = useNotices();
  const { act } = useAction();
  const { slot_id, title, capacity, startsAt, endsAt, cancelUntil } = slot;
  const before: SlotFacts = { title, capacity, startsAt, endsAt, cancelUntil };
  const change = async (facts: Partial<SlotFacts>) => {
    await holdfast.slots.change(slot_id, facts);
    changed();
  };
  const save = async (facts: SlotFacts) => {
    const changes = changesOf(before, facts);
    if (changes === undefined) return;
    await change(changes.wanted);
    notices.done(t.stock.slots.changed, { label: t.stock.undo, act: () => void act(() => change(changes.before)) });
  };
  return (
    <Section title={t.stock.slots.change}>
      <SlotForm key={JSON.stringify(before)} slot={before} action={t.stock.slots.change} save={save} />
    </Section>
  );
}
