import { useState } from 'preact/hooks';
import { dayAfter } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { Field } from '../parts/field.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = (typeof weekdays)[number];

const week = 7;
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

/** Opens slots at the same times of several days. */
export function SeriesForm({ day, done }: { day: string; done: () => void }) {
  const { t, format } = useLanguage();
  const notices = useNotices();
  const confirm = useConfirm();
  const { isBusy, submit } = useAction();
  const [fields, setFields] = useState({
    title: '',
    capacity: '10',
    from: day,
    until: dayAfter(day, week),
    times: '09:00, 14:00',
    durationMinutes: '60',
    timeZone,
  });
  const [days, setDays] = useState<readonly Weekday[]>(['mon', 'tue', 'wed', 'thu', 'fri']);
  const open = async () => {
    const { title, from, until, timeZone: zone } = fields;
    const times = fields.times.split(/[\s,]+/).filter((time) => time !== '');
    const question = { title: t.stock.slots.openSeries, text: t.stock.slots.seriesQuestion(from, until, zone) };
    if (!(await confirm({ ...question, action: t.stock.slots.openSeries }))) return;
    const { slots, skipped } = await holdfast.slots.openSeries({
      ...(title === '' ? {} : { title }),
      from,
      until,
      days: [...days],
      times,
      timeZone: zone,
      capacity: Number(fields.capacity),
      durationMinutes: Number(fields.durationMinutes),
    });
    notices.done(t.stock.slots.seriesOpened(format.number(slots.length), format.number(skipped.length)));
    done();
  };
  const field = (name: keyof typeof fields) => ({
    label: t.stock.slots.series[name],
    value: fields[name],
    onValue: (value: string) => setFields((before) => ({ ...before, [name]: value })),
    required: name !== 'title',
  });
  return (
    <form onSubmit={submit(open)}>
      <Field {...field('title')} />
      <Field {...field('capacity')} type="number" min="1" />
      <div class="row">
        <Field {...field('from')} type="date" />
        <Field {...field('until')} type="date" min={fields.from} />
      </div>
      <Weekdays chosen={days} choose={setDays} />
      <Field {...field('times')} hint={t.stock.slots.timesHint} />
      <Field {...field('durationMinutes')} type="number" min="1" />
      <Field {...field('timeZone')} hint={t.stock.slots.timeZoneHint} />
      <div class="actions">
        <button type="submit" disabled={isBusy || days.length === 0}>
          {t.stock.slots.openSeries}
        </button>
      </div>
    </form>
  );
}

interface WeekdaysProps {
  readonly chosen: readonly Weekday[];
  readonly choose: (days: readonly Weekday[]) => void;
}

function Weekdays({ chosen, choose }: WeekdaysProps) {
  const { t } = useLanguage();
  return (
    <fieldset class="checks">
      <legend>{t.stock.slots.days}</legend>
      {weekdays.map((each) => (
        <label key={each}>
          <input
            type="checkbox"
            checked={chosen.includes(each)}
            onChange={({ currentTarget }) =>
              choose(currentTarget.checked ? [...chosen, each] : chosen.filter((other) => other !== each))
            }
          />
          {t.stock.slots.weekdays[each]}
        </label>
      ))}
    </fieldset>
  );
}
