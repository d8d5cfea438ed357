import type { MovementAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import type { Rows } from '../live/use-rows.ts';
import { Id } from '../parts/id.tsx';
import { Section } from '../parts/section.tsx';
import { Listed } from '../parts/table.tsx';
import { TimeChart } from '../parts/time-chart.tsx';
import { hrefOf } from '../place.ts';
import type { Movements } from './use-movements.ts';

interface MovementsSectionProps {
  readonly movements: Movements | undefined;
  readonly rows: Rows<MovementAnswer>;
}

/** What happened to a stock: the balance over time, and each movement. */
export function MovementsSection({ movements, rows }: MovementsSectionProps) {
  const { t, format } = useLanguage();
  const words: Readonly<Record<string, string>> = t.stock.movements.types;
  return (
    <Section title={t.stock.movements.title}>
      <BalanceChart newest={movements?.newest ?? []} />
      <Listed
        caption={t.stock.movements.title}
        of={rows}
        empty={t.stock.movements.none}
        keyOf={({ revision }) => revision}
        columns={[
          { head: t.stock.movements.at, cell: ({ at }) => <span class="moment">{format.moment(at)}</span> },
          { head: t.stock.movements.type, cell: ({ type }) => words[type] ?? type },
          {
            head: t.stock.movements.quantity,
            isNumber: true,
            cell: ({ quantity }) => (quantity === null ? '–' : format.number(quantity)),
          },
          { head: t.frame.balance.available, isNumber: true, cell: ({ stock }) => format.number(stock) },
          { head: t.stock.movements.reason, cell: ({ reason }) => reason ?? '–' },
          {
            head: t.stock.movements.reference,
            cell: ({ reference }) => <Reference of={reference} />,
          },
          {
            head: t.stock.movements.actor,
            cell: ({ actor }) => (actor === null ? t.stock.movements.automatic : <Id of={actor} />),
          },
        ]}
      />
    </Section>
  );
}

function BalanceChart({ newest }: { newest: readonly MovementAnswer[] }) {
  const { t, format } = useLanguage();
  const [first, last] = [newest[0], newest.at(-1)];
  const summary =
    first === undefined || last === undefined
      ? t.stock.movements.noChart
      : t.stock.movements.chart(format.moment(first.at), format.moment(last.at), format.number(last.stock));
  const series = [
    ['available', newest.map(({ stock }) => stock)],
    ['held', newest.map(({ held }) => held)],
    ['taken', newest.map(({ taken }) => taken)],
  ] as const;
  return (
    <TimeChart
      summary={summary}
      times={newest.map(({ at }) => Date.parse(at))}
      isStepped
      series={series.map(([name, values]) => ({ label: t.frame.balance[name], colour: name, values }))}
    />
  );
}

/** What a movement is of; an order has a page here. */
function Reference({ of }: { of: string | null }) {
  if (of === null) return <>–</>;
  if (!of.startsWith('ord_')) return <Id of={of} />;
  return (
    <a href={hrefOf(['stock', 'orders', of])}>
      <Id of={of} />
    </a>
  );
}
