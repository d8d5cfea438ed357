import type { ProjectionRunAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Table } from '../parts/table.tsx';

/** Rows of a live table that are not as the events say. */
export function RunDifferences({ run: { projection, differences, differencesShown } }: { run: ProjectionRunAnswer }) {
  const { t, format } = useLanguage();
  const words = t.operate.runs;
  return (
    <>
      {differencesShown.length < (differences ?? 0) ? (
        <p>{words.someShown(format.number(differencesShown.length))}</p>
      ) : null}
      <Table
        caption={words.differences(projection)}
        rows={differencesShown}
        keyOf={({ where, key }) => `${where} ${key}`}
        columns={[
          { head: words.where, cell: ({ where }) => where },
          { head: words.key, cell: ({ key }) => <code>{key}</code> },
          { head: words.expected, cell: ({ expected }) => <Row json={expected} /> },
          { head: words.found, cell: ({ found }) => <Row json={found} /> },
        ]}
      />
    </>
  );
}

function Row({ json }: { json: string | null }) {
  const { t } = useLanguage();
  return json === null ? <>{t.operate.runs.noRow}</> : <code class="said">{json}</code>;
}
