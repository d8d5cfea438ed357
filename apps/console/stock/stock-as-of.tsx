import { useId, useState } from 'preact/hooks';
import type { MovementAnswer, StockAnswer } from '#client';
import { fieldTimeOf } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { BalanceBar } from '../parts/balance-bar.tsx';
import { Field } from '../parts/field.tsx';
import { Section } from '../parts/section.tsx';
import { holdfast } from '../session/holdfast.ts';

interface StockAsOfProps {
  readonly id: string;
  readonly present: StockAnswer | undefined;
  readonly first: MovementAnswer | undefined;
  readonly last: MovementAnswer | undefined;
}

/** The stock as it was at a moment of its history, beside what it is. */
export function StockAsOf({ id, present, first, last }: StockAsOfProps) {
  const { t } = useLanguage();
  return (
    <Section title={t.stock.asOf.title}>
      {first === undefined || last === undefined ? (
        <p class="empty">{t.stock.movements.none}</p>
      ) : (
        <AtMoment id={id} present={present} from={Date.parse(first.at)} until={Date.parse(last.at)} />
      )}
    </Section>
  );
}

interface AtMomentProps {
  readonly id: string;
  readonly present: StockAnswer | undefined;
  readonly from: number;
  readonly until: number;
}

const steps = 500;

function AtMoment({ id, present, from, until }: AtMomentProps) {
  const { t, format } = useLanguage();
  const slider = useId();
  // While the slider is moved, it shows another moment than the one that was asked for.
  const [pointed, setPointed] = useState<number>();
  const [asked, setAsked] = useState<number>();
  const [typed, setTyped] = useState<string>();
  const at = asked ?? until;
  const shown = pointed ?? at;
  const span = Math.max(1, until - from);
  const momentOf = (position: string) => Math.round(from + (span * Number(position)) / steps);
  const ask = (moment: number) => {
    setPointed(undefined);
    setAsked(moment);
  };
  const stock = useAnswer((signal) => holdfast.stock.get(id, { at: new Date(at).toISOString() }, { signal }), [id, at]);
  const type = (value: string) => {
    setTyped(value);
    const moment = Date.parse(value);
    if (moment >= from && moment <= Date.now()) ask(moment);
  };
  return (
    <>
      <div class="field">
        <label for={slider}>{t.stock.asOf.moment}</label>
        <input
          id={slider}
          type="range"
          min={0}
          max={steps}
          value={Math.round(((Math.min(shown, until) - from) / span) * steps)}
          aria-valuetext={format.moment(shown)}
          onInput={({ currentTarget }) => {
            setTyped(undefined);
            setPointed(momentOf(currentTarget.value));
          }}
          onChange={({ currentTarget }) => ask(momentOf(currentTarget.value))}
        />
      </div>
      <Field
        label={t.stock.asOf.time}
        type="datetime-local"
        step="1"
        min={fieldTimeOf(from)}
        value={typed ?? fieldTimeOf(shown)}
        onValue={type}
      />
      <h3>{t.stock.asOf.was(format.moment(shown))}</h3>
      <Answered of={stock} lines={2}>
        {(then) => <BalanceBar balance={then} />}
      </Answered>
      <h3>{t.stock.asOf.now}</h3>
      <Answered of={{ value: present, error: undefined }} lines={2}>
        {(now) => <BalanceBar balance={now} />}
      </Answered>
    </>
  );
}
