import type { ProjectionRunAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Table } from '../parts/table.tsx';
import { holdfast } from '../session/holdfast.ts';

interface RunProps {
  readonly run: ProjectionRunAnswer;
}

/** Rows of a live table that are not as the events say. The stream of projections does not have them. */
export function RunDifferences({ run: { id } }: RunProps) {
  const read = useAnswer((signal) => readRun(id, signal), [id]);
  return (
    <Answered of={read} lines={2}>
      {(run) => (run === null ? null : <DifferencesTable run={run} />)}
    </Answered>
  );
}

/** Null if there is a later run of the projection by now. */
async function readRun(id: number, signal: AbortSignal): Promise<ProjectionRunAnswer | null> {
  const { projections } = await holdfast.projections.get({ signal });
  return projections.find(({ run }) => run?.id === id)?.run ?? null;
}

function DifferencesTable({ run: { projection, differences, differencesShown } }: RunProps) {
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
