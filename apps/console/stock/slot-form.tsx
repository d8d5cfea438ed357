import { useState } from 'preact/hooks';
import { fieldTimeOf, instantSince } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { Field } from '../parts/field.tsx';
import { useAction } from '../parts/use-action.ts';

export interface SlotFacts {
  readonly title: string | null;
  readonly capacity: number;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly cancelUntil: string | null;
}

interface SlotFormProps {
  /** As it is; undefined for one that is to be opened. */
  readonly slot?: SlotFacts;
  readonly action: string;
  readonly save: (slot: SlotFacts) => Promise<void>;
}

const none: SlotFacts = { title: null, capacity: 10, startsAt: null, endsAt: null, cancelUntil: null };
const times = ['startsAt', 'endsAt', 'cancelUntil'] as const;

/** Opens a slot, or changes it. */
export function SlotForm({ slot = none, action, save }: SlotFormProps) {
  const { t } = useLanguage();
  const { isBusy, submit } = useAction();
  const [fields, setFields] = useState(() => ({
    title: slot.title ?? '',
    capacity: String(slot.capacity),
    startsAt: fieldTimeOf(slot.startsAt),
    endsAt: fieldTimeOf(slot.endsAt),
    cancelUntil: fieldTimeOf(slot.cancelUntil),
  }));
  const set = (name: keyof SlotFacts) => (value: string) => setFields((before) => ({ ...before, [name]: value }));
  const send = () =>
    save({
      title: fields.title === '' ? null : fields.title,
      capacity: Number(fields.capacity),
      startsAt: instantSince(slot.startsAt, fields.startsAt),
      endsAt: instantSince(slot.endsAt, fields.endsAt),
      cancelUntil: instantSince(slot.cancelUntil, fields.cancelUntil),
    });
  return (
    <form onSubmit={submit(send)}>
      <Field label={t.stock.slots.name} value={fields.title} onValue={set('title')} />
      <Field
        label={t.stock.slots.capacity}
        type="number"
        min="0"
        value={fields.capacity}
        onValue={set('capacity')}
        required
      />
      {times.map((name) => (
        <Field
          key={name}
          label={t.stock.slots[name]}
          hint={name === 'cancelUntil' ? t.stock.slots.cancelUntilHint : undefined}
          type="datetime-local"
          step="1"
          value={fields[name]}
          onValue={set(name)}
        />
      ))}
      <div class="actions">
        <button type="submit" disabled={isBusy}>
          {action}
        </button>
      </div>
    </form>
  );
}
