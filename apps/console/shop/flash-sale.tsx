import { useEffect, useRef, useState } from 'preact/hooks';
import type { ProductAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { Field } from '../parts/field.tsx';
import { Section } from '../parts/section.tsx';
import { TimeChart } from '../parts/time-chart.tsx';
import { useUser } from '../session/user.tsx';
import { noSale, runFlashSale, type SaleSoFar } from './run-flash-sale.ts';

const purchasesDefault = 500;
const purchasesMax = 5_000;

/** Sends many purchases at one item, and draws what happens. */
export function FlashSale({ product, available }: { product: ProductAnswer; available: number | undefined }) {
  const { t, format } = useLanguage();
  const user = useUser();
  const confirm = useConfirm();
  const [sale, setSale] = useState<SaleSoFar>(noSale);
  const [wanted, setWanted] = useState(String(purchasesDefault));
  const purchases = Math.min(Number(wanted), purchasesMax);
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  if (user === null) return null;
  const start = async () => {
    const question = { title: t.shop.flash.title, text: t.shop.flash.question(format.number(purchases), product.name) };
    if (!(await confirm({ ...question, action: t.shop.flash.start }))) return;
    running.current?.abort();
    running.current = new AbortController();
    await runFlashSale(product.id, { purchases, signal: running.current.signal, onChange: setSale });
  };
  const { bought, soldOut, otherwise, isRunning, seconds, points } = sale;
  const answered = bought + soldOut + otherwise;
  const numbers = [
    ['bought', bought],
    ['soldOut', soldOut],
    ['otherwise', otherwise],
  ] as const;
  return (
    <Section title={t.shop.flash.title}>
      <p>{t.shop.flash.about(format.number(purchases))}</p>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <Field
          label={t.shop.flash.purchases}
          type="number"
          min="1"
          max={String(purchasesMax)}
          value={wanted}
          onValue={setWanted}
          required
        />
        <button type="submit" class="primary" disabled={isRunning}>
          {t.shop.flash.start}
        </button>
        {isRunning ? (
          <button type="button" onClick={() => running.current?.abort()}>
            {t.shop.flash.stop}
          </button>
        ) : null}
      </form>
      <progress value={answered} max={purchases} aria-label={t.shop.flash.progress} />
      <dl class="numbers" data-sale={isRunning ? 'running' : 'ended'} aria-live={isRunning ? 'off' : 'polite'}>
        {numbers.map(([name, count]) => (
          <div key={name} data-outcome={name}>
            <dt>{t.shop.flash[name]}</dt>
            <dd>{format.number(count)}</dd>
          </div>
        ))}
        <div>
          <dt>{t.shop.flash.perSecond}</dt>
          <dd>{seconds === 0 ? '–' : format.number(answered / seconds)}</dd>
        </div>
        <div>
          <dt>{t.shop.item.availability}</dt>
          <dd>{available === undefined ? '–' : format.number(available)}</dd>
        </div>
      </dl>
      <TimeChart
        summary={t.shop.flash.chart}
        times={points.map(({ at }) => at)}
        isStepped
        series={[
          { label: t.shop.flash.bought, colour: 'available', values: points.map((point) => point.bought) },
          { label: t.shop.flash.soldOut, colour: 'bad', values: points.map((point) => point.soldOut) },
          { label: t.shop.flash.remaining, colour: 'lent', values: points.map((point) => point.remaining) },
        ]}
      />
    </Section>
  );
}
